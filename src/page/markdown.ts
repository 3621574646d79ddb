// The little Markdown that agents print: paragraphs, bullets, headings, bold, code, fences.
import type { Block } from './page.ts';
import { type Span, type StyledLine, span } from './styled-text.ts';

/** A text as the blocks of one message, the first led by the speaker's mark. */
export function blocksOfMessage(text: string): readonly Block[] {
	const blocks: Block[] = [];
	let fenced = false;
	for (const paragraph of paragraphsOf(text)) {
		if (paragraph.startsWith('```')) {
			fenced = !fenced;
			continue;
		}
		blocks.push(fenced ? codeBlock(paragraph) : blockOf(paragraph));
	}
	const [first, ...rest] = blocks;
	if (!first) return [];
	return [{ ...first, lead: span('∙ ', 'accent'), indent: 2, gap: true }, ...rest];
}

/** Lines that follow each other are one paragraph, unless one of them begins something. */
function paragraphsOf(text: string): readonly string[] {
	const paragraphs: string[] = [];
	let open = false;
	let fenced = false;
	for (const line of text.trimEnd().split('\n')) {
		if (line.startsWith('```')) {
			fenced = !fenced;
			paragraphs.push(line);
			open = false;
		} else if (fenced) {
			paragraphs.push(line);
		} else if (isRow(line)) {
			paragraphs.push(line);
			open = false;
		} else if (line.trim() === '') {
			open = false;
		} else if (open && !/^\s*(?:[-*] |\d+\. |#)/.test(line)) {
			paragraphs.push(`${paragraphs.pop() ?? ''} ${line.trim()}`);
		} else {
			paragraphs.push(line);
			open = !line.startsWith('#');
		}
	}
	return paragraphs;
}

/** Of a table, which stands as its writer aligned it. */
function isRow(line: string): boolean {
	return /^\s*\|.*\|\s*$/.test(line);
}

function blockOf(paragraph: string): Block {
	if (isRow(paragraph)) return { text: inline(paragraph), indent: 2, fold: 'cut' };
	const heading = /^#{1,4} +(.*)$/.exec(paragraph);
	if (heading) {
		return { text: [span(heading[1] ?? '', 'heading')], indent: 2, fold: 'words' };
	}
	const item = /^(\s*)([-*]|\d+\.) +(.*)$/s.exec(paragraph);
	if (item) {
		const mark = item[2] === '-' || item[2] === '*' ? '–' : (item[2] ?? '');
		const lead = `  ${item[1] ?? ''}${mark} `;
		return {
			lead: span(lead, 'dim'),
			text: inline(item[3] ?? ''),
			indent: lead.length,
			fold: 'words',
		};
	}
	return { text: inline(paragraph), indent: 2, fold: 'words' };
}

function codeBlock(line: string): Block {
	return { text: [span(line, 'code')], indent: 4, fold: 'cut' };
}

/** `code` and **bold**; marks without a partner stay as they are. */
function inline(text: string): StyledLine {
	const spans: Span[] = [];
	for (const part of text.split(/(`[^`]+`|\*\*[^*]+\*\*)/)) {
		if (/^`.+`$/s.test(part)) spans.push(span(part.slice(1, -1), 'code'));
		else if (/^\*\*.+\*\*$/s.test(part)) {
			spans.push(span(part.slice(2, -2).replaceAll('`', ''), 'strong'));
		} else if (part !== '') spans.push(span(part));
	}
	return spans;
}
