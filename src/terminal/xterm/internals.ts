/* oxlint-disable no-underscore-dangle -- the private names of the library */
// Private parts of @xterm/headless 6.0.0 that weir uses, as shapes. Nothing outside this folder
// knows these names. Why at all: synchronous parsing, damage by row, rows as raw words, underline
// styles, links and exact checkpoints have no public API.
import type { Terminal } from './library.ts';

/** Cells are three words: content, foreground, background (see protocol/rows). */
export interface Line {
	_data: Uint32Array;
	_combined: Record<number, string>;
	_extendedAttrs: Record<number, ExtendedAttributes | undefined>;
	length: number;
	isWrapped: boolean;
}

export interface ExtendedAttributes {
	_ext: number;
	_urlId: number;
	clone(): ExtendedAttributes;
}

export interface Attributes {
	fg: number;
	bg: number;
	extended: ExtendedAttributes;
}

export interface Lines {
	length: number;
	maxLength: number;
	readonly isFull: boolean;
	get(index: number): Line | undefined;
	push(line: Line): void;
	/** The first line, taken out and put in as the last; the ring must be full. */
	recycle(): Line;
}

/** A translation of ASCII; the library compares tables by identity. */
export type Charset = Record<string, string> | undefined;

export interface ScreenBuffer {
	readonly lines: Lines;
	x: number;
	y: number;
	/** Index of the screen's first row in `lines`. */
	ybase: number;
	ydisp: number;
	savedX: number;
	savedY: number;
	savedCurAttrData: Attributes;
	savedCharset: Charset;
	scrollTop: number;
	scrollBottom: number;
	tabs: Record<number, boolean | undefined>;
	getBlankLine(attributes: Attributes, wrapped?: boolean): Line;
}

export interface SequenceParameters {
	readonly params: Int32Array;
	readonly length: number;
	/** All parts in colons of all parameters. */
	readonly _subParamsLength: number;
	hasSubParams(index: number): boolean;
	getSubParams(index: number): Int32Array | null;
}

type Counts = Pick<SequenceParameters, 'params' | 'length'>;

interface StringParser {
	put(data: Uint32Array, start: number, end: number): void;
	reset(): void;
	_active: readonly unknown[];
}

export interface Parser {
	/** 0 is ground: no sequence is open. */
	currentState: number;
	/** What the next character may join with. */
	precedingJoinState: number;
	_oscParser: StringParser & { start(): void; _state: number; _id: number };
	_dcsParser: StringParser & { hook(identity: number, parameters: unknown): void };
	reset(): void;
	setPrintHandler(print: Print): void;
	registerCsiHandler(
		id: { prefix?: string; intermediates?: string; final: string },
		handler: (parameters: SequenceParameters) => boolean,
	): unknown;
}

export type Print = (data: Uint32Array, start: number, end: number) => void;

export interface DirtyRows {
	start: number;
	end: number;
	clearRange(): void;
	markDirty(row: number): void;
	markRangeDirty(first: number, last: number): void;
	markAllDirty(): void;
}

export interface InputHandler {
	_parser: Parser;
	_activeBuffer: ScreenBuffer;
	_curAttrData: Attributes;
	_dirtyRowTracker: DirtyRows;
	parse(data: Uint8Array): unknown;
	print: Print;
	eraseInDisplay(parameters: Counts, protect: boolean): boolean;
	eraseInLine(parameters: Counts, protect: boolean): boolean;
	charAttributes(parameters: SequenceParameters): boolean;
	lineFeed(): boolean;
	/** The colours of what is erased. */
	_eraseAttrData(): Attributes;
	readonly _optionsService: { readonly rawOptions: { readonly convertEol?: boolean } };
	carriageReturn(): boolean;
	backspace(): boolean;
	/** `collectAndFlag` is the intermediate and the final byte of the designation. */
	selectCharset(collectAndFlag: string): boolean;
}

export interface BufferService {
	readonly cols: number;
	readonly rows: number;
	readonly buffers: {
		readonly normal: ScreenBuffer;
		readonly alt: ScreenBuffer;
		readonly active: ScreenBuffer;
		activateAltBuffer(): void;
		onBufferActivate(listener: () => void): unknown;
	};
	scroll(attributes: Attributes, wrapped?: boolean): void;
	readonly isUserScrolling: boolean;
}

export interface Internals {
	readonly _inputHandler: InputHandler;
	readonly _bufferService: BufferService;
	readonly _charsetService: { charset: Charset; glevel: number; _charsets: Charset[] };
	readonly _oscLinkService: {
		registerLink(link: { uri: string }): number;
		addLineToLink(id: number, line: number): void;
		getLinkData(id: number): { uri: string } | undefined;
	};
	readonly coreService: {
		modes: Record<string, unknown>;
		decPrivateModes: Record<string, unknown>;
		isCursorHidden: boolean;
	};
	readonly coreMouseService: { activeProtocol: string; activeEncoding: string };
}

/** The private parts of a terminal, or null where they are not what this folder expects. */
export function internalsOf(terminal: Terminal): Internals | null {
	// A parser of a foreign object: what the checks below do not find is not used.
	const core = (terminal as unknown as { _core?: Partial<Internals> })._core;
	const handler = core?._inputHandler;
	const buffers = core?._bufferService?.buffers;
	const line = buffers?.normal?.lines?.get(0);
	const present =
		typeof handler?.parse === 'function' &&
		typeof handler.print === 'function' &&
		typeof handler.selectCharset === 'function' &&
		typeof handler.eraseInDisplay === 'function' &&
		typeof handler.eraseInLine === 'function' &&
		typeof handler.charAttributes === 'function' &&
		typeof handler.lineFeed === 'function' &&
		typeof handler._eraseAttrData === 'function' &&
		typeof handler._optionsService?.rawOptions === 'object' &&
		typeof handler.carriageReturn === 'function' &&
		typeof handler.backspace === 'function' &&
		typeof handler._dirtyRowTracker?.markRangeDirty === 'function' &&
		typeof handler._curAttrData?.extended?._ext === 'number' &&
		typeof handler._parser?.setPrintHandler === 'function' &&
		typeof handler._parser.precedingJoinState === 'number' &&
		typeof handler._parser.currentState === 'number' &&
		typeof handler._parser._oscParser?.put === 'function' &&
		typeof handler._parser._dcsParser?.hook === 'function' &&
		typeof core?._bufferService?.scroll === 'function' &&
		typeof core._bufferService.isUserScrolling === 'boolean' &&
		typeof buffers?.normal?.lines?.recycle === 'function' &&
		typeof core._charsetService?.glevel === 'number' &&
		typeof core._oscLinkService?.registerLink === 'function' &&
		typeof core.coreService?.decPrivateModes === 'object' &&
		typeof core.coreMouseService?.activeProtocol === 'string' &&
		line?._data instanceof Uint32Array &&
		line._data.length === core._bufferService.cols * 3;
	return present ? (core as Internals) : null;
}
