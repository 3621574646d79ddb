// The connections of a holder: each asks for itself and sees its own picture of the panes.
import type { Socket } from 'node:net';
import type { FollowedFolder } from '../lib/followed-folder.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { InputHandler, RequestHandler } from '../protocol/channel.ts';
import {
	type HolderPush,
	type HolderRequest,
	type HolderResponse,
	holderProtocol,
	type ProcessIdentity,
} from '../protocol/holder.ts';
import { admit, isSameToken, peerOf } from './admission.ts';
import { Connection } from './connection.ts';
import { type Asker, perform, typeInto } from './operations.ts';
import { Painting } from './painting.ts';
import type { Pane } from './pane.ts';
import type { Panes } from './panes.ts';

export interface PeersOptions {
	readonly id: string;
	readonly version: string;
	readonly process: ProcessIdentity;
	readonly token: string;
	/** Where the records of this holder and its neighbours lie. */
	readonly records: Pick<FollowedFolder, 'path'>;
	readonly panes: Panes;
	readonly settle: Asker['settle'];
	drain(): void;
	shutdown(): void;
}

const peerLimit = 64;

// Who connects and says nothing takes a place from others.
const helloMs = 10_000;

export class Peers implements Disposable {
	readonly #options: PeersOptions;
	readonly #peers = new Set<Peer>();

	constructor(options: PeersOptions) {
		this.#options = options;
	}

	/** How many have said hello. */
	get greeted(): number {
		return [...this.#peers].filter((peer) => peer.greeted).length;
	}

	accept(socket: Socket): void {
		if (this.#peers.size >= peerLimit) {
			socket.destroy();
			return;
		}
		const peer = new Peer(socket, this.#options);
		this.#peers.add(peer);
		socket.once('close', () => {
			this.#peers.delete(peer);
			peer[Symbol.dispose]();
		});
	}

	push(push: HolderPush): void {
		for (const peer of this.#peers) peer.push(push);
	}

	changed(pane: Pane, urgent: boolean): void {
		for (const { painting } of this.#peers) painting.changed(pane, urgent);
	}

	gone(pane: Pane): void {
		for (const { painting } of this.#peers) painting.unwatch(pane);
	}

	[Symbol.dispose](): void {
		for (const peer of this.#peers) peer.close();
	}
}

class Peer implements Disposable {
	readonly painting: Painting;
	readonly #connection: Connection;
	readonly #options: PeersOptions;
	readonly #pid: number | null;
	readonly #patience: NodeJS.Timeout;
	#greeted = false;

	constructor(socket: Socket, options: PeersOptions) {
		this.#options = options;
		this.#pid = peerOf(socket);
		const onRequest: RequestHandler = (operation, body, attach) =>
			perform(operation, body, {
				panes: options.panes,
				painting: this.painting,
				greeted: this.#greeted,
				hello: (request) => this.#hello(request),
				attach,
				settle: options.settle,
				drain: () => options.drain(),
				shutdown: () => options.shutdown(),
			});
		const onInput: InputHandler = (pane, typed) =>
			typeInto(pane, typed, { panes: options.panes, greeted: this.#greeted });
		this.#connection = new Connection(socket, onRequest, onInput);
		const connection = this.#connection;
		this.painting = new Painting({
			get ready() {
				return connection.ready;
			},
			sendRows: (pane, payload) => connection.channel.sendRows(pane, payload),
		});
		connection.onReady.on(() => this.painting.resume());
		this.#patience = setTimeout(() => this.#impatient(), helloMs);
	}

	get greeted(): boolean {
		return this.#greeted;
	}

	push(push: HolderPush): void {
		if (this.#greeted) this.#connection.channel.push(push);
	}

	close(): void {
		this.#connection.channel.close();
	}

	[Symbol.dispose](): void {
		clearTimeout(this.#patience);
		this.#options.panes.leave(this.painting);
		this.painting[Symbol.dispose]();
	}

	#hello({ protocol, token }: HolderRequest<'hello'>): Outcome<HolderResponse<'hello'>> {
		const { id, version, process, token: right, records } = this.#options;
		const admitted = admit(this.#pid, records.path);
		if (!admitted.ok) return admitted;
		if (!isSameToken(token, right))
			return refuse('identity.token', 'the token is not the one of this holder');
		const spoken = Math.min(protocol.max, holderProtocol.max);
		if (spoken < Math.max(protocol.min, holderProtocol.min))
			return refuse(
				'hello.protocol',
				`this holder speaks ${holderProtocol.min} to ${holderProtocol.max}, not ${protocol.min} to ${protocol.max}`,
			);
		this.#greeted = true;
		clearTimeout(this.#patience);
		return ok({ protocol: spoken, version, holder: id, process, input: true });
	}

	#impatient(): void {
		this.#connection.channel.close(new Error('no hello came'));
	}
}
