// The card of what an agent wrote outside its scope: each path and what happened to it, and the keys that
// put it back, allow it or show it.
import type { Agent } from '../../domain/agent.ts';
import type { Trespass } from '../../domain/trespass.ts';
import { counted } from '../../lib/counted.ts';
import { plainText } from '../../lib/plain-text.ts';
import { ageOf } from '../chrome/age.ts';
import type { Situation } from '../keys/key-row.ts';
import { keysLine } from '../keys/keys-line.ts';
import { type Line, padText, span } from '../paint/spans.ts';
import type { View } from '../view.ts';
import { type CardContent, readingRows, sentence } from './card.ts';
import type { Dialog } from './dialog.ts';

type OutsideDialog = Extract<Dialog, { kind: 'outside' }>;

const width = 76;
/** What stands below the paths, with the keys. */
const linesBelow = 7;
const longestPath = 400;

export function outsideCard(dialog: OutsideDialog, situation: Situation): CardContent {
	const { state, view } = situation;
	const agent = state.agents[dialog.agent];
	const paths = agent?.trespasses?.paths ?? [];
	const more = agent?.trespasses?.more ?? 0;
	const rows = outsideRows(view);
	const end = Math.min(paths.length, dialog.top + rows);
	const which =
		paths.length > rows ? `  ${dialog.top + 1}-${end} of ${paths.length}` : '';
	return {
		title: `what ${agent?.name ?? ''} wrote outside its scope${which}`,
		width,
		tone: 'warn',
		lines: [
			...paths.slice(dialog.top, end).map((path) => pathLine(path, view.now)),
			...(more > 0 ? [[span(`and ${counted(more, 'other')}`, 'dim')]] : []),
			...(paths.length + more === 0
				? [[span('nothing any more: as before, or allowed')]]
				: []),
			[],
			...sentence(scopeWords(agent), width - 2, view, 'dim'),
			...sentence(
				'Put back, files are as where its work began; copies are kept.',
				width - 2,
				view,
				'dim',
			),
		],
		footer: keysLine('outside', situation),
	};
}

/** How many paths there is room for. */
export function outsideRows(view: View): number {
	return Math.max(3, readingRows(view) - linesBelow);
}

function pathLine({ path, how, at }: Trespass, now: number): Line {
	return [
		span(padText(how, 9), 'warn'),
		span(padText(ageOf(at, now), 5), 'dim'),
		span(plainText(path, longestPath)),
	];
}

function scopeWords(agent: Agent | undefined): string {
	const patterns = agent?.scope ?? [];
	return patterns.length === 0
		? 'Its scope is all but what must be named.'
		: `Its scope is ${plainText(patterns.join(' '), longestPath)}`;
}
