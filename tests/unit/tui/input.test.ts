import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	escapeTime,
	Input,
	type InputEvent,
	KeyMode,
} from '../../../src/tui/input/input.ts';
import { keyBytes } from '../../support/key-bytes.ts';

describe('keys', () => {
	for (const name of [
		...[
			'a',
			'A',
			'?',
			'+',
			'é',
			'漢',
			'🚀',
			'space',
			'enter',
			'tab',
			'escape',
			'backspace',
		],
		...[
			'ctrl+space',
			'ctrl+a',
			'ctrl+\\',
			'ctrl+]',
			'ctrl+_',
			'alt+j',
			'alt+J',
			'shift+tab',
		],
		...[
			'up',
			'down',
			'left',
			'right',
			'home',
			'end',
			'pageup',
			'pagedown',
			'insert',
			'delete',
		],
		...[
			'f1',
			'f2',
			'f3',
			'f4',
			'f5',
			'f12',
			'ctrl+up',
			'alt+left',
			'shift+f3',
			'ctrl+shift+end',
		],
		...['ctrl+alt+delete', 'alt+enter', 'alt+backspace', 'alt+space'],
	])
		it(`knows ${name}`, () => {
			const bytes = keyBytes(name === 'ctrl+shift+end' ? 'shift+ctrl+end' : name);
			expect(names(bytes)).toEqual([name]);
		});

	it('knows arrows in application mode', () => {
		expect(names(keyBytes('up', true))).toEqual(['up']);
	});

	it('knows the forms of CSI u and modifyOtherKeys', () => {
		expect(names('\x1b[32;5u')).toEqual(['ctrl+space']);
		expect(names('\x1b[27;5;32~')).toEqual(['ctrl+space']);
		expect(names('\x1b[97;5u')).toEqual(['ctrl+a']);
		expect(names('\x1b[97;6u')).toEqual(['ctrl+shift+a']);
		expect(names('\x1b[97;2u')).toEqual(['A']);
		expect(names('\x1b[49:33;2u')).toEqual(['!']);
		expect(names('\x1b[106;3u')).toEqual(['alt+j']);
		expect(names('\x1b[13;2u')).toEqual(['shift+enter']);
		expect(names('\x1b[27u')).toEqual(['escape']);
		expect(names('\x1b[1;1:2A')).toEqual(['up']);
		expect(names('\x1b[57414u\x1b[57400u')).toEqual(['enter', '1']);
	});

	it('ignores the release of a key and keys that type nothing', () => {
		expect(names('\x1b[97;1:3u\x1b[57441;2u')).toEqual([]);
	});

	it('are one event a character', () => {
		expect(names('abc 漢')).toEqual(['a', 'b', 'c', 'space', '漢']);
	});

	it('carry the text they type', () => {
		expect(eventsOf('a\x01 ')).toEqual([
			{ kind: 'key', name: 'a', text: 'a' },
			{ kind: 'key', name: 'ctrl+a', text: '' },
			{ kind: 'key', name: 'space', text: ' ' },
		]);
	});
});

describe('Escape', () => {
	it('is a key when nothing follows in time', () => {
		const input = openInput();
		input.feed('\x1b');
		expect(input.events).toEqual([]);
		expect(input.waitsMs()).toBe(25);
		input.ring();
		input.feed('j');
		expect(input.names()).toEqual(['escape', 'j']);
	});

	it('makes the next key one with Alt when it follows in time', () => {
		const input = openInput();
		input.feed('\x1b');
		input.feed('j');
		expect(input.names()).toEqual(['alt+j']);
	});

	it('may be pressed twice, or stand before a key that begins with it', () => {
		const input = openInput();
		input.feed('\x1b\x1b');
		input.ring();
		input.ring();
		input.feed('\x1b\x1b[A');
		expect(input.names()).toEqual(['escape', 'escape', 'alt+up']);
	});

	it('waits longer over ssh, unless a time was chosen', () => {
		expect(escapeTime(40, { SSH_TTY: '/dev/pts/1' })).toBe(40);
		expect(escapeTime('auto', { SSH_TTY: '/dev/pts/1' })).toBe(100);
		expect(escapeTime('auto', {})).toBe(25);
		expect(escapeTime('auto', { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' })).toBe(100);
	});
});

describe('a paste', () => {
	it('comes in pieces, without its marks, whatever it holds', () => {
		expect(pasted(eventsOf('\x1b[200~one\rtwo\x1b[A\x1b[20\x1b[201~'))).toBe(
			'one\rtwo\x1b[A\x1b[20',
		);
	});

	it('ends at the first end mark; what follows is typed', () => {
		const events = eventsOf('\x1b[200~a\x1b[201~b');
		expect(events.at(-1)).toEqual({ kind: 'key', name: 'b', text: 'b' });
	});

	it('that never ends is ended after a silence', () => {
		const input = openInput();
		input.feed('\x1b[200~abc');
		input.ring();
		input.feed('x');
		expect(input.events.map((event) => event.kind)).toEqual(['paste', 'paste', 'key']);
		expect(pasted(input.events)).toBe('abc');
	});
});

describe('reports', () => {
	it('tell mouse, focus and answers apart from keys', () => {
		expect(eventsOf('\x1b[<0;5;7M')).toMatchObject([
			{ kind: 'mouse', mouse: { action: 'press', button: 'left', x: 4, y: 6 } },
		]);
		expect(eventsOf('\x1b[<0;5;7m')).toMatchObject([{ mouse: { action: 'release' } }]);
		expect(eventsOf('\x1b[<32;5;7M')).toMatchObject([{ mouse: { action: 'drag' } }]);
		expect(eventsOf('\x1b[<65;5;7M')).toMatchObject([
			{ mouse: { action: 'wheel', button: 'down' } },
		]);
		expect(eventsOf('\x1b[<20;1;1M')).toMatchObject([
			{ mouse: { shift: true, ctrl: true } },
		]);
		expect(eventsOf('\x1b[M !!')).toMatchObject([{ mouse: { x: 0, y: 0 } }]);
		expect(eventsOf('\x1b[I\x1b[O')).toEqual([
			{ kind: 'focus', focused: true },
			{ kind: 'focus', focused: false },
		]);
	});

	it('read the answers of terminals', () => {
		expect(replies('\x1b]11;rgb:ffff/0000/8080\x1b\\')).toEqual([
			{ kind: 'colour', of: 'background', rgb: [255, 0, 128] },
		]);
		expect(replies('\x1b]11;rgb:ff/00/80\x07')).toEqual([
			{ kind: 'colour', of: 'background', rgb: [255, 0, 128] },
		]);
		expect(
			replies('\x1b[?2026;2$y\x1b[?1u\x1b[2;3R\x1bP>|kitty(0.40)\x1b\\\x1b[?62;4c'),
		).toEqual([
			{ kind: 'mode', mode: 2026, value: 2 },
			{ kind: 'keyboard', flags: 1 },
			{ kind: 'cursor', row: 2, column: 3 },
			{ kind: 'version', text: 'kitty(0.40)' },
			{ kind: 'attributes' },
		]);
		expect(names('\x1b[1;2R')).toEqual(['shift+f3']);
		expect(replies('\x1b[?997;1n\x1b[?997;2n')).toEqual([
			{ kind: 'scheme', background: 'dark' },
			{ kind: 'scheme', background: 'light' },
		]);
	});
});

describe('a stream', () => {
	const pieces = fc.constantFrom(
		'a',
		'漢',
		'👨‍👩‍👧',
		'\r',
		'\x00',
		'\x1bj',
		'\x1bé',
		'\x1b[A',
		'\x1b[1;5C',
		'\x1bOP',
		'\x1b[97;5u',
		'\x1b[<0;12;34M',
		'\x1b[M !!',
		'\x1b[I',
		'\x1b]11;rgb:1111/2222/3333\x1b\\',
		'\x1bP>|xterm(390)\x1b\\',
		'\x1b[?2026;2$y',
		'\x1b[200~some\rtext \x1b[ 漢\x1b[201~',
		'\x1b\x1b[B',
	);

	it('means the same wherever it is cut', () => {
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 12 }), (texts) => {
				const bytes = Buffer.from(texts.join(''));
				const whole = summary(eventsOf(bytes));
				const input = openInput();
				for (const byte of bytes) input.feed(Uint8Array.of(byte));
				expect(summary(input.events)).toEqual(whole);
				for (let cut = 1; cut < bytes.length; cut += 1) {
					const halves = openInput();
					halves.feed(bytes.subarray(0, cut));
					halves.feed(bytes.subarray(cut));
					expect(summary(halves.events)).toEqual(whole);
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('of rubbish never fails, and ends', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				const input = openInput();
				input.feed(bytes);
				for (let rings = 0; input.waitsMs() !== undefined; rings += 1) {
					expect(rings).toBeLessThan(10);
					input.ring();
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('keeps no more than a bounded sequence', () => {
		const input = openInput();
		input.feed('\x1b]11;');
		for (let piece = 0; piece < 100; piece += 1) input.feed('a'.repeat(1000));
		expect(input.names().length).toBeGreaterThan(80_000);
	});
});

function openInput() {
	const events: InputEvent[] = [];
	let alarm: { milliseconds: number; run: () => void } | undefined;
	const mode = new KeyMode((event) => events.push(event));
	const input = new Input({
		escapeTimeMs: () => 25,
		mode: () => mode,
		after(milliseconds, run) {
			alarm = { milliseconds, run };
			return () => {
				alarm = undefined;
			};
		},
	});
	return {
		events,
		feed: (bytes: string | Uint8Array) => input.feed(Buffer.from(bytes)),
		waitsMs: () => alarm?.milliseconds,
		ring() {
			const { run } = alarm ?? { run: () => undefined };
			alarm = undefined;
			run();
		},
		names: () => keyNames(events),
	};
}

function eventsOf(bytes: string | Uint8Array): InputEvent[] {
	const input = openInput();
	input.feed(bytes);
	if (input.waitsMs() === 25) input.ring();
	return input.events;
}

function names(bytes: string): string[] {
	return keyNames(eventsOf(bytes));
}

function keyNames(events: readonly InputEvent[]): string[] {
	return events.flatMap((event) => (event.kind === 'key' ? [event.name] : []));
}

function replies(bytes: string) {
	return eventsOf(bytes).flatMap((event) =>
		event.kind === 'reply' ? [event.reply] : [],
	);
}

function pasted(events: readonly InputEvent[]): string {
	const pieces = events.flatMap((event) => (event.kind === 'paste' ? [event.bytes] : []));
	return Buffer.concat(pieces).toString();
}

// Pieces of a paste put together: where it is cut is no difference.
function summary(events: readonly InputEvent[]): unknown[] {
	const list: unknown[] = [];
	let pieces: Uint8Array[] = [];
	for (const event of events) {
		if (event.kind !== 'paste') {
			list.push(event);
			continue;
		}
		pieces.push(event.bytes);
		if (!event.last) continue;
		list.push(Buffer.concat(pieces).toString());
		pieces = [];
	}
	return list;
}
