// The Markdown that agents print: paragraphs, lists, headings, quotes, tables, rules, fences, and what
// stands out within a line.
import { inline } from './inline-markdown.ts';
import { isTableRow, tableLines } from './markdown-table.ts';
import type { Block } from './page.ts';
import { span } from './styled-text.ts';

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

/**
 * Lines that follow each other are one paragraph, unless one of them begins something. More text changes
 * the last paragraph, and adds others, and nothing else: those before it may have been printed.
 */
function paragraphsOf(text: string): readonly string[] {
	const paragraphs: string[] = [];
	/** How the next line goes on with the last paragraph; null where it begins another. */
	let goesOn: '\n' | ' ' | null = null;
	let fenced = false;
	const put = (line: string, joint: '\n' | ' ' | null) => {
		if (goesOn !== null && goesOn === joint)
			paragraphs.push(`${paragraphs.pop() ?? ''}${joint}${line}`);
		else paragraphs.push(line);
	};
	for (const line of text.trimEnd().split('\n')) {
		if (line.startsWith('```')) {
			fenced = !fenced;
			paragraphs.push(line);
			goesOn = null;
		} else if (fenced) {
			paragraphs.push(line);
		} else if (isTableRow(line)) {
			put(line, '\n');
			goesOn = '\n';
		} else if (line.trim() === '') {
			goesOn = null;
		} else if (rule.test(line)) {
			paragraphs.push(line);
			goesOn = null;
		} else if (begins.test(line)) {
			paragraphs.push(line);
			goesOn = line.startsWith('#') ? null : ' ';
		} else {
			put(goesOn === ' ' ? line.trim() : line, ' ');
			goesOn = ' ';
		}
	}
	return paragraphs;
}

const rule = /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/;
const ruleCells = 24;
/** An item, a heading or a quote. */
const begins = /^\s*(?:[-*] |\d+\. |#{1,6} |>)/;

function blockOf(paragraph: string): Block {
	if (isTableRow(paragraph)) {
		const rows = paragraph.split('\n');
		const layOut = (room: number) => tableLines(rows, room);
		return { text: [span(paragraph)], indent: 2, fold: 'words', layOut };
	}
	if (rule.test(paragraph))
		return { text: [span('─'.repeat(ruleCells), 'dim')], indent: 2, fold: 'cut' };
	const quote = /^\s*> ?(.*)$/s.exec(paragraph);
	if (quote)
		return {
			lead: span('  ▎ ', 'dim'),
			text: inline(quote[1] ?? '', 'dim'),
			indent: 4,
			fold: 'words',
		};
	const heading = /^#{1,6} +(.*)$/.exec(paragraph);
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
