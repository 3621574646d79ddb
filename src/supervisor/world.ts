// What the performers of effects may reach. They report back and decide nothing.

import type { Agent } from '../domain/agent.ts';
import type { EffectOutcome } from '../domain/command.ts';
import type { AgentId } from '../domain/ids.ts';
import type { Finding } from '../domain/screen-rules.ts';
import type { EffectKind, PendingOf, State } from '../domain/state.ts';
import type { Repository } from '../git/repository.ts';
import type { Lane } from '../lib/lane.ts';
import type { AskedAgain } from './asked-again.ts';
import type { Confinement } from './confinement.ts';
import type { Fillings } from './fillings.ts';
import type { Fleet } from './fleet.ts';
import type { GateRuns } from './gate-runs.ts';
import type { Observatory } from './observatory.ts';
import type { RepositoryPlaces } from './places.ts';
import type { LoadedSettings } from './settings-files.ts';
import type { Tokens } from './tokens.ts';
import type { Withheld } from './withheld.ts';

export interface World {
	readonly fillings: Fillings;
	readonly state: () => State;
	readonly repository: Repository;
	readonly places: RepositoryPlaces;
	readonly fleet: Fleet;
	readonly tokens: Tokens;
	readonly environments: Environments;
	readonly confinement: Confinement;
	readonly observatory: Observatory;
	readonly gates: GateRuns;
	/** The settings where the file that everyone has holds this text; null is no such file. */
	readonly settingsWith: (everyones: string | null) => Promise<LoadedSettings>;
	/** What its rules read off an agent's screen; null where there is none. */
	readonly readScreen: (agent: AgentId) => Promise<Finding | null>;
	readonly askedAgain: AskedAgain;
	/** What its set-up left outside its scope is no trespass of its program, which begins now. */
	readonly acceptSetup: (agent: Agent) => Promise<void>;
	/** What the job writes in the worktree of the agent is no trespass. */
	readonly quietly: <T>(agent: AgentId, job: () => Promise<T>) => Promise<T>;
	/** Copies are kept and files put back by one at a time. */
	readonly redressing: Lane;
	/** What stands outside its scope, and the commit by which it is put back; null while it cannot be seen. */
	readonly standsOutside: (
		agent: AgentId,
	) => Promise<{ readonly commit: string; readonly paths: readonly string[] } | null>;
	/** Keeps secrets out of what is recorded. */
	readonly withheld: Withheld;
	/** Gives the space that is set aside to a full disk; answers whether there was any. */
	readonly spendReserve: () => boolean;
}

/** Performs one effect. Called again after a crash: each performer asks the world what is done. */
export type Perform<K extends EffectKind> = (
	effect: PendingOf<K>,
	world: World,
) => Promise<EffectOutcome<K>>;

/**
 * The environments that clients brought, by agent: in memory only, since they hold secrets. After
 * a restart the holder still knows the one of a running program.
 */
export class Environments {
	readonly #known = new Map<AgentId, Readonly<Record<string, string>>>();
	readonly #own: Readonly<Record<string, string>>;
	readonly #withheld: Pick<Withheld, 'know'>;

	/** `own` is that of the client that started the supervisor; it stands in where nothing is known. */
	constructor(own: Readonly<Record<string, string>>, withheld: Pick<Withheld, 'know'>) {
		this.#own = own;
		this.#withheld = withheld;
		withheld.know(own);
	}

	bring(agent: AgentId, environment: Readonly<Record<string, string>>): void {
		this.#known.set(agent, environment);
		this.#withheld.know(environment);
	}

	has(agent: AgentId): boolean {
		return this.#known.has(agent);
	}

	of(agent: AgentId): Readonly<Record<string, string>> {
		return this.#known.get(agent) ?? this.#own;
	}

	forget(agent: AgentId): void {
		this.#known.delete(agent);
	}
}
