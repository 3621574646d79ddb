import { clusters, textWidth } from '../lib/cell-width.ts';
import type { Key } from './keys.ts';

/** Longer lines are cut: the editor redraws its whole line at each key. */
const maxLine = 20_000;

/** One line of text and where the cursor stands in it, in graphemes. */
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
				this.#after.unshift(...this.#before.splice(0));
				return true;
			case 'end':
				this.#before.push(...this.#after.splice(0));
				return true;
			case 'kill-line':
				this.#before = [];
				return true;
			case 'kill-word':
				this.#killWord();
				return true;
			case 'enter':
			case 'interrupt':
			case 'end-of-input':
			case 'escape':
				return false;
		}
	}

	/** The part of the line that fits, and the cell of the cursor in it. */
	view(width: number): { readonly text: string; readonly cursor: number } {
		const room = Math.max(1, width - 1);
		let left = '';
		for (const grapheme of this.#before.toReversed()) {
			if (textWidth(grapheme + left) > room) break;
			left = grapheme + left;
		}
		let text = left;
		for (const grapheme of this.#after) {
			if (textWidth(text + grapheme) > room) break;
			text += grapheme;
		}
		return { text, cursor: textWidth(left) };
	}

	#insert(text: string): void {
		const room = maxLine - this.#before.length - this.#after.length;
		// A pasted line feed would end the line in the middle of the paste.
		const flat = text.replaceAll(/\s/gu, ' ').replaceAll(/[\u0000-\u001f\u007f]/g, '');
		this.#before.push(...[...clusters(flat)].slice(0, Math.max(0, room)));
	}

	#killWord(): void {
		while (this.#before.at(-1) === ' ') this.#before.pop();
		while (this.#before.length > 0 && this.#before.at(-1) !== ' ') this.#before.pop();
	}
}
