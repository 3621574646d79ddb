// How the use of a tool looks on the page: a head, lines under a bar, an end.
import type { Block } from './page.ts';
import { type Style, type StyledLine, span } from './styled-text.ts';

export function toolHead(verb: string, subject: string, remark: StyledLine = []): Block {
	return {
		lead: span('▸ ', 'accent'),
		indent: 2,
		text: [span(verb, 'strong'), span(' '), span(subject), ...remark],
		fold: 'words',
		gap: true,
	};
}

export function toolLine(text: string): Block {
	return { lead: bar, indent: 4, text: [span(text, 'dim')], fold: 'cut' };
}

export function toolEnd(text: string, style: Style): Block {
	return {
		lead: span('  └ ', 'dim'),
		indent: 4,
		text: [span(text, style)],
		fold: 'words',
	};
}

export function note(text: string, style: Style): Block {
	return {
		lead: span('∙ ', style),
		indent: 2,
		text: [span(text, style)],
		fold: 'words',
		gap: true,
	};
}

export const bar = span('  │ ', 'dim');

/** An argument vector as a person would type it. */
export function commandText(argv: readonly string[]): string {
	return argv
		.map((part) =>
			/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", `'\\''`)}'`,
		)
		.join(' ');
}
