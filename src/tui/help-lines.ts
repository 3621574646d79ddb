// All keys, explained.
import { type KeyContext, keyContexts } from './key-row.ts';
import { keyLabel, rowsOf } from './keys.ts';
import { bold, type Line, padText, span } from './spans.ts';

/** All keys, by context, with what they do. */
export function helpLines(): readonly Line[] {
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
		...rowsOf(context).map((row): Line => {
			const keys = row.keys.map(keyLabel).join(' ');
			return [span('  '), bold(padText(keys, 16), 'accent'), span(row.help)];
		}),
		...(context === 'type'
			? [
					[
						span('  '),
						bold(padText('Ctrl+Space', 16), 'accent'),
						span('then one key of the panes'),
					] as Line,
				]
			: []),
		[],
	]);
	return lines;
}
