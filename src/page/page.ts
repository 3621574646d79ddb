// What the program has on the screen: blocks of text that scroll away, above a footer that is
// redrawn in place. Stays on the normal screen, so that the scrollback holds the whole talk.
import { Painter } from './painter.ts';
import {
	cut,
	encode,
	type Palette,
	type Span,
	type StyledLine,
	span,
	widthOf,
	wrap,
} from './styled-text.ts';

export interface Block {
	readonly text: StyledLine;
	/** Cells that every line is moved in; `lead` stands in those of the first one. */
	readonly indent: number;
	readonly lead?: Span;
	/** `words` goes on in the next line, `cut` ends with `…` where it does not fit. */
	readonly fold: 'words' | 'cut';
	/** An empty line before it. */
	readonly gap?: boolean;
	/** Its lines in so many cells, where it has a way of its own. */
	readonly layOut?: (room: number) => readonly StyledLine[];
}

export interface Footer {
	readonly lines: readonly StyledLine[];
	/** Where the person types; the cursor is hidden without it. */
	readonly cursor?: { readonly row: number; readonly column: number };
}

export interface Surface {
	/** A terminal that can be redrawn; else lines are only ever added. */
	readonly interactive: boolean;
	readonly palette: Palette;
	readonly columns: () => number;
	readonly rows: () => number;
	readonly write: (text: string) => void;
}

/** Blocks kept to be laid out again when the width changes; older ones are in the scrollback. */
const keptBlocks = 400;

export class Page {
	readonly #surface: Surface;
	readonly #painter: Painter;
	readonly #blocks: Block[] = [];
	#growing: { readonly blocks: readonly Block[]; share: number } | undefined;
	#printedOfGrowing = 0;
	#draft: readonly Block[] = [];
	#footer: (width: number, rows: number) => Footer = () => ({ lines: [] });
	#suspended = false;

	constructor(surface: Surface) {
		this.#surface = surface;
		this.#painter = new Painter(surface.write);
	}

	get interactive(): boolean {
		return this.#surface.interactive;
	}

	get columns(): number {
		return this.#surface.columns();
	}

	get rows(): number {
		return this.#surface.rows();
	}

	/** What stands below the text from now on; asked for again at every change. */
	set footer(draw: (width: number, rows: number) => Footer) {
		this.#footer = draw;
		this.refresh();
	}

	add(...blocks: readonly Block[]): void {
		const first = this.#blocks.length === 0;
		this.#keep(blocks);
		this.#paint(blocks.flatMap((block, index) => this.#lay(block, first && index === 0)));
	}

	/** Shows the first `share` (0 to 1) of the blocks; at 1 they have become text of the page. */
	grow(blocks: readonly Block[], share: number): void {
		if (!this.interactive) {
			if (share >= 1) this.add(...blocks);
			return;
		}
		this.#growing = { blocks, share };
		const { whole, partial } = this.#grown();
		const fresh = whole.slice(this.#printedOfGrowing);
		if (share < 1) {
			this.#printedOfGrowing = whole.length;
			this.#paint(fresh);
			return;
		}
		this.#settle(blocks);
		this.#paint(partial === undefined ? fresh : [...fresh, partial]);
	}

	/** Ends growing where it is, so that an interrupted message stays as far as it came. */
	stopGrowing(): void {
		if (!this.#growing) return;
		const { whole, partial } = this.#grown();
		const shown = partial === undefined ? whole : [...whole, partial];
		const fresh = shown.slice(this.#printedOfGrowing);
		this.#settle(shown.map((line) => ({ text: line, indent: 0, fold: 'cut' })));
		this.#paint(fresh);
	}

	/** Blocks that still change: drawn in place, above the footer, and not yet text of the page. */
	set draft(blocks: readonly Block[]) {
		if (blocks.length === 0 && this.#draft.length === 0) return;
		this.#draft = blocks;
		this.#paint([]);
	}

	/** Makes these text of the page in place of the draft, and shows what is to come as the draft. */
	settleDraft(blocks: readonly Block[], rest: readonly Block[]): void {
		this.#draft = rest;
		this.add(...blocks);
	}

	/** Draws the footer again. */
	refresh(): void {
		this.#paint([]);
	}

	/** Takes the footer away, so that raw output can be written in its place. */
	suspend(): void {
		if (this.#suspended) return;
		if (this.interactive) this.#painter.erase();
		this.#suspended = true;
	}

	/** After `suspend`; expects the cursor at the beginning of a line. */
	unsuspend(): void {
		this.#suspended = false;
		this.refresh();
	}

	/** Lays everything out anew, after the terminal got another size. */
	redraw(): void {
		if (!this.interactive || this.#suspended) return;
		const rows = this.rows;
		let lines: StyledLine[] = [];
		for (const [index, block] of [...this.#blocks.entries()].toReversed()) {
			lines = [...this.#lay(block, index === 0), ...lines];
			if (lines.length > rows) break;
		}
		this.#printedOfGrowing = 0;
		if (this.#growing) {
			const { whole } = this.#grown();
			lines.push(...whole);
			this.#printedOfGrowing = whole.length;
		}
		this.#painter.clear();
		this.#paint(lines.slice(-rows));
	}

	/** Leaves the cursor below all text, visible, with the footer gone. */
	close(): void {
		this.stopGrowing();
		this.suspend();
	}

	get #width(): number {
		// The last column stays free: a full line would leave the cursor between two rows.
		return Math.max(10, this.columns - 1);
	}

	#keep(blocks: readonly Block[]): void {
		this.#blocks.push(...blocks);
		this.#blocks.splice(0, Math.max(0, this.#blocks.length - keptBlocks));
	}

	#settle(blocks: readonly Block[]): void {
		this.#keep(blocks);
		this.#growing = undefined;
		this.#printedOfGrowing = 0;
	}

	#lay(block: Block, atTop: boolean): readonly StyledLine[] {
		const room = this.#width - block.indent;
		const body = folded(block, room);
		const lines = body.map((line, index): StyledLine => {
			const lead = index === 0 ? block.lead : undefined;
			const gap = block.indent - (lead ? widthOf([lead]) : 0);
			const margin = gap > 0 ? [span(' '.repeat(gap))] : [];
			return [...(lead ? [lead] : []), ...margin, ...line];
		});
		return block.gap && !atTop ? [[], ...lines] : lines;
	}

	/** The lines of the growing blocks: those complete, and the one at which they grow. */
	#grown(): { whole: readonly StyledLine[]; partial: StyledLine | undefined } {
		if (!this.#growing) return { whole: [], partial: undefined };
		const { blocks, share } = this.#growing;
		const lines = blocks.flatMap((block, index) =>
			this.#lay(block, this.#blocks.length === 0 && index === 0),
		);
		const total = lines.reduce((sum, line) => sum + lengthOf(line), 0);
		let left = Math.floor(total * share);
		for (const [index, line] of lines.entries()) {
			const length = lengthOf(line);
			if (left < length || (share < 1 && index === lines.length - 1)) {
				return { whole: lines.slice(0, index), partial: firstOf(line, left) };
			}
			left -= length;
		}
		return { whole: lines, partial: undefined };
	}

	#paint(lines: readonly StyledLine[]): void {
		const { palette, write } = this.#surface;
		const encoded = lines.map((line) => encode(line, palette));
		if (!this.interactive || this.#suspended) {
			const end = this.interactive ? '\r\n' : '\n';
			if (encoded.length > 0) write(encoded.map((line) => line + end).join(''));
			return;
		}
		const width = this.#width;
		const { partial } = this.#grown();
		const footer = this.#footer(width, this.rows);
		const draft = this.#draft.flatMap((block, index) =>
			this.#lay(block, this.#blocks.length === 0 && index === 0),
		);
		const above = partial ? [partial, ...draft] : draft;
		const text = this.#blocks.length > 0 || draft.length > 0;
		const gap = footer.lines.length > 0 && text ? [[]] : [];
		const all: readonly StyledLine[] = [...above, ...gap, ...footer.lines];
		// A tail taller than the screen could not be reached again to be redrawn.
		const hidden = Math.max(0, all.length - Math.max(1, this.rows - 1));
		const tail = all.slice(hidden).map((line) => encode(cut(line, width), palette));
		const offset = above.length + gap.length - hidden;
		const cursor = footer.cursor && {
			row: Math.max(0, footer.cursor.row + offset),
			column: footer.cursor.column,
		};
		this.#painter.paint(encoded, tail, cursor);
	}
}

function folded({ text, fold, layOut }: Block, room: number): readonly StyledLine[] {
	if (layOut) return layOut(room);
	return fold === 'words' ? wrap(text, room) : [cut(text, room)];
}

function lengthOf(line: StyledLine): number {
	return line.reduce((sum, { text }) => sum + text.length, 0) + 1;
}

/** The first `length` characters of a line, never half of a surrogate pair. */
function firstOf(line: StyledLine, length: number): StyledLine {
	const kept: Span[] = [];
	let left = length;
	for (const { text, style } of line) {
		if (left <= 0) break;
		const part = text.slice(0, left).replace(/[\ud800-\udbff]$/, '');
		kept.push(span(part, style));
		left -= text.length;
	}
	return kept;
}
