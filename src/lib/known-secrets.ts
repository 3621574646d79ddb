// Secrets that are known word for word, found in a text also where a program broke its lines within them:
// each is looked for by its first characters, and what follows may stand behind a line break and spaces.
// One that is broken within those first characters is not seen through.

/** Shorter ones would redact ordinary words. */
const shortest = 4;
const headLength = 4;
/** So many are looked for one by one, which is faster than character by character for all. */
const nativeLimit = 16;

/** Where the characters of a secret stand in a text. */
export interface Sighting {
	readonly secret: string;
	readonly places: readonly number[];
}

/** A list of secrets; grows, never shrinks. Texts of any kind, as long as those searched are of the same. */
export class KnownSecrets {
	readonly #byHead = new Map<string, string[]>();
	/** By the last bits of the first two characters of any secret. */
	readonly #pairs = new Uint8Array(pairs);
	readonly #firsts = new Set<number>();
	#longest = 0;

	add(secret: string): void {
		if (secret.length < shortest) return;
		const head = secret.slice(0, headLength);
		const known = this.#byHead.get(head) ?? [];
		if (known.includes(secret)) return;
		this.#byHead.set(head, [...known, secret]);
		this.#pairs[pairOf(secret.charCodeAt(0), secret.charCodeAt(1))] = 1;
		this.#firsts.add(secret.charCodeAt(0));
		this.#longest = Math.max(this.#longest, secret.length);
	}

	/** How long the longest is. */
	get longest(): number {
		return this.#longest;
	}

	find(text: string): Sighting[] {
		return this.heads(text).flatMap((from) => {
			const secrets = this.#byHead.get(text.slice(from, from + headLength)) ?? [];
			return secrets.flatMap((secret) => {
				const places = standsAt(secret, text, from);
				return places.length === secret.length ? [{ secret, places }] : [];
			});
		});
	}

	/** Where one of them may begin. */
	heads(text: string): number[] {
		const found: number[] = [];
		if (this.#byHead.size <= nativeLimit) {
			for (const head of this.#byHead.keys())
				for (let at = text.indexOf(head); at >= 0; at = text.indexOf(head, at + 1))
					found.push(at);
			return found;
		}
		let before = text.charCodeAt(0);
		for (let at = 1; at < text.length; at += 1) {
			const code = text.charCodeAt(at);
			if (this.#pairs[pairOf(before, code)] === 1) {
				const head = text.slice(at - 1, at - 1 + headLength);
				if (this.#byHead.has(head)) found.push(at - 1);
			}
			before = code;
		}
		return found;
	}

	/** Where the end of a text may be the beginning of one; its length where it is of none. */
	open(text: string): number {
		if (this.#longest === 0) return text.length;
		const last = text.length - 1;
		for (let at = Math.max(0, last - this.#longest - widestBreaks); at < last; at += 1) {
			const pair = pairOf(text.charCodeAt(at), text.charCodeAt(at + 1));
			if (this.#pairs[pair] === 1 && this.#isOpen(text, at)) return at;
		}
		return last >= 0 && this.#firsts.has(text.charCodeAt(last)) ? last : text.length;
	}

	#isOpen(text: string, at: number): boolean {
		const begun = text.slice(at, at + headLength);
		for (const [head, secrets] of this.#byHead)
			if (head.startsWith(begun) && secrets.some((secret) => isOpen(secret, text, at)))
				return true;
		return false;
	}
}

const pairs = 65_536;

function pairOf(first: number, second: number): number {
	return ((first << 8) ^ second) & (pairs - 1);
}

/** A few line breaks with what indents the lines. */
const widestBreaks = 256;

/** The places of as much of a secret as stands there. */
function standsAt(secret: string, text: string, from: number): number[] {
	const places: number[] = [];
	let at = from;
	for (let index = 0; index < secret.length; index += 1) {
		if (text[at] !== secret[index] && index >= headLength) at = afterBreak(text, at);
		if (text[at] !== secret[index]) break;
		places.push(at);
		at += 1;
	}
	return places;
}

function isOpen(secret: string, text: string, from: number): boolean {
	const places = standsAt(secret, text, from);
	if (places.length === secret.length) return false;
	const next = (places.at(-1) ?? from) + 1;
	if (next === text.length) return true;
	return places.length >= headLength && afterBreak(text, next) === text.length;
}

/** Behind a line break and what indents the next line; the same place where there is none. */
function afterBreak(text: string, from: number): number {
	let at = from;
	while (text[at] === ' ' && at - from < widestBreaks) at += 1;
	if (text[at] !== '\r' && text[at] !== '\n') return at === text.length ? at : from;
	while (at - from < widestBreaks && breaks.has(text[at] ?? '')) at += 1;
	return at;
}

const breaks = new Set(['\r', '\n', ' ', '\t']);
