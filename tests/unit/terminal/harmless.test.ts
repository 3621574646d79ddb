import { describe, expect, it } from 'vitest';
import { isHarmless } from '../../../src/terminal/harmless.ts';

const esc = '\x1b';

describe('harmless', () => {
	it.each([
		['nothing', ''],
		['an echo', 'l'],
		['text and lines', 'plain text, ⠋ 漢字\r\n\tmore\b'],
		['a frame of a spinner', `\r${esc}[38;5;208m⠙${esc}[39m working${esc}[K`],
		['a cursor that is moved and hidden', `${esc}[?25l${esc}[2;10H${esc}[3A${esc}[?25h`],
		['a synchronized update', `${esc}[?2026h${esc}[Hx${esc}[?2026l`],
	])('is %s', (_, text) => {
		expect(isHarmless(Buffer.from(text))).toBe(true);
	});

	it.each([
		['a count beyond every screen', `${esc}[99999A`],
		['a repeat', `x${esc}[50b`],
		['a scroll', `${esc}[50S`],
		['a string', `${esc}]2;title\x07`],
		['a device control string', `${esc}Pq`],
		['a sequence that is not whole', `text${esc}[3`],
		['an escape at the end', `text${esc}`],
		['many parameters', `${esc}[${'1;'.repeat(30)}m`],
		['a reset', `${esc}c`],
		['a bell', '\x07'],
		['an intermediate', `${esc}[2 q`],
		['much of anything', 'x'.repeat(513)],
	])('is not %s', (_, text) => {
		expect(isHarmless(Buffer.from(text))).toBe(false);
	});
});
