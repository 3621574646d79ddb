// One connection seen as requests, answers and pushes; both ends are the same. It knows frames and
// no socket: whoever owns the socket hands in its bytes and gives it a transport to write to.
// Request = {op, body}; response = body; refusal = Refusal. Bodies are checked by the two ends.
import { Emitter } from '../lib/emitter.ts';
import { messageOf } from '../lib/error-words.ts';
import { saysDiskFull } from '../lib/full-disk.ts';
import { type Outcome, type Refusal, refusal } from '../lib/outcome.ts';
import {
	BadFrame,
	bulkLimit,
	controlLimit,
	decodeInput,
	decodeJson,
	encodeFrame,
	encodeInput,
	type Frame,
	FrameKind,
	FrameReader,
} from './frames.ts';

export interface Transport {
	/** False when the peer is slow; the bytes are taken all the same. */
	write(bytes: Uint8Array): boolean;
	close(): void;
}

/** The other end said no. */
export class RequestRefused extends Error {
	readonly refusal: Refusal;

	constructor(operation: string, refused: Refusal) {
		super(`${operation}: ${refused.message}`);
		this.refusal = refused;
	}
}

/** The connection ended before the answer came; the deed may have been done. */
export class ChannelClosed extends Error {}

/**
 * Answers a request. `attach` sends bytes ahead of the answer, tied to it (scrollback rows).
 * A throw is answered with a refusal `internal`.
 */
export type RequestHandler = (
	operation: string,
	body: unknown,
	attach: (bytes: Uint8Array) => void,
) => Outcome<unknown> | Promise<Outcome<unknown>>;

/** Types into the pane of that number. A throw is answered with a refusal `internal`. */
export type InputHandler = (
	pane: number,
	typed: Uint8Array,
) => Outcome<unknown> | Promise<Outcome<unknown>>;

export interface Answer {
	readonly body: unknown;
	/** What the other end attached to the answer. */
	readonly bytes: Uint8Array | null;
}

export interface RowsFrame {
	readonly pane: number;
	/** As written by `encodeRows`; valid until the next chunk is received. */
	readonly payload: Uint8Array;
}

/** Requests of one peer that may be under way at a time; more are refused with `busy`. */
export const requestLimit = 256;

interface Waiting {
	readonly operation: string;
	bytes: Uint8Array | null;
	readonly settle: (answer: Answer) => void;
	readonly fail: (error: Error) => void;
}

export class Channel {
	readonly onPush = new Emitter<unknown>();
	readonly onRows = new Emitter<RowsFrame>();
	/** Once; the value is why: null where an end closed it on purpose. */
	readonly onClose = new Emitter<Error | null>();

	readonly #transport: Transport;
	readonly #reader = new FrameReader();
	/** Of the last chunk, those that were not taken yet. */
	#frames: Iterator<Frame> = [].values();
	readonly #waiting = new Map<number, Waiting>();
	#handler: RequestHandler | undefined;
	readonly #onInput: InputHandler | undefined;
	#lastId = 0;
	#serving = 0;
	#closed = false;

	/** Who types is answered by `onInput`; without it such frames are refused with `unserved`. */
	constructor(transport: Transport, handler?: RequestHandler, onInput?: InputHandler) {
		this.#transport = transport;
		this.#handler = handler;
		this.#onInput = onInput;
	}

	get closed(): boolean {
		return this.#closed;
	}

	/** Takes requests of the other end; before this they are refused with `unserved`. */
	serve(handler: RequestHandler): void {
		this.#handler = handler;
	}

	/**
	 * Bytes that came in. A bad frame closes this channel and throws nothing. False where `enough` was
	 * said after one of their frames: then `goOn` takes the others, and nothing is received before.
	 */
	receive(chunk: Uint8Array, enough: () => boolean = never): boolean {
		return this.#guarded(() => {
			this.#frames = this.#reader.push(chunk).values();
			return this.#takeFrames(enough);
		});
	}

	/** Takes what `receive` left, and may leave some again. */
	goOn(enough: () => boolean): boolean {
		return this.#guarded(() => this.#takeFrames(enough));
	}

	/** The answer's body. Rejects with `RequestRefused`, `ChannelClosed` or the abort's reason. */
	async request(
		operation: string,
		body: unknown,
		options: { readonly signal?: AbortSignal } = {},
	): Promise<unknown> {
		return (await this.requestWithBytes(operation, body, options)).body;
	}

	/** As `request`, with what was attached to the answer. */
	requestWithBytes(
		operation: string,
		body: unknown,
		{ signal }: { readonly signal?: AbortSignal } = {},
	): Promise<Answer> {
		const { request, bulkRequest } = FrameKind;
		return this.#ask(operation, signal, (id) =>
			this.#sendJson(request, bulkRequest, id, { op: operation, body }),
		);
	}

	/** Types into a pane of the other end, which must have said that it takes `input` frames. */
	type(pane: number, typed: Uint8Array): Promise<Answer> {
		return this.#ask('input', undefined, (id) =>
			this.#transport.write(encodeFrame(FrameKind.input, id, encodeInput(pane, typed))),
		);
	}

	#ask(
		operation: string,
		signal: AbortSignal | undefined,
		send: (id: number) => void,
	): Promise<Answer> {
		return new Promise<Answer>((settle, fail) => {
			if (this.#closed) return fail(new ChannelClosed('the connection is closed'));
			if (signal?.aborted) return fail(abortError(signal));
			const id = this.#nextId();
			const abort = signal && (() => this.#forget(id)?.fail(abortError(signal)));
			const done = () => abort && signal.removeEventListener('abort', abort);
			this.#waiting.set(id, {
				operation,
				bytes: null,
				settle: (answer) => (done(), settle(answer)),
				fail: (error) => (done(), fail(error)),
			});
			if (abort) signal.addEventListener('abort', abort, { once: true });
			try {
				send(id);
			} catch (error) {
				const cause = error instanceof Error ? error : new Error(String(error));
				this.#forget(id)?.fail(cause);
			}
		});
	}

	/** Says something unasked; false where the peer is slow or gone. */
	push(value: unknown): boolean {
		if (this.#closed) return false;
		return this.#sendJson(FrameKind.push, undefined, 0, value);
	}

	sendRows(pane: number, payload: Uint8Array): boolean {
		if (this.#closed) return false;
		return this.#transport.write(encodeFrame(FrameKind.rows, pane, payload));
	}

	/** Ends the channel and its transport; every waiting request rejects. */
	close(reason: Error | null = null): void {
		if (this.#closed) return;
		this.#closed = true;
		for (const id of this.#waiting.keys()) {
			this.#forget(id)?.fail(
				new ChannelClosed('the connection ended before the answer', {
					cause: reason,
				}),
			);
		}
		this.#transport.close();
		this.onClose.emit(reason);
	}

	#guarded(take: () => boolean): boolean {
		if (this.#closed) return true;
		try {
			return take();
		} catch (error) {
			if (!(error instanceof BadFrame)) throw error;
			this.close(error);
			return true;
		}
	}

	#takeFrames(enough: () => boolean): boolean {
		for (let next = this.#frames.next(); !next.done; next = this.#frames.next()) {
			this.#take(next.value);
			if (this.closed) return true;
			if (enough()) return false;
		}
		return true;
	}

	#take(frame: Frame): void {
		switch (frame.kind) {
			case FrameKind.request:
			case FrameKind.bulkRequest:
				return this.#answer(frame.id, decodeJson(frame));
			case FrameKind.response:
			case FrameKind.bulkResponse: {
				const body = decodeJson(frame);
				const waiting = this.#forget(frame.id);
				return waiting?.settle({ body, bytes: waiting.bytes });
			}
			case FrameKind.done:
				return this.#forget(frame.id)?.settle({ body: {}, bytes: null });
			case FrameKind.input:
				return this.#takeInput(frame);
			case FrameKind.refusal: {
				const refused = refusalOf(decodeJson(frame));
				const waiting = this.#forget(frame.id);
				return waiting?.fail(new RequestRefused(waiting.operation, refused));
			}
			case FrameKind.push:
				return this.onPush.emit(decodeJson(frame));
			case FrameKind.rows:
				return this.onRows.emit({ pane: frame.id, payload: frame.payload });
			case FrameKind.bytes: {
				const waiting = this.#waiting.get(frame.id);
				if (waiting) waiting.bytes = frame.payload.slice();
				return;
			}
		}
	}

	#answer(id: number, request: unknown): void {
		const { op, body } = requestOf(request);
		if (this.#handler === undefined)
			return this.#refuse(id, refusal('unserved', 'this end takes no requests'));
		const attach = (bytes: Uint8Array) => this.#sendBytes(FrameKind.bytes, id, bytes);
		const handler = this.#handler;
		this.#serve(
			id,
			op,
			() => handler(op, body, attach),
			(value) => this.#respond(id, op, value === undefined ? {} : value),
		);
	}

	#takeInput({ id, payload }: Frame): void {
		const onInput = this.#onInput;
		if (onInput === undefined)
			return this.#refuse(id, refusal('unserved', 'nothing is typed at this end'));
		const { pane, typed } = decodeInput(payload);
		this.#serve(
			id,
			'input',
			() => onInput(pane, typed),
			() => this.#sendBytes(FrameKind.done, id, nothing),
		);
	}

	#serve(
		id: number,
		operation: string,
		handle: () => Outcome<unknown> | Promise<Outcome<unknown>>,
		respond: (value: unknown) => void,
	): void {
		if (this.#serving >= requestLimit)
			return this.#refuse(
				id,
				refusal('busy', `${requestLimit} requests are under way already`),
			);
		const settle = (outcome: Outcome<unknown>) => {
			if (outcome.ok) respond(outcome.value);
			else this.#refuse(id, outcome.refusal);
		};
		let outcome: Outcome<unknown> | Promise<Outcome<unknown>>;
		try {
			outcome = handle();
		} catch (error) {
			return this.#refuse(id, internal(operation, error));
		}
		// An answer that is there already leaves in this turn: a key's echo waits for it.
		if (!(outcome instanceof Promise)) return settle(outcome);
		void this.#serveLater(id, operation, outcome, settle);
	}

	async #serveLater(
		id: number,
		operation: string,
		outcome: Promise<Outcome<unknown>>,
		settle: (outcome: Outcome<unknown>) => void,
	): Promise<void> {
		this.#serving += 1;
		try {
			settle(await outcome);
		} catch (error) {
			this.#refuse(id, internal(operation, error));
		} finally {
			this.#serving -= 1;
		}
	}

	#respond(id: number, operation: string, value: unknown): void {
		if (this.#closed) return;
		try {
			this.#sendJson(FrameKind.response, FrameKind.bulkResponse, id, value);
		} catch (error) {
			if (!(error instanceof BadFrame)) throw error;
			this.#refuse(
				id,
				refusal(
					'answer.too-large',
					`the answer to ${operation} is over ${bulkLimit} bytes`,
				),
			);
		}
	}

	#refuse(id: number, refused: Refusal): void {
		if (this.#closed) return;
		const message = refused.message.slice(0, 8192);
		this.#sendJson(FrameKind.refusal, undefined, id, { ...refused, message });
	}

	#sendBytes(kind: FrameKind, id: number, bytes: Uint8Array): void {
		if (!this.#closed) this.#transport.write(encodeFrame(kind, id, bytes));
	}

	#sendJson(
		kind: FrameKind,
		bulkKind: FrameKind | undefined,
		id: number,
		value: unknown,
	): boolean {
		const payload = encoder.encode(JSON.stringify(value));
		const large = bulkKind !== undefined && payload.length > controlLimit;
		return this.#transport.write(encodeFrame(large ? bulkKind : kind, id, payload));
	}

	#forget(id: number): Waiting | undefined {
		const waiting = this.#waiting.get(id);
		this.#waiting.delete(id);
		return waiting;
	}

	#nextId(): number {
		do {
			this.#lastId = this.#lastId >= 0xffff_ffff ? 1 : this.#lastId + 1;
		} while (this.#waiting.has(this.#lastId));
		return this.#lastId;
	}
}

const encoder = new TextEncoder();
const never = () => false;
const nothing = new Uint8Array();

function requestOf(value: unknown): { readonly op: string; readonly body: unknown } {
	if (typeof value === 'object' && value !== null && 'op' in value) {
		const { op } = value;
		if (typeof op === 'string')
			return { op, body: 'body' in value ? value.body : undefined };
	}
	throw new BadFrame('a request names no operation');
}

function refusalOf(value: unknown): Refusal {
	if (
		typeof value === 'object' &&
		value !== null &&
		'code' in value &&
		typeof value.code === 'string' &&
		'message' in value &&
		typeof value.message === 'string'
	) {
		const allow = 'allow' in value ? value.allow : undefined;
		return refusal(
			value.code,
			value.message,
			typeof allow === 'string' ? allow : undefined,
		);
	}
	throw new BadFrame('a refusal names no code');
}

function internal(operation: string, error: unknown): Refusal {
	const message = messageOf(error);
	if (saysDiskFull(message))
		return refusal(
			'disk.full',
			'the disk is full: this could not be done',
			'free some space on that disk, then try again',
		);
	return refusal('internal', `${operation} failed: ${message}`);
}

function abortError(signal: AbortSignal): Error {
	const reason: unknown = signal.reason;
	return reason instanceof Error ? reason : new ChannelClosed('the request was given up');
}
