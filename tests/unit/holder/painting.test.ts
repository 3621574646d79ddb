import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inFrames, type Paintable, Painting } from '../../../src/holder/painting.ts';
import { bulkLimit } from '../../../src/protocol/frames.ts';
import {
	decodeRows,
	encodeRows,
	PaneMode,
	type RowsPush,
} from '../../../src/protocol/rows.ts';

beforeEach(() => {
	vi.useFakeTimers();
	// A paint is a frame apart from the one before it.
	vi.advanceTimersByTime(1000);
});
afterEach(() => {
	vi.useRealTimers();
});

test('changes of one frame leave as one set', () => {
	const { painting, sent, pane } = watched(8);
	for (let change = 0; change < 5; change += 1) pane.change(painting);
	expect(sent).toHaveLength(1);
	vi.advanceTimersByTime(20);
	expect(sent).toHaveLength(2);
	vi.advanceTimersByTime(1000);
	expect(sent).toHaveLength(2);
});

test('a pane that somebody types into is painted in the same turn', () => {
	const { painting, sent, pane } = watched(8);
	pane.change(painting, true);
	expect(sent).toHaveLength(2);
	vi.advanceTimersByTime(1000);
	expect(sent).toHaveLength(2);
});

test('credit is spent set by set and what is owed leaves when there is some', () => {
	const { painting, sent, pane } = watched(1);
	for (let change = 0; change < 3; change += 1) {
		pane.change(painting);
		vi.advanceTimersByTime(100);
	}
	expect(sent).toHaveLength(1);
	expect(painting.addCredit(pane, 1)).toBe(true);
	vi.advanceTimersByTime(20);
	expect(sent.map((push) => [push.version, push.full])).toEqual([
		[1, true],
		[2, false],
	]);
	painting.addCredit(pane, 1);
	vi.advanceTimersByTime(100);
	expect(sent).toHaveLength(2);
});

test('panes that take long to paint leave over several turns, each once', () => {
	vi.useRealTimers();
	const sent: RowsPush[] = [];
	const painting = new Painting({
		ready: true,
		sendRows: (_pane, payload) => void sent.push(decodeRows(payload)),
	});
	const panes = [1, 2, 3].map((number) => new SlowPane(number));
	for (const pane of panes) painting.watch(pane, 8);
	const turns: number[] = [];
	return new Promise<void>((resolve) => {
		const look = () => {
			turns.push(sent.length);
			if (sent.length < panes.length) return void setImmediate(look);
			expect(sent.map(({ pane }) => pane)).toEqual([1, 2, 3]);
			expect(turns.filter((count) => count > 0 && count < 3)).not.toEqual([]);
			painting[Symbol.dispose]();
			resolve();
		};
		setImmediate(look);
	});
});

test('a peer with much unread is owed the latest only', () => {
	const { painting, sent, pane, sink } = watched(8);
	sink.ready = false;
	for (let change = 0; change < 3; change += 1) {
		pane.change(painting, true);
		vi.advanceTimersByTime(100);
	}
	expect(sent).toHaveLength(1);
	sink.ready = true;
	painting.resume();
	vi.advanceTimersByTime(20);
	expect(sent).toHaveLength(2);
	expect(sent.at(-1)?.cursorColumn).toBe(3);
});

test('inside a synchronized update nothing leaves, at its end all of it', () => {
	const { painting, sent, pane } = watched(8);
	pane.modes = PaneMode.synchronized;
	pane.change(painting, true);
	vi.advanceTimersByTime(100);
	expect(sent).toHaveLength(1);
	pane.modes = 0;
	pane.change(painting);
	vi.advanceTimersByTime(20);
	expect(sent).toHaveLength(2);
});

test('an update that never ends is painted after 150 ms', () => {
	const { painting, sent, pane } = watched(8);
	pane.modes = PaneMode.synchronized;
	pane.change(painting);
	vi.advanceTimersByTime(140);
	expect(sent).toHaveLength(1);
	vi.advanceTimersByTime(40);
	expect(sent).toHaveLength(2);
});

test('after many rows the next frame comes later, but not for who typed', () => {
	const { painting, sent, pane } = watched(8);
	pane.rows = 20;
	pane.change(painting);
	vi.advanceTimersByTime(1);
	expect(sent).toHaveLength(2);
	pane.change(painting);
	vi.advanceTimersByTime(20);
	expect(sent).toHaveLength(2);
	pane.change(painting, true);
	expect(sent).toHaveLength(3);
	pane.rows = 1;
	pane.change(painting);
	vi.advanceTimersByTime(17);
	expect(sent).toHaveLength(4);
	pane.change(painting);
	vi.advanceTimersByTime(17);
	expect(sent).toHaveLength(5);
});

test('an unwatched pane is painted no more', () => {
	const { painting, sent, pane } = watched(8);
	pane.change(painting);
	painting.unwatch(pane);
	vi.advanceTimersByTime(100);
	expect(sent).toHaveLength(1);
	expect(painting.addCredit(pane, 1)).toBe(false);
});

test('a pane knows who looks at it, until they leave', () => {
	const { painting, pane } = watched(8);
	painting.watch(pane, 8);
	expect([...pane.viewers]).toEqual([painting]);
	painting.unwatch(pane);
	expect(pane.viewers.size).toBe(0);
	painting.watch(pane, 8);
	painting[Symbol.dispose]();
	expect(pane.viewers.size).toBe(0);
});

test('a set over the limit of a frame is cut between rows; only the first part is full', () => {
	const pane = new FakePane();
	const cells = new Uint32Array(1000 * 3);
	const changed = Array.from({ length: 300 }, (_, row) => ({ ...blankRow(row), cells }));
	const parts = [...inFrames({ ...pane.rowsSince(null), changed })];
	expect(parts.length).toBeGreaterThan(3);
	expect(parts.map((part) => part.full)).toEqual(parts.map((_, index) => index === 0));
	expect(parts.flatMap((part) => part.changed.map((row) => row.row))).toEqual(
		changed.map((row) => row.row),
	);
	for (const part of parts)
		expect(encodeRows({ ...part, pane: 1 }).length).toBeLessThanOrEqual(bulkLimit);
});

test('a row whose links alone are over the limit loses its links', () => {
	const links = Array.from({ length: 500 }, (_, at) => [at, 'x'.repeat(4000)] as const);
	const changed = [{ ...blankRow(0), links }];
	const [part] = [...inFrames({ ...new FakePane().rowsSince(null), changed })];
	expect(part?.changed).toEqual([blankRow(0)]);
});

class FakePane implements Paintable {
	readonly number: number = 7;
	modes = 0;
	version = 1;
	rows = 1;
	readonly viewers = new Set<object>();

	addViewer(viewer: object): void {
		this.viewers.add(viewer);
	}

	removeViewer(viewer: object): void {
		this.viewers.delete(viewer);
	}

	change(painting: Painting, urgent = false): void {
		this.version += 1;
		painting.changed(this, urgent);
	}

	rowsSince(version: number | null): Omit<RowsPush, 'pane'> {
		return {
			version: this.version,
			full: version === null,
			columns: 80,
			rows: 1,
			cursorColumn: this.version - 1,
			cursorRow: 0,
			cursorShape: 0,
			modes: this.modes,
			kittyFlags: 0,
			scrollback: 0,
			changed: Array.from({ length: this.rows }, (_, row) => blankRow(row)),
		};
	}
}

/** Its rows take longer than all panes may hold the loop. */
class SlowPane extends FakePane {
	override readonly number: number;

	constructor(number: number) {
		super();
		this.number = number;
	}

	override rowsSince(version: number | null) {
		for (const end = performance.now() + 5; performance.now() < end; );
		return super.rowsSince(version);
	}
}

function blankRow(row: number) {
	return {
		row,
		wrapped: false,
		cells: new Uint32Array(0),
		clusters: [],
		underlines: [],
		links: [],
	};
}

/** A painting that watches one pane and has sent its first full set. */
function watched(credit: number) {
	const sent: RowsPush[] = [];
	const sink = {
		ready: true,
		sendRows: (pane: number, payload: Uint8Array) => {
			expect(pane).toBe(7);
			sent.push(decodeRows(payload));
		},
	};
	const painting = new Painting(sink);
	const pane = new FakePane();
	painting.watch(pane, credit);
	vi.advanceTimersByTime(20);
	expect(sent).toHaveLength(1);
	return { painting, pane, sent, sink };
}
