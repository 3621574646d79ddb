// The way of a program's bytes to the user's terminal, whole: emulator, rows over the wire, compositor,
// frames, and a terminal that shows them. A session is what a program prints while its pane changes
// size; the law says what must be true after it, whatever it was.
import * as fc from 'fast-check';
import { decodeRows, encodeRows } from '../../src/protocol/rows.ts';
import { Emulator } from '../../src/terminal/emulator.ts';
import { drawLine } from '../../src/tui/chrome/chrome-lines.ts';
import { Compositor } from '../../src/tui/paint/compositor.ts';
import { Emitter } from '../../src/tui/paint/emit.ts';
import {
	differences,
	GridTerminal,
	gridCells,
	type WordCell,
	wordCell,
} from './grid-terminal.ts';
import { foreignSequences, frameSequences } from './sequences.ts';
import { anyOutput, chunked } from './terminal-noise.ts';

export interface Session {
	readonly columns: number;
	readonly rows: number;
	readonly chunks: readonly number[];
	readonly steps: readonly Step[];
}

type Step =
	| { readonly print: string }
	| { readonly columns: number; readonly rows: number };

const width = fc.integer({ min: 2, max: 40 });
const height = fc.integer({ min: 1, max: 12 });
const print = anyOutput.map((bytes) => ({ print: bytes.toString('latin1') }));
const size = fc.record({ columns: width, rows: height });

export const anySession: fc.Arbitrary<Session> = fc.record({
	columns: width,
	rows: height,
	chunks: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 3 }),
	steps: fc.array(
		fc.oneof({ weight: 5, arbitrary: print }, { weight: 1, arbitrary: size }),
		{ minLength: 1, maxLength: 8 },
	),
});

const ring = 5;
const pane = 1;
const screen = { columns: 50, rows: 16 };
const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';

/** What is wrong with the way that the session took, a sentence each. */
export async function faultsOf(session: Session): Promise<string[]> {
	const { columns, rows, chunks, steps } = session;
	using emulator = new Emulator({ columns, rows, scrollback: ring });
	using outer = new Outer();
	const faults: string[] = [];
	let answered = '';
	emulator.onReply.on((reply) => {
		answered += reply;
	});
	outer.resize(columns, rows);
	for (const step of steps) {
		if ('print' in step) {
			for (const chunk of chunked(Buffer.from(step.print, 'latin1'), chunks))
				if (!emulator.write(chunk)) faults.push('a write had to be ended');
		} else {
			emulator.resize(step.columns, step.rows);
			outer.resize(step.columns, step.rows);
		}
		outer.show(emulator);
	}
	if (emulator.faults > 0) faults.push('the library threw');
	if (emulator.ring().length > ring) faults.push('the ring grew');
	if (/[\r\n]/.test(answered)) faults.push('an answer ends a line');
	faults.push(...checkpointFaults(emulator), ...(await outer.faults()));
	return faults;
}

/** A client with one pane, lettered all around it, and the terminal it paints. */
class Outer implements Disposable {
	readonly #compositor = new Compositor(screen.columns, screen.rows);
	readonly #emitter = new Emitter(this.#compositor.table);
	readonly #terminal = new GridTerminal(screen.columns, screen.rows);
	readonly #frames: Uint8Array[] = [];
	#place = { pane, x: 3, y: 2, width: 2, height: 1 };
	#sent: number | null = null;
	#version = 0;

	resize(width: number, height: number): void {
		this.#place = { ...this.#place, width, height };
		for (let y = 0; y < screen.rows; y += 1)
			drawLine(this.#compositor.chrome, y, letters(y).join(''));
		this.#compositor.arrange([this.#place]);
		this.#compositor.chromeChanged(Array.from({ length: screen.rows }, (_, y) => y));
		this.#compositor.focus(pane);
	}

	show(emulator: Emulator): void {
		const push = emulator.rows(this.#sent);
		this.#sent = push.version;
		this.#version += 1;
		const wire = encodeRows({ ...push, version: this.#version, pane });
		this.#compositor.push(decodeRows(wire));
		// What a program draws within a synchronized update is shown at its end.
		this.#compositor.release(pane);
		const { grid, rows, cursor } = this.#compositor.compose();
		const bytes = this.#emitter.frame(grid, rows, cursor);
		if (bytes) this.#frames.push(Uint8Array.from(bytes));
	}

	async faults(): Promise<string[]> {
		const all = Buffer.concat(this.#frames);
		const faults = foreignSequences(all, frameSequences).map(
			(name) => `${name} was sent`,
		);
		for (const frame of this.#frames) {
			const text = Buffer.from(frame).toString();
			const lone = /^(?:\x1b\[(?:\d*;?\d*H|\?25[hl]|\d* q))*$/.test(text);
			const wrapped = text.startsWith(begin) && text.endsWith(end);
			if (!lone && !wrapped && !isCursorAfter(text))
				faults.push(`a frame is not one update: ${JSON.stringify(text.slice(0, 80))}`);
		}
		await this.#terminal.write(all);
		const { grid } = this.#compositor.compose();
		const shown = this.#terminal.cells();
		for (const fault of differences(shown.map(asSeen), gridCells(grid).map(asSeen)))
			faults.push(`shown otherwise than composed: ${JSON.stringify(fault)}`);
		for (const [y, row] of shown.entries())
			for (const [x, cell] of row.entries())
				if (!this.#isInside(x, y) && cell.text !== letters(y)[x])
					faults.push(`beside the pane, at ${x},${y}: ${JSON.stringify(cell.text)}`);
		return faults;
	}

	[Symbol.dispose](): void {
		this.#emitter[Symbol.dispose]();
		this.#compositor[Symbol.dispose]();
		this.#terminal[Symbol.dispose]();
	}

	#isInside(x: number, y: number): boolean {
		const { x: left, y: top, width, height } = this.#place;
		return x >= left && x < left + width && y >= top && y < top + height;
	}
}

/** A frame may set the cursor after its update. */
function isCursorAfter(text: string): boolean {
	const at = text.lastIndexOf(end);
	const rest = text.slice(at + end.length);
	return text.startsWith(begin) && at > 0 && /^(?:\x1b\[[\d;?]*[ ]?[Hhlq])*$/.test(rest);
}

/** A sign that is narrow and was said to be wide stands before a blank: nobody sees which. */
function asSeen(row: readonly WordCell[]): WordCell[] {
	return row.map((cell) =>
		wordCell({ ...cell, text: cell.text === '' ? ' ' : cell.text, width: 0 }),
	);
}

function letters(y: number): string[] {
	return Array.from({ length: screen.columns }, (_, x) =>
		String.fromCharCode(0x41 + ((x + y) % 26)),
	);
}

function checkpointFaults(emulator: Emulator): string[] {
	const checkpoint = emulator.checkpoint();
	if (!checkpoint) return ['there is no checkpoint'];
	using again = Emulator.fromCheckpoint(checkpoint);
	const same = (one: Emulator) => JSON.stringify({ ...one.rows(null), version: 0 });
	return same(again) === same(emulator) ? [] : ['a checkpoint gives another screen'];
}
