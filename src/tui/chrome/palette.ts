// The lists that are searched by letters: commands by name, agents by name.
import type { Agent } from '../../domain/agent.ts';
import type { Refusal } from '../../lib/outcome.ts';
import type { Situation } from '../keys/key-row.ts';
import { type ActionId, commandRows, keyLabel } from '../keys/keys.ts';
import { focusedAgent, shownAgents } from '../view.ts';
import { findInDescription, findInName } from './letters.ts';

export type PaletteItem =
	| {
			readonly kind: 'command';
			readonly action: ActionId;
			readonly label: string;
			readonly key: string;
			readonly whyNot: Refusal | null;
	  }
	| { readonly kind: 'agent'; readonly agent: Agent; readonly label: string };

/** An item with the characters that were found in it. */
export interface PaletteMatch {
	readonly item: PaletteItem;
	readonly inLabel: readonly number[];
	readonly inName: readonly number[];
}

/**
 * What matches the letters: by name first, then by what is said of it. Commands that cannot act now
 * say why.
 */
export function paletteItems(
	situation: Situation,
	letters: string,
): readonly PaletteMatch[] {
	const { state, view } = situation;
	const about = focusedAgent(state, view)?.name;
	const commands = commandRows(view.keymap).map((row): Named => {
		const verb = about === undefined ? '' : (row.verb ?? '');
		const label = verb === '' ? row.help : `${verb} ${about}`;
		const key = keyLabel(row.keys[0] ?? '');
		const { action } = row;
		const whyNot = row.whyNot?.(situation) ?? null;
		const item: PaletteItem = { kind: 'command', action, label, key, whyNot };
		return { item, name: action, verb };
	});
	const agents = shownAgents(state).map((agent): Named => {
		const item: PaletteItem = { kind: 'agent', agent, label: `go to ${agent.name}` };
		return { item, name: agent.name, verb: '' };
	});
	return matching([...commands, ...agents], letters, foundIn);
}

/** The agents whose names hold the letters in order, the best first; one by its number before them. */
export function jumpTargets(situation: Situation, letters: string): readonly Agent[] {
	const agents = shownAgents(situation.state);
	const named = matching(agents, letters, (agent) => {
		const found = findInName(agent.name, letters);
		return found && { value: agent, score: found.score };
	});
	const numbered = /^\d{1,4}$/.test(letters.trim()) && agents[Number(letters) - 1];
	return numbered ? [numbered, ...named.filter((one) => one !== numbered)] : named;
}

interface Named {
	readonly item: PaletteItem;
	readonly name: string;
	/** With which the label begins: as good as a name; empty where it does not. */
	readonly verb: string;
}

interface Scored<T> {
	readonly value: T;
	readonly score: number;
}

function foundIn(
	{ item, name, verb }: Named,
	letters: string,
): Scored<PaletteMatch> | null {
	const byName = findInName(name, letters);
	const byVerb = verb === '' ? null : findInName(verb, letters);
	const told = findInDescription(item.label, letters);
	const scores = [byName, byVerb, told].map((one) => one?.score ?? null);
	const found = scores.filter((score) => score !== null);
	if (found.length === 0) return null;
	const inName = byName?.at ?? [];
	// An agent's name is the end of its label.
	const before = item.label.length - name.length;
	const value: PaletteMatch =
		item.kind === 'agent' && byName
			? { item, inName: [], inLabel: inName.map((at) => at + before) }
			: { item, inName, inLabel: byVerb?.at ?? told?.at ?? [] };
	return { value, score: Math.max(...found) };
}

/** The best first, else in their order; all while nothing was typed. */
function matching<T, U>(
	items: readonly T[],
	letters: string,
	match: (item: T, letters: string) => Scored<U> | null,
): readonly U[] {
	return items
		.map((item) => match(item, letters))
		.filter((found) => found !== null)
		.toSorted((one, other) => other.score - one.score)
		.map(({ value }) => value);
}
