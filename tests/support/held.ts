// Programs held by one prevention or the other, as an agent is, in folders of the test's own.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'vitest';
import type { Prevention } from '../../src/domain/guard.ts';
import { bubblewrapArgv } from '../../src/guard/sandbox/bubblewrap.ts';
import { landlockPlan } from '../../src/guard/sandbox/landlock.ts';
import type { Place } from '../../src/guard/sandbox/plan.ts';
import { faultOf, findBubblewrap } from '../../src/guard/sandbox/probe.ts';
import { heldArgv } from '../../src/lib/trampoline.ts';
import { makeScratch } from './scratch.ts';

const project = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export type Holding = Exclude<Prevention, 'none'>;

/** Skips the test, and says why, where this machine cannot do it. */
export async function requiresPrevention(
	context: Pick<TestContext, 'skip'>,
	holding: Holding,
): Promise<void> {
	const fault = await faultOf(
		holding,
		holding === 'bubblewrap' ? findBubblewrap(process.env) : null,
	);
	if (fault !== null) context.skip(fault);
}

export interface Ran {
	readonly code: number | null;
	readonly signal: string | null;
	readonly stdout: string;
	readonly stderr: string;
	readonly pid: number;
}

export interface HeldFolder {
	/** Real; the files of the test lie in it. */
	readonly folder: string;
	at(path: string): string;
	text(path: string): string;
	/** The words that start a program so. */
	argv(...argv: string[]): [string, ...string[]];
	run(...argv: string[]): Promise<Ran>;
	shell(script: string): Promise<Ran>;
}

/** Of the places only those of these paths are writable, relative to the folder. */
export function heldFolder(
	holding: Holding,
	files: Readonly<Record<string, string>>,
	places: (folder: string) => readonly Place[],
	{ terminals = false }: { readonly terminals?: boolean } = {},
): HeldFolder {
	const folder = makeScratch();
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	mkdirSync(join(folder, '.own'));
	const all: Place[] = [
		{ kind: 'writable', path: '/tmp', from: join(folder, '.own') },
		{ kind: 'read-only', path: folder },
		// Where the programs that hold it are; also where this lies in the folder that is replaced.
		{ kind: 'read-only', path: project },
		...places(folder),
	];
	const words = join(folder, '.words');
	const asRoot = process.geteuid?.() === 0;
	const list =
		holding === 'landlock'
			? landlockPlan(all, { terminals }).allowed
			: bubblewrapArgv(findBubblewrap(process.env) ?? '', all, { asRoot, devices: [] });
	writeFileSync(words, list.map((word) => `${word}\0`).join(''));
	const argv = (...program: string[]) =>
		heldArgv(program, holding === 'landlock' ? { landlock: words } : { box: words });
	const run = (...program: string[]) => {
		const [file, ...args] = argv(...program);
		return new Promise<Ran>((resolve) => {
			const child = execFile(file, args, { cwd: folder }, (error, stdout, stderr) =>
				resolve({
					code: error ? (child.exitCode ?? null) : 0,
					signal: child.signalCode,
					stdout,
					stderr,
					pid: child.pid ?? 0,
				}),
			);
		});
	};
	return {
		folder,
		at: (path) => join(folder, path),
		text: (path) => readFileSync(join(folder, path), 'utf8'),
		argv,
		run,
		shell: (script) => run('sh', '-c', script),
	};
}
