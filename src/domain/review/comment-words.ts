// Comments on lines, as the agent is told them: each with its file, its line and the line itself.
import { counted } from '../../lib/counted.ts';
import { plainText, visibleText } from '../../lib/plain-text.ts';
import type { Comment } from './comment.ts';

const longestQuote = 300;

export function commentWords(comments: readonly Comment[]): string {
	const each = comments.map(
		({ path, line, side, quote, text }, at) =>
			`${at + 1}. ${visibleText(path)}:${line}${side === 'old' ? ' (a line that you removed)' : ''}\n   > ${plainText(quote, longestQuote)}\n${indented(text)}`,
	);
	const all = counted(comments.length, 'comment');
	return [`A review of your changes: ${all}.`, ...each, closing].join('\n\n');
}

const closing = 'Deal with each of them, or say why not.';

function indented(text: string): string {
	return text
		.trim()
		.split('\n')
		.map((line) => `   ${line}`)
		.join('\n');
}
