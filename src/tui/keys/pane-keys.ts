// What a program in a pane gets for what is typed: the bytes as they came where the user's terminal
// says keys as the program wants them, else the same key in the program's form.
import { PaneMode } from '../../protocol/rows.ts';
import { splitText } from '../input/input.ts';
import type { InputToken } from '../input/input-tokens.ts';
import { encodeKey } from './key-encoding.ts';
import { pressOf } from './key-press.ts';

/** How a program wants its keys, and how the terminal says them. */
export interface KeyForms {
	/** `RowsPush.modes` of its last push. */
	readonly modes: number;
	/** Flags of kitty's keyboard protocol that the program has pushed. */
	readonly kittyFlags: number;
	/** Those that are set in the user's terminal. */
	readonly outerFlags: number;
}

const reportsEvents = 2;
const reportsText = 8;
const cursorKeys = 'ABCDFH';

export class PaneKeys {
	/** Keys that this pane saw go down: of no other it hears that they were let go. */
	readonly #down = new Set<string>();

	/** The keys that are held belong to what was there before. */
	reset(): void {
		this.#down.clear();
	}

	/** Empty where the program is to hear nothing. */
	bytes(token: InputToken, forms: KeyForms): Uint8Array {
		const { kittyFlags, outerFlags } = forms;
		const coded = kittyFlags !== outerFlags && (kittyFlags & reportsText) !== 0;
		if (token.kind !== 'text' || !(coded || outerFlags & reportsEvents))
			return this.#one(token, forms);
		const parts: Uint8Array[] = [];
		for (let rest: InputToken | undefined = token; rest; ) {
			const [first, more]: readonly [InputToken, InputToken?] = splitText(rest);
			parts.push(this.#one(first, forms));
			rest = more;
		}
		return Buffer.concat(parts);
	}

	#one(token: InputToken, forms: KeyForms): Uint8Array {
		const { kittyFlags, outerFlags, modes } = forms;
		const old = kittyFlags === 0 && !(modes & otherKeys);
		if (old && outerFlags === 0 && !isCoded(token)) return plain(token, modes);
		// Alt with a key, or Escape and then the key: the program tells them apart as it would outside.
		if (token.kind === 'alt') return token.bytes;
		const press = pressOf(token);
		const key = press && (press.name ?? String(press.code));
		if (key && press.event !== 'release') this.#down.add(key);
		else if (key && !this.#down.delete(key)) return nothing;
		// Alike: a terminal says more than we know of. What is no code was pressed before it was so.
		const isCode = token.kind === 'sequence' || token.kind === 'text';
		if (kittyFlags !== 0 && kittyFlags === outerFlags && isCode) return token.bytes;
		if (!press) return isCoded(token) ? nothing : token.bytes;
		const isText = token.kind === 'text' && !(kittyFlags & reportsText);
		const bytes = isText ? null : encodeKey(press, modes, kittyFlags);
		return bytes === null ? token.bytes : Buffer.from(bytes);
	}
}

const nothing = new Uint8Array();
const otherKeys = PaneMode.someOtherKeys | PaneMode.allOtherKeys;

// Cursor keys have two forms (DECCKM). The terminal sends the normal one, the program may want the
// other.
function plain(token: InputToken, modes: number): Uint8Array {
	const isCursorKey =
		token.kind === 'sequence' &&
		token.introducer === '[' &&
		token.parameters === '' &&
		cursorKeys.includes(token.final);
	if (isCursorKey && modes & PaneMode.applicationCursor)
		return Buffer.from(`\x1bO${token.final}`);
	if (modes & PaneMode.applicationKeypad || !isKeypad(token)) return token.bytes;
	const press = pressOf(token);
	return Buffer.from((press && encodeKey(press, modes, 0)) ?? token.bytes);
}

// What the keypad says in its application mode (DECKPAM), from Enter to the digits.
function isKeypad(token: InputToken): boolean {
	return (
		token.kind === 'sequence' && token.introducer === 'O' && /[MXj-y]/.test(token.final)
	);
}

/**
 * CSI u, and the form of modifyOtherKeys: CSI 27 ; modifiers ; code ~. A terminal may say keys as codes
 * although weir asked it not to.
 */
function isCoded(token: InputToken): boolean {
	if (token.kind !== 'sequence' || token.introducer !== '[') return false;
	if (!/^[\d;:]+$/.test(token.parameters)) return false;
	return (
		token.final === 'u' || (token.final === '~' && token.parameters.startsWith('27;'))
	);
}
