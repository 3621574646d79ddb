// New files beside a file of the scope. Many tools save a file by a new one that they rename over it, or
// keep the old one under another name meanwhile. What comes and goes so while that file is written is
// part of the save, and no trespass; all else is told a moment later.
import { dirname } from 'node:path';
import { afterReading } from './after-reading.ts';

/** From the first sight of a new file until it is judged. A save takes some milliseconds, vim's some dozens. */
export const usualSaveMs = 500;
/** More of them at once are no save. */
const heldAtMost = 32;
/** Of those that passed since they were last asked for. */
const passedAtMost = 100;

interface Held {
	readonly folder: string;
	readonly timer: NodeJS.Timeout;
	/** It was there when it was last looked at. */
	there: boolean;
	/** A file of the scope in the same folder was written since. */
	saved: boolean;
}

export interface SavesParts {
	/** Whether the file is there. */
	readonly stands: (path: string) => boolean;
	readonly saveMs: number;
	/** It was no part of a save. */
	readonly tell: (path: string) => void;
}

export class Saves implements Disposable {
	readonly #parts: SavesParts;
	readonly #held = new Map<string, Held>();
	readonly #passed = new Set<string>();

	constructor(parts: SavesParts) {
		this.#parts = parts;
	}

	/** Where there is none, it is to be told at once. */
	hasRoom(path: string): boolean {
		return this.#held.size < heldAtMost || this.#held.has(path);
	}

	hold(path: string, there: boolean): void {
		const held = this.#held.get(path);
		if (held) {
			const isAnother = held.saved && there && !held.there;
			held.there = there;
			if (!isAnother) return;
			// That save is over, and this is the next one.
			clearTimeout(held.timer);
		}
		const timer = setTimeout(
			() => afterReading(() => this.#judge(path, timer)),
			this.#parts.saveMs,
		);
		this.#held.set(path, { folder: dirname(path), timer, there, saved: false });
	}

	/** Whether a write of a file of the scope, in the same folder, would matter. */
	awaits(path: string): boolean {
		if (this.#held.size === 0) return false;
		const folder = dirname(path);
		return [...this.#held.values()].some((held) => held.folder === folder);
	}

	wrote(path: string): void {
		const folder = dirname(path);
		for (const held of this.#held.values()) if (held.folder === folder) held.saved = true;
	}

	/** Those that are not judged yet, and those that passed since `begin`. */
	get passing(): readonly string[] {
		return [...this.#held.keys(), ...this.#passed];
	}

	begin(): void {
		this.#passed.clear();
	}

	[Symbol.dispose](): void {
		for (const { timer } of this.#held.values()) clearTimeout(timer);
		this.#held.clear();
	}

	#judge(path: string, timer: NodeJS.Timeout): void {
		const held = this.#held.get(path);
		if (held?.timer !== timer) return;
		this.#held.delete(path);
		if (!held.saved || this.#parts.stands(path)) return this.#parts.tell(path);
		if (this.#passed.size < passedAtMost) this.#passed.add(path);
	}
}
