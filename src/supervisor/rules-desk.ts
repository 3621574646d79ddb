// The rules by which screens are read, as their files say by now.
import { type LoadedRules, loadRules } from '../agents/rule-files.ts';
import type { RuleWord } from '../domain/agent-state.ts';
import type { AgentId } from '../domain/ids.ts';
import {
	type Finding,
	type Rules,
	readScreen,
	readTitle,
} from '../domain/screen-rules.ts';
import type { State } from '../domain/state.ts';
import type { StateWord } from '../domain/state-words.ts';
import type { Environment } from '../lib/environment.ts';
import type { World } from './world.ts';

export class RulesDesk {
	readonly #environment: Environment;
	#loaded: LoadedRules;

	constructor(environment: Environment, loaded: LoadedRules) {
		this.#environment = environment;
		this.#loaded = loaded;
	}

	/** What is wrong with their files; those are left out. */
	get problems(): LoadedRules['problems'] {
		return this.#loaded.problems;
	}

	/** Reads the files again; answers the problems where they are others than before. */
	async reload(): Promise<LoadedRules['problems'] | null> {
		const before = JSON.stringify(this.problems);
		this.#loaded = await loadRules(this.#environment);
		return JSON.stringify(this.problems) === before ? null : this.problems;
	}

	/** Those by which an agent of its kind is read. */
	of(state: State, agent: AgentId): Rules {
		const known = state.agents[agent];
		const kind = known && state.settings.agents[known.kind];
		return this.#loaded.of(kind?.rules ?? known?.adapter ?? null);
	}

	/** Whether a rule for its screen may say more about what a better source says. */
	refines(state: State, agent: AgentId, word: StateWord): boolean {
		return (
			this.of(state, agent).screen?.some(({ refines }) => refines?.includes(word)) ??
			false
		);
	}

	title(state: State, agent: AgentId, title: string): RuleWord | null {
		return readTitle(this.of(state, agent), title);
	}
}

/** Reads an agent's screen by its rules; null where there is none. */
export async function readAgent(
	agent: AgentId,
	{ fleet, state, withheld }: World,
	rules: RulesDesk,
): Promise<Finding | null> {
	// Its pane bears its id.
	const pane: string = agent;
	const text = await fleet.ask(pane, 'text', { pane });
	if (!text.ok) return null;
	const { lines, screenHash: hash, scrollback: above } = text.value;
	// As it is recorded: an answer is typed only where what stands there is what was asked.
	return withheld.out(readScreen(rules.of(state(), agent), { lines, hash, above }));
}
