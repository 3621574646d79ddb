// The card of a conflict: nothing was merged, and who may resolve it.
import { resolvedWords, resolvingOf } from '../../domain/resolving.ts';
import { listed } from '../chrome/listed.ts';
import type { Situation } from '../keys/key-row.ts';
import { keysLine } from '../keys/keys-line.ts';
import { type CardContent, sentence } from './card.ts';
import type { Dialog } from './dialog.ts';

const width = 66;

export function conflictCard(
	{ agent, name, base, files }: Extract<Dialog, { kind: 'conflict' }>,
	situation: Situation,
): CardContent {
	const { state, view } = situation;
	const author = state.agents[agent];
	const by = author ? resolvingOf(state, author).resolvedBy : null;
	const say = (text: string) => sentence(text, width - 2, view, 'dim');
	const ways = by
		? [`${resolvedWords(by)}; what lands of that is the work of ${name}.`]
		: [
				`Handing it over brings ${base} into the worktree of ${name}, conflict and all, and tells ${name} to resolve it.`,
				`Another agent, or you in your editor, gets both sides in a worktree of its own; ${name} goes on meanwhile.`,
			];
	return {
		title: `${name} conflicts with ${base}`,
		width,
		tone: 'bad',
		lines: [
			...sentence(`nothing was merged; ${base} is as it was`, width - 2, view),
			[],
			...listed('both changed', files, 'bad', 10),
			...ways.flatMap((text) => [[], ...say(text)]),
		],
		footer: keysLine('conflict', situation),
	};
}
