import { describe, expect, it } from 'vitest';
import { endOfHarmless } from '../../../src/terminal/harmless.ts';

const esc = '\x1b';
const isHarmless = (bytes: Uint8Array) => endOfHarmless(bytes) !== null;

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
		['many parameters', `${esc}[${'1;'.repeat(30)}m`],
		['a reset', `${esc}c`],
		['a bell', '\x07'],
		['a control character of eight bits', 'x\u009b5A'],
		['an intermediate', `${esc}[2 q`],
	])('is not %s', (_, text) => {
		expect(isHarmless(Buffer.from(text))).toBe(false);
	});

	it('ends where a sequence or a character begins that is cut', () => {
		const frame = Buffer.from(`x${esc}[38;5;208m`);
		for (let cut = 2; cut < frame.length; cut += 1)
			expect(endOfHarmless(frame.subarray(0, cut))).toBe(1);
		expect(endOfHarmless(frame)).toBe(frame.length);
		const wide = Buffer.from('漢字');
		expect([4, 5, 6].map((cut) => endOfHarmless(wide.subarray(0, cut)))).toEqual([
			3, 3, 6,
		]);
		expect(endOfHarmless(Buffer.from(`x${esc}[99999`))).toBeNull();
	});
});
