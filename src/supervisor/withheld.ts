// Secrets out of what is recorded, shown and logged. Each leaves a name in its place, which is of this
// repository alone and always the same. What the human said with one in it reaches its program as it was
// said: for that, and only in memory, it is known what such a name stood for.
import { existsSync } from 'node:fs';
import { KnownSecrets } from '../lib/known-secrets.ts';
import { type Stretch, shapesIn } from '../lib/secret-shapes.ts';
import { isWord, secretNames, secretsOf } from '../lib/secrets.ts';

/** Shorter ones would take ordinary words out. */
const shortest = 8;
/** What a holder takes. */
const leastTold = 4;
const longestTold = 4096;
/** Of private keys that went by. */
const mostLearned = 2000;
const longLine = 24;
/** So many of what was said are known. */
const mostSaid = 1000;

export class Withheld {
	readonly #nameOf: (secret: string) => string;
	readonly #strong = new KnownSecrets();
	/** Words and numbers, which may be parts of paths and names as well: only in prose are they secrets. */
	readonly #weak = new KnownSecrets();
	readonly #said = new Map<string, string>();
	#learned = 0;

	constructor(nameOf: (secret: string) => string) {
		this.#nameOf = nameOf;
	}

	/** Takes in the secrets of an environment. */
	know(environment: Readonly<Record<string, string>>): void {
		this.add(secretsOf(environment));
	}

	add(secrets: readonly string[]): void {
		for (const secret of secrets) {
			if (isPlace(secret)) continue;
			for (const part of new Set([secret, ...secret.split(/[\r\n]+/)]))
				if (part.length >= shortest) (isWord(part) ? this.#weak : this.#strong).add(part);
		}
	}

	/** The same without secrets, in all its texts; the very same where there are none. */
	out<T>(value: T): T {
		return this.#each(value, (text) => this.#withNames(text, false)) as T;
	}

	/** As `out`, of what a human said to a program or set for one: `back` knows it. */
	outOfSaid<T>(value: T): T {
		return this.#each(value, (text) => this.#withNames(text, true)) as T;
	}

	/** As it was said; what nobody knows any more stays a name. */
	back<T>(value: T): T {
		return this.#each(value, (text) =>
			text.replace(secretNames, (whole) => this.#said.get(whole) ?? whole),
		) as T;
	}

	/** The secrets that `back` puts in, as far as a holder can look for them. */
	namedIn(value: unknown): string[] {
		const found = new Set<string>();
		this.#each(value, (text) => {
			for (const [name] of text.matchAll(secretNames)) {
				const secret = this.#said.get(name);
				if (secret !== undefined) found.add(secret.slice(0, longestTold));
			}
			return text;
		});
		return [...found].filter((secret) => secret.length >= leastTold);
	}

	#withNames(text: string, said: boolean): string {
		let left = text;
		for (const [start, end] of this.#stretches(text).toReversed()) {
			const secret = text.slice(start, end);
			const name = `[secret ${this.#nameOf(secret)}]`;
			if (said) this.#remember(name, secret);
			left = left.slice(0, start) + name + left.slice(end);
		}
		return left;
	}

	#stretches(text: string): Stretch[] {
		if (text.length < shortest) return [];
		const looks = shapesIn(text);
		for (const [start, end] of looks) this.#learn(text.slice(start, end));
		const known = this.#strong.find(text);
		if (/\s/.test(text.trim())) known.push(...this.#weak.find(text));
		return apart([
			...known.map(({ places }): Stretch => [places[0] ?? 0, (places.at(-1) ?? 0) + 1]),
			...looks,
		]);
	}

	/** The lines of a private key are none by their looks: somebody may tell of one of them alone. */
	#learn(secret: string): void {
		if (!secret.includes('\n') || this.#learned >= mostLearned) return;
		const lines = secret.split(/[\r\n]+/).filter((line) => line.length >= longLine);
		this.#learned += lines.length;
		this.add(lines);
	}

	#remember(name: string, secret: string): void {
		this.#said.delete(name);
		this.#said.set(name, secret);
		const [oldest] = this.#said.keys();
		if (this.#said.size > mostSaid && oldest !== undefined) this.#said.delete(oldest);
	}

	#each(value: unknown, change: (text: string) => string): unknown {
		if (typeof value === 'string') return change(value);
		if (Array.isArray(value)) {
			const items: unknown[] = value.map((item) => this.#each(item, change));
			return items.every((item, index) => item === value[index]) ? value : items;
		}
		if (typeof value !== 'object' || value === null) return value;
		const entries = Object.entries(value);
		const changed = entries.map(
			([key, item]) => [key, this.#each(item, change)] as const,
		);
		const same = changed.every(([, item], index) => item === entries[index]?.[1]);
		return same ? value : Object.fromEntries(changed);
	}
}

/** In order, none within another. */
function apart(stretches: readonly Stretch[]): Stretch[] {
	const left: Stretch[] = [];
	for (const [start, end] of stretches.toSorted(([one], [other]) => one - other)) {
		const [from, until] = left.at(-1) ?? [0, -1];
		if (start < until) left.splice(-1, 1, [from, Math.max(until, end)]);
		else left.push([start, end]);
	}
	return left;
}

/** A variable may say where a secret is kept: that is none. */
function isPlace(value: string): boolean {
	return /^~?\//.test(value) && (value.startsWith('~') || existsSync(value));
}
