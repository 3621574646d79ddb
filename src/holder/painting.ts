// What one connection sees of the panes it watches. Rows leave on credit: no credit, no push; a
// slow peer gets the latest state later, never a queue. The pane just typed into goes at once,
// all others with the next frame.

import { bulkLimit } from '../protocol/frames.ts';
import { encodeRows, PaneMode, type RowsPush, type ScreenRow } from '../protocol/rows.ts';

/** What painting needs of a pane. */
export interface Paintable {
	readonly number: number;
	readonly modes: number;
	/** Grows with every change of the screen. */
	readonly version: number;
	rowsSince(version: number | null): Omit<RowsPush, 'pane'>;
	/** Somebody looks at it from now on. */
	addViewer(viewer: object): void;
	removeViewer(viewer: object): void;
}

/** What painting needs of a connection. */
export interface RowsSink {
	/** False while the peer has much to read. */
	readonly ready: boolean;
	sendRows(pane: number, payload: Uint8Array): void;
}

export const creditLimit = 64;
const frameMs = 1000 / 60;
/**
 * After a frame of so many rows the next one waits twice as long: nobody sees thirty screens a second
 * other than sixty, and whoever floods would take that time from the others.
 */
const heavyRows = 16;

/** All panes at new sizes are more than one turn of the loop should take. */
const turnMs = 1;

// A program that began a synchronized update and hangs must not freeze its picture.
const synchronizedMs = 150;

interface Watch {
	readonly pane: Paintable;
	credit: number;
	/** Emulator version that the peer has; null asks for a full set. */
	sent: number | null;
	pushes: number;
	/** When the update that is going on began, on the monotonic clock; null outside of one. */
	heldSince: number | null;
}

export class Painting implements Disposable {
	readonly #sink: RowsSink;
	readonly #watches = new Map<number, Watch>();
	#frame: NodeJS.Timeout | undefined;
	#soon: NodeJS.Immediate | undefined;
	/** What is left of a frame. */
	#rest: NodeJS.Immediate | undefined;
	#nextFrame = 0;

	constructor(sink: RowsSink) {
		this.#sink = sink;
	}

	/** Pushes rows of the pane from now on, first all of them; again where it was watched. */
	watch(pane: Paintable, credit: number): void {
		this.#watches.set(pane.number, {
			pane,
			credit: Math.min(credit, creditLimit),
			sent: null,
			pushes: 0,
			heldSince: null,
		});
		pane.addViewer(this);
		// After the answer that tells the pane's number.
		this.#schedule();
	}

	unwatch(pane: Paintable): void {
		this.#watches.delete(pane.number);
		pane.removeViewer(this);
	}

	/** False where the pane is not watched. */
	addCredit(pane: Paintable, credit: number): boolean {
		const watch = this.#watches.get(pane.number);
		if (!watch) return false;
		const wasDry = watch.credit === 0;
		watch.credit = Math.min(watch.credit + credit, creditLimit);
		if (wasDry && isBehind(watch)) this.#schedule();
		return true;
	}

	/** The pane changed; `urgent` where a person waits for it. */
	changed(pane: Paintable, urgent: boolean): void {
		const watch = this.#watches.get(pane.number);
		if (!watch) return;
		// Looked at with every change, so that the end of one update and the start of the next count.
		const held = isHeld(watch);
		if (urgent && !held) this.#paint(watch);
		if (isBehind(watch) && watch.credit > 0) this.#schedule();
	}

	/** The peer caught up. */
	resume(): void {
		this.#schedule();
	}

	[Symbol.dispose](): void {
		clearTimeout(this.#frame);
		clearImmediate(this.#soon);
		clearImmediate(this.#rest);
		for (const { pane } of this.#watches.values()) pane.removeViewer(this);
		this.#watches.clear();
	}

	#schedule(): void {
		if (this.#frame !== undefined || this.#soon !== undefined) return;
		const wait = this.#nextFrame - performance.now();
		// The first change after a pause goes with the end of this turn: a timer adds a millisecond.
		if (wait <= 0) this.#soon = setImmediate(() => this.#paintAll());
		else this.#frame = setTimeout(() => this.#paintAll(), wait);
	}

	#paintAll(): void {
		this.#frame = undefined;
		this.#soon = undefined;
		this.#nextFrame = performance.now() + frameMs;
		clearImmediate(this.#rest);
		this.#paintSome([...this.#watches.values()]);
	}

	/** What took too long for one turn follows in the next: keys come in between. */
	#paintSome(watches: readonly Watch[]): void {
		const now = performance.now();
		let rows = 0;
		let painted = 0;
		for (const watch of watches) {
			if (painted > 0 && performance.now() - now >= turnMs) break;
			painted += 1;
			if (this.#watches.get(watch.pane.number) === watch) rows += this.#paint(watch);
		}
		if (rows >= heavyRows) this.#nextFrame = now + 2 * frameMs;
		const left = watches.slice(painted);
		if (left.length > 0) this.#rest = setImmediate(() => this.#paintSome(left));
	}

	/** Answers how many rows it sent. */
	#paint(watch: Watch): number {
		if (watch.credit === 0 || !isBehind(watch) || !this.#sink.ready) return 0;
		if (isHeld(watch)) {
			this.#schedule();
			return 0;
		}
		const push = watch.pane.rowsSince(watch.sent);
		watch.sent = push.version;
		watch.credit -= 1;
		for (const part of inFrames(push)) {
			watch.pushes += 1;
			// Counted per connection, so that a gap is a loss.
			const version = watch.pushes;
			const { number } = watch.pane;
			this.#sink.sendRows(number, encodeRows({ ...part, version, pane: number }));
		}
		return push.changed.length;
	}
}

function isBehind(watch: Watch): boolean {
	return watch.sent === null || watch.sent !== watch.pane.version;
}

function isHeld(watch: Watch): boolean {
	if ((watch.pane.modes & PaneMode.synchronized) === 0) {
		watch.heldSince = null;
		return false;
	}
	watch.heldSince ??= performance.now();
	return performance.now() - watch.heldSince < synchronizedMs;
}

/** A set of rows over the limit of a frame goes in parts; only the first voids what was there. */
export function* inFrames<Push extends Omit<RowsPush, 'pane'>>(
	push: Push,
): Generator<Push> {
	let full = push.full;
	let part: ScreenRow[] = [];
	let size = frameMargin;
	for (const whole of push.changed) {
		// One row over the limit can only be one of many long links: the text matters more.
		const row =
			bytesOf(whole) > bulkLimit - frameMargin ? { ...whole, links: [] } : whole;
		const rowSize = bytesOf(row);
		if (size + rowSize > bulkLimit && part.length > 0) {
			yield { ...push, full, changed: part };
			full = false;
			part = [];
			size = frameMargin;
		}
		part.push(row);
		size += rowSize;
	}
	yield { ...push, full, changed: part };
}

const frameMargin = 1024;

// An upper bound: UTF-8 takes at most three bytes a UTF-16 unit.
function bytesOf(row: ScreenRow): number {
	let size = 16 + row.cells.byteLength + row.underlines.length * 8;
	for (const [, text] of row.clusters) size += 4 + text.length * 3;
	for (const [, uri] of row.links) size += 4 + uri.length * 3;
	return size;
}
