// The bytes of a terminal's input cut into tokens: text, control characters, escape sequences, pastes.
// A token keeps its bytes, so that it can be passed on unchanged. Grammar: ECMA-48 section 5.4, and
// xterm's for what follows CSI M and for bracketed paste.

export type InputToken =
	/** Printable characters, whole ones only. */
	| { readonly kind: 'text'; readonly bytes: Uint8Array }
	| { readonly kind: 'control'; readonly bytes: Uint8Array; readonly code: number }
	/** ESC and then one character or control: a key with Alt, or with Meta. */
	| { readonly kind: 'alt'; readonly bytes: Uint8Array; readonly inner: InputToken }
	/** CSI or SS3. `parameters` are the characters 0x20 to 0x3f before the final one. */
	| {
			readonly kind: 'sequence';
			readonly bytes: Uint8Array;
			readonly introducer: '[' | 'O';
			readonly parameters: string;
			readonly final: string;
	  }
	/** OSC, DCS, APC, PM or SOS: an answer of the terminal. */
	| {
			readonly kind: 'string';
			readonly bytes: Uint8Array;
			readonly introducer: string;
			readonly text: string;
	  }
	/** A piece of a paste, without the marks around it. */
	| {
			readonly kind: 'paste';
			readonly bytes: Uint8Array;
			readonly first: boolean;
			readonly last: boolean;
	  }
	/** A sequence that never ended or is malformed. */
	| { readonly kind: 'broken'; readonly bytes: Uint8Array };

const escape = 0x1b;
const pasteStart = Buffer.from('\x1b[200~');
const pasteEnd = Buffer.from('\x1b[201~');
const longestSequence = 128;
const longestString = 8192;

export class InputTokens {
	#held: Uint8Array = new Uint8Array(0);
	#pasting = false;
	#pasteBegun = false;

	/**
	 * What waits for more bytes: nothing; a key that may be complete as it is (ESC, ESC [, ESC O);
	 * the rest of a sequence; or the end of a paste.
	 */
	get waiting(): 'nothing' | 'key' | 'rest' | 'paste' {
		if (this.#pasting) return 'paste';
		const [first, second] = this.#held;
		if (first === undefined) return 'nothing';
		if (first !== escape || this.#held.length > 3) return 'rest';
		if (this.#held.length === 3) return second === escape ? 'key' : 'rest';
		return 'key';
	}

	/** The tokens that are complete with these bytes. */
	feed(chunk: Uint8Array): InputToken[] {
		const bytes = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk;
		return this.#cut(bytes, false);
	}

	/** Time is up: what was held becomes tokens as it is. A paste ends. */
	flush(): InputToken[] {
		const tokens = this.#cut(this.#held, true);
		if (!this.#pasting) return tokens;
		tokens.push(this.#piece(this.#held, true));
		this.#held = new Uint8Array(0);
		return tokens;
	}

	#cut(bytes: Uint8Array, final: boolean): InputToken[] {
		const tokens: InputToken[] = [];
		let at = 0;
		while (at < bytes.length) {
			const rest = bytes.subarray(at);
			const size = this.#pasting ? this.#paste(rest, tokens) : one(rest, final, tokens);
			if (size === 0) break;
			at += size;
			const last = tokens.at(-1);
			if (last?.kind !== 'sequence' || !equal(last.bytes, pasteStart)) continue;
			tokens.pop();
			this.#pasting = true;
			this.#pasteBegun = false;
		}
		this.#held = bytes.slice(at);
		return tokens;
	}

	#paste(bytes: Uint8Array, tokens: InputToken[]): number {
		const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(
			pasteEnd,
		);
		if (end >= 0) {
			tokens.push(this.#piece(bytes.subarray(0, end), true));
			return end + pasteEnd.length;
		}
		const safe = bytes.length - startOfEnd(bytes);
		if (safe > 0) tokens.push(this.#piece(bytes.subarray(0, safe), false));
		return safe;
	}

	#piece(bytes: Uint8Array, last: boolean): InputToken {
		const first = !this.#pasteBegun;
		this.#pasteBegun = true;
		if (last) this.#pasting = false;
		return { kind: 'paste', bytes: bytes.slice(), first, last };
	}
}

// Adds the token at the start of `bytes`; its size, or 0 where it is not complete.
function one(bytes: Uint8Array, final: boolean, tokens: InputToken[]): number {
	const first = bytes[0] ?? 0;
	if (first === escape) return escaped(bytes, final, tokens);
	if (first < 0x20 || first === 0x7f) {
		tokens.push({ kind: 'control', bytes: bytes.slice(0, 1), code: first });
		return 1;
	}
	const size = textSize(bytes, final);
	if (size > 0) tokens.push({ kind: 'text', bytes: bytes.slice(0, size) });
	return size;
}

function escaped(bytes: Uint8Array, final: boolean, tokens: InputToken[]): number {
	const second = bytes[1];
	if (second === undefined) return final ? lone(tokens) : 0;
	const introducer = String.fromCharCode(second);
	if (introducer === '[' || introducer === 'O')
		return sequence(bytes, introducer, final, tokens);
	if (']P_^X'.includes(introducer)) return string(bytes, introducer, final, tokens);
	if (second === escape) return twice(bytes, final, tokens);
	const size = 1 + (second < 0xc0 ? 1 : utf8Size(second));
	if (bytes.length < size && !final) return 0;
	return alt(bytes, Math.min(size, bytes.length), tokens);
}

// ESC ESC is either Escape pressed twice or Alt with a key that begins with ESC.
function twice(bytes: Uint8Array, final: boolean, tokens: InputToken[]): number {
	const third = bytes[2];
	if (third === undefined && !final) return 0;
	if (third !== 0x5b && third !== 0x4f) return lone(tokens);
	const inner: InputToken[] = [];
	const size = escaped(bytes.subarray(1), final, inner);
	const [token] = inner;
	if (!token) return 0;
	if (token.kind !== 'sequence') return lone(tokens);
	tokens.push({ kind: 'alt', bytes: bytes.slice(0, size + 1), inner: token });
	return size + 1;
}

function lone(tokens: InputToken[]): number {
	tokens.push({ kind: 'control', bytes: Uint8Array.of(escape), code: escape });
	return 1;
}

function alt(bytes: Uint8Array, size: number, tokens: InputToken[]): number {
	const inner: InputToken[] = [];
	one(bytes.slice(1, size), true, inner);
	const [token] = inner;
	if (token) tokens.push({ kind: 'alt', bytes: bytes.slice(0, size), inner: token });
	return size;
}

function sequence(
	bytes: Uint8Array,
	introducer: '[' | 'O',
	final: boolean,
	tokens: InputToken[],
): number {
	let at = 2;
	// The Linux console sends ESC [ [ A for F1.
	if (introducer === '[' && bytes[2] === 0x5b) at = 3;
	while (at < bytes.length && isParameter(bytes[at] ?? 0)) at += 1;
	const last = bytes[at];
	if (last === undefined && at < longestSequence) {
		if (!final) return 0;
		return bytes.length === 2 ? alt(bytes, 2, tokens) : broken(bytes, at, tokens);
	}
	// Not a final character: what was read is lost, what follows begins anew.
	if (last === undefined || last < 0x40 || last > 0x7e)
		return at === 2 ? alt(bytes, 2, tokens) : broken(bytes, at, tokens);
	const text = Buffer.from(bytes.subarray(2, at)).toString('latin1');
	let size = at + 1;
	// The mouse of old terminals: three bytes follow.
	if (introducer === '[' && last === 0x4d && text === '') {
		if (bytes.length < size + 3) return final ? broken(bytes, bytes.length, tokens) : 0;
		size += 3;
	}
	tokens.push({
		kind: 'sequence',
		bytes: bytes.slice(0, size),
		introducer,
		parameters: text,
		final: String.fromCharCode(last),
	});
	return size;
}

// Ended by BEL or ESC \. Any other control character ends it as broken: it was no answer.
function string(
	bytes: Uint8Array,
	introducer: string,
	final: boolean,
	tokens: InputToken[],
): number {
	for (let at = 2; at < Math.min(bytes.length, longestString); at += 1) {
		const code = bytes[at] ?? 0;
		const isEnd = code === 7 || (code === escape && bytes[at + 1] === 0x5c);
		if (code === escape && bytes[at + 1] === undefined && !final) return 0;
		if (isEnd) {
			const size = code === 7 ? at + 1 : at + 2;
			const text = Buffer.from(bytes.subarray(2, at)).toString();
			tokens.push({ kind: 'string', bytes: bytes.slice(0, size), introducer, text });
			return size;
		}
		if (code < 0x20) return at === 2 ? alt(bytes, 2, tokens) : broken(bytes, at, tokens);
	}
	if (bytes.length < longestString && !final) return 0;
	return bytes.length === 2 ? alt(bytes, 2, tokens) : broken(bytes, bytes.length, tokens);
}

function broken(bytes: Uint8Array, size: number, tokens: InputToken[]): number {
	tokens.push({ kind: 'broken', bytes: bytes.slice(0, size) });
	return size;
}

function isParameter(code: number): boolean {
	return code >= 0x20 && code <= 0x3f;
}

// Bytes of the printable text at the start, cut before a character that is not complete.
function textSize(bytes: Uint8Array, final: boolean): number {
	let end = 0;
	while (end < bytes.length && (bytes[end] ?? 0) >= 0x20 && bytes[end] !== 0x7f) end += 1;
	if (end < bytes.length || final) return end;
	for (let back = 1; back <= Math.min(3, end); back += 1) {
		const code = bytes[end - back] ?? 0;
		if (code < 0x80) return end;
		if (code >= 0xc0) return utf8Size(code) > back ? end - back : end;
	}
	return end;
}

function utf8Size(lead: number): number {
	if (lead >= 0xf0) return 4;
	return lead >= 0xe0 ? 3 : 2;
}

// How many bytes at the end may be the start of the mark that ends a paste.
function startOfEnd(bytes: Uint8Array): number {
	for (let size = Math.min(pasteEnd.length - 1, bytes.length); size > 0; size -= 1)
		if (equal(bytes.subarray(bytes.length - size), pasteEnd.subarray(0, size)))
			return size;
	return 0;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
	return Buffer.compare(a, b) === 0;
}
