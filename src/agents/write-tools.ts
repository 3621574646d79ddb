// What the tools of Claude Code and Codex that write files would write, by the payload of their hook
// PreToolUse, and how the hook refuses. What their shells write is not to be read off a command line:
// that is for the other layers.
import { fieldIn, textIn } from './adapter.ts';

export interface WriteAsked {
	readonly tool: string;
	/** As they stand in the payload; none where it does not tell, and then no scope covers it. */
	readonly paths: readonly string[];
	/** Where relative ones begin; null for the worktree. */
	readonly folder: string | null;
}

/** By the tool: the paths that its input names. */
const pathsOf: Readonly<Record<string, (input: unknown) => readonly string[]>> = {
	Write: fileOf('file_path'),
	Edit: fileOf('file_path'),
	MultiEdit: fileOf('file_path'),
	NotebookEdit: fileOf('notebook_path'),
	apply_patch: (input) => patchedFiles(textIn(input, 'command') ?? ''),
};

/** What a payload wants to write; null where its tool writes nothing by itself. */
export function writeAsked(payload: unknown): WriteAsked | null {
	const tool = textIn(payload, 'tool_name');
	const folder = textIn(payload, 'cwd');
	if (tool === null) return { tool: 'unknown', paths: [], folder };
	const input = fieldIn(payload, 'tool_input');
	if (tool === 'Bash') return patchByShell(textIn(input, 'command') ?? '', folder);
	if (!Object.hasOwn(pathsOf, tool)) return null;
	return { tool, paths: pathsOf[tool]?.(input) ?? [], folder };
}

/** Codex applies a patch by itself that its shell is handed, in a folder that is gone to before. */
function patchByShell(command: string, folder: string | null): WriteAsked | null {
	if (!/\bapply_?patch\b/.test(command)) return null;
	const paths = patchedFiles(command);
	if (paths.length === 0) return null;
	const [, , first] = /^\s*cd\s+(['"]?)([^'"\s;&|]+)\1\s*&&/.exec(command) ?? [];
	const within =
		first === undefined || first.startsWith('/') ? first : `${folder}/${first}`;
	return { tool: 'apply_patch', paths, folder: within ?? folder };
}

function fileOf(field: string) {
	return (input: unknown) => {
		const path = textIn(input, field);
		return path === null || path === '' ? [] : [path];
	};
}

/** Of a rename both ends. */
function patchedFiles(patch: string): readonly string[] {
	const named = patch.matchAll(
		/^\s*\*\*\* (?:(?:Add|Update|Delete) File|Move to):[ \t]*(.+?)[ \t]*\r?$/gm,
	);
	return [...new Set([...named].map(([, path = '']) => path))];
}

/** What the hook prints, so that the tool does not run and its model reads why. */
export function writeRefused(permissionDecisionReason: string): string {
	const hookEventName = 'PreToolUse';
	const permissionDecision = 'deny';
	return JSON.stringify({
		hookSpecificOutput: { hookEventName, permissionDecision, permissionDecisionReason },
	});
}
