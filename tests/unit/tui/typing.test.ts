import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PaneMode } from '../../../src/protocol/rows.ts';
import { Input } from '../../../src/tui/input/input.ts';
import { mouseReport } from '../../../src/tui/input/mouse.ts';
import { pasteBytes, pastedLines } from '../../../src/tui/input/paste.ts';
import { TypeMode } from '../../../src/tui/input/typing.ts';
import { keyBytes } from '../../support/key-bytes.ts';

describe('typing', () => {
	it('passes bytes on unchanged', () => {
		const pane = openPane();
		const typed = 'ls -l\r漢\x03\x04\x1b[A\x1b[1;5C\x1bOP\x1bf\x7f\t';
		pane.feed(typed);
		expect(pane.sent()).toBe(typed);
	});

	it('passes on any keys unchanged, wherever the stream is cut', () => {
		const keys = fc.constantFrom(
			'a',
			'漢',
			'\r',
			'\x03',
			'\x1b[A',
			'\x1b[1;5C',
			'\x1bf',
			'\x1bé',
		);
		fc.assert(
			fc.property(fc.array(keys, { maxLength: 20 }), (texts) => {
				const bytes = Buffer.from(texts.join(''));
				const pane = openPane();
				for (const byte of bytes) pane.feed(Uint8Array.of(byte));
				expect(pane.sent()).toBe(bytes.toString());
			}),
			{ numRuns: 100 },
		);
	});

	it('gives a program that asked for it the other form of the cursor keys', () => {
		const pane = openPane({ modes: PaneMode.applicationCursor });
		pane.feed('\x1b[A\x1b[H\x1b[1;5A\x1b[3~');
		expect(pane.sent()).toBe('\x1bOA\x1bOH\x1b[1;5A\x1b[3~');
	});

	it('gives keys in the form that every program reads, where the terminal says them as codes', () => {
		const pane = openPane();
		pane.feed('\x1b[97u\x1b[97;1:3u\x1b[13u\x1b[127u\x1b[27u\x1b[99;5u\x1b[27;5;100~');
		pane.feed('\x1b[98;3u\x1b[97:65;2u\x1b[57441u\x1b[57399u');
		expect(pane.sent()).toBe('a\r\x7f\x1b\x03\x04\x1bbA0');
	});

	it('keeps a code that has no other form', () => {
		const pane = openPane();
		pane.feed('\x1b[13;2u');
		expect(pane.sent()).toBe('\x1b[13;2u');
	});

	it('drops a sequence that never ended', () => {
		const pane = openPane();
		pane.feed('\x1b[<0;1');
		pane.ring();
		expect(pane.sent()).toBe('');
	});
});

describe('a program that asked for keys as codes', () => {
	it('gets them as they come where the terminal says them alike', () => {
		const pane = openPane({ kitty: 15, outer: 15 });
		const typed =
			'\x1b[97;;97u\x1b[97;1:3u\x1b[57441;2u\x1b[13;2u\x1b[13;2:3u\x1b[1;1:2A';
		pane.feed(typed);
		expect(pane.sent()).toBe(typed);
	});

	it('hears of no key that was let go after weir took it, or that went down elsewhere', () => {
		const pane = openPane({ kitty: 11, outer: 11 });
		pane.feed('\x1b[105;1:3u\x1b[32;5u\x1b[32;5:3u\x1b[110u\x1b[110;1:3u');
		pane.feed('\x1b[106;3u\x1b[106;3:3u\x1b[97u\x1b[97;1:3u');
		expect(pane.sent()).toBe('\x1b[97u\x1b[97;1:3u');
		expect(pane.heard).toEqual([
			...['leader true', 'leader false', 'command n', 'chord alt+j'],
		]);
	});

	it.each([
		['Escape', 1, '\x1b[27;1:1u', '\x1b[27u'],
		['Ctrl+C', 1, '\x03', '\x1b[99;5u'],
		['Ctrl+I, which is Tab', 1, '\t', '\t'],
		['Alt+x, or Escape and x', 1, '\x1bx', '\x1bx'],
		['Alt+Shift+y', 5, '\x1b[121;4u', '\x1b[121:89;4u'],
		['text', 5, 'aA!漢', 'aA!漢'],
		['Enter and Backspace', 1, '\r\x7f', '\r\x7f'],
		['Shift+Tab', 1, '\x1b[Z', '\x1b[9;2u'],
		['arrows in their normal form', 1, '\x1bOA\x1b[1;5D', '\x1b[A\x1b[1;5D'],
		['F1, F3 and F5', 1, '\x1bOP\x1bOR\x1b[15~', '\x1b[P\x1b[13~\x1b[15~'],
		['text as codes', 8, 'aA\r', '\x1b[97u\x1b[97;2u\x1b[13u'],
		['text as codes with the text', 24, 'aA', '\x1b[97;;97u\x1b[97;2;65u'],
		['no release where it did not ask', 1, '\x1b[99;5u\x1b[99;5:3u', '\x1b[99;5u'],
	])('gets the codes of an old terminal: %s', (_, kitty, typed, read) => {
		const pane = openPane({ kitty });
		pane.feed(typed);
		expect(pane.sent()).toBe(read);
	});

	it.each([
		['Shift+Enter', PaneMode.someOtherKeys, '\x1b[13;2u', '\x1b[27;2;13~'],
		['Ctrl+;', PaneMode.someOtherKeys, '\x1b[59;5u', '\x1b[27;5;59~'],
		['Ctrl+A at level 1', PaneMode.someOtherKeys, '\x1b[97;5u', '\x01'],
		['Ctrl+A at level 2', PaneMode.allOtherKeys, '\x1b[97;5u', '\x1b[27;5;97~'],
		['Ctrl+A of an old terminal', PaneMode.allOtherKeys, '\x01', '\x1b[27;5;97~'],
		['Ctrl+Shift+A', PaneMode.someOtherKeys, '\x1b[97:65;6u', '\x1b[27;6;65~'],
		['Alt+x at level 1', PaneMode.someOtherKeys, '\x1bx', '\x1bx'],
		['Alt+x at level 2', PaneMode.allOtherKeys, '\x1b[120;3u', '\x1b[27;3;120~'],
		['Shift+Tab', PaneMode.allOtherKeys, '\x1b[9;2u', '\x1b[Z'],
		['text', PaneMode.allOtherKeys, 'aA', 'aA'],
		['Escape', PaneMode.allOtherKeys, '\x1b[27u', '\x1b'],
		['arrows', PaneMode.allOtherKeys, '\x1b[1;5A\x1b[A', '\x1b[1;5A\x1b[A'],
	])('by modifyOtherKeys gets %s', (_, modes, typed, read) => {
		const pane = openPane({ modes, outer: 5 });
		pane.feed(typed);
		expect(pane.sent()).toBe(read);
	});
});

describe('the leader', () => {
	it('makes the next key a command, then typing goes on', () => {
		const pane = openPane();
		pane.feed(`a${keyBytes('ctrl+space')}nb`);
		expect(pane.sent()).toBe('ab');
		expect(pane.heard).toEqual(['leader true', 'leader false', 'command n']);
	});

	it('waits on for a command of several keys', () => {
		const pane = openPane();
		pane.feed(`${keyBytes('ctrl+space')}${keyBytes('ctrl+x')}kb`);
		expect(pane.sent()).toBe('b');
		expect(pane.heard).toEqual([
			...['leader true', 'leader false', 'command ctrl+x'],
			...['leader true', 'leader false', 'command k'],
		]);
	});

	it('is known in each of its encodings', () => {
		for (const bytes of ['\0', '\x1b[32;5u', '\x1b[27;5;32~']) {
			const pane = openPane();
			pane.feed(`${bytes}\x1b[A`);
			expect(pane.heard.at(-1)).toBe('command up');
			expect(pane.sent()).toBe('');
		}
	});

	it('twice is itself', () => {
		const pane = openPane();
		pane.feed('\0\0\x1b[32;5u\x1b[32;5u');
		expect(pane.sent()).toBe('\0\0');
	});

	it('then Escape leaves', () => {
		const pane = openPane();
		pane.feed('\0\x1b');
		pane.ring();
		expect(pane.heard.at(-1)).toBe('leave');
		expect(pane.sent()).toBe('');
	});

	it('then Escape leaves, also where the line brings the next key with it', () => {
		for (const next of ['j', '\x1b[A']) {
			const pane = openPane();
			pane.feed(`\0\x1b${next}`);
			expect(pane.heard).toEqual(['leader true', 'leader false', 'leave']);
			// It goes to the mode that is current then, which is still this one here.
			expect(pane.sent()).toBe(next);
		}
	});

	it('then a key with Alt is a command where it was bound', () => {
		const pane = openPane();
		pane.feed('\0\x1bx');
		expect(pane.heard.at(-1)).toBe('command alt+x');
	});

	it('may be another key', () => {
		const pane = openPane({ leader: 'ctrl+\\' });
		pane.feed('\0\x1cz');
		expect(pane.sent()).toBe('\0');
		expect(pane.heard.at(-1)).toBe('command z');
	});
});

describe('chords with Alt', () => {
	it('are taken when ESC and the letter come together', () => {
		const pane = openPane();
		pane.feed('\x1bj\x1bx');
		expect(pane.heard).toEqual(['chord alt+j']);
		expect(pane.sent()).toBe('\x1bx');
	});

	it('are two keys of the pane when the letter comes late', () => {
		const pane = openPane();
		pane.feed('\x1b');
		pane.ring();
		pane.feed('j');
		expect(pane.heard).toEqual([]);
		expect(pane.sent()).toBe('\x1bj');
	});

	it('can be off', () => {
		const pane = openPane({ chords: new Set() });
		pane.feed('\x1bj');
		expect(pane.sent()).toBe('\x1bj');
	});
});

describe('pasting', () => {
	const paste = '\x1b[200~one\rtwo\x1b[201~';

	it('is marked for a program that asked for marks, the leader in it is text', () => {
		const pane = openPane({ modes: PaneMode.bracketedPaste });
		pane.feed('\x1b[200~a\0\x1bjb\x1b[201~');
		expect(pane.sent()).toBe('\x1b[200~a\0\x1bjb\x1b[201~');
		expect(pane.heard).toEqual([]);
	});

	it('has no marks for another program, and several lines are asked about', () => {
		const pane = openPane();
		pane.feed('\x1b[200~one line\x1b[201~');
		expect(pane.sent()).toBe('one line');
		pane.feed(paste);
		expect(pane.sent()).toBe('one line');
		expect(pane.heard).toEqual(['risky 2 one\rtwo']);
	});

	it('asks about one line with a line end: it would be sent at once', () => {
		const pane = openPane();
		pane.feed('\x1b[200~rm -rf /\n\x1b[201~');
		expect(pane.heard).toEqual(['risky 1 rm -rf /\r']);
	});

	it('never lets text end its own marks', () => {
		const evil = 'a\x1b[201~b\x1b[20\x1b[201~1~c\x9b201~d';
		const bytes = Buffer.from(pasteBytes(evil, true)).toString();
		expect(bytes).toBe('\x1b[200~abcd\x1b[201~');
		expect(Buffer.from(pasteBytes(evil, false)).toString()).toBe('abcd');
		expect(Buffer.from(pasteBytes('a\x1b[Ab', false)).toString()).toBe('a[Ab');
		expect(pastedLines(Buffer.from('a\r\nb\nc\r'))).toBe(3);
	});
});

describe('reports', () => {
	const click = '\x1b[<0;12;6M';

	it('of the mouse reach a program that asked, in its own cells and encoding', () => {
		const modes = PaneMode.mouseButtons;
		const sgr = openPane({ modes: modes | PaneMode.mouseSgr });
		sgr.feed(click);
		expect(sgr.sent()).toBe('\x1b[<0;2;2M');
		const old = openPane({ modes });
		old.feed(`${click}\x1b[<0;12;6m`);
		expect(old.sent()).toBe('\x1b[M ""\x1b[M#""');
		const pixels = openPane({ modes: modes | PaneMode.mouseSgrPixels });
		pixels.feed(click);
		expect(pixels.sent()).toBe('\x1b[<0;2;2M');
		const utf8 = openPane({ modes: modes | PaneMode.mouseUtf8 });
		utf8.feed(`${click}\x1b[<0;12;6m`);
		expect(utf8.sent()).toBe('\x1b[M ""\x1b[M#""');
		const urxvt = openPane({ modes: modes | PaneMode.mouseUrxvt });
		urxvt.feed(click);
		expect(urxvt.sent()).toBe('\x1b[32;2;2M');
	});

	it('of the mouse are ours where the program did not ask, or outside of it', () => {
		const quiet = openPane();
		quiet.feed(click);
		const outside = openPane({ modes: PaneMode.mouseAny | PaneMode.mouseSgr });
		outside.feed('\x1b[<0;1;1M');
		for (const pane of [quiet, outside]) {
			expect(pane.sent()).toBe('');
			expect(pane.heard).toEqual(['mouse press']);
		}
	});

	it('name the buttons beyond the third and the wheel to the side', () => {
		const modes = PaneMode.mouseButtons | PaneMode.mouseSgr;
		const pane = openPane({ modes });
		pane.feed('\x1b[<128;12;6M\x1b[<129;12;6m\x1b[<66;12;6M\x1b[<65;12;6M\x1b[<80;12;6M');
		expect(pane.sent()).toBe(
			'\x1b[<128;2;2M\x1b[<129;2;2m\x1b[<66;2;2M\x1b[<65;2;2M\x1b[<80;2;2M',
		);
	});

	it('beyond column 95 have two bytes in UTF-8, beyond 223 none in the oldest form', () => {
		const far = { action: 'press', button: 'left', x: 299, y: 1 } as const;
		const event = { ...far, shift: false, alt: false, ctrl: false };
		const modes = PaneMode.mouseButtons;
		const utf8 = mouseReport(event, modes | PaneMode.mouseUtf8);
		expect(Buffer.from(utf8 ?? []).toString()).toBe('\x1b[M \u014c"');
		expect(mouseReport(event, modes)).toBe(undefined);
	});

	it('of a drag stay with the pane in which it began', () => {
		const pane = openPane({ modes: PaneMode.mouseDrag | PaneMode.mouseSgr });
		pane.feed(`${click}\x1b[<32;1;1M\x1b[<0;1;1m\x1b[<0;1;1M`);
		expect(pane.sent()).toBe('\x1b[<0;2;2M\x1b[<32;1;1M\x1b[<0;1;1m');
		expect(pane.heard).toEqual(['mouse press']);
	});

	it('that the mode does not cover are kept back', () => {
		const pane = openPane({ modes: PaneMode.mouseButtons | PaneMode.mouseSgr });
		pane.feed('\x1b[<35;12;6M\x1b[<32;12;6M');
		expect(pane.sent()).toBe('');
	});

	it('of focus and answers of the terminal are not typed', () => {
		const pane = openPane();
		pane.feed('\x1b[I\x1b]11;rgb:0/0/0\x1b\\\x1b[?62c\x1b[5;9R');
		expect(pane.sent()).toBe('');
		expect(pane.heard).toEqual([
			'focus true',
			'reply colour',
			'reply attributes',
			'reply cursor',
		]);
	});
});

interface PaneOptions {
	readonly modes?: number;
	/** Flags of kitty's protocol: the program's, and those set in the terminal. */
	readonly kitty?: number;
	readonly outer?: number;
	readonly leader?: string;
	readonly chords?: ReadonlySet<string>;
}

// A pane whose content stands at 10, 4 and has 20x5 cells.
function openPane(options: PaneOptions = {}) {
	const sent: Uint8Array[] = [];
	const heard: string[] = [];
	let alarm: (() => void) | undefined;
	const target = {
		modes: options.modes ?? 0,
		kittyFlags: options.kitty ?? 0,
		outerFlags: options.outer ?? 0,
		cellAt(x: number, y: number, clamp: boolean) {
			const inside = x >= 10 && x < 30 && y >= 4 && y < 9;
			if (!inside && !clamp) return null;
			return {
				x: Math.max(0, Math.min(19, x - 10)),
				y: Math.max(0, Math.min(4, y - 4)),
			};
		},
		send: (bytes: Uint8Array) => void sent.push(bytes),
	};
	const mode = new TypeMode({
		keys: () => ({
			leader: options.leader ?? 'ctrl+space',
			chords: options.chords ?? new Set(['alt+e', 'alt+i', 'alt+j', 'alt+k']),
			isCommand: (key) => key === 'alt+x' || !key.includes('alt+'),
		}),
		target: () => target,
		onLeader: (pending) => heard.push(`leader ${pending}`),
		onCommand(key) {
			heard.push(`command ${key.name}`);
			return key.name === 'ctrl+x';
		},
		onChord: (key) => heard.push(`chord ${key.name}`),
		onLeave: () => heard.push('leave'),
		onMouse: (mouse) => heard.push(`mouse ${mouse.action}`),
		onFocus: (focused) => heard.push(`focus ${focused}`),
		onReply: (reply) => heard.push(`reply ${reply.kind}`),
		onRiskyPaste: ({ bytes, lines }) =>
			heard.push(`risky ${lines} ${Buffer.from(bytes).toString()}`),
	});
	const input = new Input({
		escapeTimeMs: () => 25,
		mode: () => mode,
		after(_milliseconds, run) {
			alarm = run;
			return () => {
				alarm = undefined;
			};
		},
	});
	return {
		heard,
		feed: (bytes: string | Uint8Array) => input.feed(Buffer.from(bytes)),
		ring: () => alarm?.(),
		sent: () => Buffer.concat(sent).toString(),
	};
}
