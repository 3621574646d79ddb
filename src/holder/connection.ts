// One peer on the holder's socket: its channel, who it is, and how much it has not read yet.
import type { Socket } from 'node:net';
import { Emitter } from '../lib/emitter.ts';
import { type SocketTransport, socketTransport } from '../lib/socket-transport.ts';
import { Channel, type InputHandler, type RequestHandler } from '../protocol/channel.ts';

/** Above this no rows are sent: a slow client gets the latest state later, never a queue. */
const rowsMark = 256 * 1024;

/** What a peer asks for at once, such as new sizes of many panes, is done in turns of about this time. */
const turnMs = 1;

export class Connection {
	readonly channel: Channel;
	/** The peer caught up after `ready` was false. */
	readonly onReady = new Emitter<void>();

	readonly #transport: SocketTransport;

	constructor(socket: Socket, handler: RequestHandler, onInput: InputHandler) {
		this.#transport = socketTransport(socket);
		this.channel = new Channel(this.#transport, handler, onInput);
		socket.on('data', (chunk) => {
			if (!this.channel.receive(chunk, enoughFor(turnMs))) this.#goOnLater(socket);
		});
		socket.on('drain', () => this.onReady.emit());
		socket.on('error', (error) => this.channel.close(error));
		socket.on('close', () => this.channel.close());
	}

	/** Other peers and programs have their turn; nothing is read meanwhile. */
	#goOnLater(socket: Socket): void {
		socket.pause();
		setImmediate(() => {
			if (this.channel.goOn(enoughFor(turnMs))) socket.resume();
			else this.#goOnLater(socket);
		});
	}

	get ready(): boolean {
		return !this.channel.closed && this.#transport.unread < rowsMark;
	}
}

function enoughFor(milliseconds: number): () => boolean {
	const end = performance.now() + milliseconds;
	return () => performance.now() >= end;
}
