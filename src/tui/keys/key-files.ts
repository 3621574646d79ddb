// The files in which keys are bound: the user's, and the repository's over it. A file with a fault is
// told with line and column and left out.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../../lib/environment.ts';
import { errorCode } from '../../lib/error-words.ts';
import { configFolder } from '../../lib/paths.ts';
import { presetKeymap } from './key-presets.ts';
import { builtInKeymap, type Keymap, type Origin } from './keymap.ts';
import { type KeyFinding, keyErrors, keyWarnings } from './keymap-check.ts';
import { checkKeysFile, type KeysFile, type KeysOwner } from './keys-file.ts';

export interface ReadKeys {
	readonly keymap: Keymap;
	readonly findings: readonly KeyFinding[];
	/** Those that are there. */
	readonly files: readonly string[];
}

/** Where keys can be bound, the later ones win; without a repository only the user's own file. */
export function keyFiles(root: string | null, environment: Environment) {
	const own = { path: join(configFolder(environment), 'keys.yaml'), owner: 'user' };
	const there = root === null ? null : join(root, '.weir', 'keys.yaml');
	const all = there === null ? [own] : [own, { path: there, owner: 'repository' }];
	return all as readonly { readonly path: string; readonly owner: KeysOwner }[];
}

export async function readKeymap(
	root: string | null,
	environment: Environment,
): Promise<ReadKeys> {
	let keymap = builtInKeymap;
	const findings: KeyFinding[] = [];
	const files: string[] = [];
	for (const { path, owner } of keyFiles(root, environment)) {
		const found = await readOptional(path);
		if (found === null) continue;
		files.push(path);
		if ('why' in found) {
			const at = { file: path, line: 1, column: 1 };
			findings.push({ level: 'error', at, message: `it cannot be read: ${found.why}` });
			continue;
		}
		const read = await readKeysText(found.text, path, owner);
		const next = overlay(keymap, read.file, read.originOf);
		const errors = read.findings.length > 0 ? read.findings : keyErrors(next);
		findings.push(...errors);
		if (errors.length === 0) keymap = next;
	}
	return { keymap, findings: [...findings, ...keyWarnings(keymap)], files };
}

function overlay(
	below: Keymap,
	file: KeysFile,
	originOf: (path: readonly (string | number)[]) => Origin,
): Keymap {
	const { leader, escapeTime, directChords, preset } = file;
	const base = preset === null ? below : presetKeymap(preset);
	return {
		leader: leader ?? base.leader,
		leaderFrom: leader === null ? base.leaderFrom : originOf(['leader']),
		escapeTime: escapeTime ?? base.escapeTime,
		directChords: directChords ?? base.directChords,
		bindings: [
			...base.bindings,
			...file.bindings.map(({ path, ...binding }) => {
				return { ...binding, from: originOf(path) };
			}),
		],
	};
}

async function readKeysText(text: string, path: string, owner: KeysOwner) {
	// Most people have no such file, and panes do not wait for a parser.
	const { parseYaml } = await import('../../lib/yaml.ts');
	const parsed = parseYaml(text, path);
	const value = parsed.ok ? parsed.value.value : {};
	const originOf = (place: readonly (string | number)[]): Origin => ({
		file: path,
		...(parsed.ok ? parsed.value.locate(place) : { line: 1, column: 1 }),
	});
	const { file, faults } = checkKeysFile(value, owner);
	const findings: KeyFinding[] = faults.map((fault) => ({
		level: 'error',
		at: originOf(fault.path),
		message: fault.message,
	}));
	if (!parsed.ok) findings.push(syntaxFinding(parsed.refusal.message, path));
	return { file, findings, originOf };
}

/** The parser's refusal begins with `file:line:column: `. */
function syntaxFinding(refusal: string, file: string): KeyFinding {
	const [, line = '1', column = '1', message = refusal] =
		/:(\d+):(\d+): (.*)$/s.exec(refusal) ?? [];
	return {
		level: 'error',
		at: { file, line: Number(line), column: Number(column) },
		message: `${message} (keys such as "?" and ":" are written in quotes)`,
	};
}

type Found = { readonly text: string } | { readonly why: string } | null;

async function readOptional(path: string): Promise<Found> {
	try {
		return { text: await readFile(path, 'utf8') };
	} catch (error) {
		const code = errorCode(error);
		if (code === undefined) throw error;
		return code === 'ENOENT' || code === 'ENOTDIR' ? null : { why: code };
	}
}
