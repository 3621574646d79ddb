// The scratch ground of a demo: a repository, scenes and XDG folders of its own, in one folder
// that is removed at the end.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Connection } from '../client/connection.ts';
import { connectOrStart } from '../client/start.ts';
import { requireGit } from '../git/version.ts';
import { installedVersion } from '../lib/installation.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { configFolder } from '../lib/paths.ts';
import { makeFolders } from '../lib/private-folder.ts';
import { programFile } from '../lib/program-file.ts';
import { formatYaml } from '../lib/yaml.ts';
import {
	clearAbandoned,
	demoRepository,
	endLeftovers,
	groundPrefix,
	ownerSocketOf,
} from './demo-leftovers.ts';
import { ownGround } from './demo-owner.ts';
import { environmentOf } from './reach.ts';
import { untilSupervisorEnds } from './supervisor-end.ts';
import type { Call } from './verb.ts';

export interface DemoScene {
	readonly name: string;
	readonly file: string;
}

export interface DemoGround {
	readonly folder: string;
	readonly repository: string;
	readonly commonDir: string;
	readonly scenes: readonly DemoScene[];
	readonly environment: Readonly<Record<string, string>>;
}

const scenePlayer = programFile('src/scenes/main');

/** What the demo's agents are called in its settings. */
export const sceneKind = 'scene';

const run = promisify(execFile);

export async function makeGround(
	call: Call,
	agents: number,
	seed: number,
): Promise<Outcome<DemoGround>> {
	const git = await requireGit();
	if (!git.ok) return git;
	await clearAbandoned(tmpdir());
	const named = call.text('dir');
	if (named && !isFree(resolve(named))) {
		return refuse(
			'demo.dir-taken',
			`${resolve(named)} is not an empty folder, and a demo fills its folder with its own`,
			'weir demo --dir an-empty-folder',
		);
	}
	const folder = named ? resolve(named) : await mkdtemp(join(tmpdir(), groundPrefix));
	const repository = join(folder, demoRepository);
	const xdg = (name: string) => {
		const path = join(folder, name);
		makeFolders(path);
		return path;
	};
	try {
		const args = [
			scenePlayer,
			'demo',
			folder,
			'--agents',
			String(agents),
			'--seed',
			String(seed),
		];
		const { stdout } = await run(process.execPath, args, { maxBuffer: 1024 * 1024 });
		// Printed by the scene player of this build.
		const { scenes } = JSON.parse(stdout) as { scenes: DemoScene[] };
		return ok({
			folder,
			repository,
			commonDir: join(repository, '.git'),
			scenes,
			environment: {
				...environmentOf(call),
				XDG_DATA_HOME: xdg('data'),
				XDG_CONFIG_HOME: xdg('config'),
				XDG_RUNTIME_DIR: xdg('run'),
				...(await ownGround(ownerSocketOf(folder), named ? null : folder)),
			},
		});
	} catch (error) {
		if (!named) await rm(folder, { recursive: true, force: true });
		const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
		return refuse(
			'demo.ground',
			`the demo could not be laid out in ${folder}: ${said.trim() || String(error)}`,
			'weir demo --dir an-empty-folder',
		);
	}
}

/** Minutes without a sign that a demo has time for, at its own speed, and the fewest there are. */
const stuckAfter = { usual: 0.4, least: 0.1 };

/** The user's settings of the ground: its agents are of a kind, as those of a person are. */
export async function settleGround(
	{ folder, environment }: DemoGround,
	pace: readonly string[],
	speed: number,
): Promise<void> {
	const command = [
		process.execPath,
		scenePlayer,
		'play',
		join(folder, 'scenes'),
		...pace,
	];
	const kind = { command, prompt: 'line', rules: sceneKind };
	const config = configFolder(environment);
	makeFolders(config);
	await writeFile(
		join(config, 'config.yaml'),
		formatYaml({
			agents: { [sceneKind]: kind },
			// The scripts of its package.json, by a Node that is surely there.
			gates: {
				test: [process.execPath, '--test', '--test-isolation=none'],
				lint: [process.execPath, 'scripts/lint.ts'],
			},
			// Scenes use none, and a demo makes none in the home of who looks at it.
			guard: { caches: [] },
			attention: {
				stuck_after: Math.max(stuckAfter.least, stuckAfter.usual / speed),
			},
		}),
	);
}

function isFree(folder: string): boolean {
	return !existsSync(folder) || readdirSync(folder).length === 0;
}

const clearings = new WeakMap<DemoGround, Promise<void>>();

/** The ground is being cleared: nobody may start anything on it again. */
export function isCleared(ground: DemoGround): boolean {
	return clearings.has(ground);
}

export function connectToGround(ground: DemoGround): Promise<Outcome<Connection>> {
	return connectOrStart({
		commonDir: ground.commonDir,
		environment: ground.environment,
		version: installedVersion,
		role: 'verb',
	});
}

/** How often a question is asked again of the supervisor that follows one that ended. */
const asks = 5;

/** Asks, and asks the next supervisor where one ends before it answers. */
export async function askGround<T>(
	ground: DemoGround,
	ask: (connection: Connection) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
	for (let count = 1; ; count += 1) {
		const reached = await connectToGround(ground);
		if (!reached.ok) return reached;
		using connection = reached.value;
		const answer = await ask(connection);
		if (answer.ok || !isGone(answer) || count === asks) return answer;
	}
}

/** Whether a refusal says no more than that the supervisor ended. */
export function isGone(outcome: Outcome<unknown>): boolean {
	return !outcome.ok && outcome.refusal.code === 'supervisor.gone';
}

/** Ends everything that runs there; the folder goes too, unless it was named by the user. */
export function clearGround(ground: DemoGround, keep: boolean): Promise<void> {
	// A signal may come while it is being cleared: once is enough.
	const clearing = clearings.get(ground) ?? clear(ground, keep);
	clearings.set(ground, clearing);
	return clearing;
}

async function clear(ground: DemoGround, keep: boolean): Promise<void> {
	await askGround(ground, async (connection) => {
		const ended = untilSupervisorEnds(connection);
		const down = await connection.request('down', { now: true }, { timeoutMs: 60_000 });
		if (down.ok) await ended;
		return down;
	});
	await endLeftovers(ground.commonDir);
	if (!keep) await rm(ground.folder, { recursive: true, force: true, maxRetries: 5 });
}
