// A message as it comes: paragraphs that are whole become text of the page, the one that grows is drawn
// in place below them.
import { harmlessText } from './harmless-text.ts';
import { blocksOfMessage } from './markdown.ts';
import type { Page } from './page.ts';

export class StreamedMessage {
	readonly #page: Page;
	#text = '';
	#settled = 0;

	constructor(page: Page) {
		this.#page = page;
	}

	/** Nothing has come since it began. */
	get isEmpty(): boolean {
		return this.#text === '';
	}

	/** Some of it is text of the page by now, which nothing takes back. */
	get isPrinted(): boolean {
		return this.#settled > 0;
	}

	add(text: string): void {
		this.#text += text;
		// Where lines are only added nothing can be shown that still grows.
		if (!this.#page.interactive) return;
		const blocks = blocksOfMessage(harmlessText(this.#text));
		// Whatever follows can change the last block alone.
		const whole = Math.max(this.#settled, blocks.length - 1);
		this.#page.settleDraft(blocks.slice(this.#settled, whole), blocks.slice(whole));
		this.#settled = whole;
	}

	/** All of it counts. */
	end(): void {
		const blocks = blocksOfMessage(harmlessText(this.#text));
		this.#page.settleDraft(blocks.slice(this.#settled), []);
		this.#forget();
	}

	/** It broke off: what is shown in place goes, what has become text stays. */
	drop(): void {
		this.#page.draft = [];
		this.#forget();
	}

	#forget(): void {
		this.#text = '';
		this.#settled = 0;
	}
}
