// All keys, explained.
import { cardRoom } from '../cards/card.ts';
import { type KeyContext, keyContexts } from '../keys/key-contexts.ts';
import { keyLabel, rowsOf } from '../keys/keys.ts';
import { bold, type Line, padText, span, spread, wrapText } from '../paint/spans.ts';
import type { View } from '../view.ts';

const keysWidth = 16;
/** On small screens words need the room more than they need to stand below each other. */
const leastKeysWidth = 8;
const longestKeys = 28;

/** The cells that the lines would like to have. */
export const helpWidth = 92;

/** All keys, by context, with what they do. */
export function helpLines({ columns, keymap }: View): readonly Line[] {
	const width = cardRoom(helpWidth, { columns });
	const contexts: readonly KeyContext[] = [
		'nav',
		'type',
		'inbox',
		'review',
		'gates',
		'queue',
		'question',
		'copy',
		'text',
		'merge',
		'loss',
		'quit',
	];
	const lines = contexts.flatMap((context): Line[] => [
		[bold(keyContexts[context])],
		...rowsOf(keymap, context).flatMap((row) =>
			explained(row.keys.map(keyLabel).join(' '), row.help, row.action, width),
		),
		...(context === 'type'
			? explained(keyLabel(keymap.leader), 'then one key of the panes', '', width)
			: []),
		[],
	]);
	return lines;
}

/** The name by which a file binds keys stands at the right, where words and name have room. */
function explained(keys: string, help: string, name: string, width: number): Line[] {
	const least = width < 60 ? leastKeysWidth : keysWidth;
	const lead = 2 + Math.max(least, Math.min(keys.length, longestKeys) + 1);
	const room = width - lead;
	const texts = wrapText(help, room);
	const named = texts.findLastIndex((text) => text.length + 2 + name.length <= room);
	return texts.map((text, at) => {
		const line: Line = [
			span('  '),
			at === 0 && keys === ''
				? span(padText('no key', lead - 2), 'dim')
				: bold(padText(at === 0 ? keys : '', lead - 2), 'accent'),
			span(text),
		];
		return at === named ? spread(line, [span(name, 'dim')], width) : line;
	});
}
