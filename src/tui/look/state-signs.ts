// How a state of an agent is shown: word, glyph, colour role, and the bay in which its strip lies.
import { type Agent, isLost } from '../../domain/agent.ts';
import { type Bay, bays } from '../../domain/bay.ts';
import type { AgentId } from '../../domain/ids.ts';
import { asksWhilePaused } from '../../domain/pausing.ts';
import { type LifeWord, type StateWord, shownWord } from '../../domain/state-words.ts';
import type { GlyphName, Glyphs } from './glyphs.ts';
import type { Role } from './theme.ts';

export const bayTitles = {
	needs: 'NEEDS YOU',
	failing: 'FAILING',
	running: 'RUNNING',
	waiting: 'WAITING',
	done: 'DONE',
} as const satisfies Record<Bay, string>;

export interface StateSign {
	readonly word: string;
	readonly glyph: GlyphName;
	readonly role: Role;
	readonly bay: Bay;
}

const signs = {
	starting: { glyph: 'starting', role: 'run', bay: 'running' },
	working: { glyph: 'run', role: 'run', bay: 'running' },
	'needs-approval': { glyph: 'need', role: 'need', bay: 'needs' },
	asks: { glyph: 'ask', role: 'need', bay: 'needs' },
	waiting: { glyph: 'waiting', role: 'dim', bay: 'waiting' },
	paused: { glyph: 'paused', role: 'dim', bay: 'waiting' },
	idle: { glyph: 'waiting', role: 'dim', bay: 'waiting' },
	done: { glyph: 'done', role: 'good', bay: 'done' },
	failed: { glyph: 'fail', role: 'bad', bay: 'failing' },
	stuck: { glyph: 'stuck', role: 'warn', bay: 'failing' },
	interrupted: { glyph: 'interrupted', role: 'dim', bay: 'done' },
	unknown: { glyph: 'unknown', role: 'dim', bay: 'running' },
	stopping: { glyph: 'stopping', role: 'warn', bay: 'running' },
	crashed: { glyph: 'fail', role: 'bad', bay: 'failing' },
	removing: { glyph: 'removing', role: 'dim', bay: 'done' },
	restoring: { glyph: 'restoring', role: 'run', bay: 'running' },
} as const satisfies Record<StateWord | LifeWord, Omit<StateSign, 'word'>>;

/** The sign of an agent. One that was lost, or that weir paused, waits for somebody; one that was killed does not. */
export function signOf(agent: Agent): StateSign {
	const { life, report } = agent;
	const word = shownWord(life.kind, report.state);
	if (isLost(agent))
		return { ...signOfWord(word), glyph: 'fail', role: 'bad', bay: 'failing' };
	if (asksWhilePaused(agent)) return { ...signOfWord(word), role: 'need', bay: 'needs' };
	return signOfWord(word);
}

export function signOfWord(word: StateWord | LifeWord): StateSign {
	return { word, ...signs[word] };
}

/** The word is in colour only where somebody is wanted: of thirty that work, the sign says enough. */
export function wordRole({ bay, role }: StateSign): Role {
	return bay === 'needs' || bay === 'failing' ? role : 'dim';
}

/** Its word with `~` before one that is only inferred. */
export function wordOf({ life, report }: Agent, glyphs: Glyphs): string {
	const inferred = report.inferred && life.kind === 'running' ? glyphs.inferred : '';
	return inferred + shownWord(life.kind, report.state);
}

/** Whether an agent waits for the human: a question, or an end that was not asked for. */
export function needsHuman(agent: Agent): boolean {
	const { bay } = signOf(agent);
	if (bay === 'needs' || bay === 'failing') return true;
	return agent.report.state === 'done' && agent.life.kind !== 'removing';
}

/**
 * Where `n` and `N` go: around those that wait for the human, questions first, then failures, then
 * what is done, and of each those that wait longest, as in the inbox. From an agent that waits for nobody, or is only done, `n`
 * goes to the most urgent one.
 */
export function nextNeedy(
	agents: readonly Agent[],
	focus: AgentId | null,
	step: 1 | -1,
): Agent | undefined {
	const waiting = agents.filter(needsHuman);
	const ranked = bays.flatMap((bay) =>
		waiting
			.filter((agent) => signOf(agent).bay === bay)
			.toSorted((one, other) => one.report.since.localeCompare(other.report.since)),
	);
	const at = ranked.findIndex(({ id }) => id === focus);
	const [first] = ranked;
	const here = ranked[at];
	if (here === undefined) return step === 1 ? first : ranked.at(-1);
	const urgent = first !== undefined && signOf(first).bay !== 'done';
	if (step === 1 && urgent && signOf(here).bay === 'done') return first;
	return ranked[(at + step + ranked.length) % ranked.length];
}

/** Whether its program ended by itself and did not succeed. */
export function hasCrashed(agent: Agent): boolean {
	const { life, report } = agent;
	return life.kind === 'ended' && (report.state === 'failed' || isLost(agent));
}
