// All keys, explained.
import { type KeyContext, keyContexts } from './key-contexts.ts';
import { keyLabel, rowsOf } from './keys.ts';
import { bold, type Line, padText, span, wrapText } from './spans.ts';
import type { View } from './view.ts';

const keysWidth = 16;

/** The cells that the lines would like to have. */
export const helpWidth = 76;

/** All keys, by context, with what they do. */
export function helpLines({ columns, keymap }: View): readonly Line[] {
	const width = Math.min(helpWidth, columns - 6);
	const contexts: readonly KeyContext[] = [
		'nav',
		'type',
		'text',
		'merge',
		'loss',
		'quit',
	];
	const lines = contexts.flatMap((context): Line[] => [
		[bold(keyContexts[context])],
		...rowsOf(keymap, context).flatMap((row) =>
			explained(row.keys.map(keyLabel).join(' '), row.help, width),
		),
		...(context === 'type'
			? explained(keyLabel(keymap.leader), 'then one key of the panes', width)
			: []),
		[],
	]);
	return lines;
}

function explained(keys: string, help: string, width: number): Line[] {
	const lead = 2 + Math.max(keysWidth, keys.length + 1);
	return wrapText(help, width - lead).map((text, at) => [
		span('  '),
		bold(padText(at === 0 ? keys : '', lead - 2), 'accent'),
		span(text),
	]);
}
