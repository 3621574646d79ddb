// An emulator that does not return. No input is known that does this, so the hang is planted where a
// line leaves memory: that is called in the middle of the library's own parsing.
import { describe, expect, it } from 'vitest';
import { Emulator } from '../../../src/terminal/emulator.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const esc = '\x1b';
const newLines = encode(`\x07${'\n'.repeat(9)}`);

/** Hangs when the line with this number leaves memory. */
class HangingTerminal implements Disposable {
	readonly #options = {
		columns: 20,
		rows: 3,
		scrollback: 2,
		engine: 'exact' as const,
		limitMs: 60_000,
		keep: (number: number) => {
			while (number === this.#line);
		},
	};
	readonly #line: number;
	readonly emulator = new Emulator(this.#options);

	constructor(line: number) {
		this.#line = line;
	}

	/**
	 * Writes what is known to hang; all else has time, however busy the machine is. Where it matters
	 * how far it is read before, the limit has to leave time for that.
	 */
	hang(bytes: Uint8Array, limitMs = 50): boolean {
		this.#options.limitMs = limitMs;
		const written = this.emulator.write(bytes);
		this.#options.limitMs = 60_000;
		return written;
	}

	[Symbol.dispose](): void {
		this.emulator[Symbol.dispose]();
	}
}

describe('output that never ends being parsed', () => {
	it('is skipped, and what follows is shown', () => {
		using terminal = new HangingTerminal(2);
		const { emulator } = terminal;
		expect(emulator.write(encode('one\r\ntwo\r\nthree\r\n'))).toBe(true);
		expect(terminal.hang(newLines)).toBe(false);
		expect(emulator.text()).toEqual(['', '', '']);
		expect(emulator.write(encode('after'))).toBe(true);
		expect(emulator.text()).toEqual(['after', '', '']);
	});

	it('leaves nothing of modes, keyboards and sequences that were open', () => {
		using terminal = new HangingTerminal(0);
		const { emulator } = terminal;
		emulator.write(encode(`${esc}[?1h${esc}[?25l${esc}[>3u`));
		expect(terminal.hang(encode(`\x07${'\n'.repeat(9)}${esc}]2;unfinished`))).toBe(false);
		emulator.write(encode('shown'));
		expect(emulator.text()[0]).toBe('shown');
		expect(emulator.rows(null)).toMatchObject({ modes: 0, kittyFlags: 0 });
	});

	it('makes void what a client has', () => {
		using terminal = new HangingTerminal(0);
		const { emulator } = terminal;
		emulator.write(encode('text'));
		const { version } = emulator.rows(null);
		terminal.hang(newLines);
		expect(emulator.rows(version)).toMatchObject({ full: true });
		expect(emulator.rows(version).changed).toHaveLength(3);
	});

	it('is answered as far as it was read', () => {
		using terminal = new HangingTerminal(0);
		const { emulator } = terminal;
		const replies: string[] = [];
		emulator.onReply.on((reply) => replies.push(reply));
		terminal.hang(encode(`${esc}[5n\x07${'\n'.repeat(9)}${esc}[5n`), 2000);
		emulator.write(encode(`${esc}[6n`));
		expect(replies).toEqual([`${esc}[0n`, `${esc}[1;1R`]);
	});

	it('keeps the numbers of lines: they go on from those that were lost', () => {
		using terminal = new HangingTerminal(3);
		const { emulator } = terminal;
		terminal.hang(newLines, 2000);
		const lost = emulator.scrollback;
		expect(lost).toBeGreaterThanOrEqual(3);
		expect(emulator.ring()).toEqual([]);
		emulator.write(encode('\n\n\n\n'));
		expect(emulator.ring().map(({ row }) => row)).toEqual([lost, lost + 1]);
		expect(emulator.scrollback).toBe(lost + 2);
	});
});

describe('a screen that was lost', () => {
	it('comes back from a checkpoint, at the size that it has meanwhile', () => {
		using before = new Emulator({ columns: 20, rows: 3, scrollback: 2 });
		before.write(encode(`${'line\r\n'.repeat(6)}${esc}[1;31mred${esc}[?1h`));
		const checkpoint = before.checkpoint() ?? new Uint8Array();
		using terminal = new HangingTerminal(0);
		const { emulator } = terminal;
		terminal.hang(newLines);
		emulator.resize(30, 4);
		emulator.restart(checkpoint);
		before.resize(30, 4);
		const version = expect.any(Number);
		expect(emulator.rows(null)).toEqual({ ...before.rows(null), version });
		expect(emulator.ring()).toEqual(before.ring());
		emulator.write(encode(' more'));
		before.write(encode(' more'));
		expect(emulator.ansi()).toEqual(before.ansi());
	});

	it('stays empty where the checkpoint is damaged', () => {
		using terminal = new HangingTerminal(0);
		const { emulator } = terminal;
		terminal.hang(newLines);
		expect(() => emulator.restart(new Uint8Array(3))).toThrow('no checkpoint');
		emulator.write(encode('after'));
		expect(emulator.text()[0]).toBe('after');
	});
});
