// What is kept of what a gate prints: its beginning and its end, and how much is not.
import { expect, test } from 'vitest';
import { CapturedOutput } from '../../../src/gates/captured-output.ts';

const kept = 1_000_000;

function printed(...texts: string[]): CapturedOutput {
	const output = new CapturedOutput();
	for (const text of texts) output.take(Buffer.from(text));
	return output;
}

test('what is short is kept as it is', () => {
	const output = printed('one\n', 'two\n');
	expect(output.text).toBe('one\ntwo\n');
	expect(output.leftOut).toBe(0);
	expect(output.end(5)).toBe('\ntwo\n');
	expect(output.end(100)).toBe('one\ntwo\n');
	expect(output.lastLines(1)).toEqual(['two']);
});

test('of what is long the beginning and the end are kept, and what is not is counted', () => {
	const line = `${'x'.repeat(99)}\n`;
	const output = printed(
		'begin\n',
		...Array.from({ length: 50_000 }, () => line),
		'end\n',
	);
	const all = 'begin\n'.length + 50_000 * line.length + 'end\n'.length;
	expect(output.leftOut).toBe(all - 2 * kept);
	expect(output.text).toHaveLength(
		2 * kept + '\n[… 3,000,010 characters left out …]\n'.length,
	);
	expect(output.text.startsWith('begin\nx')).toBe(true);
	expect(output.text).toContain('\n[… 3,000,010 characters left out …]\n');
	expect(output.text.endsWith('x\nend\n')).toBe(true);
	expect(output.end(10)).toBe('xxxxx\nend\n');
	// What lies before the end is not put before it as though it were there.
	expect(output.end(3 * kept)).not.toContain('begin');
	expect(output.lastLines(2)).toEqual(['x'.repeat(99), 'end']);
});

test('nothing is left out of what just fits, and one character of what does not', () => {
	const fits = printed('a'.repeat(kept), 'b'.repeat(kept));
	expect(fits.leftOut).toBe(0);
	expect(fits.text).toBe('a'.repeat(kept) + 'b'.repeat(kept));
	fits.take(Buffer.from('c'));
	expect(fits.leftOut).toBe(1);
	expect(fits.text.endsWith(`${'b'.repeat(kept - 1)}c`)).toBe(true);
});

test('characters that come in pieces are whole, and the next run begins with none of the last', () => {
	const output = new CapturedOutput();
	const bytes = Buffer.from('ä€😀');
	for (const byte of bytes) output.take(Buffer.of(byte));
	expect(output.text).toBe('ä€😀');
	output.take(Buffer.of(bytes[0] ?? 0));
	output.clear();
	output.take(Buffer.from('next'));
	expect(output.text).toBe('next');
	expect(output.leftOut).toBe(0);
});
