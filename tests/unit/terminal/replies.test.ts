import { describe, expect, it } from 'vitest';
import { Emulator } from '../../../src/terminal/emulator.ts';
import { darkColours } from '../../../src/terminal/theme-colours.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const esc = '\x1b';
const st = `${esc}\\`;

function asked(questions: string, engine: 'exact' | 'public' = 'exact'): string[] {
	using emulator = new Emulator({ columns: 20, rows: 5, identity: 'weir(test)', engine });
	const replies: string[] = [];
	emulator.onReply.on((reply) => replies.push(reply));
	emulator.write(encode(questions));
	return replies;
}

describe.each(['exact', 'public'] as const)('the %s engine answers', (engine) => {
	it.each([
		['device attributes', `${esc}[c`, `${esc}[?1;2c`],
		['secondary device attributes', `${esc}[>c`, `${esc}[>0;276;0c`],
		['tertiary device attributes', `${esc}[=c`, `${esc}P!|00000000${st}`],
		['modifyOtherKeys', `${esc}[>4;2m${esc}[?4m`, `${esc}[>4;2m`],
		['modifyOtherKeys, reset', `${esc}[>4;2m${esc}[>4m${esc}[?4m`, `${esc}[>4;0m`],
		['its status', `${esc}[5n`, `${esc}[0n`],
		['the place of the cursor', `ab${esc}[6n`, `${esc}[1;3R`],
		['a mode', `${esc}[?2004$p`, `${esc}[?2004;2$y`],
		['that it clusters graphemes', `${esc}[?2027$p`, `${esc}[?2027;3$y`],
		['that the mouse has no pixels', `${esc}[?1016h${esc}[?1016$p`, `${esc}[?1016;0$y`],
		['its name', `${esc}[>q`, `${esc}P>|weir(test)${st}`],
		['its size', `${esc}[18t`, `${esc}[8;5;20t`],
		['the kitty keyboard flags', `${esc}[?u`, `${esc}[?0u`],
		['that it is dark', `${esc}[?996n`, `${esc}[?997;1n`],
		['no capability', `${esc}P+q544e${st}`, `${esc}P0+r${st}`],
		['the background', `${esc}]11;?${st}`, `${esc}]11;rgb:1616/1818/1d1d${st}`],
		['a palette colour', `${esc}]4;196;?\x07`, `${esc}]4;196;rgb:ffff/0000/0000${st}`],
		['the status handshake', `${esc}]7501;?${st}`, `${esc}]7501;?${st}`],
		['a status string', `${esc}P$qr${st}`, `${esc}P1$r1;5r${st}`],
		['the cursor', `${esc}[5 q${esc}P$q q${st}`, `${esc}P1$r5 q${st}`],
		['that the screen is reversed', `${esc}[?5h${esc}[?5$p`, `${esc}[?5;1$y`],
		['that the cursor blinks', `${esc}[?12h${esc}[?12$p`, `${esc}[?12;1$y`],
		['mouse in UTF-8', `${esc}[?1005h${esc}[?1005$p`, `${esc}[?1005;1$y`],
	])('%s', (_, question, answer) => {
		expect(asked(question, engine)).toEqual([answer]);
	});
});

describe('the style that is written in', () => {
	it.each([
		['', '0'],
		['1;3;4;5;7;8;9;53', '0;1;3;4;5;7;8;9;53'],
		['2;4:3;58:2::1:2:3', '0;2;4:3;58:2::1:2:3'],
		['48:2:1:2:3', '0;48:2::1:2:3'],
		['31;102', '0;31;102'],
		['38;5;200;48;5;3', '0;38:5:200;48:5:3'],
		['1;31;0', '0'],
	])('is told: %s', (set, told) => {
		expect(asked(`${esc}[${set}m${esc}P$qm${st}`)).toEqual([`${esc}P1$r${told}m${st}`]);
	});
});

describe('answers', () => {
	it('come in the order of the questions, the handshake before the attributes', () => {
		const order = asked(`${esc}]7501;?${st}${esc}[?u${esc}[c`);
		expect(order).toEqual([`${esc}]7501;?${st}`, `${esc}[?0u`, `${esc}[?1;2c`]);
	});

	it('tell all three colours asked for at once', () => {
		expect(asked(`${esc}]10;?;?;?${st}`)).toHaveLength(3);
	});

	it('tell the colours that were set from outside, not those a program set', () => {
		using emulator = new Emulator({ columns: 20, rows: 5 });
		const replies: string[] = [];
		emulator.onReply.on((reply) => replies.push(reply));
		emulator.write(encode(`${esc}]11;#ff0000${st}`));
		emulator.setTheme({ ...darkColours, background: '#ffffff' });
		emulator.write(encode(`${esc}]11;?${st}${esc}[?996n`));
		expect(replies).toEqual([`${esc}]11;rgb:ffff/ffff/ffff${st}`, `${esc}[?997;2n`]);
	});

	it('tell whoever asked for it, once, that the colours turned dark or light', () => {
		using emulator = new Emulator({ columns: 20, rows: 5 });
		const replies: string[] = [];
		emulator.onReply.on((reply) => replies.push(reply));
		const white = { ...darkColours, background: '#ffffff' };
		emulator.setTheme(white);
		emulator.write(encode(`${esc}[?2031h${esc}[?2031$p`));
		emulator.setTheme({ ...white, background: '#fffff0' });
		emulator.setTheme(darkColours);
		emulator.setTheme(white);
		emulator.write(encode(`${esc}[?2031l`));
		emulator.setTheme(darkColours);
		expect(replies).toEqual([`${esc}[?2031;1$y`, `${esc}[?997;1n`, `${esc}[?997;2n`]);
	});

	it('stop when a program asks to be flooded', () => {
		const replies = asked(`${esc}[6n`.repeat(100_000));
		expect(replies.join('').length).toBeLessThanOrEqual(4096);
	});

	it.each([
		['the clipboard', `${esc}]52;c;?${st}`],
		['the title', `${esc}]2;rm -rf ~${st}${esc}[21t`],
		['a mode with a chosen number', `${esc}[?12345678$p`],
		['a chosen colour index', `${esc}]4;1234;?${st}`],
		['enquiry', '\x05'],
		['text in a status request', `${esc}P$qecho pwned\r${st}`],
	])('never carry what the program chose: %s', (_, question) => {
		for (const reply of asked(question)) {
			expect(reply).not.toMatch(/[\r\n]/);
			expect(reply).not.toMatch(/rm|echo|pwned|1234/);
		}
	});
});

describe('kitty keyboard flags', () => {
	it('are a stack for each screen', () => {
		using emulator = new Emulator({ columns: 20, rows: 5 });
		const flags = (text: string) => {
			emulator.write(encode(text));
			return emulator.rows(null).kittyFlags;
		};
		expect(flags(`${esc}[>7u`)).toBe(7);
		expect(flags(`${esc}[>1u`)).toBe(1);
		expect(flags(`${esc}[=8;2u`)).toBe(9);
		expect(flags(`${esc}[=1;3u`)).toBe(8);
		expect(flags(`${esc}[?1049h`)).toBe(0);
		expect(flags(`${esc}[>3u`)).toBe(3);
		expect(flags(`${esc}[?1049l`)).toBe(8);
		expect(flags(`${esc}[<u`)).toBe(7);
		expect(flags(`${esc}[<99u`)).toBe(0);
		expect(flags(`${esc}[>5u${esc}c`)).toBe(0);
	});

	it('have a bound', () => {
		using emulator = new Emulator({ columns: 20, rows: 5 });
		emulator.write(encode(`${esc}[>1u`.repeat(10_000)));
		emulator.write(encode(`${esc}[<16u`));
		expect(emulator.rows(null).kittyFlags).toBe(0);
	});
});
