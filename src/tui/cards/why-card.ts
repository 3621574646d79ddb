// The card that says why an agent's state is shown, what it may write and what holds it to that.
import type { Situation } from '../keys/key-row.ts';
import { bold, type Line, span, wrapText } from '../paint/spans.ts';
import type { View } from '../view.ts';
import { type CardContent, cardRoom, readingRows } from './card.ts';
import type { Dialog } from './dialog.ts';

type WhyDialog = Extract<Dialog, { kind: 'why' }>;

const width = 92;
/** Fewer rows of what lies under it are left over rather than seen. */
const leastBelow = 4;
/** What would leave fewer cells for the words is no column to go on in. */
const mostIndent = 24;

export function whyCard(dialog: WhyDialog, situation: Situation): CardContent {
	const { view } = situation;
	const all = whyLines(dialog, view);
	const rows = readingRows(view);
	const shown = all.slice(dialog.top, dialog.top + rows);
	const end = dialog.top + shown.length;
	const left = rows - shown.length;
	const more = rows < all.length ? `  ${dialog.top + 1}-${end} of ${all.length}` : '';
	return {
		title: `${dialog.title}${more}`,
		width,
		lines: [
			...shown.map((text, at): Line => {
				return [at + dialog.top === 0 ? bold(text) : span(text)];
			}),
			...Array.from({ length: left < leastBelow ? left : 0 }, (): Line => []),
		],
	};
}

/** Each line goes on below where its words began. */
export function whyLines({ lines }: WhyDialog, view: View): readonly string[] {
	const room = cardRoom(width, view);
	return lines.flatMap((line) => {
		const columns = line.length - line.replace(/^.*?\S {2,}(?=\S)/, '').length;
		const lead = /^ */.exec(line)?.[0].length ?? 0;
		const indent = columns > 0 && columns <= mostIndent ? columns : lead;
		const words = wrapText(line.slice(indent), room - indent);
		return words.map((text, at) =>
			at === 0 ? line.slice(0, indent) + text : ' '.repeat(indent) + text,
		);
	});
}
