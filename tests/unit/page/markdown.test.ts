// What an agent says in Markdown, as text of a terminal: also while it still comes.
import { describe, expect, test } from 'vitest';
import { blocksOfMessage } from '../../../src/page/markdown.ts';
import { Page } from '../../../src/page/page.ts';
import { StreamedMessage } from '../../../src/page/streamed-message.ts';
import type { Style } from '../../../src/page/styled-text.ts';

const spansOf = (text: string): [string, Style][] =>
	blocksOfMessage(text).flatMap((block) =>
		block.text.map(({ text: part, style }): [string, Style] => [part, style]),
	);

/** The lines of a page that is no terminal. */
function shown(text: string, columns = 60): string[] {
	let written = '';
	const page = new Page({
		interactive: false,
		palette: 'none',
		columns: () => columns,
		rows: () => 24,
		write: (some) => {
			written += some;
		},
	});
	page.add(...blocksOfMessage(text));
	return written
		.trimEnd()
		.split('\n')
		.map((line) => line.trimEnd());
}

describe('within a line', () => {
	test('code, strong, emphasis and links stand out', () => {
		expect(spansOf('a `b` **c** *d* _e_ [f](http://g)')).toEqual([
			['a ', 'plain'],
			['b', 'code'],
			[' ', 'plain'],
			['c', 'strong'],
			[' ', 'plain'],
			['d', 'emphasis'],
			[' ', 'plain'],
			['e', 'emphasis'],
			[' ', 'plain'],
			['f', 'plain'],
			[' (http://g)', 'dim'],
		]);
	});

	test.each([
		'2 * 3 * 4',
		'snake_case_name and __init__',
		'a ** b',
		'*.ts and src/*.js',
		'src/** and docs/**',
		'**/*.ts, src/* or lib/*',
		'an [x] of a list',
		'`open',
	])('%s stays as it is', (text) => {
		expect(spansOf(text)).toEqual([[text, 'plain']]);
	});

	test('where a link leads is told once where it is its own name', () => {
		expect(spansOf('[http://a](http://a)')).toEqual([['http://a', 'accent']]);
	});
});

test('a table has columns as wide as their widest cells, also of wide characters', () => {
	const table = ['| name | 数 |', '|:--|--:|', '| `a` | 1 |', '| longer | 1,000 |'];
	expect(shown(`All:\n${table.join('\n')}\nDone.`)).toEqual([
		'∙ All:',
		'  name   │    数',
		'  ───────┼──────',
		'  a      │     1',
		'  longer │ 1,000',
		'  Done.',
	]);
});

test('a table that is wider than there is room goes on below in its widest columns', () => {
	const table =
		'| file | why |\n|---|---|\n| a.ts | it said the wrong thing |\n| b.ts | no |';
	expect(shown(`T\n${table}`, 24)).toEqual([
		'∙ T',
		'  file │ why',
		'  ─────┼───────────────',
		'  a.ts │ it said the',
		'       │ wrong thing',
		'  b.ts │ no',
	]);
});

test('lines that begin with a bar and have no head of a table stand as they are', () => {
	expect(shown('x\n| a | b |\n| c |')).toEqual(['∙ x', '  | a | b |', '  | c |']);
});

test('quotes, rules and headings of any depth are no part of the paragraph before them', () => {
	expect(shown('text\n> said\n---\n##### deep\nmore')).toEqual([
		'∙ text',
		'  ▎ said',
		`  ${'─'.repeat(24)}`,
		'  deep',
		'  more',
	]);
});

test('what is shown of a message that comes letter by letter is what is shown of it at once', () => {
	const text = [
		'One *two* line',
		'goes on -- here.',
		'',
		'| a | b |',
		'|---|---|',
		'| 1 | a wide one |',
		'',
		'- item `x',
		'y` more',
		'---',
		'```ts',
		'const a = 1; // | no | table |',
		'```',
		'> said',
		'Done.',
	].join('\n');
	let settled: string[] = [];
	const page = {
		interactive: true,
		settleDraft: (blocks: ReturnType<typeof blocksOfMessage>) => {
			settled = [...settled, ...blocks.map((block) => JSON.stringify(block))];
		},
	};
	const message = new StreamedMessage(page as unknown as Page);
	for (const letter of text) message.add(letter);
	message.end();
	expect(settled).toEqual(blocksOfMessage(text).map((block) => JSON.stringify(block)));
});
