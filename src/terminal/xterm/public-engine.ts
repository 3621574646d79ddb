// The engine by the library's public API alone, for the day when a new version of the library no
// longer fits the private names: slower (each parse compares all rows), no underline styles, no
// links, no checkpoints, and lines that left memory are counted by scrolls, which can be too many.
import type { ScreenRow } from '../../protocol/rows.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { guardPublicly } from './guards.ts';
import type { Terminal } from './library.ts';

type BufferCell = NonNullable<
	ReturnType<NonNullable<ReturnType<Terminal['buffer']['active']['getLine']>>['getCell']>
>;
type BufferLine = NonNullable<ReturnType<Terminal['buffer']['active']['getLine']>>;

export class PublicEngine implements Engine {
	readonly exact = false;
	readonly settled = true;
	readonly pen = null;
	readonly terminal: Terminal;
	readonly #ringSize: number;
	#scrolled = 0;
	#faults = 0;
	#known: string[] = [];
	readonly #cell: BufferCell;

	constructor(terminal: Terminal, options: EngineOptions) {
		this.terminal = terminal;
		this.#ringSize = options.scrollback;
		this.#cell = terminal.buffer.normal.getNullCell();
		guardPublicly(terminal);
		// Links without markers need private parts; without links the markers must not pile up.
		terminal.parser.registerOscHandler(8, () => true);
		// The library throws on this one (see `exact-engine`).
		terminal.parser.registerCsiHandler({ final: 'J' }, ([what]) => {
			const { cursorX, cursorY, baseY } = terminal.buffer.active;
			const corner = cursorX + 1 >= terminal.cols && cursorY + 1 >= terminal.rows;
			return what === 1 && corner && baseY === 0;
		});
		terminal.onScroll(() => {
			if (terminal.buffer.active.type === 'normal') this.#scrolled += 1;
		});
	}

	get faults(): number {
		return this.#faults;
	}

	get trimmed(): number {
		return Math.max(0, this.#scrolled - this.#ringSize);
	}

	get scrollback(): number {
		return this.trimmed + this.terminal.buffer.normal.baseY;
	}

	/** By the public API nothing is quicker than anything else. */
	parseUsual(): number {
		return 0;
	}

	/** `input` makes the library parse the next write at once; it sends an empty answer. */
	parse(bytes: Uint8Array): void {
		this.terminal.input('', true);
		try {
			this.terminal.write(bytes);
		} catch {
			// The rest of the piece is lost, as in the exact engine.
			this.#faults += 1;
		}
	}

	/** Without private parts there is no allowance to renew. */
	beginStretch(): void {}

	resize(columns: number, rows: number): void {
		try {
			this.terminal.resize(columns, rows);
		} catch {
			// Half resized it would fail ever again (see `halves`); a program draws anew what it shows.
			this.#faults += 1;
			this.terminal.reset();
		}
		this.#known = [];
	}

	/** Without private parts the margins could not be taken back. */
	clearScreen(): void {}

	row(index: number): ScreenRow {
		const { active } = this.terminal.buffer;
		return this.#rowOf(active.getLine(active.baseY + index), index);
	}

	ring(): ScreenRow[] {
		const { normal } = this.terminal.buffer;
		return Array.from({ length: normal.baseY }, (_, index) =>
			this.#rowOf(normal.getLine(index), this.trimmed + index),
		);
	}

	takeDamage(mark: (row: number) => void): boolean {
		let any = false;
		for (let index = 0; index < this.terminal.rows; index += 1) {
			const row = this.row(index);
			const content = `${row.wrapped}${row.cells.join()}${row.clusters.join()}`;
			if (content === this.#known[index]) continue;
			this.#known[index] = content;
			any = true;
			mark(index);
		}
		return any;
	}

	save(): null {
		return null;
	}

	restore(): void {
		throw new Error('this emulator cannot be restored');
	}

	/** The ring begins empty, as if all of its lines had been erased. */
	countFrom(lines: number): void {
		this.#scrolled = lines + this.#ringSize;
	}

	dispose(): void {
		this.terminal.dispose();
	}

	#rowOf(line: BufferLine | undefined, row: number): ScreenRow {
		if (!line) throw new RangeError(`no row ${row}`);
		const words: number[] = [];
		const clusters: [number, string][] = [];
		let length = 0;
		for (let column = 0; column < line.length; column += 1) {
			const cell = line.getCell(column, this.#cell);
			if (!cell) continue;
			const text = cell.getChars();
			const point = text.codePointAt(0) ?? 0;
			const single = text === '' || text === String.fromCodePoint(point);
			if (!single) clusters.push([column, text]);
			const content = (single ? point : 1 << 21) | (cell.getWidth() << 22);
			const foreground = foregroundOf(cell);
			const background = backgroundOf(cell);
			words.push(content, foreground, background);
			if (content !== 1 << 22 || foreground !== 0 || background !== 0)
				length = column + 1;
		}
		return {
			row,
			wrapped: line.isWrapped,
			cells: Uint32Array.from(words.slice(0, length * 3)),
			clusters,
			underlines: [],
			links: [],
		};
	}
}

function foregroundOf(cell: BufferCell): number {
	return (
		colourOf(cell.getFgColorMode(), cell.getFgColor()) |
		flag(cell.isInverse(), 26) |
		flag(cell.isBold(), 27) |
		flag(cell.isUnderline(), 28) |
		flag(cell.isBlink(), 29) |
		flag(cell.isInvisible(), 30) |
		flag(cell.isStrikethrough(), 31)
	);
}

function backgroundOf(cell: BufferCell): number {
	return (
		colourOf(cell.getBgColorMode(), cell.getBgColor()) |
		flag(cell.isItalic(), 26) |
		flag(cell.isDim(), 27) |
		flag(cell.isOverline(), 30)
	);
}

// The public colour mode is the private one, shifted already.
function colourOf(mode: number, colour: number): number {
	return mode === 0 ? 0 : mode | colour;
}

function flag(value: number, bit: number): number {
	return value === 0 ? 0 : (1 << bit) >>> 0;
}
