// What is written in the line of the messages, as in less and vim: a text to search for, or letters of
// the agents or files to list.
import { textWidth } from '../../lib/cell-width.ts';
import type { Dialog } from '../cards/dialog.ts';
import { bold, type Line, span } from '../paint/spans.ts';

export type LinePrompt = Extract<Dialog, { kind: 'search' | 'filter' | 'files' }>;

export function isLinePrompt(dialog: Dialog): dialog is LinePrompt {
	return ['search', 'filter', 'files'].includes(dialog.kind);
}

export function promptLine(prompt: LinePrompt): Line {
	const sign = prompt.kind === 'search' && prompt.direction === 'up' ? '?' : '/';
	return [bold(` ${sign} `, 'accent'), span(prompt.field.text)];
}

/** The column of the cursor within the line. */
export function promptCursor({ field }: LinePrompt): number {
	return 3 + textWidth(field.text.slice(0, field.at));
}
