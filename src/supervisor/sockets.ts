// The two sockets and who stands at their other end. On the clients' socket a peer that descends
// from a holder is an agent, whatever its environment says; on the agents' socket a token says who
// speaks. Same user id means that no file can tell the two apart.
import type { Socket } from 'node:net';
import { Lifetime } from '../lib/lifetime.ts';
import { Listener } from '../lib/listener.ts';
import { descriptorOf, peerCredentials } from '../lib/native.ts';
import { ancestorsOf } from '../lib/processes.ts';
import { socketTransport } from '../lib/socket-transport.ts';
import { Channel, type RequestHandler } from '../protocol/channel.ts';

export interface Peer {
	/** The holder's descendants are agents. Null where the system does not tell who connected. */
	readonly identity: 'human' | 'agent';
	readonly pid: number | null;
	/** Its parent, that one's parent and so on, as they were when it connected; null where it is gone. */
	readonly ancestors: readonly number[] | null;
	readonly channel: Channel;
}

export interface SocketsOptions {
	readonly clientSocket: string;
	readonly agentSocket: string;
	readonly holderPids: () => readonly number[];
	/** Makes the handler of a new connection on the clients' socket. */
	readonly serveClient: (peer: Peer) => RequestHandler;
	readonly serveAgent: (peer: Peer) => RequestHandler;
}

export class Sockets {
	readonly #options: SocketsOptions;
	readonly #lifetime = new Lifetime();
	readonly #peers = new Set<Peer>();

	constructor(options: SocketsOptions) {
		this.#options = options;
	}

	/** Takes the place of whatever a dead supervisor left: the lock says that none lives. */
	async listen(): Promise<void> {
		const { clientSocket, agentSocket, serveClient, serveAgent } = this.#options;
		await this.#bind(clientSocket, serveClient);
		await this.#bind(agentSocket, serveAgent);
	}

	async close(): Promise<void> {
		for (const peer of this.#peers) peer.channel.close();
		await this.#lifetime.close();
	}

	async #bind(path: string, serve: (peer: Peer) => RequestHandler): Promise<void> {
		const listener = new Listener({
			path,
			onConnection: (socket) => this.#accept(socket, serve),
			log: (line) => console.error(line),
		});
		await this.#lifetime.add(listener).open();
	}

	#accept(socket: Socket, serve: (peer: Peer) => RequestHandler): void {
		const channel = new Channel(socketTransport(socket));
		const descriptor = descriptorOf(socket);
		const credentials = descriptor === null ? null : peerCredentials(descriptor);
		const pid = credentials?.pid ?? null;
		const ancestors = pid === null ? null : ancestorsOf(pid);
		const peer: Peer = {
			identity: this.#identify(pid, ancestors),
			pid,
			ancestors,
			channel,
		};
		this.#peers.add(peer);
		channel.serve(serve(peer));
		socket.on('data', (chunk) => channel.receive(chunk));
		socket.on('error', (error) => channel.close(error));
		socket.on('close', () => channel.close());
		channel.onClose.on(() => void this.#peers.delete(peer));
	}

	#identify(pid: number | null, ancestors: readonly number[] | null): Peer['identity'] {
		if (pid === null) return 'human';
		const holders = new Set(this.#options.holderPids());
		// One that has ended meanwhile, or whose parents keep ending, could come from a pane.
		if (ancestors === null) return 'agent';
		return [pid, ...ancestors].some((ancestor) => holders.has(ancestor))
			? 'agent'
			: 'human';
	}
}
