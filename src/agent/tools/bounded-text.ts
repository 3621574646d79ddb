// Texts for the model, cut where they are too long, and told so.

/** Of one result: about eight thousand tokens. */
export const longestResult = 30_000;

/** The begin and the end of a text, where it does not fit. */
export function bounded(text: string, limit = longestResult): string {
	if (text.length <= limit) return text;
	const head = wholeCharacters(text.slice(0, Math.floor(limit * 0.4)));
	const tail = wholeCharacters(text.slice(text.length - Math.ceil(limit * 0.6)));
	const left = text.length - head.length - tail.length;
	return `${head}\n[… ${left} characters left out …]\n${tail}`;
}

/** Without half of a surrogate pair at its ends. */
function wholeCharacters(text: string): string {
	return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}

/** Keeps the begin and the end of a stream without keeping what lies between. */
export class BoundedOutput {
	readonly #limit: number;
	#head = '';
	#tail = '';
	#length = 0;

	constructor(limit = longestResult) {
		this.#limit = limit;
	}

	add(text: string): void {
		this.#length += text.length;
		const room = this.#limit - this.#head.length;
		this.#head += text.slice(0, Math.max(0, room));
		this.#tail = (this.#tail + text.slice(Math.max(0, room))).slice(-this.#limit);
	}

	get text(): string {
		const kept = this.#head + this.#tail;
		const left = this.#length - kept.length;
		if (left === 0) return bounded(kept, this.#limit);
		const head = bounded(this.#head, this.#limit).slice(0, Math.floor(this.#limit * 0.4));
		const tail = this.#tail.slice(-Math.ceil(this.#limit * 0.6));
		const lost = this.#length - head.length - tail.length;
		return `${wholeCharacters(head)}\n[… ${lost} characters left out …]\n${wholeCharacters(tail)}`;
	}
}
