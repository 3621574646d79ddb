// What does not fit into the words of a cell: the text of clusters, and underline style and colour
// together with a link. Grids hold numbers into this table and compare numbers only.

/** A hyperlink; cells with the same id light up together under the mouse. */
export interface CellLink {
	readonly id: string;
	readonly uri: string;
}

export interface CellExtra {
	/** 0 none or plain, 2 double, 3 curly, 4 dotted, 5 dashed. */
	readonly underlineStyle: number;
	/** Colour in the packing of a foreground word; 0 is the text's own. */
	readonly underlineColour: number;
	readonly link: CellLink | null;
}

/** A grid as the table sees it: words whose numbers may be given anew. */
export interface NumberedCells {
	readonly cells: Uint32Array;
}

const clusterLimit = 1 << 16;
const extraLimit = 1 << 15;
/** Stands for a cluster when the table is full of clusters that are all in use. */
const replacement = '\u{fffd}';

/**
 * Interned texts and extras. Both tables are bounded: a full one drops what no grid shows any more
 * and gives new numbers to the rest. A text that still finds no room becomes number 0, U+FFFD; an
 * extra becomes number 0, none.
 */
export class CellTable {
	readonly #grids = new Set<NumberedCells>();
	readonly #clusters = new Interned<string>(clusterLimit, replacement);
	readonly #extras = new Interned<CellExtra>(extraLimit, {
		underlineStyle: 0,
		underlineColour: 0,
		link: null,
	});

	/** Numbers in `grid` stay valid until `release`. */
	hold(grid: NumberedCells): void {
		this.#grids.add(grid);
	}

	release(grid: NumberedCells): void {
		this.#grids.delete(grid);
	}

	/** The number of a cluster; the caller has made sure that the text is harmless. */
	cluster(text: string): number {
		const known = this.#clusters.find(text);
		if (known !== undefined) return known;
		if (this.#clusters.full) this.#renumber(0, this.#clusters, codePointsOfCombined);
		return this.#clusters.add(text, text);
	}

	clusterText(number: number): string {
		return this.#clusters.at(number);
	}

	/** The number of an extra; 0 when there is nothing extra about the cell. */
	extra(extra: CellExtra): number {
		const { underlineStyle, underlineColour, link } = extra;
		if (underlineStyle === 0 && underlineColour === 0 && !link) return 0;
		const key = `${underlineStyle} ${underlineColour} ${link?.id ?? ''} ${link?.uri ?? ''}`;
		const known = this.#extras.find(key);
		if (known !== undefined) return known;
		if (this.#extras.full) this.#renumber(3, this.#extras, allOfWord);
		return this.#extras.add(key, extra);
	}

	extraAt(number: number): CellExtra {
		return this.#extras.at(number);
	}

	/** How many texts and extras are kept. */
	get size(): { readonly clusters: number; readonly extras: number } {
		return { clusters: this.#clusters.size, extras: this.#extras.size };
	}

	#renumber<T>(word: number, interned: Interned<T>, part: WordPart): void {
		const used = new Set<number>();
		for (const { cells } of this.#grids)
			for (let at = word; at < cells.length; at += 4) {
				const value = cells[at] ?? 0;
				if (part.applies(value)) used.add(value & part.mask);
			}
		const renamed = interned.keep(used);
		for (const { cells } of this.#grids)
			for (let at = word; at < cells.length; at += 4) {
				const value = cells[at] ?? 0;
				if (part.applies(value))
					cells[at] = (value & ~part.mask) | (renamed.get(value & part.mask) ?? 0);
			}
	}
}

interface WordPart {
	readonly mask: number;
	applies(word: number): boolean;
}

const codePointsOfCombined: WordPart = {
	mask: 0x1fffff,
	applies: (word) => (word & 0x200000) !== 0,
};
const allOfWord: WordPart = { mask: -1, applies: (word) => word !== 0 };

class Interned<T> {
	#values: T[];
	#keys: string[] = [''];
	#numbers = new Map<string, number>();
	readonly #limit: number;

	constructor(limit: number, zero: T) {
		this.#limit = limit;
		this.#values = [zero];
	}

	get size(): number {
		return this.#values.length;
	}

	get full(): boolean {
		return this.#values.length >= this.#limit;
	}

	find(key: string): number | undefined {
		return this.#numbers.get(key);
	}

	add(key: string, value: T): number {
		if (this.full) return 0;
		this.#numbers.set(key, this.#values.length);
		this.#keys.push(key);
		return this.#values.push(value) - 1;
	}

	at(number: number): T {
		return this.#values[number] ?? this.#zero();
	}

	/** Drops all others; the result maps old numbers to new ones. */
	keep(used: ReadonlySet<number>): Map<number, number> {
		const keys = this.#keys;
		const values = this.#values;
		const renamed = new Map([[0, 0]]);
		this.#keys = [''];
		this.#values = [this.#zero()];
		this.#numbers = new Map();
		for (const number of used) {
			const key = keys[number];
			const value = values[number];
			if (number === 0 || key === undefined || value === undefined) continue;
			renamed.set(number, this.add(key, value));
		}
		return renamed;
	}

	#zero(): T {
		const zero = this.#values[0];
		if (zero === undefined) throw new Error('the table lost its number 0');
		return zero;
	}
}
