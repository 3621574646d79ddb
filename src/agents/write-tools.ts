// What the tools of Claude Code and Codex that write files would write, by the payload of their hook
// PreToolUse, and how the hook refuses. What their shells write is not to be read off a command line:
// that is for the other layers.
import { fieldIn, textIn, type WriteAsked } from './adapter.ts';

/** By the tool: the paths that its input names. */
export type PathsOfTools = Readonly<
	Record<string, (input: unknown) => readonly string[]>
>;

const pathsOf: PathsOfTools = {
	Write: fileOf('file_path'),
	Edit: fileOf('file_path'),
	MultiEdit: fileOf('file_path'),
	NotebookEdit: fileOf('notebook_path'),
	apply_patch: patchedIn('command'),
};

/** What a payload wants to write; null where its tool writes nothing by itself. */
export function writeAsked(payload: unknown): WriteAsked | null {
	if (textIn(payload, 'tool_name') !== 'Bash') return askedBy(pathsOf, payload);
	const command = textIn(fieldIn(payload, 'tool_input'), 'command') ?? '';
	return patchByShell(command, textIn(payload, 'cwd'));
}

/** The same of another CLI whose payload names tool, input and folder by these words, by its own tools. */
export function askedBy(tools: PathsOfTools, payload: unknown): WriteAsked | null {
	const tool = textIn(payload, 'tool_name');
	const folder = textIn(payload, 'cwd');
	if (tool === null) return { tool: 'unknown', paths: [], folder };
	if (!Object.hasOwn(tools, tool)) return null;
	return { tool, paths: tools[tool]?.(fieldIn(payload, 'tool_input')) ?? [], folder };
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

/** The path that stands in one field of an input. */
export function fileOf(field: string) {
	return (input: unknown) => {
		const path = textIn(input, field);
		return path === null || path === '' ? [] : [path];
	};
}

/** Those that a patch in one field of an input names, in Codex's words. */
export function patchedIn(field: string) {
	return (input: unknown) => patchedFiles(textIn(input, field) ?? '');
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
