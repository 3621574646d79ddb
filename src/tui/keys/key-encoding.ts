// A key as a program wants to read it: in the old form, by modifyOtherKeys, or by kitty's protocol. For
// keys that the user's terminal says in another form than the program asked for.
import { PaneMode } from '../../protocol/rows.ts';
import {
	codeOfKey,
	firstFunctionCode,
	type KeyPress,
	letterOfKey,
	Modifier,
	numberOfKey,
	shiftedCode,
} from './key-press.ts';

/** Flags of kitty's protocol. */
const Kitty = { disambiguate: 1, events: 2, alternates: 4, all: 8, text: 16 } as const;

/**
 * The bytes of a key for a program with these `PaneMode`s and flags of kitty's protocol; empty where
 * it is to hear nothing, null where its form has no such key.
 */
export function encodeKey(
	press: KeyPress,
	modes: number,
	kittyFlags: number,
): string | null {
	if (kittyFlags !== 0) return kittyKey(press, kittyFlags) ?? plainKey(press, 0);
	if (press.event === 'release') return '';
	if (modes & (PaneMode.someOtherKeys | PaneMode.allOtherKeys)) {
		const other = otherKey(press, (modes & PaneMode.allOtherKeys) !== 0);
		if (other !== null) return other;
	}
	return plainKey(press, modes);
}

/** Null where kitty's protocol leaves the key as it was. */
function kittyKey(press: KeyPress, flags: number): string | null {
	const { name, modifiers } = press;
	const all = (flags & Kitty.all) !== 0;
	const released = press.event === 'release';
	if (released && !(flags & Kitty.events)) return '';
	const letter = name === null ? undefined : letterOfKey[name];
	// `CSI R` is the place of the cursor.
	if (letter && name !== 'f3') {
		const how = modifiersOf(press, flags);
		return how === '' ? `\x1b[${letter}` : `\x1b[1${how}${letter}`;
	}
	const number = name === 'f3' ? 13 : numberOfKey[name ?? ''];
	if (number && number < 25) return `\x1b[${number}${modifiersOf(press, flags)}~`;
	if (!(flags & (Kitty.disambiguate | Kitty.all))) return released ? '' : null;
	if (!all) {
		const types = name === null && !(modifiers & ~Modifier.shift);
		const common = name !== 'escape' && modifiers === 0 && name !== null;
		if (types || (common && !isFunction(name))) return released ? '' : null;
	}
	return `\x1b[${kittyCode(press, flags)}${modifiersOf(press, flags)}${textOf(press, flags)}u`;
}

function kittyCode(press: KeyPress, flags: number): string {
	const { name, code, base } = press;
	if (name !== null) return String(codeOfKey[name] ?? functionCode(name));
	if (!(flags & Kitty.alternates)) return String(code);
	const shifted = press.modifiers & Modifier.shift ? shiftedCode(press) : code;
	const other = shifted === code ? '' : String(shifted);
	if (base !== 0) return `${code}:${other}:${base}`;
	return other === '' ? String(code) : `${code}:${other}`;
}

/** `;modifiers:event`, empty for a plain press; the place of modifiers is kept where text follows. */
function modifiersOf(press: KeyPress, flags: number): string {
	const { modifiers, event } = press;
	const number = { press: 1, repeat: 2, release: 3 }[event];
	if (number > 1 && flags & Kitty.events) return `;${modifiers + 1}:${number}`;
	return modifiers === 0 ? '' : `;${modifiers + 1}`;
}

function textOf(press: KeyPress, flags: number): string {
	const wanted = (flags & (Kitty.text | Kitty.all)) === (Kitty.text | Kitty.all);
	const types = press.name === null && !(press.modifiers & ~Modifier.shift);
	if (!wanted || !types || press.event === 'release') return '';
	const text = press.text === '' ? typedText(press) : press.text;
	const codes = Array.from(text, (one) => one.codePointAt(0));
	return `${press.modifiers === 0 && press.event === 'press' ? ';' : ''};${codes.join(':')}`;
}

/** `CSI 27 ; modifiers ; code ~`; null where the key keeps its old form. */
function otherKey(press: KeyPress, all: boolean): string | null {
	const { name, code } = press;
	const modifiers = press.modifiers & 15;
	const known = name === null ? code : codeOfKey[name];
	if (known === undefined || modifiers === 0) return null;
	if (modifiers === Modifier.shift && (name === null || name === 'tab')) return null;
	if (!all && isWellKnown(press)) return null;
	const shifted = name === null && modifiers & Modifier.shift;
	return `\x1b[27;${modifiers + 1};${shifted ? shiftedCode(press) : known}~`;
}

/** At level 1 what has an old form of its own keeps it. */
function isWellKnown({ name, code, modifiers }: KeyPress): boolean {
	if (name === 'backspace') return true;
	if (!(modifiers & ~Modifier.alt)) return true;
	if (name !== null) return false;
	if (!(modifiers & Modifier.ctrl)) return true;
	return !(modifiers & Modifier.shift) && controlOf(code) !== null;
}

/** As xterm says a key without any of it; null where it has no such form. */
function plainKey(press: KeyPress, modes: number): string | null {
	const { name, modifiers } = press;
	if (name === null) return plainCharacter(press);
	const letter = letterOfKey[name];
	if (letter) {
		if (modifiers > 0) return `\x1b[1;${modifiers + 1}${letter}`;
		const application = (modes & PaneMode.applicationCursor) !== 0;
		return isFunction(name) || application ? `\x1bO${letter}` : `\x1b[${letter}`;
	}
	const number = numberOfKey[name];
	if (number) return `\x1b[${number}${modifiers > 0 ? `;${modifiers + 1}` : ''}~`;
	const escaped = modifiers & Modifier.alt ? '\x1b' : '';
	const rest = modifiers & ~Modifier.alt;
	if (name === 'tab' && rest === Modifier.shift) return `${escaped}\x1b[Z`;
	if (name === 'backspace' && rest === Modifier.ctrl) return `${escaped}\b`;
	const code = codeOfKey[name];
	return rest === 0 && code !== undefined
		? `${escaped}${String.fromCharCode(code)}`
		: null;
}

function plainCharacter(press: KeyPress): string | null {
	const { code, modifiers } = press;
	if (modifiers & ~(Modifier.shift | Modifier.alt | Modifier.ctrl)) return null;
	const escaped = modifiers & Modifier.alt ? '\x1b' : '';
	if (!(modifiers & Modifier.ctrl)) return escaped + typedText(press);
	const control = controlOf(code);
	return control === null ? null : escaped + control;
}

function typedText(press: KeyPress): string {
	if (press.text !== '') return press.text;
	const code = press.modifiers & Modifier.shift ? shiftedCode(press) : press.code;
	return String.fromCodePoint(code);
}

/** The control character of a key with Ctrl, as xterm has it. */
function controlOf(code: number): string | null {
	if (code === 0x20) return '\0';
	if (code === 0x3f) return '\x7f';
	const isControl = (code >= 0x5b && code <= 0x5f) || (code >= 0x61 && code <= 0x7a);
	return isControl || code === 0x40 ? String.fromCharCode(code & 0x1f) : null;
}

function isFunction(name: string): boolean {
	return /^f\d/.test(name);
}

function functionCode(name: string): number {
	return firstFunctionCode + Number(name.slice(1)) - 13;
}
