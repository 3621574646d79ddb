// Cards about an item of the inbox: a question over the pane that asks it, words for its answer, how
// long it is put off, and all that are alike.
import { type InboxItem, nameOfItem } from '../../domain/inbox.ts';
import { inboxPlace } from '../../domain/list-place.ts';
import { counted } from '../../lib/counted.ts';
import { ageOf } from '../chrome/age.ts';
import { keyOfChoice, takesWords } from '../inbox/answer-keys.ts';
import { itemAimedAt, itemsAt } from '../inbox/inbox-list.ts';
import { firstLineOf, signOfItem } from '../inbox/item-signs.ts';
import type { Situation } from '../keys/key-row.ts';
import { keysLine } from '../keys/keys-line.ts';
import { withKeys } from '../keys/named-keys.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { bold, type Line, markSpan, padText, span, wrapText } from '../paint/spans.ts';
import { arrangementOf } from '../view.ts';
import { type CardContent, cardRoom } from './card.ts';
import type { Dialog } from './dialog.ts';

const width = 76;
const mostAbout = 6;
const mostText = 5;

/** Over the lower border of its pane: what it shows above stays to be seen. */
export function questionCard(
	_dialog: Extract<Dialog, { kind: 'question' }>,
	situation: Situation,
	glyphs: Glyphs,
): CardContent {
	const { state, view } = situation;
	const item = itemAimedAt(state, view);
	const { room, place } = placeOf(situation);
	if (!item) return { title: 'answered', lines: [], width, ...place };
	return {
		title: titleOf(item, situation, glyphs),
		width,
		...place,
		lines: [
			...textLines(item, room),
			...aboutLines(item, room, glyphs),
			[],
			...choiceLines(item, situation, room),
		],
		footer: keysLine('question', situation),
	};
}

export function replyCard(
	{ choice, field }: Extract<Dialog, { kind: 'reply' }>,
	situation: Situation,
	glyphs: Glyphs,
): CardContent {
	const { state, view } = situation;
	const item = itemAimedAt(state, view);
	const { room, place } = placeOf(situation);
	const asked = item ? textLines(item, room) : [];
	const before = wrapText(field.text.slice(0, field.at), room - 2);
	const lines = wrapText(field.text, room - 2);
	const why = choice ? [[span(`${choice.label}:`, 'dim')]] : [];
	const cursor = {
		x: 2 + (before.at(-1)?.length ?? 0),
		y: asked.length + 1 + why.length + before.length - 1,
	};
	return {
		title: item ? titleOf(item, situation, glyphs) : 'answered',
		width,
		...place,
		cursor,
		lines: [
			...asked,
			[],
			...why,
			...lines.map((line, at): Line => {
				return [markSpan(`${glyphs.cursor} `, at === 0), span(line)];
			}),
		],
		footer: keysLine('reply', situation),
	};
}

export function snoozeCard(
	_dialog: Extract<Dialog, { kind: 'snooze' }>,
	situation: Situation,
): CardContent {
	const item = itemAimedAt(situation.state, situation.view);
	return {
		title: 'put off for',
		width: 56,
		lines: item ? [[span(firstLineOf(item), 'dim')]] : [],
		footer: keysLine('snooze', situation),
	};
}

export function alikeCard(
	{ items }: Extract<Dialog, { kind: 'alike' }>,
	situation: Situation,
): CardContent {
	const { state, view } = situation;
	const open = itemsAt(state, view).filter(({ id }) => items.includes(id));
	const [first] = open;
	const most = Math.max(2, view.rows - 12);
	const shown = open.slice(0, most);
	return {
		title: `one answer for ${counted(open.length, 'question')}`,
		width,
		lines: [
			...shown.map((item): Line => {
				const name = nameOfItem(state, item);
				return [bold(padText(name, 14)), span(` ${firstLineOf(item)}`)];
			}),
			...(open.length > most ? [[span(`and ${open.length - most} more`, 'dim')]] : []),
			[],
			...(first ? choiceLines(first, situation, width) : []),
		],
		footer: keysLine('alike', situation),
	};
}

function titleOf(item: InboxItem, { state, view }: Situation, glyphs: Glyphs): string {
	const name = nameOfItem(state, item);
	const likely = item.inferred ? glyphs.inferred : '';
	return `${name} ${likely}${signOfItem(item).does} ${ageOf(item.since, view.now)}`;
}

function textLines({ text }: InboxItem, room: number): Line[] {
	return wrapText(text, room)
		.slice(0, mostText)
		.map((line) => [bold(line)]);
}

function aboutLines({ detail }: InboxItem, room: number, glyphs: Glyphs): Line[] {
	if (detail === null) return [];
	const lines = detail.split('\n').flatMap((line) => wrapText(line, room - 2));
	const shown = lines.length > mostAbout ? lines.slice(0, mostAbout - 1) : lines;
	const more = lines.length - shown.length;
	return [
		...shown.map((line): Line => [span(`  ${line}`)]),
		...(more > 0 ? [[span(`  ${glyphs.ellipsis} ${more} more lines`, 'dim')]] : []),
	];
}

function choiceLines(item: InboxItem, { view }: Situation, room: number): Line[] {
	const label = (key: string, text: string): Line => [
		bold(padText(key, 3), 'accent'),
		span(padText(text, room - 3).trimEnd()),
	];
	if (takesWords(item))
		return [
			label(withKeys('{answer.words}', view.keymap, 'question'), 'answer in words'),
		];
	if (!item.answerable)
		return [
			[span('the keys of this prompt are not known: answer it in its pane', 'dim')],
		];
	return item.choices.flatMap((choice): Line[] => {
		const key = keyOfChoice(item, choice);
		return key === null ? [] : [label(key, choice.label)];
	});
}

/** In the frame of the pane in focus, or of the question in the inbox; else over the lower rows. */
function placeOf({ state, view }: Situation): Placed {
	const { tiles, body } = arrangementOf(state, view);
	const { detail, framed } = inboxPlace(body, 0);
	const tile = tiles.find(({ pane }) => pane === view.focus)?.outer;
	const frame = view.screen === 'panes' ? tile : framed ? detail.outer : undefined;
	return frame && frame.width >= leastFrame
		? { room: frame.width - 4, place: { within: frame } }
		: { room: cardRoom(width, view), place: { corner: 'bottom' } };
}

/** The cells of a line, and where the card stands. */
interface Placed {
	readonly room: number;
	readonly place: Pick<CardContent, 'within' | 'corner'>;
}

const leastFrame = 50;
