// How a gate is held: it runs what agents wrote, and writes nothing but its own worktree, a folder for
// what is passing, and the caches of tools.
import { realpath, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Prevention } from '../domain/guard.ts';
import type { Settings } from '../domain/settings.ts';
import { canStandApart, gateBoxArgv } from '../guard/sandbox/gate-box.ts';
import { landlockPlan } from '../guard/sandbox/landlock.ts';
import { planPlaces } from '../guard/sandbox/plan.ts';
import type { Standing } from '../guard/sandbox/probe.ts';
import { waysOut } from '../guard/sandbox/sockets.ts';
import { writeWords } from '../guard/sandbox/words-file.ts';
import type { Environment } from '../lib/environment.ts';
import { newMark } from '../lib/lineage.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { packageRoot } from '../lib/package-root.ts';
import { ownUser } from '../lib/private-folder.ts';
import { descendantsOf, identityOf, isAlive, untilGone } from '../lib/processes.ts';
import { guardedArgv, heldArgv } from '../lib/trampoline.ts';
import { endTree } from '../terminal/endings.ts';
import type { Variables } from './environment.ts';
import type { RepositoryPlaces } from './places.ts';
import { cachesThere, emptiedFor, existing, passingIn } from './sandbox-openings.ts';

export interface GateToHold {
	readonly argv: readonly string[];
	readonly env: Variables;
	/** Its worktree, and the git directory of that. */
	readonly folder: string;
	readonly gitDir: string;
	/** Where what is passing lies: it is emptied first. */
	readonly scratch: string;
}

export interface HeldGate {
	readonly argv: readonly string[];
	readonly env: Variables;
	readonly prevention: Prevention;
	/** Ends all that the process of this number has started; resolves with what cannot be ended. */
	readonly endTree: (pid: number) => Promise<readonly number[]>;
}

/** Set for all that a gate starts, so that it is found where no namespace holds it. */
const variable = 'WEIR_GATE';

export class GateConfinement {
	readonly #places: RepositoryPlaces;
	readonly #environment: Environment;
	readonly #settings: () => Pick<Settings, 'guard'>;
	readonly #standing: () => Promise<Standing>;
	#apart: Promise<boolean> | null = null;

	constructor(
		places: RepositoryPlaces,
		environment: Environment,
		settings: () => Pick<Settings, 'guard'>,
		standing: () => Promise<Standing>,
	) {
		this.#places = places;
		this.#environment = environment;
		this.#settings = settings;
		this.#standing = standing;
	}

	/** Refused with `guard.required` where the settings ask for what the machine cannot do. */
	async hold(run: string, gate: GateToHold): Promise<Outcome<HeldGate>> {
		const { guard } = this.#settings();
		await rm(gate.scratch, { recursive: true, force: true });
		const passing = await passingIn(gate.scratch);
		const temp = passing[0]?.own ?? '/tmp';
		const env: Variables = { ...gate.env, [variable]: run };
		const standing = await this.#standing();
		const { prevention } = standing;
		if (guard.mode === 'detect' || prevention === 'none') {
			if (guard.mode === 'require')
				return refuse(
					'guard.required',
					`guard.mode is require, and nothing holds a gate here: ${standing.reason}`,
					standing.allow ?? 'weir doctor',
				);
			return ok(this.#loose(run, gate.argv, inTemp(env, temp), 'none'));
		}
		const home = await realpath(env.HOME ?? homedir());
		const ways = waysOut(guard.sockets, {
			home,
			user: ownUser() ?? 0,
			environment: env,
		});
		const told = Object.fromEntries(
			Object.entries(env).filter(([name]) => !ways.dropped.includes(name)),
		);
		const { root, state } = this.#places;
		const open = cachesThere(env, home, guard, [gate.folder, gate.gitDir, state]);
		const [emptied, shown, fixed, hidden] = await Promise.all([
			emptiedFor(env, this.#places),
			existing([
				...[root, home, packageRoot(), dirname(process.execPath)],
				...[...(env.PATH ?? '').split(':'), ...ways.shown],
			]),
			existing([...caches(env, this.#environment, home)]),
			existing(ways.hidden),
		]);
		const places = planPlaces({
			worktree: gate.folder,
			rulings: [{ path: '', writable: true }],
			gitDir: gate.gitDir,
			gitFixed: [],
			passing,
			emptied,
			shown,
			hidden,
			open,
			fixed,
		});
		if (prevention === 'landlock') {
			const words = join(gate.scratch, 'landlock');
			const terminals = guard.sockets.includes('terminals');
			await writeWords(words, landlockPlan(places, { terminals }).allowed);
			const argv = heldArgv(gate.argv, { landlock: words });
			return ok(this.#loose(run, argv, inTemp(told, temp), prevention));
		}
		const program = standing.program ?? '';
		const asRoot = ownUser() === 0;
		this.#apart ??= canStandApart(program, asRoot);
		const apart = await this.#apart;
		// Says by its exit code that there is no such program.
		const words = guardedArgv(gate.argv);
		const argv = gateBoxArgv({ program, asRoot, apart }, places, gate.folder, words);
		const boxed = inTemp(told, '/tmp');
		if (!apart) return ok(this.#loose(run, argv, boxed, prevention));
		return ok({ argv, env: boxed, prevention, endTree: endApart });
	}

	#loose(
		run: string,
		argv: readonly string[],
		env: Variables,
		prevention: Prevention,
	): HeldGate {
		const mark = newMark();
		const end = (pid: number) => endMarked(pid, run, mark);
		const worn = prevention === 'landlock' ? argv : guardedArgv(argv, { mark });
		return { argv: worn, env, prevention, endTree: end };
	}
}

function inTemp(env: Variables, temp: string): Variables {
	return { ...env, TMPDIR: temp, TMP: temp, TEMP: temp };
}

function caches(env: Variables, environment: Environment, home: string): string[] {
	const folders = [env.XDG_CACHE_HOME, environment.XDG_CACHE_HOME, join(home, '.cache')];
	return folders.flatMap((folder) => (folder ? [join(folder, 'weir')] : []));
}

/** Whom the namespace's first process takes along is gone when it is. */
async function endApart(pid: number): Promise<readonly number[]> {
	const inside = descendantsOf(pid).map(identityOf);
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It has ended, and all with it.
	}
	const left = inside.filter((one) => one !== null);
	await Promise.all(left.map((one) => untilGone(one, goneMs)));
	return left.filter(isAlive).map((one) => one.pid);
}

const goneMs = 5000;

function endMarked(
	pid: number,
	run: string,
	mark: string | null,
): Promise<readonly number[]> {
	const root = identityOf(pid) ?? { pid, startTime: '', bootId: '' };
	const origin = { root, variable: { name: variable, value: run }, mark };
	return endTree(origin, { signals: [], graceMs: 0 });
}
