// Waiting for agents: what may be waited for, when it has come, and when it cannot come any more.

import { nearestWord } from '../lib/nearest-word.ts';
import { type Outcome, ok, type Refusal, refusal, refuse } from '../lib/outcome.ts';
import { type Agent, isGone } from './agent.ts';
import { gone } from './agent-refusals.ts';
import { isBlocked } from './agent-state.ts';
import { itemKindOf } from './inbox.ts';
import { asksWhilePaused } from './pausing.ts';
import { stateWords } from './state-words.ts';

/** States, and the words of an agent's life for what is no state. */
export const waitWords: readonly string[] = [
	...stateWords,
	'running',
	'ended',
	'removed',
	'needs-you',
];

/** What is waited for where nothing is said: the agent needs somebody, or is at its end. */
export const settledWords: readonly string[] = [
	...['idle', 'done', 'asks', 'needs-approval', 'failed', 'stuck', 'interrupted'],
	...['ended', 'needs-you'],
];

export function checkWaitWords(words: readonly string[]): Outcome<void> {
	const unknown = words.find((word) => !waitWords.includes(word));
	if (unknown === undefined) return ok(undefined);
	const near = nearestWord(unknown, waitWords);
	return refuse(
		'state.unknown',
		`there is no state ${JSON.stringify(unknown)}; there are ${waitWords.join(', ')}`,
		near === undefined ? 'weir help wait' : `--until ${near}`,
	);
}

/** Whether the agent is in one of these states. */
export function isIn(agent: Agent, words: readonly string[]): boolean {
	// What it did last is over, and says nothing of one that is gone.
	const state = isGone(agent) ? [] : [agent.report.state];
	const needy = needsYou(agent) ? ['needs-you'] : [];
	return [...state, ...needy, agent.life.kind].some((word) => words.includes(word));
}

/** It is in the inbox, or will be once its question has been read. */
function needsYou(agent: Agent): boolean {
	const asks =
		agent.life.kind === 'running' &&
		(isBlocked(agent.report.state) || asksWhilePaused(agent));
	return asks || (!isGone(agent) && itemKindOf(agent) !== null);
}

/** Why none of these states can come by itself; null where one may. */
export function whyNotWait(agent: Agent, words: readonly string[]): Refusal | null {
	// Somebody may remove it at any time; nobody but you brings it back.
	if (isIn(agent, words) || words.includes('removed')) return null;
	if (isGone(agent)) return gone(agent);
	const { kind } = agent.life;
	if (kind !== 'ended' && kind !== 'failed') return null;
	const what = kind === 'ended' ? 'has ended' : 'did not start';
	const how = agent.report.why ?? agent.report.state;
	return refusal(
		'wait.over',
		`${agent.name} ${what} (${how}) and does not become ${words.join(' or ')} by itself`,
		`weir respawn ${agent.name}`,
	);
}
