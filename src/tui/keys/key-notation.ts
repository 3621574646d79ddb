// Keys as people write them in files, read into the names of the input parser: `Ctrl+K`, `C-k` and
// `ctrl+k` are one key, `shift+a` is `A`, and several one after another are parted by blanks.
import { nearestWord } from '../../lib/nearest-word.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';

/** The names of one key or of several in a row, parted by single blanks. */
export function readKeys(text: string): Outcome<string> {
	const names: string[] = [];
	for (const word of text.trim().split(/\s+/)) {
		const name = readKey(word);
		if (name === null) return noKey(word);
		names.push(name);
	}
	return ok(names.join(' '));
}

/** Whether the key types a character: it has no modifier but Shift. */
export function isTextKey(key: string): boolean {
	return key === 'space' || Array.from(key).length === 1;
}

const modifierNames: Readonly<Record<string, string>> = {
	ctrl: 'ctrl',
	control: 'ctrl',
	c: 'ctrl',
	alt: 'alt',
	meta: 'alt',
	option: 'alt',
	m: 'alt',
	shift: 'shift',
	s: 'shift',
	super: 'super',
	cmd: 'super',
};
const order = ['ctrl', 'alt', 'shift', 'super'];

const named = [
	...['enter', 'tab', 'escape', 'space', 'backspace', 'delete', 'insert', 'begin'],
	...['up', 'down', 'left', 'right', 'home', 'end', 'pageup', 'pagedown'],
	...Array.from({ length: 35 }, (_, at) => `f${at + 1}`),
];
const aliases: Readonly<Record<string, string>> = {
	return: 'enter',
	esc: 'escape',
	del: 'delete',
	ins: 'insert',
	pgup: 'pageup',
	pgdn: 'pagedown',
	'page-up': 'pageup',
	'page-down': 'pagedown',
	plus: '+',
	minus: '-',
};

function readKey(word: string): string | null {
	const modifiers = new Set<string>();
	let rest = word;
	for (;;) {
		const [all = '', name = ''] = /^([a-z]+)[+-](?=.)/i.exec(rest) ?? [];
		const modifier = modifierNames[name.toLowerCase()];
		if (modifier === undefined) break;
		modifiers.add(modifier);
		rest = rest.slice(all.length);
	}
	const key = keyOf(rest, modifiers);
	if (key === null) return null;
	const prefix = order.filter((name) => modifiers.has(name)).map((name) => `${name}+`);
	return prefix.join('') + key;
}

/** The key without its modifiers; those that a character says itself are taken from the set. */
function keyOf(text: string, modifiers: Set<string>): string | null {
	const name = aliases[text.toLowerCase()] ?? text;
	if (Array.from(name).length !== 1) {
		const known = name.toLowerCase();
		return named.includes(known) ? known : null;
	}
	// The byte of Ctrl+@ is that of Ctrl+Space.
	if (name === '@' && modifiers.has('ctrl')) return 'space';
	if (modifiers.has('ctrl')) return name.toLowerCase();
	if (!modifiers.has('shift')) return name;
	const upper = name.toUpperCase();
	if (upper === name && name.toLowerCase() === name) return null;
	modifiers.delete('shift');
	return upper;
}

function noKey(word: string): Outcome<never> {
	const shifted = /^shift[+-](.)$/iu.exec(word)?.[1];
	if (shifted !== undefined)
		return refuse(
			'key.unknown',
			`there is no key ${word}: name the character that Shift and ${shifted} type`,
		);
	const [, lead = '', rest = word] = /^((?:[a-z]+[+-])*)(.+)$/i.exec(word) ?? [];
	const near =
		nearestWord(rest, [...named, ...Object.keys(aliases)]) ??
		nearestWord(word, ['ctrl+space']);
	const meant = near === undefined ? '' : `; did you mean ${lead}${near}?`;
	return refuse('key.unknown', `there is no key ${word}${meant}`);
}
