// A channel over a Unix socket, as a client opens it, and what its failures mean.
import { createConnection, type Socket } from 'node:net';
import { afterInput } from '../lib/after-input.ts';
import { errorCode } from '../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import {
	type Answer,
	Channel,
	ChannelClosed,
	RequestRefused,
} from '../protocol/channel.ts';
import { BadFrame } from '../protocol/frames.ts';

/** Requests over this many unsent bytes are refused: whoever reads them hangs or is stopped. */
const backlogLimit = 4 * 1024 * 1024;

/** How long a request may take: milliseconds, or null for as long as the connection lives. */
export interface Patience {
	readonly timeoutMs?: number | null;
	readonly signal?: AbortSignal;
}

/** Words for the other end, for the sentences of refusals. */
export interface Peer {
	/** Prefix of refusal codes: `supervisor`, `holder`. */
	readonly noun: string;
	readonly socket: string;
	/** What the user does when the other end is gone or hangs. */
	readonly remedy: string;
}

/** A connection whose requests answer with outcomes instead of exceptions. */
export class Line implements Disposable {
	readonly channel: Channel;
	readonly #peer: Peer;
	readonly #socket: Socket;

	constructor(peer: Peer, socket: Socket) {
		this.#peer = peer;
		this.#socket = socket;
		const channel = new Channel({
			write: (bytes) => socket.write(bytes),
			close: () => socket.destroy(),
		});
		let failure: Error | null = null;
		socket.on('data', (chunk) => channel.receive(chunk));
		socket.on('error', (error) => {
			failure = error;
		});
		socket.on('close', () => channel.close(failure));
		this.channel = channel;
	}

	/**
	 * Asks and waits for the answer, 30 s where nothing else is said. Refused with the other end's
	 * own refusal, or `<noun>.gone`, `.silent`, `.too-large`, in all of which the deed may or may
	 * not have been done, except the last.
	 */
	async ask(
		operation: string,
		body: unknown,
		{ timeoutMs = defaultTimeoutMs, signal }: Patience = {},
	): Promise<Outcome<Answer>> {
		const late = timeoutMs === null ? undefined : new Deadline(timeoutMs);
		const signals = [signal, late?.signal].filter((one) => one !== undefined);
		try {
			const options = signals.length > 0 ? { signal: AbortSignal.any(signals) } : {};
			return await this.#outcome(operation, () =>
				this.channel.requestWithBytes(operation, body, options),
			);
		} catch (error) {
			if (late?.signal.aborted) return this.#silent(operation);
			if (signal?.aborted) return refuse('given-up', `${operation} was given up`);
			throw error;
		} finally {
			late?.[Symbol.dispose]();
		}
	}

	/** Types into a pane of who takes `input` frames, by its number there. Refused as `ask` is. */
	type(pane: number, typed: Uint8Array): Promise<Outcome<Answer>> {
		return this.#outcome('input', () => this.channel.type(pane, typed));
	}

	async #outcome(
		operation: string,
		ask: () => Promise<Answer>,
	): Promise<Outcome<Answer>> {
		if (this.#socket.writableLength > backlogLimit) return this.#silent(operation);
		try {
			return ok(await ask());
		} catch (error) {
			if (error instanceof RequestRefused) return { ok: false, refusal: error.refusal };
			if (error instanceof ChannelClosed) return this.#gone(operation);
			if (error instanceof BadFrame) return this.#tooLarge(operation, error);
			throw error;
		}
	}

	[Symbol.dispose](): void {
		this.channel.close();
	}

	#silent(operation: string): Outcome<never> {
		const { noun, remedy } = this.#peer;
		return refuse(
			`${noun}.silent`,
			`the ${noun} did not answer ${operation} in time; it may hang or be stopped`,
			remedy,
		);
	}

	#gone(operation: string): Outcome<never> {
		const { noun, remedy } = this.#peer;
		return refuse(
			`${noun}.gone`,
			`the ${noun} ended before it answered ${operation}; whether it was done is not known`,
			remedy,
		);
	}

	#tooLarge(operation: string, error: BadFrame): Outcome<never> {
		return refuse(
			`${this.#peer.noun}.too-large`,
			`the request ${operation} is too large to be sent: ${error.message}`,
		);
	}
}

// An answer takes milliseconds; these are for a machine that is overloaded, and for who hangs.
const defaultTimeoutMs = 30_000;
const dialMs = 10_000;

/**
 * Connects to a socket. Refused with `<noun>.none` where nobody listens (no such socket, or one
 * left behind by a process that is gone), with `<noun>.unreachable` otherwise.
 */
export function dial(peer: Peer): Promise<Outcome<Line>> {
	return new Promise((settle) => {
		const socket = createConnection(peer.socket);
		const cancel = afterInput(dialMs, () => give(refuseDial(peer, 'ETIMEDOUT')));
		const fail = (error: Error) => give(refuseDial(peer, errorCode(error)));
		const give = (outcome: Outcome<Line>) => {
			cancel();
			if (!outcome.ok) socket.destroy();
			settle(outcome);
		};
		socket.once('error', fail);
		socket.once('connect', () => {
			socket.off('error', fail);
			give(ok(new Line(peer, socket)));
		});
	});
}

function refuseDial({ noun, socket, remedy }: Peer, code = 'unknown'): Outcome<never> {
	// A reset is one whose process ends at this moment.
	if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ECONNRESET')
		return refuse(`${noun}.none`, `no ${noun} listens at ${socket}`, remedy);
	if (code === 'EPERM')
		return refuse(
			`${noun}.forbidden`,
			`a sandbox around this program lets it reach no socket, and so no ${noun}`,
		);
	return refuse(
		`${noun}.unreachable`,
		`the ${noun} at ${socket} cannot be reached (${code})`,
		remedy,
	);
}

/** A signal that fires after a time, unless it is disposed of first. */
class Deadline implements Disposable {
	readonly #controller = new AbortController();
	readonly #cancel: () => void;

	constructor(milliseconds: number) {
		this.#cancel = afterInput(milliseconds, () => this.#controller.abort());
	}

	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	[Symbol.dispose](): void {
		this.#cancel();
	}
}
