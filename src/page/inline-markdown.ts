// What stands out within a line of Markdown: `code`, **strong**, *emphasis*, links.
import { type Span, type Style, type StyledLine, span } from './styled-text.ts';

/**
 * Each way to stand out, the first that fits at a place; marks without a partner stay as they are, and so
 * do the stars of patterns of files: emphasis begins with a letter, a digit or a quote.
 */
const marked = new RegExp(
	[
		/`(?<code>[^`]+)`/u,
		/\*\*(?<strong>[^\s*](?:[^*]*[^\s*])?)\*\*/u,
		/(?<![\w*])\*(?<stars>(?=[\p{L}\p{N}"'(])[^*]*[^\s*/])\*(?![\w*])/u,
		/(?<![\w_])_(?<lines>(?=[\p{L}\p{N}"'(])[^_]*[^\s_/])_(?![\w_])/u,
		/\[(?<name>[^\][]+)\]\((?<address>[^\s()]+)\)/u,
	]
		.map(({ source }) => source)
		.join('|'),
	'gu',
);

/** The text with its marks as styles; what has no mark is of the style `plain`. */
export function inline(text: string, plain: Style = 'plain'): StyledLine {
	const spans: Span[] = [];
	let from = 0;
	for (const found of text.matchAll(marked)) {
		if (found.index > from) spans.push(span(text.slice(from, found.index), plain));
		spans.push(...spansOf(found.groups ?? {}, plain));
		from = found.index + found[0].length;
	}
	if (from < text.length) spans.push(span(text.slice(from), plain));
	return spans;
}

function spansOf(
	{ code, strong, stars, lines, name, address }: Record<string, string | undefined>,
	plain: Style,
): readonly Span[] {
	if (code !== undefined) return [span(code, 'code')];
	if (strong !== undefined) return [span(strong.replaceAll('`', ''), 'strong')];
	const emphasis = stars ?? lines;
	if (emphasis !== undefined) return [span(emphasis, 'emphasis')];
	if (name === undefined || address === undefined) return [];
	// Where it leads is told, never hidden behind a name.
	return name === address
		? [span(address, 'accent')]
		: [...inline(name, plain), span(` (${address})`, 'dim')];
}
