// The style of a cell as the escape sequence that sets it from any other style (SGR, ECMA-48 8.3.117;
// underline styles and colours as in https://sw.kovidgoyal.net/kitty/underlines/).

import type { ColourDepth } from '../../lib/colour-depth.ts';
import { Background, ColourMode, colourModeMask, Foreground } from './cell.ts';
import type { CellExtra } from './cell-table.ts';
import { atDepth } from './nearest-colour.ts';

/** Styles kept ready; beyond it the cache starts anew. */
const cacheLimit = 4096;

export interface SgrOptions {
	readonly depth: ColourDepth;
	/** Whether curly, dotted and coloured underlines may be sent; else they are plain. */
	readonly underlineStyles: boolean;
	readonly blinks: boolean;
}

export class Sgr {
	readonly #options: SgrOptions;
	#cache = new Map<number, Map<number, string>>();
	#cached = 0;

	constructor(options: SgrOptions) {
		this.#options = options;
	}

	/** A full set: reset, then all that the style has. */
	of(foreground: number, background: number, extra: CellExtra | undefined): string {
		if (extra) return this.#write(foreground, background, extra);
		const known = this.#cache.get(foreground)?.get(background);
		if (known !== undefined) return known;
		const sequence = this.#write(foreground, background, undefined);
		this.#remember(foreground, background, sequence);
		return sequence;
	}

	#remember(foreground: number, background: number, sequence: string): void {
		if (this.#cached >= cacheLimit) {
			this.#cache = new Map();
			this.#cached = 0;
		}
		this.#cached += 1;
		const row = this.#cache.get(foreground);
		if (row) row.set(background, sequence);
		else this.#cache.set(foreground, new Map([[background, sequence]]));
	}

	#write(foreground: number, background: number, extra: CellExtra | undefined): string {
		const { depth, underlineStyles, blinks } = this.#options;
		let codes = '';
		if (foreground & Foreground.bold) codes += ';1';
		if (background & Background.dim) codes += ';2';
		if (background & Background.italic) codes += ';3';
		if (foreground & Foreground.underline) {
			const style = underlineStyles ? (extra?.underlineStyle ?? 0) : 0;
			codes += style >= 2 ? `;4:${style}` : ';4';
		}
		if (blinks && foreground & Foreground.blink) codes += ';5';
		if (foreground & Foreground.inverse) codes += ';7';
		if (foreground & Foreground.invisible) codes += ';8';
		if (foreground & Foreground.strike) codes += ';9';
		if (background & Background.overline) codes += ';53';
		codes += colourCodes(atDepth(foreground, depth), 30);
		codes += colourCodes(atDepth(background, depth), 40);
		if (extra && underlineStyles && foreground & Foreground.underline)
			codes += underlineColour(atDepth(extra.underlineColour, depth));
		return codes === '' ? '\x1b[m' : `\x1b[${codes.startsWith(';') ? '0' : ''}${codes}m`;
	}
}

function colourCodes(colour: number, base: 30 | 40): string {
	const mode = colour & colourModeMask;
	if (mode === 0) return '';
	const value = colour & 0xff;
	if (mode === ColourMode.ansi16)
		return value < 8 ? `;${base + value}` : `;${base + 60 + (value & 7)}`;
	if (mode === ColourMode.ansi256) return `;${base + 8};5;${value}`;
	return `;${base + 8};2;${(colour >> 16) & 0xff};${(colour >> 8) & 0xff};${value}`;
}

// With colons: a terminal that does not know 58 would take the parts after a semicolon for styles.
function underlineColour(colour: number): string {
	const mode = colour & colourModeMask;
	if (mode === 0) return '';
	if (mode !== ColourMode.rgb) return `;58:5:${colour & 0xff}`;
	return `;58:2::${(colour >> 16) & 0xff}:${(colour >> 8) & 0xff}:${colour & 0xff}`;
}
