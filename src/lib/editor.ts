// The user's editor, and how it is told of a line.
import { basename } from 'node:path';
import type { Environment } from './environment.ts';

export interface EditorPlace {
	/** Absolute: no editor takes it for an option. */
	readonly file: string;
	/** From 1; null is wherever it opens. */
	readonly line: number | null;
}

/** Arguments that open a file in the editor of `VISUAL` or `EDITOR`, else in vi. */
export function editorArgv(
	{ VISUAL, EDITOR }: Environment,
	place: EditorPlace,
): readonly string[] {
	const editor = VISUAL || EDITOR || 'vi';
	// As git does: the user's own variable may hold arguments.
	return ['sh', '-c', `${editor} "$@"`, 'sh', ...argumentsFor(editor, place)];
}

const plus = new Set(
	'vi vim nvim gvim view vis nano pico emacs emacsclient joe mg ne kak jed micro'.split(
		' ',
	),
);
const goes = new Set('code code-insiders codium vscodium cursor windsurf'.split(' '));
const colon = new Set('hx helix subl zed zeditor'.split(' '));

function argumentsFor(editor: string, { file, line }: EditorPlace): readonly string[] {
	const [program = ''] = editor.trim().split(/\s+/);
	const name = basename(program);
	if (line === null) return [file];
	if (plus.has(name)) return [`+${line}`, file];
	if (goes.has(name)) return ['-g', `${file}:${line}`];
	return colon.has(name) ? [`${file}:${line}`] : [file];
}
