import { clusters, textWidth } from '../lib/cell-width.ts';
import type { Key } from './keys.ts';

/** Longer texts are cut: the editor lays all of it out at each key. */
const maxText = 100_000;

/** A text of a few lines and where the cursor stands in it, in graphemes. */
export class LineEditor {
	#before: string[] = [];
	#after: string[] = [];

	get text(): string {
		return [...this.#before, ...this.#after].join('');
	}

	clear(): void {
		this.#before = [];
		this.#after = [];
	}

	/** Another text, the cursor at its end. */
	set text(text: string) {
		this.clear();
		this.#insert(text);
	}

	/** Whether the cursor stands in the first line; in the last one. */
	get isAtTop(): boolean {
		return !this.#before.includes('\n');
	}

	get isAtBottom(): boolean {
		return !this.#after.includes('\n');
	}

	/** Whether the key was one of an editor. */
	press(key: Key): boolean {
		switch (key.kind) {
			case 'text':
			case 'paste':
				this.#insert(key.text);
				return true;
			case 'backspace':
				this.#before.pop();
				return true;
			case 'delete':
				this.#after.shift();
				return true;
			case 'left':
				this.#after.unshift(...this.#before.splice(-1));
				return true;
			case 'right':
				this.#before.push(...this.#after.splice(0, 1));
				return true;
			case 'home':
				this.#after.unshift(...this.#before.splice(this.#before.lastIndexOf('\n') + 1));
				return true;
			case 'end':
				this.#before.push(...this.#after.splice(0, this.#toLineEnd()));
				return true;
			case 'word-left':
				this.#after.unshift(...this.#before.splice(wordStart(this.#before)));
				return true;
			case 'word-right': {
				const word = this.#after.length - wordStart(this.#after.toReversed());
				this.#before.push(...this.#after.splice(0, word));
				return true;
			}
			case 'kill-line':
				this.#before.splice(this.#before.lastIndexOf('\n') + 1);
				return true;
			case 'kill-rest':
				this.#after.splice(0, this.#toLineEnd());
				return true;
			case 'kill-word':
				this.#before.splice(wordStart(this.#before));
				return true;
			case 'newline':
				this.#insert('\n');
				return true;
			case 'up':
				return this.#moveUp();
			case 'down':
				return this.#moveDown();
			case 'enter':
			case 'interrupt':
			case 'end-of-input':
			case 'escape':
				return false;
		}
	}

	/**
	 * The text in rows of this width, as many as there is room for around the cursor, and where in them
	 * it stands.
	 */
	view(width: number, most = Number.POSITIVE_INFINITY): EditorView {
		const room = Math.max(1, width - 1);
		const rows: string[] = [''];
		let row = 0;
		let column = 0;
		const put = (grapheme: string) => {
			if (grapheme === '\n') {
				rows.push('');
				return;
			}
			const last = rows.at(-1) ?? '';
			if (textWidth(last) + textWidth(grapheme) > room) rows.push(grapheme);
			else rows[rows.length - 1] = last + grapheme;
		};
		for (const grapheme of this.#before) put(grapheme);
		row = rows.length - 1;
		column = textWidth(rows[row] ?? '');
		for (const grapheme of this.#after) put(grapheme);
		const first = Math.max(0, Math.min(row - most + 1, rows.length - most));
		const start = Math.max(first, Math.min(row, rows.length - most), 0);
		const shown = rows.slice(start, start + most);
		return { rows: shown, row: row - start, column };
	}

	#toLineEnd(): number {
		const at = this.#after.indexOf('\n');
		return at < 0 ? this.#after.length : at;
	}

	/** To the same column of the line above; false in the first one. */
	#moveUp(): boolean {
		if (this.isAtTop) return false;
		const start = this.#before.lastIndexOf('\n');
		const column = this.#before.length - start - 1;
		const above = this.#before.lastIndexOf('\n', start - 1);
		const to = Math.min(above + 1 + column, start);
		this.#after.unshift(...this.#before.splice(to));
		return true;
	}

	#moveDown(): boolean {
		if (this.isAtBottom) return false;
		const column = this.#before.length - this.#before.lastIndexOf('\n') - 1;
		const start = this.#after.indexOf('\n') + 1;
		const end = this.#after.indexOf('\n', start);
		const length = (end < 0 ? this.#after.length : end) - start;
		this.#before.push(...this.#after.splice(0, start + Math.min(column, length)));
		return true;
	}

	#insert(text: string): void {
		const room = maxText - this.#before.length - this.#after.length;
		const plain = text
			.replaceAll(/\r\n?/g, '\n')
			.replaceAll('\t', '    ')
			.replaceAll(/[^\S\n]/gu, ' ')
			.replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '');
		this.#before.push(...[...clusters(plain)].slice(0, Math.max(0, room)));
	}
}

/** What of an editor is seen. */
export interface EditorView {
	readonly rows: readonly string[];
	readonly row: number;
	/** In cells. */
	readonly column: number;
}

/** Where the word before the end begins, blanks behind it included. */
function wordStart(graphemes: readonly string[]): number {
	let at = graphemes.length;
	while (at > 0 && /\s/.test(graphemes[at - 1] ?? '')) at -= 1;
	while (at > 0 && !/\s/.test(graphemes[at - 1] ?? '')) at -= 1;
	return at;
}
