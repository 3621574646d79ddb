// Names of keys: `a`, `A`, `?`, `space`, `enter`, `escape`, `up`, `f1`, with `ctrl+`, `alt+`, `shift+`
// and `super+` before them in this order. A printable key never carries `shift+`: its character says
// it.

import { type KeyPress, Modifier, pressOf, shiftedCode } from '../keys/key-press.ts';
import type { InputToken } from './input-tokens.ts';

export interface Key {
	readonly name: string;
	/** The character that the key types; empty for others. */
	readonly text: string;
}

/** The key of a token; undefined where the token is no key, or only a key's release. */
export function keyOf(token: InputToken): Key | undefined {
	const press = pressOf(token);
	if (!press || press.event === 'release') return undefined;
	const { name, modifiers } = press;
	if (name !== null) return { name: modified(name, modifiers), text: '' };
	return press.code === 0x20 ? space(modifiers) : character(press);
}

function space(modifiers: number): Key {
	return { name: modified('space', modifiers), text: modifiers === 0 ? ' ' : '' };
}

function character(press: KeyPress): Key {
	const { modifiers, code } = press;
	const typed = modifiers & Modifier.shift ? shiftedCode(press) : code;
	const rest = typed === code ? modifiers : modifiers & ~Modifier.shift;
	const text = String.fromCodePoint(typed);
	// Ctrl does not tell upper from lower case in the old encoding: shift is said apart.
	const isUpper = (rest & Modifier.ctrl) !== 0 && text.toLowerCase() !== text;
	const name = isUpper ? text.toLowerCase() : text;
	return {
		name: modified(name, isUpper ? rest | Modifier.shift : rest),
		text: rest & ~Modifier.shift ? '' : text,
	};
}

function modified(name: string, modifiers: number): string {
	let prefix = '';
	if (modifiers & Modifier.ctrl) prefix += 'ctrl+';
	if (modifiers & Modifier.alt) prefix += 'alt+';
	if (modifiers & Modifier.shift) prefix += 'shift+';
	if (modifiers & Modifier.super) prefix += 'super+';
	return prefix + name;
}
