/* oxlint-disable no-underscore-dangle -- the private names of the library */
// All of a terminal that decides what later bytes do to it, so that a recording can be replayed from
// the middle and still drop, wrap and number every line as the live terminal did.
import type {
	Attributes,
	BufferService,
	Charset,
	Internals,
	Line,
	ScreenBuffer,
} from './internals.ts';
import { internalsOf } from './internals.ts';
import { newTerminal } from './library.ts';
import type { LinkTable } from './links.ts';

export interface SavedLine {
	readonly wrapped: boolean;
	/** Where it is not that of the screen: a narrower one leaves the alternate screen's lines long. */
	readonly length?: number;
	/** Without trailing blank cells; redaction overwrites in place. */
	readonly cells: Uint32Array;
	readonly clusters: readonly (readonly [column: number, text: string])[];
	readonly extended: readonly (readonly [column: number, bits: number, link: number])[];
}

interface SavedBuffer {
	readonly lines: readonly SavedLine[];
	/** How many it may hold: one that was not in use as the screen shrank may hold more than that. */
	readonly room?: number;
	readonly x: number;
	readonly y: number;
	readonly base: number;
	readonly savedX: number;
	readonly savedY: number;
	readonly savedForeground: number;
	readonly savedBackground: number;
	readonly savedCharset: string | null;
	readonly scrollTop: number;
	readonly scrollBottom: number;
	readonly tabs: readonly number[];
}

export interface SavedScreen extends SavedBuffers {
	readonly trimmed: number;
	/** Of the allowance for dear sequences (see `work`). */
	readonly spent: number;
	/** LNM: a line feed also returns. */
	readonly newLineMode: boolean;
}

/** What the library's private parts hold of it. */
interface SavedBuffers {
	readonly columns: number;
	readonly rows: number;
	readonly alternate: boolean;
	readonly normal: SavedBuffer;
	readonly other: SavedBuffer;
	readonly foreground: number;
	readonly background: number;
	readonly extended: number;
	readonly link: number;
	readonly charset: string | null;
	readonly charsetLevel: number;
	readonly charsets: readonly (string | null)[];
	readonly modes: Record<string, unknown>;
	readonly privateModes: Record<string, unknown>;
	readonly cursorHidden: boolean;
	readonly mouseProtocol: string;
	readonly mouseEncoding: string;
	readonly joinState: number;
	readonly parserState: number;
	readonly links: readonly (readonly [number, string])[];
}

const combined = 1 << 21;
const hasExtended = 0x10000000;

export function saveScreen(internals: Internals, links: LinkTable): SavedBuffers {
	const { _inputHandler: handler, _bufferService: service } = internals;
	const { _charsetService: charsets } = internals;
	const { normal, alt, active } = service.buffers;
	const attributes = handler._curAttrData;
	return {
		columns: service.cols,
		rows: service.rows,
		alternate: active === alt,
		normal: saveBuffer(normal, service),
		other: saveBuffer(alt, service),
		foreground: attributes.fg,
		background: attributes.bg,
		extended: attributes.extended._ext,
		link: attributes.extended._urlId,
		charset: charsetName(charsets.charset),
		charsetLevel: charsets.glevel,
		charsets: Array.from(charsets._charsets, charsetName),
		modes: { ...internals.coreService.modes },
		privateModes: { ...internals.coreService.decPrivateModes },
		cursorHidden: internals.coreService.isCursorHidden,
		mouseProtocol: internals.coreMouseService.activeProtocol,
		mouseEncoding: internals.coreMouseService.activeEncoding,
		joinState: handler._parser.precedingJoinState,
		parserState: swallowing(handler._parser.currentState),
		links: links.entries(),
	};
}

/** Fills a new terminal of the same size and ring. */
export function restoreScreen(
	internals: Internals,
	links: LinkTable,
	saved: SavedBuffers,
): void {
	const { _inputHandler: handler, _bufferService: service } = internals;
	const { _charsetService: charsets, coreService, coreMouseService } = internals;
	if (service.cols !== saved.columns || service.rows !== saved.rows)
		throw new Error('a saved screen needs a terminal of its own size');
	for (const [number, target] of saved.links) links.add(number, target);
	if (saved.alternate) service.buffers.activateAltBuffer();
	const attributes = handler._curAttrData;
	restoreBuffer(service.buffers.normal, saved.normal, attributes);
	restoreBuffer(service.buffers.alt, saved.other, attributes);
	attributes.fg = saved.foreground;
	attributes.bg = saved.background;
	attributes.extended = attributes.extended.clone();
	attributes.extended._ext = saved.extended;
	attributes.extended._urlId = saved.link;
	charsets._charsets = saved.charsets.map(charsetNamed);
	charsets.glevel = saved.charsetLevel;
	charsets.charset = charsetNamed(saved.charset);
	Object.assign(coreService.modes, saved.modes);
	Object.assign(coreService.decPrivateModes, saved.privateModes);
	coreService.isCursorHidden = saved.cursorHidden;
	coreMouseService.activeProtocol = saved.mouseProtocol;
	coreMouseService.activeEncoding = saved.mouseEncoding;
	handler._parser.precedingJoinState = saved.joinState;
	handler._parser.currentState = saved.parserState;
	if (saved.parserState === state.osc) {
		handler._parser._oscParser.start();
		handler._parser._oscParser._state = 3;
	}
}

function saveBuffer(buffer: ScreenBuffer, service: BufferService): SavedBuffer {
	const lines: SavedLine[] = [];
	for (let index = 0; index < buffer.lines.length; index += 1) {
		const line = buffer.lines.get(index);
		if (line) lines.push(saveLine(line, service.cols));
	}
	const tabs: number[] = [];
	for (let column = 0; column < service.cols; column += 1)
		if (buffer.tabs[column]) tabs.push(column);
	return {
		lines,
		room: buffer.lines.maxLength,
		x: buffer.x,
		y: buffer.y,
		base: buffer.ybase,
		savedX: buffer.savedX,
		savedY: buffer.savedY,
		savedForeground: buffer.savedCurAttrData.fg,
		savedBackground: buffer.savedCurAttrData.bg,
		savedCharset: charsetName(buffer.savedCharset),
		scrollTop: buffer.scrollTop,
		scrollBottom: buffer.scrollBottom,
		tabs,
	};
}

function restoreBuffer(
	buffer: ScreenBuffer,
	saved: SavedBuffer,
	pattern: Attributes,
): void {
	buffer.lines.length = 0;
	if (saved.room !== undefined) buffer.lines.maxLength = saved.room;
	for (const line of saved.lines) buffer.lines.push(restoreLine(buffer, line, pattern));
	buffer.x = saved.x;
	buffer.y = saved.y;
	buffer.ybase = saved.base;
	buffer.ydisp = saved.base;
	buffer.savedX = saved.savedX;
	buffer.savedY = saved.savedY;
	buffer.savedCurAttrData.fg = saved.savedForeground;
	buffer.savedCurAttrData.bg = saved.savedBackground;
	buffer.savedCharset = charsetNamed(saved.savedCharset);
	buffer.scrollTop = saved.scrollTop;
	buffer.scrollBottom = saved.scrollBottom;
	buffer.tabs = Object.fromEntries(saved.tabs.map((column) => [column, true]));
}

function saveLine(line: Line, columns: number): SavedLine {
	const data = line._data;
	let length = line.length;
	while (length > 0 && isBlank(data, (length - 1) * 3)) length -= 1;
	const clusters: [number, string][] = [];
	const extended: [number, number, number][] = [];
	for (let column = 0, at = 0; column < length; column += 1, at += 3) {
		if (((data[at] ?? 0) & combined) !== 0)
			clusters.push([column, line._combined[column] ?? '']);
		if (((data[at + 2] ?? 0) & hasExtended) === 0) continue;
		const attributes = line._extendedAttrs[column];
		if (attributes) extended.push([column, attributes._ext, attributes._urlId]);
	}
	return {
		wrapped: line.isWrapped,
		...(line.length === columns ? {} : { length: line.length }),
		cells: data.slice(0, length * 3),
		clusters,
		extended,
	};
}

function restoreLine(buffer: ScreenBuffer, saved: SavedLine, pattern: Attributes): Line {
	const line = buffer.getBlankLine(pattern, saved.wrapped);
	const length = Math.max(saved.length ?? line.length, saved.cells.length / 3);
	if (length !== line.length) {
		line._data = new Uint32Array(length * 3);
		for (let at = 0; at < line._data.length; at += 3) line._data[at] = 1 << 22;
		line.length = length;
	}
	line._data.set(saved.cells);
	for (const [column, text] of saved.clusters) line._combined[column] = text;
	for (const [column, bits, link] of saved.extended) {
		const attributes = pattern.extended.clone();
		attributes._ext = bits;
		attributes._urlId = link;
		line._extendedAttrs[column] = attributes;
	}
	return line;
}

function isBlank(data: Uint32Array, at: number): boolean {
	return data[at] === 1 << 22 && data[at + 1] === 0 && data[at + 2] === 0;
}

/** States of the library's parser. */
const state = { ground: 0, csiIgnore: 6, string: 7, osc: 8, dcsIgnore: 11 } as const;

// Of a sequence that is open only its kind is kept: what is left of it is swallowed. Checkpoints
// are taken between sequences unless one stays open for megabytes.
function swallowing(current: number): number {
	if (current >= 9) return state.dcsIgnore;
	if (current >= state.string) return current;
	return current >= 3 ? state.csiIgnore : state.ground;
}

const designations = [
	'0',
	'A',
	'4',
	'C',
	'5',
	'R',
	'Q',
	'K',
	'Y',
	'E',
	'6',
	'Z',
	'H',
	'7',
	'=',
];
let tables: Map<string, Charset> | undefined;

// The tables have no names, but the designation that selects one identifies it.
function charsetTables(): Map<string, Charset> {
	if (tables) return tables;
	tables = new Map();
	const terminal = newTerminal(2, 1, 0);
	const internals = internalsOf(terminal);
	for (const name of designations) {
		internals?._inputHandler.selectCharset(`(${name}`);
		tables.set(name, internals?._charsetService._charsets[0]);
	}
	terminal.dispose();
	return tables;
}

function charsetName(charset: Charset): string | null {
	if (charset === undefined) return null;
	for (const [name, table] of charsetTables()) if (table === charset) return name;
	return null;
}

function charsetNamed(name: string | null): Charset {
	return name === null ? undefined : charsetTables().get(name);
}
