// A key as a terminal told it: which one, with which modifiers, pressed or let go. Encodings: xterm's
// (ctlseqs), modifyOtherKeys, and CSI u of kitty's keyboard protocol.
import type { InputToken } from '../input/input-tokens.ts';

export interface KeyPress {
	/** `enter`, `up`, `f5` …; null for a key that types a character. */
	readonly name: string | null;
	/** The character without Shift, as a code point; 0 for a key with a name. */
	readonly code: number;
	/** The character with Shift, and the one at this place of a US keyboard; 0 where not told. */
	readonly shifted: number;
	readonly base: number;
	/** Bits of `Modifier`. */
	readonly modifiers: number;
	readonly event: KeyEvent;
	/** What it types, where the terminal says so. */
	readonly text: string;
}

/** Bits as kitty's protocol has them; xterm's are the first four. */
export const Modifier = { shift: 1, alt: 2, ctrl: 4, super: 8 } as const;

export type KeyEvent = 'press' | 'repeat' | 'release';

type SequenceToken = Extract<InputToken, { kind: 'sequence' }>;

/** The key of a token; undefined where the token is none. */
export function pressOf(token: InputToken): KeyPress | undefined {
	if (token.kind === 'control') return controlPress(token.code);
	if (token.kind === 'sequence') return sequencePress(token);
	if (token.kind === 'alt') {
		const inner = pressOf(token.inner);
		return inner && { ...inner, modifiers: inner.modifiers | Modifier.alt };
	}
	if (token.kind !== 'text') return undefined;
	const [text = '', ...more] = Buffer.from(token.bytes).toString();
	return more.length === 0 && text !== '' ? typed(text) : undefined;
}

/** A key with a name, pressed by weir itself. */
export function pressed(name: string): KeyPress {
	return named(name, 0);
}

/** The character that a key types with Shift. */
export function shiftedCode({ code, shifted }: KeyPress): number {
	if (shifted !== 0) return shifted;
	const upper = String.fromCodePoint(code).toUpperCase();
	return Array.from(upper).length === 1 ? (upper.codePointAt(0) ?? code) : code;
}

/** The final of `CSI 1 ; modifiers X`, by key. */
export const letterOfKey: Readonly<Record<string, string>> = {
	up: 'A',
	down: 'B',
	right: 'C',
	left: 'D',
	begin: 'E',
	end: 'F',
	home: 'H',
	f1: 'P',
	f2: 'Q',
	f3: 'R',
	f4: 'S',
};
/** The number of `CSI number ; modifiers ~`, by key. */
export const numberOfKey: Readonly<Record<string, number>> = {
	insert: 2,
	delete: 3,
	pageup: 5,
	pagedown: 6,
	f5: 15,
	f6: 17,
	f7: 18,
	f8: 19,
	f9: 20,
	f10: 21,
	f11: 23,
	f12: 24,
	f13: 25,
	f14: 26,
	f15: 28,
	f16: 29,
	f17: 31,
	f18: 32,
	f19: 33,
	f20: 34,
};
/** The code of `CSI code u`, by key. */
export const codeOfKey: Readonly<Record<string, number>> = {
	tab: 9,
	enter: 13,
	escape: 27,
	backspace: 127,
};
export const firstFunctionCode = 57_376;

const keyOfLetter = inverted(letterOfKey);
const keyOfCode = inverted(codeOfKey);
const keyOfNumber: Readonly<Record<string, string>> = {
	...inverted(numberOfKey),
	...{ 1: 'home', 4: 'end', 7: 'home', 8: 'end' },
	...{ 11: 'f1', 12: 'f2', 13: 'f3', 14: 'f4' },
};
// The keypad in application mode, and its keys in kitty's protocol.
const keypadLetters: Readonly<Record<string, string>> = {
	M: 'enter',
	j: '*',
	k: '+',
	l: ',',
	m: '-',
	n: '.',
	o: '/',
	X: '=',
};
const keypadCodes: readonly string[] = [
	...Array.from('0123456789./*-+'),
	'enter',
	'=',
	',',
	'left',
	'right',
	'up',
	'down',
	'pageup',
	'pagedown',
	'home',
	'end',
	'insert',
	'delete',
	'begin',
];
const firstKeypadCode = 57_399;
const functionCodes = 23;

function controlPress(code: number): KeyPress {
	const name = keyOfCode[code];
	if (name) return named(name, 0);
	if (code === 0) return character(0x20, Modifier.ctrl);
	return character(code + (code < 27 ? 0x60 : 0x40), Modifier.ctrl);
}

function sequencePress(token: SequenceToken): KeyPress | undefined {
	const { introducer, parameters, final } = token;
	if (introducer === 'O') return keypadPress(token);
	if (parameters.startsWith('[')) return named(`f${final.charCodeAt(0) - 0x40}`, 0);
	if (!/^[\d;:]*$/.test(parameters)) return undefined;
	const fields = parameters.split(';').map((field) => field.split(':').map(Number));
	const [code = 1, shifted = 0, base = 0] = fields[0] ?? [];
	const [mask = 1, event = 1] = fields[1] ?? [];
	const modifiers = Math.max(0, (mask || 1) - 1);
	const how = { event: events[event] ?? 'press' };
	if (final === 'u') {
		const text = String.fromCodePoint(...(fields[2] ?? []).filter(isTyped));
		const press = codePress(code, modifiers);
		return (
			press && { ...press, ...(press.code > 0 ? { shifted, base } : {}), text, ...how }
		);
	}
	if (final === 'Z') return named('tab', modifiers | Modifier.shift);
	if (final === '~' && code === 27) return codePress(fields[2]?.[0] ?? 0, modifiers);
	const name = final === '~' ? keyOfNumber[code] : keyOfLetter[final];
	// CSI row ; column R is the place of the cursor, F3 has 1 in front.
	if (!name || (final !== '~' && code > 1)) return undefined;
	return { ...named(name, modifiers), ...how };
}

const events: Readonly<Record<number, KeyEvent>> = {
	1: 'press',
	2: 'repeat',
	3: 'release',
};

function keypadPress({ parameters, final }: SequenceToken): KeyPress | undefined {
	const modifiers = Math.max(0, Number(parameters || 1) - 1) || 0;
	const name = keyOfLetter[final] ?? keypadLetters[final];
	if (name) return keypad(name, modifiers);
	return final >= 'p' && final <= 'y'
		? keypad(String(final.charCodeAt(0) - 0x70), modifiers)
		: undefined;
}

function codePress(code: number, modifiers: number): KeyPress | undefined {
	const name = keyOfCode[code];
	if (name) return named(name, modifiers);
	const onKeypad = keypadCodes[code - firstKeypadCode];
	if (onKeypad) return keypad(onKeypad, modifiers);
	if (code >= firstFunctionCode && code < firstFunctionCode + functionCodes)
		return named(`f${code - firstFunctionCode + 13}`, modifiers);
	// The private use area holds keys that type nothing, such as Shift itself.
	if (!isTyped(code) || (code >= 0xe000 && code < 0xf900)) return undefined;
	const text = String.fromCodePoint(code);
	// modifyOtherKeys gives the character as it is with Shift.
	return modifiers & Modifier.shift && text !== text.toLowerCase()
		? { ...typed(text), modifiers }
		: character(code, modifiers);
}

function isTyped(code: number): boolean {
	return code >= 0x20 && code <= 0x10ffff;
}

function keypad(key: string, modifiers: number): KeyPress {
	return key.length === 1
		? character(key.charCodeAt(0), modifiers)
		: named(key, modifiers);
}

/** A character of text; that of a letter in upper case is told by Shift. */
function typed(text: string): KeyPress {
	const code = text.codePointAt(0) ?? 0;
	const lower = text.toLowerCase();
	if (lower === text || Array.from(lower).length !== 1) return character(code, 0);
	return { ...character(lower.codePointAt(0) ?? code, Modifier.shift), shifted: code };
}

function character(code: number, modifiers: number): KeyPress {
	return { ...named('', modifiers), name: null, code };
}

function named(name: string, modifiers: number): KeyPress {
	const unknown = { code: 0, shifted: 0, base: 0, text: '' };
	return { name, modifiers, event: 'press', ...unknown };
}

function inverted(
	table: Readonly<Record<string, string | number>>,
): Readonly<Record<string, string>> {
	const entries = Object.entries(table).map(([key, value]) => [String(value), key]);
	return Object.fromEntries(entries);
}
