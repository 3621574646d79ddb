import { describe, expect, it } from 'vitest';
import { HarmlessStream } from '../../../src/terminal/harmless.ts';

const esc = '\x1b';
const isHarmless = (bytes: Uint8Array) => new HarmlessStream().take(bytes, true);

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
		['an intermediate', `${esc}[2 q`],
	])('is not %s', (_, text) => {
		expect(isHarmless(Buffer.from(text))).toBe(false);
	});

	it('is a usual sequence cut anywhere, and no other', () => {
		const frame = Buffer.from(`${esc}[38;5;208mx${esc}[?25l`);
		for (let cut = 0; cut <= frame.length; cut += 1) {
			const stream = new HarmlessStream();
			expect(stream.take(frame.subarray(0, cut), true)).toBe(true);
			expect(stream.take(frame.subarray(cut), false)).toBe(true);
		}
		const stream = new HarmlessStream();
		expect(stream.take(Buffer.from(`x${esc}`), true)).toBe(true);
		expect(stream.take(Buffer.from('[999'), false)).toBe(true);
		expect(stream.take(Buffer.from('99b'), false)).toBe(false);
		expect(stream.take(Buffer.from('text'), false)).toBe(false);
		expect(stream.take(Buffer.from('text'), true)).toBe(true);
	});
});
