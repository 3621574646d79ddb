import { describe, expect, it } from 'vitest';
import { Emulator } from '../../../src/terminal/emulator.ts';

const esc = '\x1b';

function screen(text: string): Emulator {
	const emulator = new Emulator({ columns: 24, rows: 3 });
	emulator.write(Buffer.from(text));
	return emulator;
}

describe('the text of a screen', () => {
	it('has a line a row and no blanks at the ends', () => {
		expect(screen('one  \r\n\r\n 中🚀e\u0301x').text()).toEqual([
			'one',
			'',
			' 中🚀e\u0301x',
		]);
	});

	it('with colours has only colours and styles', () => {
		const [line] = screen(
			`${esc}[1;31mred${esc}[0m ${esc}[48;5;200;7mx${esc}[m${esc}]8;;https://a.b${esc}\\l${esc}[38;2;1;2;3mc`,
		).ansi();
		expect(line).toBe(
			`${esc}[0;1;31mred${esc}[0m ${esc}[0;7;48;5;200mx${esc}[0ml${esc}[0;38;2;1;2;3mc${esc}[0m`,
		);
	});

	it('never reorders and hides nothing', () => {
		expect(screen('a\u202eb\u2066c').text()[0]).toBe('abc');
	});
});

describe('the hash of a screen', () => {
	const prompt = `Allow?\r\n> 1. Yes\r\n  2. No${esc}[?25l`;

	it('changes with the text, with what is marked, with the visible cursor and the size', () => {
		const hash = screen(prompt).screenHash();
		for (const more of [
			`${esc}[2;1H `,
			`${esc}[2;3H${esc}[7mYes`,
			`${esc}[2;3H${esc}[44mYes`,
			`${esc}[?25h`,
			`${esc}[?1049h`,
		])
			expect(screen(prompt + more).screenHash()).not.toBe(hash);
		const resized = screen(prompt);
		resized.resize(25, 3);
		expect(resized.screenHash()).not.toBe(hash);
	});

	it('stands still under what a person does not go by', () => {
		const hash = screen(prompt).screenHash();
		for (const more of [
			`${esc}]2;spinner${esc}\\`,
			`${esc}[1;1H${esc}[38;5;99mAllow?`,
			`${esc}[2;2H`,
			'\x07',
		])
			expect(screen(prompt + more).screenHash()).toBe(hash);
	});
});
