// How programs of agents are started: through the trampoline built from native/exec-guarded.c, or
// where that was not built through exec-guarded.ts, which is slower and does the same.
import { accessSync, constants } from 'node:fs';
import { basename, join } from 'node:path';
import { packageRoot } from './package-root.ts';
import { programFile } from './program-file.ts';

export interface GuardedStart {
	/** A mark of `newMark` that the program and all its offspring wear. */
	readonly mark?: string | null;
	/** Start through Node even where the compiled trampoline is at hand. */
	readonly fallback?: boolean;
}

/**
 * The argument vector that starts `argv` with no descriptor but 0, 1 and 2, default signals and
 * in the foreground of its terminal. A program that cannot be started leaves one sentence on
 * standard error and exit code 127 (not found) or 126.
 */
export function guardedArgv(
	argv: readonly string[],
	{ mark = null, fallback = false }: GuardedStart = {},
): [string, ...string[]] {
	const compiled = fallback ? null : compiledTrampoline();
	const [file, ...script] = compiled === null ? fallbackTrampoline() : [compiled];
	const options = mark === null ? [] : [`--mark=${mark}`];
	return [file, ...script, ...options, '--', ...argv];
}

/** A file of words that says how a program is held: see native/exec-guarded.c. */
export type Held = { readonly box: string } | { readonly landlock: string };

/**
 * The argument vector that starts `argv` held back from writing. Only the compiled trampoline can:
 * a process with threads, as Node is one, joins no namespaces.
 */
export function heldArgv(argv: readonly string[], how: Held): [string, ...string[]] {
	const options =
		'box' in how ? [`--box=${how.box}`, '--alone'] : [`--landlock=${how.landlock}`];
	return [trampolineThere(), ...options, '--', ...argv];
}

/** What `heldArgv` was given; what it has not made is left as it is. */
export function unheld(argv: readonly string[]): readonly string[] {
	const [file = '', ...words] = argv;
	return basename(file) === trampolineName ? words.slice(words.indexOf('--') + 1) : argv;
}

const trampolineName = 'weir-exec-guarded';

/**
 * The argument vector that changes what a program in its box may write, from outside: words are
 * `w:PATH` and `r:PATH` below the folder.
 */
export function wideningArgv(
	pid: number,
	folder: string,
	words: readonly string[],
): [string, ...string[]] {
	return [trampolineThere(), `--widen=${pid}`, '--', folder, ...words];
}

function trampolineThere(): string {
	const compiled = compiledTrampoline();
	if (compiled === null) throw new Error('the trampoline is not built');
	return compiled;
}

/** The path of the compiled trampoline, null where the installation could not build it. */
export function compiledTrampoline(): string | null {
	const path = join(packageRoot(), 'build', trampolineName);
	try {
		accessSync(path, constants.X_OK);
		return path;
	} catch {
		// No compiler at install: the fallback serves.
		return null;
	}
}

function fallbackTrampoline(): [string, string] {
	return [process.execPath, programFile('src/lib/exec-guarded')];
}
