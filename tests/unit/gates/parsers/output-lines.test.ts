import { expect, test } from 'vitest';
import { outputLines, shortLines } from '../../../../src/gates/parsers/output-lines.ts';

const escape = '\u001b';

test.each<[string, string, string[]]>([
	[
		'colours',
		`${escape}[31mred${escape}[0m and ${escape}[38;5;246mgrey`,
		['red and grey'],
	],
	['a title and a link', `${escape}]0;title\u0007a ${escape}]8;;x${escape}\\b`, ['a b']],
	['a title that is never closed', `${escape}]0;title\nnext`, ['', 'next']],
	['a sequence that is cut', `one ${escape}[3`, ['one 3']],
	['lines of Windows', 'one\r\ntwo\r\n', ['one', 'two', '']],
	['a progress bar', '10 %\r50 %\r100 % done\nnext', ['100 % done', 'next']],
	['a progress bar that clears its line', `10 %\r${escape}[Kdone\r\n`, ['done', '']],
	['nothing', '', ['']],
])('of %s what a person would have seen remains', (_what, output, lines) => {
	expect(outputLines(output)).toEqual(lines);
});

test('a character that was cut in the middle stays a sign that it was', () => {
	const cut = Buffer.from('größer').subarray(0, 3).toString('utf8');
	expect(outputLines(cut)).toEqual(['gr\ufffd']);
});

test('no line is longer than a pattern should see', () => {
	expect(shortLines(['x'.repeat(1_000_000)])[0]?.length).toBe(4000);
});
