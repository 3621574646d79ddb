// The built program in a scratch repository with a home, XDG folders and a temp folder of its own.
// What it starts bears a mark, so that nothing it leaves behind is overlooked.
import { spawn } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { AgentJson, ListJson, StatusJson } from '../../src/protocol/status.ts';
import { endProcesses, processesMarked } from './process-tree.ts';
import { commitFiles, gitIn } from './repository.ts';
import { endWithUs } from './watchdog.ts';

export interface Ran {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

export interface RunOptions {
	readonly cwd?: string;
	readonly input?: string;
	/** Laid over the scratch's own environment; undefined takes a variable away. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** Ends it with SIGTERM once this holds of what it has printed so far. */
	readonly until?: (stdout: string) => boolean;
}

export interface ScratchWeir {
	/** Holds all else; its name is the mark of its processes. */
	readonly folder: string;
	readonly repo: string;
	readonly env: Readonly<Record<string, string>>;
	run(...args: string[]): Promise<Ran>;
	runWith(options: RunOptions, ...args: string[]): Promise<Ran>;
	/** Runs it, expects exit code 0 and gives what it printed with `--json`. */
	json<T = unknown>(...args: string[]): Promise<T>;
	agent(name: string): Promise<AgentJson>;
	status(): Promise<StatusJson>;
	/** Waits until the screen of an agent holds the text. */
	shows(agent: string, text: string): Promise<void>;
	/** The processes that it started and that live. */
	processes(): number[];
	/** `down --now`, then fails where a process or a temp file is left; removes everything. */
	close(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
export const weirProgram = join(root, 'bin', 'weir.js');
export const builtSupervisor = join(root, 'dist', 'src', 'supervisor', 'main.js');

/** Not a WEIR_ variable: those do not reach agents, and an agent's leavings count as well. */
const mark = 'SCRATCH_OF_TEST';

/** Ends a program that hangs, so that a test fails with what it said. */
const hangsMs = 100_000;

/** How long is looked for what has to come, longer than any busy machine takes. */
export const patienceMs = 60_000;

/** A repository with one commit of these files; without files it has no commit. */
export function scratchWeir(
	files: Record<string, string> = { 'readme.md': 'scratch\n', 'src/a.txt': 'one\n' },
	/** Another build of it. */
	program = weirProgram,
): ScratchWeir {
	if (!existsSync(join(root, 'dist', 'src', 'cli', 'main.js')))
		throw new Error('dist is missing: node scripts/build.mjs');
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'weir-e2e-')));
	const below = (name: string) => {
		mkdirSync(join(folder, name), { mode: 0o700 });
		return join(folder, name);
	};
	const env: Record<string, string> = {
		PATH: process.env.PATH ?? '/usr/bin:/bin',
		HOME: below('home'),
		LANG: 'C.UTF-8',
		TERM: 'xterm-256color',
		SHELL: '/bin/sh',
		TMPDIR: below('tmp'),
		XDG_DATA_HOME: below('data'),
		XDG_CONFIG_HOME: below('config'),
		XDG_CACHE_HOME: below('cache'),
		XDG_RUNTIME_DIR: below('run'),
		// Shared by all runs of all tests: without it each start compiles anew.
		NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'weir', 'compile'),
		[mark]: folder,
	};
	endWithUs(mark, folder);
	const repo = below('repo');
	gitIn(repo, 'init', '--quiet', '-b', 'main');
	gitIn(repo, 'config', 'user.name', 'Person');
	gitIn(repo, 'config', 'user.email', 'person@example.org');
	if (Object.keys(files).length > 0) commitFiles(repo, files, 'first');

	const weir: ScratchWeir = {
		folder,
		repo,
		env,
		run: (...args) => runWeir(program, { cwd: repo }, env, args),
		runWith: (options, ...args) => runWeir(program, { cwd: repo, ...options }, env, args),
		async json<T>(...args: string[]) {
			const words = args.includes('--')
				? args.toSpliced(args.indexOf('--'), 0, '--json')
				: [...args, '--json'];
			const ran = await weir.run(...words);
			if (ran.code !== 0)
				throw new Error(`weir ${args.join(' ')} ended with ${JSON.stringify(ran)}`);
			return JSON.parse(ran.stdout) as T;
		},
		status: () => weir.json<StatusJson>('status'),
		async agent(name) {
			const { agents } = await weir.json<ListJson>('list');
			const found = agents.find((agent) => agent.name === name);
			if (!found) throw new Error(`there is no agent ${name} in the list`);
			return found;
		},
		async shows(agent, text) {
			let screen = '';
			for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(100)) {
				screen = (await weir.run('screen', agent)).stdout;
				if (screen.includes(text)) return;
			}
			throw new Error(`${agent} never showed ${JSON.stringify(text)} but:\n${screen}`);
		},
		processes: () => processesMarked(mark, folder),
		async close() {
			const down = await weir.run('down', '--now');
			const left = await waitForNone(() => weir.processes());
			const temp = readdirSync(env.TMPDIR ?? '');
			await endProcesses(() => left.map(({ pid }) => pid));
			await rm(folder, { recursive: true, force: true, maxRetries: 5 });
			if (down.code !== 0) throw new Error(`down --now: ${JSON.stringify(down)}`);
			if (left.length > 0)
				throw new Error(`processes were left: ${JSON.stringify(left)}`);
			if (temp.length > 0) throw new Error(`temp files were left: ${temp.join(', ')}`);
		},
	};
	return weir;
}

async function waitForNone(
	look: () => number[],
): Promise<{ pid: number; command: string }[]> {
	for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(20)) {
		if (look().length === 0) return [];
	}
	return look().map((pid) => ({ pid, command: commandOf(pid) }));
}

function commandOf(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
	} catch {
		return 'ended meanwhile';
	}
}

function runWeir(
	program: string,
	options: RunOptions,
	environment: Readonly<Record<string, string>>,
	args: readonly string[],
): Promise<Ran> {
	const env = Object.fromEntries(
		Object.entries({ ...environment, ...options.env }).filter(
			([, value]) => value !== undefined,
		),
	);
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [program, ...args], {
			cwd: options.cwd,
			env,
			stdio: 'pipe',
		});
		let stdout = '';
		let stderr = '';
		const timer = setTimeout(() => {
			stderr += `\n(ended by the test after ${hangsMs} ms)`;
			child.kill('SIGKILL');
		}, hangsMs);
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			stdout += text;
			if (options.until?.(stdout)) child.kill('SIGTERM');
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			stderr += text;
		});
		child.stdin.on('error', () => undefined);
		child.stdin.end(options.input ?? '');
		child.on('error', reject);
		child.on('close', (code) => {
			clearTimeout(timer);
			resolve({ code: code ?? -1, stdout, stderr });
		});
	});
}
