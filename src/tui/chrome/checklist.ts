// What the demo asks to try: each stays in its place until it was tried, whatever else is said.
import type { Agent } from '../../domain/agent.ts';
import { isBlocked } from '../../domain/agent-state.ts';
import type { WeirEvent } from '../../domain/event.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Trial, TrialWish } from '../../domain/trial.ts';
import type { Keymap } from '../keys/keymap.ts';
import { withKeys } from '../keys/named-keys.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { hasCrashed, nextNeedy } from '../look/state-signs.ts';
import { bold, fitLine, type Line, lineWidth, span, spread } from '../paint/spans.ts';

/** Keys that may only open a card: tried is what was done by it. */
const proofs: Readonly<Record<string, (event: Happened) => boolean>> = {
	'agent.kill': ({ cause }) => cause === 'command:agent.kill',
	'agent.respawn': ({ cause }) => cause === 'command:agent.respawn',
	'agent.merge': ({ kind }) => kind === 'merge.landed',
	'undo.open': ({ kind }) => kind === 'merge.undone',
	'screen.inbox': ({ cause }) => cause === 'command:question.answer',
};

type Happened = Pick<WeirEvent, 'kind' | 'cause'>;

export function checklistOf(wishes: readonly TrialWish[]): readonly Trial[] {
	return wishes.map((wish) => ({ ...wish, done: false }));
}

/** After a key that acts at once; the same list where none of it was tried. */
export function afterKey(list: readonly Trial[], action: string): readonly Trial[] {
	return proofs[action] === undefined ? tried(list, action) : list;
}

/** After something happened. */
export function afterEvent(list: readonly Trial[], event: Happened): readonly Trial[] {
	const proven = Object.keys(proofs).filter((action) => proofs[action]?.(event));
	return proven.reduce(tried, list);
}

function tried(list: readonly Trial[], action: string): readonly Trial[] {
	const at = list.findIndex((trial) => !trial.done && trial.action === action);
	return at < 0
		? list
		: list.map((trial, index) => (index === at ? { ...trial, done: true } : trial));
}

/** The agents as hints are about them. */
export interface AgentsShown {
	readonly agents: readonly Agent[];
	readonly focus: AgentId | null;
	readonly keymap: Keymap;
}

/**
 * What the first key does of those that can be tried now; at the right all keys in their places, those
 * tried ticked off.
 */
export function checklistLine(
	list: readonly Trial[],
	scene: AgentsShown,
	width: number,
	glyphs: Glyphs,
): Line {
	const said = (text: string) => withKeys(text, scene.keymap, 'nav');
	const label = [span(' '), bold('try', 'accent'), span(' ')];
	const open = list.filter(({ done }) => !done);
	const next = open.find((trial) => isReady(trial, scene)) ?? open[0];
	if (!next) {
		const all = span(
			`${glyphs.done} all ${list.length} tried: ${said('{quit.open}')} leaves the demo`,
			'good',
		);
		return fitLine([span(' '), all], width, glyphs.ellipsis);
	}
	const count = list.filter(({ done }) => done).length;
	const marks = list.map((trial): Line => {
		const key = said(`{${trial.action}}`);
		if (trial.done) return [span(`${glyphs.done}${key} `, 'dim')];
		return [trial === next ? bold(key, 'accent') : span(key), span(' ')];
	});
	const hint = span(said(hintOf(next, scene)));
	const full = [...label, span(' '), hint];
	const right = [...marks.flat(), span(` ${count} of ${list.length} tried `, 'dim')];
	if (lineWidth(full) + lineWidth(right) < width) return spread(full, right, width);
	const short = [...label, hint, span(`  ${count}/${list.length}`, 'dim')];
	return fitLine(short, width, glyphs.ellipsis);
}

function isAsking({ life, report }: Agent): boolean {
	return life.kind === 'running' && isBlocked(report.state);
}

function isReady({ on }: Trial, scene: AgentsShown): boolean {
	return on === undefined || agentOf(on, scene) !== undefined;
}

function hintOf({ text, on, before, elsewhere }: Trial, scene: AgentsShown): string {
	if (on === undefined) return text;
	const agent = agentOf(on, scene);
	if (!agent) return before ?? text;
	const said = agent.id === scene.focus ? text : (elsewhere ?? text);
	return said.replace('{agent}', agent.name);
}

function agentOf(
	on: NonNullable<Trial['on']>,
	{ agents, focus }: AgentsShown,
): Agent | undefined {
	if (on === 'needy') return nextNeedy(agents, focus, 1);
	const meant = agents.filter(on === 'crashed' ? hasCrashed : isAsking);
	return meant.find(({ id }) => id === focus) ?? meant[0];
}
