import { expect, test } from 'vitest';
import { keyBytes } from '../../support/key-bytes.ts';
import { foreignSequences, sequencesIn } from '../../support/sequences.ts';

const names = (text: string) => [...sequencesIn(Buffer.from(text)).keys()];

test.each([
	['\x1b[1;38:2::1:2:3m', ['CSI m']],
	['\x1b[?2026h\x1b[?25;1049l', ['CSI ?2026h', 'CSI ?25;1049l']],
	['\x1b[2 q\x1b[>1u\x1b[c', ['CSI SP q', 'CSI >u', 'CSI c']],
	['\x1b]8;;http://x\x07a\x1b]8;;\x1b\\', ['OSC 8']],
	['\x1bP+q\x1b\\\x1b7\x1b(B', ['DCS', 'ESC 7', 'ESC (B']],
	['a\r\nb漢', ['C0 0d', 'C0 0a']],
	['end\x1b', ['unfinished']],
	['\x1b]8;;http://a\rb\x1b\\', ['OSC 8', 'C0 0d']],
	['\u009b31m\u202eabc', ['U+009b', 'U+202e']],
])('names the sequences of %j', (text, expected) => {
	expect(names(text)).toEqual(expected);
});

test('a private mode is allowed by family or in full', () => {
	const bytes = Buffer.from('\x1b[?1049h\x1b[?2026l\x1b[J');
	expect(foreignSequences(bytes, new Set(['CSI ?h', 'CSI ?2026l']))).toEqual(['CSI J']);
});

test.each([
	['ctrl+space', '\0'],
	['ctrl+c', '\x03'],
	['shift+tab', '\x1b[Z'],
	['alt+x', '\x1bx'],
	['up', '\x1b[A'],
	['ctrl+right', '\x1b[1;5C'],
	['f1', '\x1bOP'],
	['f5', '\x1b[15~'],
	['shift+delete', '\x1b[3;2~'],
	['+', '+'],
	['ctrl+alt+a', '\x1b\x01'],
])('%s sends what a terminal sends', (name, bytes) => {
	expect(keyBytes(name)).toBe(bytes);
});

test('arrows follow the application mode; a key that does not exist is an error', () => {
	expect(keyBytes('up', true)).toBe('\x1bOA');
	expect(() => keyBytes('hyper+x')).toThrow('no such modifier: hyper');
	expect(() => keyBytes('entre')).toThrow('no such key: entre');
});

test('bytes that are no characters are named', () => {
	const bytes = Buffer.from([0x61, 0x9b, 0x33, 0xc3]);
	expect([...sequencesIn(bytes)]).toEqual([['no UTF-8', 1]]);
});
