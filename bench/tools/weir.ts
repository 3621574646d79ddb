// weir as a user starts it: a scratch repository, an agent for each pane, the TUI attached.
import type { SpawnSyncReturns } from 'node:child_process';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	endProcesses,
	processesMarked,
	treeOf,
} from '../../tests/support/process-tree.ts';
import { watchLoops } from '../loops.ts';
import { type Outer, outerSize } from '../outer.ts';
import type { Circumstances, Pane, Session, Tool } from '../tool.ts';
import { echoPane, waitForLastPane } from '../tool.ts';
import type { World } from '../world.ts';

const project = join(import.meta.dirname, '..', '..');
export const weirProgram = join(project, 'bin', 'weir.js');
const marker = 'BENCH_WEIR_WORLD';

/** The facts of `weir status --json` that are measured with (docs/cli.md). */
interface WeirStatus {
	readonly supervisor: { readonly pid: number };
	readonly holders: readonly { readonly id: string; readonly process: number }[];
	readonly agents: readonly WeirAgent[];
}

interface WeirAgent {
	readonly name: string;
	readonly state: string;
	readonly pid: number | null;
	readonly worktree: string | null;
}

/** A repository of its own with weir's settings, sockets and data beside it. */
export interface WeirWorld extends AsyncDisposable {
	readonly repository: string;
	readonly env: Readonly<Record<string, string>>;
	/** Runs a verb to its end; throws with what it said where it fails. */
	run(...verb: readonly string[]): string;
	status(): WeirStatus;
}

/** `agentsPerHolder` replaces the default of the setting `holder.agents`. */
export function weirWith(agentsPerHolder?: number): Tool {
	return {
		name: 'weir',
		limit: 100,
		absent: weirAbsent,
		prepare: (world, panes, circumstances = {}) =>
			prepare(world, panes, circumstances, agentsPerHolder),
	};
}

async function prepare(
	world: World,
	panes: readonly Pane[],
	{ cold, shown, size = outerSize, watchLoops: watched }: Circumstances,
	agentsPerHolder: number | undefined,
): Promise<Session> {
	const loops = watched ? watchLoops(world) : undefined;
	await using failed = new AsyncDisposableStack();
	const scratch = failed.use(openWeirWorld(world, { ...loops?.env }));
	configure(scratch, agentsPerHolder);
	// What is never shown has the size that it is given here.
	const sized = [`--columns=${size.columns}`, `--rows=${size.rows}`];
	for (const [at, pane] of panes.entries())
		scratch.run('new', `p${at + 1}`, ...(shown ? sized : []), '--', ...pane.argv);
	const holders = () => scratch.status().holders.map((holder) => holder.process);
	if (loops) for (const holder of holders()) await loops.join(holder);
	const { pid } = scratch.status().supervisor;
	if (cold) await endProcesses(() => [pid]);
	failed.move();
	return {
		argv: [process.execPath, weirProgram, 'attach'],
		cwd: scratch.repository,
		env: scratch.env,
		ready: async (outer) => {
			await outer.waitFor('its chrome', (lines) => lines[0]?.includes('NAV') ?? false);
			// The focused pane is live in every layout; the others are where there is room for all.
			if (panes.length > 1) await outer.write(`'p${panes.length}\r`);
			await waitForLastPane(outer, panes);
			if (panes.at(-1) === echoPane) await typeAtEcho(outer);
		},
		processes: (outer) => ownProcesses(scratch.status(), outer),
		showOldest: async (outer) => {
			await outer.write('[');
			await outer.waitFor(
				'the COPY mode',
				(lines) => lines[0]?.includes('COPY') ?? false,
			);
			await outer.write('g');
		},
		...(loops && {
			longestTurns: async (outer) => ({
				client: await loops.longest([outer.pid]),
				holder: await loops.longest(holders()),
			}),
		}),
		close: async () => {
			await scratch[Symbol.asyncDispose]();
		},
	};
}

/**
 * Its programs read and write beside the repository, which a sandbox would not let them: what that adds to
 * a start is a figure of its own, and nothing to what is painted.
 */
function configure({ env }: WeirWorld, agents: number | undefined): void {
	const folder = join(env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder, { recursive: true });
	const holder = agents === undefined ? '' : `holder:\n  agents: ${agents}\n`;
	writeFileSync(join(folder, 'config.yaml'), `guard: detect\n${holder}`);
}

export function weirAbsent(): string | undefined {
	if (!existsSync(weirProgram)) return 'bin/weir.js does not exist yet';
	if (!existsSync(join(project, 'dist'))) return 'dist is missing: npm run build';
	return undefined;
}

/** A fresh repository; `repository` may name one that is already filled. */
export function openWeirWorld(
	world: World,
	more: Readonly<Record<string, string>> = {},
	repository = scratchRepository(world),
): WeirWorld {
	const home = world.fresh('home');
	const folders = ['config', 'data', 'state', 'cache', 'run'].map((name) => {
		const path = join(home, name);
		mkdirSync(path, { recursive: true, mode: 0o700 });
		return path;
	});
	const [config = '', data = '', state = '', cache = '', runtime = ''] = folders;
	const env = {
		PATH: process.env.PATH ?? '',
		HOME: home,
		LANG: 'C.UTF-8',
		XDG_CONFIG_HOME: config,
		XDG_DATA_HOME: data,
		XDG_STATE_HOME: state,
		XDG_CACHE_HOME: cache,
		XDG_RUNTIME_DIR: runtime,
		// Kept from session to session, as a user's is.
		NODE_COMPILE_CACHE: join(world.folder, 'code'),
		[marker]: home,
		...more,
	};
	const run = (...verb: readonly string[]) =>
		weirVerb(repository, env, verb).stdout.trim();
	return {
		repository,
		env,
		run,
		// The shape is a promise of the program, so it is read, not checked.
		status: () => JSON.parse(run('status', '--json')) as WeirStatus,
		[Symbol.asyncDispose]: async () => {
			spawnSync(process.execPath, [weirProgram, 'down', '--now'], {
				cwd: repository,
				env,
				timeout: 60_000,
			});
			await endProcesses(() => processesMarked(marker, home));
		},
	};
}

function weirVerb(
	cwd: string,
	env: Readonly<Record<string, string>>,
	verb: readonly string[],
): SpawnSyncReturns<string> {
	const result = spawnSync(process.execPath, [weirProgram, ...verb], {
		cwd,
		env,
		encoding: 'utf8',
		timeout: 120_000,
		maxBuffer: 64 * 1024 * 1024,
	});
	if (result.status === 0) return result;
	throw new Error(`weir ${verb.join(' ')}: exit ${result.status}: ${result.stderr}`);
}

function scratchRepository(world: World): string {
	const path = world.fresh('repository');
	const git = (...argv: readonly string[]) =>
		execFileSync('git', [
			'-C',
			path,
			'-c',
			'user.name=b',
			'-c',
			'user.email=b@b',
			...argv,
		]);
	mkdirSync(path);
	git('init', '-q', '-b', 'main');
	writeFileSync(join(path, 'file'), 'bench\n');
	git('add', 'file');
	git('commit', '-q', '-m', 'one file');
	return path;
}

async function typeAtEcho(outer: Outer): Promise<void> {
	await outer.write('i');
	await outer.waitFor('the TYPE mode', (lines) => lines[0]?.includes('TYPE') ?? false);
	await outer.write('~');
	await outer.waitFor('a typed letter', (lines) =>
		lines.some((line) => line.includes('echo-ready ~')),
	);
}

function ownProcesses(status: WeirStatus, outer: Outer): number[] {
	const holders = status.holders.map((holder) => holder.process);
	return [...new Set([...treeOf(outer.pid), status.supervisor.pid, ...holders])];
}
