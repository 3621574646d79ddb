// The lists that are searched by letters: commands by name, agents by name.
import type { Agent } from '../../domain/agent.ts';
import type { Refusal } from '../../lib/outcome.ts';
import type { Situation } from '../keys/key-row.ts';
import { type ActionId, commandRows, keyLabel } from '../keys/keys.ts';
import { focusedAgent, shownAgents } from '../view.ts';

export type PaletteItem =
	| {
			readonly kind: 'command';
			readonly action: ActionId;
			readonly label: string;
			readonly key: string;
			readonly whyNot: Refusal | null;
	  }
	| { readonly kind: 'agent'; readonly agent: Agent; readonly label: string };

/** What matches the letters, the best first; commands that cannot act now say why. */
export function paletteItems(
	situation: Situation,
	letters: string,
): readonly PaletteItem[] {
	const { state, view } = situation;
	const about = focusedAgent(state, view)?.name;
	const commands = commandRows(view.keymap).map((row): PaletteItem => {
		const label = row.verb && about ? `${row.verb} ${about}` : row.help;
		const key = keyLabel(row.keys[0] ?? '');
		const whyNot = row.whyNot?.(situation) ?? null;
		return { kind: 'command', action: row.action, label, key, whyNot };
	});
	const agents = shownAgents(state).map((agent): PaletteItem => {
		return { kind: 'agent', agent, label: `go to ${agent.name}` };
	});
	return matching([...commands, ...agents], letters, (item) =>
		item.kind === 'command' ? `${item.label} ${item.action}` : item.label,
	);
}

/** The agents whose names hold the letters in order, the best first; one by its number before them. */
export function jumpTargets(situation: Situation, letters: string): readonly Agent[] {
	const agents = shownAgents(situation.state);
	const named = matching(agents, letters, ({ name }) => name);
	const numbered = /^\d{1,4}$/.test(letters.trim()) && agents[Number(letters) - 1];
	return numbered ? [numbered, ...named.filter((one) => one !== numbered)] : named;
}

/** Those that hold the letters in order: at word starts and close together counts as better. */
function matching<T>(
	items: readonly T[],
	letters: string,
	textOf: (item: T) => string,
): readonly T[] {
	const wanted = letters.trim().toLowerCase();
	if (wanted === '') return items;
	return items
		.map((item) => ({ item, score: scoreOf(textOf(item).toLowerCase(), wanted) }))
		.filter(({ score }) => score !== null)
		.toSorted((one, other) => (other.score ?? 0) - (one.score ?? 0))
		.map(({ item }) => item);
}

function scoreOf(text: string, wanted: string): number | null {
	const whole = text.indexOf(wanted);
	if (whole >= 0) return 1000 - whole + (startsWord(text, whole) ? 500 : 0);
	let score = 0;
	let at = -1;
	for (const letter of wanted.replaceAll(' ', '')) {
		const next = text.indexOf(letter, at + 1);
		if (next < 0) return null;
		score += (next === at + 1 ? 5 : 0) + (startsWord(text, next) ? 8 : 0) - (next - at);
		at = next;
	}
	return score;
}

function startsWord(text: string, at: number): boolean {
	return at === 0 || !/[a-z0-9]/.test(text.charAt(at - 1));
}
