// How the program of an agent is held to its scope: what the machine can do, what the settings ask for,
// and what the disk looks like come together here.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { adapterBehind } from '../agents/registry.ts';
import type { Agent } from '../domain/agent.ts';
import type { ProcessIdentity } from '../domain/fact.ts';
import type { Guard, GuardSettings } from '../domain/guard.ts';
import type { Settings } from '../domain/settings.ts';
import type { Worktree } from '../git/worktree.ts';
import { bubblewrapArgv } from '../guard/sandbox/bubblewrap.ts';
import { graphicDevices } from '../guard/sandbox/devices.ts';
import { landlockPlan } from '../guard/sandbox/landlock.ts';
import { planPlaces } from '../guard/sandbox/plan.ts';
import { probeSandbox, type Standing } from '../guard/sandbox/probe.ts';
import { shutMounts } from '../guard/sandbox/shut-mounts.ts';
import { waysOut } from '../guard/sandbox/sockets.ts';
import { wideningWords } from '../guard/sandbox/widening-words.ts';
import { writeWords } from '../guard/sandbox/words-file.ts';
import type { Environment } from '../lib/environment.ts';
import { messageOf } from '../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { makeFolders, ownUser } from '../lib/private-folder.ts';
import { isAlive } from '../lib/processes.ts';
import { heldArgv, wideningArgv } from '../lib/trampoline.ts';
import { rulingsOf } from './agent-rulings.ts';
import type { Variables } from './environment.ts';
import type { RepositoryPlaces } from './places.ts';
import {
	emptiedFor,
	existing,
	fixedFor,
	openFor,
	ownRuntime,
	passingIn,
	shownTo,
	type ToHold,
} from './sandbox-openings.ts';

const run = promisify(execFile);

export interface Held {
	readonly argv: readonly string[];
	readonly env: Variables;
	readonly guard: Guard;
}

type HoldSettings = Pick<Settings, 'guard' | 'worktree'>;

export class Confinement {
	readonly #places: RepositoryPlaces;
	readonly #environment: Environment;
	readonly #settings: () => HoldSettings;
	readonly #probe: typeof probeSandbox;
	#standing: Promise<Standing> | null = null;
	#lookAgainAt = Number.POSITIVE_INFINITY;

	constructor(
		places: RepositoryPlaces,
		environment: Environment,
		settings: () => HoldSettings,
		probe = probeSandbox,
	) {
		this.#places = places;
		this.#environment = environment;
		this.#settings = settings;
		this.#probe = probe;
	}

	/** Refused with `guard.required` where the settings ask for what the machine cannot do. */
	async hold(start: ToHold): Promise<Outcome<Held>> {
		const { guard: settings } = this.#settings();
		const { argv, env } = start;
		if (settings.mode === 'detect') {
			const reason = 'guard.mode is detect';
			return ok({ argv, env, guard: unheld(reason, null) });
		}
		const standing = standingFor(start.agent, await this.standing());
		if (standing.prevention !== 'none')
			return ok(await this.#wrap(start, standing, settings));
		if (settings.mode === 'require') return required(start.agent, standing);
		return ok({ argv, env, guard: unheld(standing.reason, standing.allow) });
	}

	/** Looked for at the first start; where it is not the best, again after a while. */
	async standing(): Promise<Standing> {
		if (this.#standing === null || performance.now() > this.#lookAgainAt) {
			this.#lookAgainAt = Number.POSITIVE_INFINITY;
			this.#standing = this.#probe(this.#environment);
			const { prevention } = await this.#standing;
			if (prevention !== 'bubblewrap')
				this.#lookAgainAt = performance.now() + lookAgainMs;
		}
		return this.#standing;
	}

	/**
	 * Lets the program of `pid` write what its scope has by now, and answers how many paths beside it
	 * it can write all the same. Only for one in bubblewrap. Idempotent.
	 */
	async widen(
		agent: Agent,
		worktree: Worktree,
		process: ProcessIdentity,
	): Promise<Outcome<number>> {
		// Of an ended program nothing is to be changed, least of all of what bears its number now.
		if (!isAlive(process)) return ok(0);
		const { pid } = process;
		const rulings = await rulingsOf(agent, worktree);
		const shut = shutMounts(pid, worktree.path);
		const words = wideningWords(rulings.places, shut);
		const [file, ...args] = wideningArgv(pid, worktree.path, words);
		try {
			await run(file, args, { timeout: widenMs });
			return ok(rulings.loose);
		} catch (error) {
			const [said] = messageOf(error).trim().split('\n').slice(-1);
			return refuse(
				'widen.failed',
				`what ${agent.name} may write besides counts from its next start on: ${said}`,
				`weir respawn ${agent.name}`,
			);
		}
	}

	async #wrap(start: ToHold, standing: Standing, settings: GuardSettings): Promise<Held> {
		const { agent, worktree, generation, argv, env } = start;
		const boxed = standing.prevention === 'bubblewrap';
		const home = await realpath(env.HOME ?? homedir());
		const user = ownUser() ?? 0;
		const ways = waysOut(settings.sockets, { home, user, environment: env });
		const told = without(env, ways.dropped);
		const { open, led } = openFor(start, home, settings);
		const [rulings, passing, emptied, shown, fixed] = await Promise.all([
			rulingsOf(agent, worktree, isJustFilled(start, this.#settings())),
			passingIn(worktree.scratch),
			emptiedFor(env, this.#places),
			shownTo({ agent, argv, env: told }, this.#places, home),
			fixedFor(start, home, this.#environment),
		]);
		const places = planPlaces({
			worktree: worktree.path,
			rulings: rulings.places,
			gitDir: worktree.privateDir,
			gitFixed: gitFixed.filter((name) => existsSync(join(worktree.privateDir, name))),
			passing,
			emptied,
			shown: [...shown, ...(await existing(ways.shown))],
			hidden: await existing(ways.hidden),
			open: [...open, ...(await existing(ways.open))],
			fixed,
		});
		const folder = join(this.#places.starts, agent.id, String(generation));
		makeFolders(folder);
		const file = join(folder, boxed ? 'box' : 'landlock');
		const terminals = settings.sockets.includes('terminals');
		const rules = landlockPlan(places, { terminals });
		const options = { asRoot: user === 0, devices: graphicDevices() };
		const words = boxed
			? bubblewrapArgv(standing.program ?? '', places, options)
			: rules.allowed;
		await writeWords(file, words);
		const temp = boxed ? '/tmp' : (passing[0]?.own ?? '/tmp');
		const runtime = ownRuntime(told, ways.shown, passing[0]?.own ?? null, temp);
		return {
			argv: heldArgv(argv, boxed ? { box: file } : { landlock: file }),
			env: { ...told, ...runtime, TMPDIR: temp, TMP: temp, TEMP: temp },
			guard: {
				prevention: standing.prevention,
				reason: standing.reason ?? shutReason(rulings.shut) ?? ledReason(led),
				allow: standing.allow,
				loose: rulings.loose + (boxed ? 0 : rules.loose),
			},
		};
	}
}

/** Nothing but weir has made files in it, and weir links none unless it is told to. */
function isJustFilled(
	{ agent, generation }: ToHold,
	{ worktree }: HoldSettings,
): boolean {
	const linked = worktree.linkBy === 'hardlink';
	return generation === 1 && agent.setup === null && !linked;
}

/** Of the agent's git directory: what its git runs, whose objects it borrows, and whose it is. */
const gitFixed = ['config', 'hooks', 'info', 'objects/info', 'weir-owner'];
const lookAgainMs = 60_000;
const widenMs = 10_000;

function unheld(reason: string | null, allow: string | null): Guard {
	return { prevention: 'none', reason, allow, loose: 0 };
}

function without(env: Variables, names: readonly string[]): Variables {
	return Object.fromEntries(
		Object.entries(env).filter(([name]) => !names.includes(name)),
	);
}

function shutReason(shut: readonly string[]): string | null {
	if (shut.length === 0) return null;
	return `${shut.join(', ')} cannot be written: too many files in it are hard links to files outside`;
}

function ledReason(led: readonly string[]): string | null {
	if (led.length === 0) return null;
	return `${led.join(', ')} cannot be written: a link leads there that a program may have made`;
}

/** Who could run no command at all in what there is, is better held by its own sandbox and what follows. */
function standingFor(agent: Agent, standing: Standing): Standing {
	const adapter = adapterBehind(agent);
	const { prevention, reason, allow } = standing;
	if (prevention !== 'landlock' || !adapter?.boxes(agent.argv)) return standing;
	const why = `${adapter.title} runs commands in a sandbox of its own, which Landlock does not let it make`;
	return {
		prevention: 'none',
		reason: reason === null ? why : `${why}, and ${reason}`,
		allow,
		program: null,
	};
}

function required(agent: Agent, { reason, allow }: Standing): Outcome<never> {
	return refuse(
		'guard.required',
		`guard.mode is require, and nothing holds ${agent.name} to its scope here: ${reason}`,
		allow ?? 'weir doctor',
	);
}
