// How a state of an agent is shown: word, glyph, colour role, and the bay in which its strip lies.
import type { Agent } from '../domain/agent.ts';
import type { StateWord } from '../domain/state-words.ts';
import type { GlyphName } from './glyphs.ts';
import type { Role } from './theme.ts';

export const bays = ['needs', 'failing', 'running', 'waiting', 'done'] as const;
export type Bay = (typeof bays)[number];

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

export const stateSigns = {
	starting: { word: 'starting', glyph: 'run', role: 'run', bay: 'running' },
	working: { word: 'working', glyph: 'run', role: 'run', bay: 'running' },
	'needs-approval': { word: 'approve', glyph: 'need', role: 'need', bay: 'needs' },
	asks: { word: 'asks', glyph: 'ask', role: 'need', bay: 'needs' },
	waiting: { word: 'waiting', glyph: 'waiting', role: 'dim', bay: 'waiting' },
	paused: { word: 'paused', glyph: 'paused', role: 'dim', bay: 'waiting' },
	idle: { word: 'idle', glyph: 'waiting', role: 'dim', bay: 'waiting' },
	done: { word: 'done', glyph: 'done', role: 'good', bay: 'done' },
	failed: { word: 'failed', glyph: 'fail', role: 'bad', bay: 'failing' },
	stuck: { word: 'stuck', glyph: 'stuck', role: 'warn', bay: 'failing' },
	interrupted: { word: 'ended', glyph: 'unknown', role: 'dim', bay: 'done' },
	unknown: { word: 'unknown', glyph: 'unknown', role: 'dim', bay: 'running' },
} as const satisfies Record<StateWord, StateSign>;

/** The sign of an agent, by its life where that says more than its report. */
export function signOf(agent: Agent): StateSign {
	const { life, report } = agent;
	switch (life.kind) {
		case 'preparing':
			return { ...stateSigns.starting, word: preparing[life.step] };
		case 'stopping':
			return { ...stateSigns.working, word: 'stopping', role: 'warn' };
		case 'removing':
			return { ...stateSigns.interrupted, word: 'removing' };
		case 'restoring':
			return { ...stateSigns.starting, word: 'restoring' };
		case 'backing-off':
			return { ...stateSigns.failed, word: 'crashed' };
		case 'running':
			return life.paused ? stateSigns.paused : stateSigns[report.state];
		default:
			return stateSigns[report.state];
	}
}

const preparing = { worktree: 'worktree', setup: 'set-up', spawn: 'starting' } as const;

/** Whether an agent waits for the human: a question, or an end that was not asked for. */
export function needsHuman(agent: Agent): boolean {
	const { bay } = signOf(agent);
	if (bay === 'needs' || bay === 'failing') return true;
	return agent.report.state === 'done' && agent.life.kind !== 'removing';
}
