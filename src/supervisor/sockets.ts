// The two sockets and who stands at their other end. On the clients' socket a peer that descends
// from a holder is an agent, whatever its environment says; on the agents' socket a token says who
// speaks. Same user id means that no file can tell the two apart.
import { chmodSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { Emitter } from '../lib/emitter.ts';
import { Lifetime } from '../lib/lifetime.ts';
import { descriptorOf, peerCredentials } from '../lib/native.ts';
import { openSocketFolder } from '../lib/private-folder.ts';
import { ancestorsOf } from '../lib/processes.ts';
import { socketTransport } from '../lib/socket-transport.ts';
import { Channel, type RequestHandler } from '../protocol/channel.ts';

export interface Peer {
	/** The holder's descendants are agents. Null where the system does not tell who connected. */
	readonly identity: 'human' | 'agent';
	readonly pid: number | null;
	readonly channel: Channel;
}

export interface ServerParts {
	readonly clientSocket: string;
	readonly agentSocket: string;
	readonly holderPids: () => readonly number[];
	/** Makes the handler of a new connection on the clients' socket. */
	readonly serveClient: (peer: Peer) => RequestHandler;
	readonly serveAgent: (peer: Peer) => RequestHandler;
}

const recreateMs = 2000;

export class SocketServer {
	readonly onIdle = new Emitter<void>();
	readonly #parts: ServerParts;
	readonly #lifetime = new Lifetime();
	readonly #peers = new Set<Peer>();

	constructor(parts: ServerParts) {
		this.#parts = parts;
	}

	/** Takes the place of whatever a dead supervisor left: the lock says that none lives. */
	async listen(): Promise<void> {
		const { clientSocket, agentSocket, serveClient, serveAgent } = this.#parts;
		await this.#bind(clientSocket, serveClient);
		await this.#bind(agentSocket, serveAgent);
	}

	async close(): Promise<void> {
		for (const peer of this.#peers) peer.channel.close();
		await this.#lifetime.close();
	}

	async #bind(path: string, serve: (peer: Peer) => RequestHandler): Promise<void> {
		let server = await this.#open(path, serve);
		let inode = inodeOf(path);
		let told = false;
		const replace = async () => {
			// First the old one: closing it removes whatever stands at its path by then.
			server.close();
			try {
				server = await this.#open(path, serve);
				inode = inodeOf(path);
				told = false;
			} catch (error) {
				if (!told) console.error(`the socket ${path} cannot be made again:`, error);
				told = true;
			}
		};
		// The runtime folder may be swept at logout: a supervisor that lives on listens again.
		this.#lifetime.interval(recreateMs, () => {
			if (inodeOf(path) === inode) return;
			void replace();
		});
		this.#lifetime.add(() => {
			server.close();
			if (inodeOf(path) === inode) rmSync(path, { force: true });
		});
	}

	#open(path: string, serve: (peer: Peer) => RequestHandler): Promise<Server> {
		return new Promise((resolve, reject) => {
			openSocketFolder(dirname(path));
			rmSync(path, { force: true });
			const server = createServer((socket) => this.#accept(socket, serve));
			server.once('error', reject);
			server.listen(path, () => {
				chmodSync(path, 0o600);
				resolve(server);
			});
		});
	}

	#accept(socket: Socket, serve: (peer: Peer) => RequestHandler): void {
		const channel = new Channel(socketTransport(socket));
		const descriptor = descriptorOf(socket);
		const credentials = descriptor === null ? null : peerCredentials(descriptor);
		const peer: Peer = {
			identity: this.#identify(credentials?.pid ?? null),
			pid: credentials?.pid ?? null,
			channel,
		};
		this.#peers.add(peer);
		channel.serve(serve(peer));
		socket.on('data', (chunk) => channel.receive(chunk));
		socket.on('error', (error) => channel.close(error));
		socket.on('close', () => channel.close());
		channel.onClose.on(() => {
			this.#peers.delete(peer);
			if (this.#peers.size === 0) this.onIdle.emit();
		});
	}

	#identify(pid: number | null): Peer['identity'] {
		if (pid === null) return 'human';
		const holders = new Set(this.#parts.holderPids());
		const ancestors = ancestorsOf(pid);
		// One that has ended meanwhile, or whose parents keep ending, could come from a pane.
		if (ancestors === null) return 'agent';
		return [pid, ...ancestors].some((ancestor) => holders.has(ancestor))
			? 'agent'
			: 'human';
	}
}

function inodeOf(path: string): number | null {
	return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}
