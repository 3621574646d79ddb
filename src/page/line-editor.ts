import { clusters, textWidth } from '../lib/cell-width.ts';
import { counted } from '../lib/counted.ts';
import type { Key } from './keys.ts';

/** What is longer comes to an end: all of it is laid out at each key. */
const maxText = 20_000;
/** A text of more characters or lines that comes at once is one sign, which tells its size. */
const longestSpelled = 1000;
const mostLinesSpelled = 10;

/** A text of a few lines and where the cursor stands in it, in graphemes and long pastes. */
export class LineEditor {
	#before: string[] = [];
	#after: string[] = [];
	#lost = 0;

	/** What it could not take; null where all is there. */
	get notice(): string | null {
		if (this.#lost === 0) return null;
		return `too much: ${counted(this.#lost, 'character')} at the end are not in it`;
	}

	get text(): string {
		return [...this.#before, ...this.#after].join('');
	}

	clear(): void {
		this.#before = [];
		this.#after = [];
		this.#lost = 0;
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
			case 'paste':
				this.#lost += key.lost ?? 0;
				this.#insert(key.text);
				return true;
			case 'text':
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
			const shown = shownFor(grapheme);
			const last = rows.at(-1) ?? '';
			if (textWidth(last) + textWidth(shown) > room) rows.push(shown);
			else rows[rows.length - 1] = last + shown;
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
		const plain = text
			.replaceAll(/\r\n?/g, '\n')
			.replaceAll(/[^\S\n\t]/gu, ' ')
			.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
		const fresh = isLong(plain) ? [plain] : [...clusters(plain)];
		const room = Math.max(0, maxText - this.#before.length - this.#after.length);
		this.#before.push(...fresh.slice(0, room));
		this.#lost += fresh.slice(room).join('').length;
	}
}

function isLong(text: string): boolean {
	return text.length > longestSpelled || text.split('\n').length > mostLinesSpelled;
}

/** A grapheme as it is, a tab as blanks, a long paste by its size. */
function shownFor(grapheme: string): string {
	if (grapheme === '\t') return '    ';
	if (grapheme.length === 1 || !isLong(grapheme)) return grapheme;
	const lines = grapheme.replace(/\n$/, '').split('\n').length;
	const size = lines > 1 ? counted(lines, 'line') : counted(grapheme.length, 'character');
	return `[${size} pasted]`;
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
	while (at > 0 && isBlank(graphemes[at - 1])) at -= 1;
	while (at > 0 && !isBlank(graphemes[at - 1])) at -= 1;
	return at;
}

function isBlank(grapheme: string | undefined): boolean {
	return grapheme === ' ' || grapheme === '\n' || grapheme === '\t';
}
