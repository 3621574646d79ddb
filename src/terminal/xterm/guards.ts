/* oxlint-disable no-underscore-dangle -- the private names of the library */
// What a program may ask of the emulator. Without these, twelve bytes stop it (`CSI 2147483647 b`
// prints that often) and an unterminated string eats memory until ten million characters.
// They sit in the parser's own handlers, so they see what the parser sees, whatever the chunks, and
// cost nothing on text. With 32 parameters at most (the library's own bound) the rest of CSI is
// bounded by the screen.
import type { Internals } from './internals.ts';
import type { Terminal } from './library.ts';
import { cost, type Work } from './work.ts';

/** Code points of a string sequence (OSC, DCS); a longer one is dropped as a whole. */
export const stringLimit = 64 * 1024;
/** The same for titles and icon names, OSC 0, 1 and 2. */
export const titleLimit = 8 * 1024;

/**
 * Code points of one cell: the longest sequences in use (families with skin tones) have eleven.
 * Marks beyond it are dropped.
 */
export const clusterLimit = 12;

type Size = 'columns' | 'rows' | 'cells';

interface Counted {
	/** The count beyond which another round changes nothing that can be seen. */
	readonly size: Size;
	/** Of so many rounds, where they are dear. */
	readonly cost: (count: number, columns: number) => number;
}

const free = () => 0;
const byLine = (count: number) => count * cost.movedLine;

/** The finals whose handlers loop as often as their parameter says. */
const counted: Readonly<Record<string, Counted>> = {
	I: { size: 'columns', cost: free },
	Z: { size: 'columns', cost: (count) => count * cost.tabbedColumn },
	L: { size: 'rows', cost: byLine },
	M: { size: 'rows', cost: byLine },
	S: { size: 'rows', cost: byLine },
	T: { size: 'rows', cost: byLine },
	b: {
		size: 'cells',
		cost: (count, columns) =>
			count * (count > columns ? cost.wrappedCell : cost.repeatedCell),
	},
};

const oscAborted = 3;

/** Guards a terminal by its private parts. */
export function guard(internals: Internals, terminal: Terminal, work: Work): void {
	const parser = internals._inputHandler._parser;
	for (const [final, { size, cost }] of Object.entries(counted)) {
		parser.registerCsiHandler({ final }, ({ params }) => {
			const limit = limitOf(size, terminal.cols, terminal.rows);
			const count = Math.min(params[0] || 1, limit);
			params[0] = count;
			const share = size === 'rows' ? shareOf(terminal.cols, terminal.rows) : 1;
			return !work.may(cost(count, terminal.cols) * share);
		});
	}
	chargeScreens(terminal, work);
	guardStrings(parser._oscParser, parser._dcsParser);
	guardClusters(internals);
}

/** Guards a terminal by its public API alone: a count that is too large is dropped, not cut. */
export function guardPublicly(terminal: Terminal): void {
	for (const [final, { size }] of Object.entries(counted)) {
		terminal.parser.registerCsiHandler({ final }, ([count]) => {
			const limit = limitOf(size, terminal.cols, terminal.rows);
			return typeof count === 'number' && count > limit;
		});
	}
}

/** Sequences that build, move or erase many cells, whatever their parameters. */
function chargeScreens(terminal: Terminal, work: Work): void {
	const { parser } = terminal;
	const refused = (amount: number) => () => !work.may(amount);
	parser.registerEscHandler({ final: 'c' }, refused(cost.reset));
	parser.registerEscHandler({ final: 'M' }, refused(cost.movedLine));
	parser.registerEscHandler(
		{ intermediates: '#', final: '8' },
		refused(cost.filledScreen),
	);
	for (const final of ['@', 'A'])
		parser.registerCsiHandler({ intermediates: ' ', final }, refused(cost.movedColumns));
	for (const final of ['}', '~'])
		parser.registerCsiHandler({ intermediates: "'", final }, refused(cost.movedColumns));
	parser.registerCsiHandler({ final: 'J' }, refused(cost.erasedScreen));
	parser.registerCsiHandler({ prefix: '?', final: 'J' }, refused(cost.erasedUnprotected));
	// The width, which blanks the screen, and the alternate screen.
	const screens = new Set<unknown>([3, 47, 1047, 1049]);
	for (const final of ['h', 'l'])
		parser.registerCsiHandler(
			{ prefix: '?', final },
			(modes) => modes.some((mode) => screens.has(mode)) && !work.may(cost.otherScreen),
		);
}

/**
 * A moved line costs by the width of the blank one and by the rows that give way. Charged as of a large
 * screen, a small one would lose lines that vttest moves.
 */
function shareOf(columns: number, rows: number): number {
	return Math.min(1, (columns / 200 + rows / 50) / 2);
}

function limitOf(size: Size, columns: number, rows: number): number {
	if (size === 'columns') return columns;
	return size === 'rows' ? rows : columns * rows;
}

function guardStrings(
	osc: Internals['_inputHandler']['_parser']['_oscParser'],
	dcs: Internals['_inputHandler']['_parser']['_dcsParser'],
): void {
	let oscLength = 0;
	const oscStart = osc.start.bind(osc);
	const oscPut = osc.put.bind(osc);
	osc.start = () => {
		oscLength = 0;
		oscStart();
	};
	osc.put = (data, start, end) => {
		if (osc._state === oscAborted) return;
		// The number of the sequence is known only once its first piece is in.
		oscPut(data, start, end);
		oscLength += end - start;
		if (oscLength <= (osc._id >= 0 && osc._id <= 2 ? titleLimit : stringLimit)) return;
		osc.reset();
		osc._state = oscAborted;
	};

	let dcsLength = 0;
	const dcsHook = dcs.hook.bind(dcs);
	const dcsPut = dcs.put.bind(dcs);
	dcs.hook = (identity, parameters) => {
		dcsLength = 0;
		dcsHook(identity, parameters);
	};
	dcs.put = (data, start, end) => {
		dcsLength += end - start;
		// Without a handler the library would still make a string of each piece, for its log.
		if (dcs._active.length === 0) return;
		if (dcsLength <= stringLimit) dcsPut(data, start, end);
		else dcs.reset();
	};
}

const guardedPrototypes = new WeakSet<object>();

interface ClusterLine {
	_combined: Record<number, string>;
	_data: Uint32Array;
	addCodepointToCell: (
		this: ClusterLine,
		column: number,
		codePoint: number,
		width: number,
	) => void;
}

// The cell's text is built by a method that all lines share, so it is guarded on their prototype.
function guardClusters(internals: Internals): void {
	const line = internals._bufferService.buffers.normal.lines.get(0);
	const prototype: unknown = line && Object.getPrototypeOf(line);
	if (!isClusterLine(prototype) || guardedPrototypes.has(prototype)) return;
	guardedPrototypes.add(prototype);
	const add = prototype.addCodepointToCell;
	prototype.addCodepointToCell = function addBounded(column, codePoint, width) {
		const combined = ((this._data[column * 3] ?? 0) & 0x200000) !== 0;
		const text = combined ? this._combined[column] : undefined;
		if (text && text.length >= clusterLimit && Array.from(text).length >= clusterLimit)
			return;
		add.call(this, column, codePoint, width);
	};
}

function isClusterLine(value: unknown): value is ClusterLine {
	return (
		typeof value === 'object' &&
		value !== null &&
		'addCodepointToCell' in value &&
		typeof value.addCodepointToCell === 'function'
	);
}
