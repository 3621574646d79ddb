// One peer on the holder's socket: its channel, who it is, and how much it has not read yet.
import type { Socket } from 'node:net';
import { Emitter } from '../lib/emitter.ts';
import { Channel, type RequestHandler } from '../protocol/channel.ts';

/** Above this no rows are sent: a slow client gets the latest state later, never a queue. */
export const rowsMark = 256 * 1024;

/** Above this a peer that does not read is cut off. */
export const outLimit = 8 * 1024 * 1024;

export class Connection {
	readonly channel: Channel;
	/** The peer caught up after `ready` was false. */
	readonly onReady = new Emitter<void>();

	readonly #socket: Socket;

	constructor(socket: Socket, handler: RequestHandler) {
		this.#socket = socket;
		this.channel = new Channel(
			{
				write: (bytes) => this.#write(bytes),
				close: () => this.#end(),
			},
			handler,
		);
		socket.on('data', (chunk) => this.channel.receive(chunk));
		socket.on('drain', () => this.onReady.emit());
		socket.on('error', (error) => this.channel.close(error));
		socket.on('close', () => this.channel.close());
	}

	/** Bytes that the peer has not read. */
	get unread(): number {
		return this.#socket.writableLength;
	}

	get ready(): boolean {
		return !this.channel.closed && this.unread < rowsMark;
	}

	#write(bytes: Uint8Array): boolean {
		const flowing = this.#socket.write(bytes);
		if (this.unread <= outLimit) return flowing;
		this.channel.close(new Error(`the peer left ${this.unread} bytes unread`));
		// Nothing more of what it did not read is worth keeping.
		this.#socket.destroy();
		return false;
	}

	#end(): void {
		this.#socket.end();
		// A peer that reads no more would keep the socket half open for ever.
		this.#socket.setTimeout(1000, () => this.#socket.destroy());
	}
}
