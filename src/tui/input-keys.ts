// Names of keys: `a`, `A`, `?`, `space`, `enter`, `escape`, `up`, `f1`, with `ctrl+`, `alt+`, `shift+`
// and `super+` before them in this order. A printable key never carries `shift+`: its character says
// it. Encodings: xterm's (ctlseqs), modifyOtherKeys, and CSI u of kitty's keyboard protocol.
import type { InputToken } from './input-tokens.ts';

export interface Key {
	readonly name: string;
	/** The character that the key types; empty for others. */
	readonly text: string;
}

type SequenceToken = Extract<InputToken, { kind: 'sequence' }>;

/** The key of a token; undefined where the token is no key, or only a key's release. */
export function keyOf(token: InputToken): Key | undefined {
	if (token.kind === 'control') return named(controlName(token.code), 0);
	if (token.kind === 'sequence') return sequenceKey(token);
	if (token.kind === 'alt') {
		const inner = keyOf(token.inner);
		return inner && { name: withAlt(inner.name), text: '' };
	}
	if (token.kind !== 'text') return undefined;
	const text = Buffer.from(token.bytes).toString();
	return Array.from(text).length === 1 ? character(text, 0) : undefined;
}

const shift = 1;
const alt = 2;
const control = 4;
const superKey = 8;

const letterKeys: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	E: 'begin',
	F: 'end',
	H: 'home',
	P: 'f1',
	Q: 'f2',
	R: 'f3',
	S: 'f4',
};
const numberKeys: Readonly<Record<number, string>> = {
	1: 'home',
	2: 'insert',
	3: 'delete',
	4: 'end',
	5: 'pageup',
	6: 'pagedown',
	7: 'home',
	8: 'end',
	11: 'f1',
	12: 'f2',
	13: 'f3',
	14: 'f4',
	15: 'f5',
	17: 'f6',
	18: 'f7',
	19: 'f8',
	20: 'f9',
	21: 'f10',
	23: 'f11',
	24: 'f12',
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
const firstFunctionCode = 57_376;
const specialCodes: Readonly<Record<number, string>> = {
	9: 'tab',
	13: 'enter',
	27: 'escape',
	32: 'space',
	127: 'backspace',
};

function controlName(code: number): string {
	if (code === 0) return 'ctrl+space';
	const special = specialCodes[code];
	if (special) return special;
	return `ctrl+${String.fromCharCode(code + 0x40).toLowerCase()}`;
}

function sequenceKey(token: SequenceToken): Key | undefined {
	const { introducer, parameters, final } = token;
	if (introducer === 'O') return keypadKey(token);
	if (parameters.startsWith('[')) return named(`f${final.charCodeAt(0) - 0x40}`, 0);
	if (!/^[\d;:]*$/.test(parameters)) return undefined;
	const fields = parameters.split(';').map((field) => field.split(':').map(Number));
	const [code = 1] = fields[0] ?? [];
	const [modifiers = 1, event = 1] = fields[1] ?? [];
	if (event === 3) return undefined;
	const bits = Math.max(0, (modifiers || 1) - 1);
	if (final === 'u') return codeKey(code, fields[0]?.[1], bits);
	if (final === 'Z') return named('tab', bits | shift);
	if (final === '~' && code === 27) return codeKey(fields[2]?.[0] ?? 0, undefined, bits);
	const name = final === '~' ? numberKeys[code] : letterKeys[final];
	// CSI row ; column R is the place of the cursor, F3 has 1 in front.
	if (!name || (final !== '~' && code > 1)) return undefined;
	return named(name, bits);
}

function keypadKey({ parameters, final }: SequenceToken): Key | undefined {
	const bits = Math.max(0, Number(parameters || 1) - 1) || 0;
	const name = letterKeys[final] ?? keypadLetters[final];
	if (name) return name.length === 1 ? character(name, bits) : named(name, bits);
	return final >= 'p' && final <= 'y'
		? character(String(final.charCodeAt(0) - 0x70), bits)
		: undefined;
}

function codeKey(
	code: number,
	shifted: number | undefined,
	bits: number,
): Key | undefined {
	const special = specialCodes[code] ?? keypadCodes[code - firstKeypadCode];
	if (special)
		return special.length === 1 ? character(special, bits) : named(special, bits);
	if (code >= firstFunctionCode && code < firstFunctionCode + 23)
		return named(`f${code - firstFunctionCode + 13}`, bits);
	// The private use area holds keys that type nothing, such as Shift itself.
	if (code < 0x20 || (code >= 0xe000 && code < 0xf900) || code > 0x10ffff)
		return undefined;
	if (!(bits & shift)) return character(String.fromCodePoint(code), bits);
	const typed = shifted ?? upperCase(code);
	return character(String.fromCodePoint(typed), typed === code ? bits : bits & ~shift);
}

function upperCase(code: number): number {
	const upper = String.fromCodePoint(code).toUpperCase();
	return Array.from(upper).length === 1 ? (upper.codePointAt(0) ?? code) : code;
}

function character(text: string, bits: number): Key {
	// Ctrl does not tell upper from lower case in the old encoding: shift is said apart.
	const isUpper = (bits & control) !== 0 && text.toLowerCase() !== text;
	const name = isUpper ? text.toLowerCase() : text === ' ' ? 'space' : text;
	const all = isUpper ? bits | shift : bits;
	return { name: modified(name, all), text: bits & ~shift ? '' : text };
}

function named(name: string, bits: number): Key {
	return { name: modified(name, bits), text: name === 'space' && bits === 0 ? ' ' : '' };
}

function modified(name: string, bits: number): string {
	let prefix = '';
	if (bits & control) prefix += 'ctrl+';
	if (bits & alt) prefix += 'alt+';
	if (bits & shift) prefix += 'shift+';
	if (bits & superKey) prefix += 'super+';
	return prefix + name;
}

function withAlt(name: string): string {
	if (name.startsWith('ctrl+') && name.length > 5)
		return name.startsWith('ctrl+alt+') ? name : `ctrl+alt+${name.slice(5)}`;
	return name.startsWith('alt+') && name.length > 4 ? name : `alt+${name}`;
}
