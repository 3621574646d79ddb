// The line in which a search is written: that of the messages, as in less and vim.
import { textWidth } from '../../lib/cell-width.ts';
import type { Dialog } from '../cards/dialog.ts';
import { bold, type Line, span } from '../paint/spans.ts';

type SearchDialog = Extract<Dialog, { kind: 'search' }>;

export function searchPrompt({ direction, field }: SearchDialog): Line {
	return [bold(` ${signs[direction]} `, 'accent'), span(field.text)];
}

/** The column of the cursor within the line. */
export function searchCursor({ field }: SearchDialog): number {
	return 3 + textWidth(field.text.slice(0, field.at));
}

const signs = { down: '/', up: '?' } as const;
