// Bytes from the terminal as keys. Knows what an editor of a few lines needs and no more.
import { StringDecoder } from 'node:string_decoder';

export type Key =
	| { readonly kind: 'text'; readonly text: string }
	/** `lost`: so many characters of it were too many. */
	| { readonly kind: 'paste'; readonly text: string; readonly lost?: number }
	| {
			readonly kind:
				| 'enter'
				| 'newline'
				| 'up'
				| 'down'
				| 'word-left'
				| 'word-right'
				| 'kill-rest'
				| 'backspace'
				| 'delete'
				| 'left'
				| 'right'
				| 'home'
				| 'end'
				| 'kill-line'
				| 'kill-word'
				| 'interrupt'
				| 'end-of-input'
				| 'escape';
	  };

/** A paste larger than this is cut: no model reads it. */
const maxPaste = 4_000_000;

/**
 * Decodes a stream of bytes. A lone ESC may be the key or the begin of a sequence, which only time
 * tells: `pending` says that one is held back, `flush` gives it as the key.
 */
export class KeyDecoder {
	readonly #decoder = new StringDecoder('utf8');
	#rest = '';
	#paste: string | undefined;
	#lost = 0;

	get pending(): boolean {
		return this.#rest !== '';
	}

	push(bytes: Buffer): readonly Key[] {
		this.#rest += this.#decoder.write(bytes);
		const keys: Key[] = [];
		while (this.#rest !== '') {
			const taken = this.#paste === undefined ? this.#key(keys) : this.#pasted(keys);
			if (taken === 0) break;
			this.#rest = this.#rest.slice(taken);
		}
		return keys;
	}

	flush(): readonly Key[] {
		const held = this.#rest;
		this.#rest = '';
		return held.startsWith('\u001b') ? [{ kind: 'escape' }] : [];
	}

	/** Takes one key off the rest; 0 where more bytes are needed. */
	#key(keys: Key[]): number {
		const rest = this.#rest;
		if (rest.startsWith('\u001b')) return this.#sequence(keys);
		const control = controls[rest[0] ?? ''];
		if (control) {
			keys.push({ kind: control });
			return 1;
		}
		const printable = /^[^\u0000-\u001f\u007f]+/.exec(rest)?.[0];
		if (printable === undefined) return 1;
		keys.push({ kind: 'text', text: printable });
		return printable.length;
	}

	#sequence(keys: Key[]): number {
		const rest = this.#rest;
		if (rest === '\u001b') return 0;
		// ESC ESC: the first one was the key.
		if (rest[1] === '\u001b') {
			keys.push({ kind: 'escape' });
			return 1;
		}
		if (rest[1] !== '[' && rest[1] !== 'O') {
			const kind = altKeys[rest[1] ?? ''];
			if (kind) keys.push({ kind });
			return 2;
		}
		const sequence = /^\u001b(?:O.|\[[0-9;:<=>?]*[ -/]*[@-~])/.exec(rest)?.[0];
		if (sequence === undefined) return rest.length > 64 ? rest.length : 0;
		if (sequence === '\u001b[200~') this.#paste = '';
		const kind = sequences[sequence.slice(2)];
		if (kind) keys.push({ kind });
		return sequence.length;
	}

	#pasted(keys: Key[]): number {
		const end = this.#rest.indexOf('\u001b[201~');
		const closed = end >= 0;
		// The end mark may be cut by the edge of a chunk, so its length is held back.
		const taken = closed ? end : Math.max(0, this.#rest.length - 5);
		const pasted = (this.#paste ?? '') + this.#rest.slice(0, taken);
		this.#paste = pasted.slice(0, maxPaste);
		this.#lost += pasted.length - this.#paste.length;
		if (!closed) return taken;
		const lost = this.#lost;
		keys.push({ kind: 'paste', text: this.#paste, ...(lost > 0 ? { lost } : {}) });
		this.#paste = undefined;
		this.#lost = 0;
		return taken + 6;
	}
}

type PlainKind = Exclude<Key['kind'], 'text' | 'paste'>;

const controls: Readonly<Record<string, PlainKind>> = {
	'\r': 'enter',
	'\n': 'enter',
	'\u007f': 'backspace',
	'\b': 'backspace',
	'\u0001': 'home',
	'\u0002': 'left',
	'\u0003': 'interrupt',
	'\u0004': 'end-of-input',
	'\u0005': 'end',
	'\u0006': 'right',
	'\u000b': 'kill-rest',
	'\u000e': 'down',
	'\u0010': 'up',
	'\u0015': 'kill-line',
	'\u0017': 'kill-word',
};

/** With Alt. A line feed by it is how every terminal can say that the line goes on. */
const altKeys: Readonly<Record<string, PlainKind>> = {
	'\r': 'newline',
	'\n': 'newline',
	b: 'word-left',
	f: 'word-right',
	'\u007f': 'kill-word',
};

const sequences: Readonly<Record<string, PlainKind>> = {
	A: 'up',
	B: 'down',
	'1;3D': 'word-left',
	'1;3C': 'word-right',
	'1;5D': 'word-left',
	'1;5C': 'word-right',
	'13;2u': 'newline',
	'13;3u': 'newline',
	'27;2;13~': 'newline',
	C: 'right',
	D: 'left',
	H: 'home',
	F: 'end',
	'1~': 'home',
	'4~': 'end',
	'3~': 'delete',
	'27u': 'escape',
};
