/* oxlint-disable no-underscore-dangle -- the private names of the library */
// What nearly all output is made of (characters, ends of lines, styles) read straight from the bytes:
// the library decodes them into words, looks each up in its table of states and collects parameters
// one by one, which takes longer than all that it then does. Everything else is left to it. The
// differential test in tests/unit/terminal holds that both give the same screen.
import type { Printer } from './fast-print.ts';
import type { Internals, SequenceParameters } from './internals.ts';
import { setStyle } from './usual-styles.ts';

const backspace = 0x08;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const escape = 0x1b;
const styles = 0x6d;
/** Parameters of one sequence; the library takes 32. */
const mostParameters = 16;
/** Digits of one parameter: none in use has more. */
const mostDigits = 4;
const notUsual = -1;

/** Reads the usual output of one terminal. */
export class UsualOutput {
	readonly #handler: Internals['_inputHandler'];
	readonly #printAscii: Printer['printAscii'];
	readonly #lineFeed: () => void;
	readonly #style = new StyleParameters();
	/** Code points of a run. */
	#run = new Uint32Array(4096);

	constructor(
		internals: Internals,
		printAscii: Printer['printAscii'],
		lineFeed: () => void,
	) {
		this.#handler = internals._inputHandler;
		this.#printAscii = printAscii;
		this.#lineFeed = lineFeed;
	}

	/**
	 * Does what the bytes say up to the first that is not usual, or is the beginning of what goes on
	 * behind them; answers where that is. The parser must be between two sequences.
	 */
	read(bytes: Uint8Array): number {
		const handler = this.#handler;
		const parser = handler._parser;
		if (this.#run.length < bytes.length) this.#run = new Uint32Array(bytes.length);
		for (let at = 0; at < bytes.length; ) {
			const byte = bytes[at] ?? 0;
			if (byte > 0x1f) {
				const end = this.#print(bytes, at);
				if (end === at) return at;
				at = end;
				continue;
			}
			if (byte === escape) {
				const end = this.#restyle(bytes, at);
				if (end === notUsual) return at;
				at = end;
			} else {
				if (byte === lineFeed) this.#lineFeed();
				else if (byte === carriageReturn) handler.carriageReturn();
				else if (byte === backspace) handler.backspace();
				else return at;
				at += 1;
			}
			parser.precedingJoinState = 0;
		}
		return bytes.length;
	}

	/** Prints characters from here on; answers where those end. */
	#print(bytes: Uint8Array, start: number): number {
		const end = this.#printAscii(bytes, start);
		if (end > start) return end;
		const run = this.#run;
		const { length } = bytes;
		let at = start;
		let count = 0;
		while (at < length) {
			const byte = bytes[at] ?? 0;
			if (byte < 0x7f) {
				if (byte < 0x20) break;
				run[count] = byte;
				at += 1;
			} else {
				const size = sizeOf(byte);
				const code =
					size === 0 || at + size > length ? notUsual : codeAt(bytes, at, size);
				if (code === notUsual) break;
				run[count] = code;
				at += size;
			}
			count += 1;
		}
		if (count > 0) this.#handler.print(run, 0, count);
		return at;
	}

	/** Sets the style that a sequence from here on names; answers where it ends. */
	#restyle(bytes: Uint8Array, start: number): number {
		if (bytes[start + 1] !== 0x5b) return notUsual;
		const style = this.#style;
		style.params[0] = 0;
		style.length = 1;
		let digits = 0;
		for (let at = start + 2; at < bytes.length; at += 1) {
			const byte = bytes[at] ?? 0;
			const last = style.length - 1;
			if (byte >= 0x30 && byte <= 0x39) {
				digits += 1;
				if (digits > mostDigits) return notUsual;
				style.params[last] = (style.params[last] ?? 0) * 10 + byte - 0x30;
			} else if (byte === 0x3b) {
				if (style.length === mostParameters) return notUsual;
				style.params[style.length] = 0;
				style.length += 1;
				digits = 0;
			} else {
				if (byte !== styles) return notUsual;
				if (!setStyle(this.#handler._curAttrData, style.params, style.length))
					this.#handler.charAttributes(style);
				return at + 1;
			}
		}
		return notUsual;
	}
}

/** Parameters without parts in colons. */
class StyleParameters implements SequenceParameters {
	readonly params = new Int32Array(mostParameters);
	readonly _subParamsLength = 0;
	length = 0;

	hasSubParams(): boolean {
		return false;
	}

	getSubParams(): null {
		return null;
	}
}

/** Bytes of the character that begins so; 0 where none does. */
function sizeOf(lead: number): number {
	if (lead < 0xc2 || lead > 0xf4) return 0;
	if (lead < 0xe0) return 2;
	return lead < 0xf0 ? 3 : 4;
}

/** The code point at this place; `notUsual` where the bytes are none or it is no printable one. */
function codeAt(bytes: Uint8Array, at: number, size: number): number {
	const lead = bytes[at] ?? 0;
	const second = bytes[at + 1] ?? 0;
	if ((second & 0xc0) !== 0x80) return notUsual;
	if (size === 2) {
		const code = ((lead & 0x1f) << 6) | (second & 0x3f);
		// Below are control characters.
		return code < 0xa0 ? notUsual : code;
	}
	const third = bytes[at + 2] ?? 0;
	if ((third & 0xc0) !== 0x80) return notUsual;
	if (size === 3) {
		const code = ((lead & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
		const isCharacter = code >= 0x800 && (code < 0xd800 || code > 0xdfff);
		// The library drops a byte order mark.
		return isCharacter && code !== 0xfeff ? code : notUsual;
	}
	const fourth = bytes[at + 3] ?? 0;
	if ((fourth & 0xc0) !== 0x80) return notUsual;
	const high = ((lead & 0x07) << 18) | ((second & 0x3f) << 12);
	const code = high | ((third & 0x3f) << 6) | (fourth & 0x3f);
	return code < 0x10000 || code > 0x10ffff ? notUsual : code;
}
