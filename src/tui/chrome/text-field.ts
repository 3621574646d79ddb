// A field of text with a cursor: the keys of readline that everybody knows.
import { clusters } from '../../lib/cell-width.ts';
import { plainCharacter } from '../../lib/plain-text.ts';
import type { Key } from '../input/input-keys.ts';

export interface TextField {
	readonly text: string;
	/** In code units, at the border of a cluster. */
	readonly at: number;
}

export const emptyField: TextField = { text: '', at: 0 };
const longest = 8000;

export function fieldOf(text: string): TextField {
	return { text, at: text.length };
}

export function insertText(field: TextField, typed: string): TextField {
	const clean = Array.from(typed, (one) => (one === '\n' ? one : plainCharacter(one)));
	const text = clean.join('').slice(0, longest - field.text.length);
	return {
		text: field.text.slice(0, field.at) + text + field.text.slice(field.at),
		at: field.at + text.length,
	};
}

/** The field after a key; undefined where the key does nothing to text. */
export function editField(field: TextField, key: Key): TextField | undefined {
	const edit = edits[key.name];
	if (edit) return edit(field);
	return key.text === '' ? undefined : insertText(field, key.text);
}

type Edit = (field: TextField) => TextField;

const remove = ({ text }: TextField, from: number, to: number): TextField => ({
	text: text.slice(0, from) + text.slice(to),
	at: from,
});
const moveTo = (field: TextField, at: number): TextField => ({ ...field, at });

const backspace: Edit = (field) => remove(field, before(field), field.at);
const start: Edit = (field) => moveTo(field, lineStart(field));
const end: Edit = (field) => moveTo(field, lineEnd(field));
const left: Edit = (field) => moveTo(field, before(field));
const right: Edit = (field) => moveTo(field, after(field));
const wordLeft: Edit = (field) => moveTo(field, wordBefore(field));
const wordRight: Edit = (field) => moveTo(field, wordAfter(field));
const newline: Edit = (field) => insertText(field, '\n');

const edits: Readonly<Record<string, Edit>> = {
	backspace,
	'ctrl+h': backspace,
	delete: (field) => ({ ...remove(field, field.at, after(field)), at: field.at }),
	left,
	'ctrl+b': left,
	right,
	'ctrl+f': right,
	home: start,
	'ctrl+a': start,
	end,
	'ctrl+e': end,
	'alt+b': wordLeft,
	'ctrl+left': wordLeft,
	'alt+f': wordRight,
	'ctrl+right': wordRight,
	'ctrl+w': (field) => remove(field, wordBefore(field), field.at),
	'alt+backspace': (field) => remove(field, wordBefore(field), field.at),
	'ctrl+u': (field) => remove(field, lineStart(field), field.at),
	'ctrl+k': (field) => ({ ...remove(field, field.at, lineEnd(field)), at: field.at }),
	'alt+enter': newline,
	'ctrl+j': newline,
	up: (field) => moveTo(field, verticalMove(field, -1)),
	down: (field) => moveTo(field, verticalMove(field, 1)),
};

function before({ text, at }: TextField): number {
	let last = 0;
	let length = 0;
	for (const cluster of clusters(text.slice(0, at))) {
		last = length;
		length += cluster.length;
	}
	return last;
}

function after({ text, at }: TextField): number {
	for (const cluster of clusters(text.slice(at))) return at + cluster.length;
	return at;
}

function lineStart({ text, at }: TextField): number {
	return text.lastIndexOf('\n', at - 1) + 1;
}

function lineEnd({ text, at }: TextField): number {
	const found = text.indexOf('\n', at);
	return found < 0 ? text.length : found;
}

function wordBefore({ text, at }: TextField): number {
	return text.slice(0, at).replace(/\S*\s*$/, '').length;
}

function wordAfter({ text, at }: TextField): number {
	return at + (/^\s*\S*/.exec(text.slice(at))?.[0].length ?? 0);
}

function verticalMove(field: TextField, lines: -1 | 1): number {
	const start = lineStart(field);
	const column = field.at - start;
	const edge = lines < 0 ? start - 1 : lineEnd(field) + 1;
	if (edge < 0 || edge > field.text.length) return field.at;
	const target = lines < 0 ? lineStart({ ...field, at: edge }) : edge;
	return Math.min(target + column, lineEnd({ ...field, at: target }));
}
