// The card before a step is taken back: which one, what becomes of it, and what came before it.

import { fateOfStep, nameOfStep, whyNotTakeBack } from '../../domain/undoing.ts';
import { listed } from '../chrome/listed.ts';
import { asKey } from '../chrome/message-line.ts';
import type { Situation } from '../keys/key-row.ts';
import { keysLine } from '../keys/keys-line.ts';
import { withKeys } from '../keys/named-keys.ts';
import { bold, type Line, span, wrapText } from '../paint/spans.ts';
import type { CardContent } from './card.ts';
import type { Dialog } from './dialog.ts';

const width = 66;
const olderShown = 3;

export function undoCard(
	{ step, named = false }: Extract<Dialog, { kind: 'undo' }>,
	situation: Situation,
): CardContent {
	const { state, view } = situation;
	const no = whyNotTakeBack(state, step);
	const fate = no === null ? fateOfStep(state, step) : no.message;
	const older = state.undoable
		.slice(0, -1)
		.map((one) => nameOfStep(state, one))
		.toReversed();
	return {
		title: 'take back?',
		width,
		lines: [
			[bold(nameOfStep(state, step))],
			...wrapText(fate, width - 2).map(
				(text): Line => [span(text, no ? 'bad' : undefined)],
			),
			...(no?.allow === undefined
				? []
				: [[span(withKeys(asKey(no.allow), view.keymap, 'nav'), 'accent')]]),
			...(named ? [] : [[], ...beforeIt(older)]),
		],
		footer: keysLine('undo', situation),
	};
}

function beforeIt(older: readonly string[]): readonly Line[] {
	return older.length === 0
		? [[span('there is no older step to take back', 'dim')]]
		: listed('before it', older, 'dim', olderShown);
}
