/* oxlint-disable no-underscore-dangle -- the private names of the library */
// The engine by the library's private parts: synchronous, with damage by row and exact counts.
import type { ScreenRow } from '../../protocol/rows.ts';
import type { Pen } from '../pen.ts';
import { fillWholeScreens } from './alignment.ts';
import { readColonColours } from './colon-colours.ts';
import { Damage } from './damage.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { quickenCells } from './fast-cells.ts';
import { quickenLines } from './fast-lines.ts';
import { printer } from './fast-print.ts';
import { guard } from './guards.ts';
import { blankHalves } from './halves.ts';
import type { Internals, Line } from './internals.ts';
import type { Terminal } from './library.ts';
import { LinkTable } from './links.ts';
import { rowOfLine, underlineColour, underlineStyle } from './rows-of-line.ts';
import { restoreScreen, type SavedScreen, saveScreen } from './saved-screen.ts';
import { UsualOutput } from './usual-output.ts';
import { Work } from './work.ts';

/**
 * Lines for which a resize makes room, so that none leaves unseen while lines are wrapped anew. A
 * ring that wraps into more loses the oldest ones; their numbers are still counted.
 */
const reflowLimit = 20_000;

export class ExactEngine implements Engine {
	readonly exact = true;
	readonly terminal: Terminal;
	readonly #internals: Internals;
	readonly #damage: Damage;
	readonly #usual: UsualOutput;
	readonly #links = new LinkTable();
	readonly #work = new Work();
	readonly #options: EngineOptions;
	#trimmed = 0;
	#faults = 0;

	constructor(terminal: Terminal, internals: Internals, options: EngineOptions) {
		this.terminal = terminal;
		this.#internals = internals;
		this.#options = options;
		this.#damage = new Damage(options.rows);
		const handler = internals._inputHandler;
		handler._dirtyRowTracker = this.#damage;
		const { print, printAscii } = printer(
			internals,
			this.#damage,
			options.fastPrint ?? true,
		);
		handler._parser.setPrintHandler(print);
		handler.print = print;
		quickenCells(internals);
		const lineFeed =
			options.fastPrint === false
				? () => void handler.lineFeed()
				: quickenLines(internals, this.#damage);
		this.#usual = new UsualOutput(internals, printAscii, lineFeed);
		this.#ownLinks();
		this.#countLines();
		this.#markErasures();
		readColonColours(internals);
		fillWholeScreens(internals, terminal);
		// Last, hence asked first: what is refused must not be counted by the handlers above.
		guard(internals, terminal, this.#work);
	}

	get trimmed(): number {
		return this.#trimmed;
	}

	get scrollback(): number {
		return this.#trimmed + this.#internals._bufferService.buffers.normal.ybase;
	}

	get pen(): Pen {
		const { fg, bg, extended } = this.#internals._inputHandler._curAttrData;
		return {
			foreground: fg,
			background: bg,
			underlineStyle: underlineStyle(extended._ext),
			underlineColour: underlineColour(extended._ext),
		};
	}

	get settled(): boolean {
		return this.#internals._inputHandler._parser.currentState === 0;
	}

	get faults(): number {
		return this.#faults;
	}

	parseUsual(bytes: Uint8Array): number {
		if (this.#options.fastPrint === false) return 0;
		try {
			return this.#usual.read(bytes);
		} catch {
			this.#fault();
			return bytes.length;
		}
	}

	parse(bytes: Uint8Array): void {
		try {
			this.#internals._inputHandler.parse(bytes);
		} catch {
			this.#fault();
		}
	}

	beginStretch(): void {
		this.#work.begin();
	}

	/**
	 * Makes room, resizes, takes the excess off the top. The library would drop lines while it wraps
	 * them anew; this way each one is counted, and a replay of a recording drops the same ones.
	 */
	resize(columns: number, rows: number): void {
		const { terminal } = this;
		const ring = this.#options.scrollback;
		const growth = Math.max(1, Math.ceil(terminal.cols / columns));
		const room = Math.min(reflowLimit, growth * (ring + terminal.rows) + rows);
		const { normal, alt } = this.#internals._bufferService.buffers;
		const { lines } = normal;
		terminal.options.scrollback = room;
		try {
			terminal.resize(columns, rows);
			for (const buffer of [normal, alt]) blankHalves(buffer.lines, columns);
		} catch {
			// Half resized it would fail ever again; a program draws anew what it shows.
			this.#faults += 1;
			terminal.reset();
		}
		this.#leave(lines.length - ring - rows);
		terminal.options.scrollback = ring;
		this.#damage.resize(rows);
	}

	clearScreen(): void {
		const { _inputHandler: handler, _bufferService: service } = this.#internals;
		const { active } = service.buffers;
		active.scrollTop = 0;
		active.scrollBottom = service.rows - 1;
		active.x = 0;
		active.y = 0;
		handler.eraseInDisplay({ params: Int32Array.of(2), length: 1 }, false);
		this.#damage.markAllDirty();
	}

	row(index: number): ScreenRow {
		const { active } = this.#internals._bufferService.buffers;
		const line = active.lines.get(active.ybase + index);
		if (!line) throw new RangeError(`no row ${index}`);
		return rowOfLine(line, index, this.#links);
	}

	ring(): ScreenRow[] {
		const { normal } = this.#internals._bufferService.buffers;
		const rows: ScreenRow[] = [];
		for (let index = 0; index < normal.ybase; index += 1) {
			const line = normal.lines.get(index);
			if (line) rows.push(rowOfLine(line, this.#trimmed + index, this.#links));
		}
		return rows;
	}

	takeDamage(mark: (row: number) => void): boolean {
		return this.#damage.take(mark);
	}

	save(): SavedScreen {
		return {
			...saveScreen(this.#internals, this.#links),
			trimmed: this.#trimmed,
			spent: this.#work.spent,
			newLineMode: this.terminal.options.convertEol ?? false,
		};
	}

	restore(saved: SavedScreen): void {
		restoreScreen(this.#internals, this.#links, saved);
		this.#trimmed = saved.trimmed;
		this.#work.begin(saved.spent);
		this.terminal.options.convertEol = saved.newLineMode;
		this.#damage.markAllDirty();
	}

	countFrom(lines: number): void {
		this.#trimmed = lines;
	}

	dispose(): void {
		this.terminal.dispose();
	}

	/**
	 * A fault of the library must not end the agents of this process: the rest of the piece is lost,
	 * counted, and parsing goes on between sequences.
	 */
	#fault(): void {
		this.#faults += 1;
		this.#internals._inputHandler._parser.reset();
		this.#damage.markAllDirty();
	}

	#ownLinks(): void {
		const service = this.#internals._oscLinkService;
		service.registerLink = ({ uri }) => this.#links.numberOf(uri);
		service.addLineToLink = () => {};
		service.getLinkData = (id) => {
			const uri = this.#links.targetOf(id);
			return uri === undefined ? undefined : { uri };
		};
	}

	/** Every way in which a line leaves the normal buffer at the top. */
	#countLines(): void {
		const service = this.#internals._bufferService;
		const { buffers } = service;
		const scroll = service.scroll.bind(service);
		service.scroll = (attributes, wrapped) => {
			const { active, normal } = buffers;
			if (active === normal && active.scrollTop === 0 && active.lines.isFull)
				this.#leave(1);
			scroll(attributes, wrapped);
		};
		const { parser } = this.terminal;
		// Erase saved lines, and the hard reset, which makes new buffers.
		parser.registerCsiHandler({ final: 'J' }, ([what]) => {
			if (what === 3 && buffers.active === buffers.normal)
				this.#leave(buffers.normal.lines.length - service.rows);
			return false;
		});
		parser.registerEscHandler({ final: 'c' }, () => {
			this.#leave(buffers.normal.ybase);
			return false;
		});
	}

	/** The library marks two rows of an erasure and means those between. */
	#markErasures(): void {
		const { parser } = this.terminal;
		const { _bufferService: service } = this.#internals;
		const erase = (what: number, protect: boolean): boolean => {
			const { y } = service.buffers.active;
			if (what === 0) this.#damage.markRangeDirty(y, service.rows - 1);
			else if (what === 1) this.#damage.markRangeDirty(0, y);
			else this.#damage.markAllDirty();
			return what === 1 && this.#eraseToEdge(protect);
		};
		parser.registerCsiHandler({ final: 'J' }, ([what]) => erase(Number(what), false));
		parser.registerCsiHandler({ prefix: '?', final: 'J' }, ([what]) =>
			erase(Number(what), true),
		);
		service.buffers.onBufferActivate(() => this.#damage.markAllDirty());
	}

	/**
	 * `CSI 1 J` with the cursor in the last column: the library then unwraps the line below, but looks
	 * for it as if nothing had scrolled off, and throws where there is none. The same is done in two
	 * steps that leave that to this one.
	 */
	#eraseToEdge(protect: boolean): boolean {
		const { _inputHandler: handler, _bufferService: service } = this.#internals;
		const { active } = service.buffers;
		if (active.x + 1 < service.cols) return false;
		const below = active.lines.get(active.ybase + active.y + 1);
		if (below) below.isWrapped = false;
		this.#damage.markDirty(active.y + 1);
		const { x } = active;
		active.x = 0;
		handler.eraseInDisplay({ params: Int32Array.of(1), length: 1 }, protect);
		active.x = Math.min(x, service.cols);
		handler.eraseInLine({ params: Int32Array.of(2), length: 1 }, protect);
		return true;
	}

	#leave(count: number): void {
		if (count <= 0) return;
		const { keep } = this.#options;
		if (keep) {
			const { lines } = this.#internals._bufferService.buffers.normal;
			const { cols: columns } = this.terminal;
			for (let index = 0; index < count; index += 1) {
				const line: Line | undefined = lines.get(index);
				const number = this.#trimmed + index;
				if (line) keep(number, () => rowOfLine(line, number, this.#links), columns);
			}
		}
		this.#trimmed += count;
	}
}
