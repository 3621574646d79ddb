// Servers outside of both agents: one to which the programs in their panes come, and two that write what
// they are told.
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export class AttackServers {
	readonly #servers: Server[] = [];

	/** At a port of this machine, which is told, or at a path. */
	async serve(
		where: number | string,
		serve: (socket: Socket) => void,
	): Promise<number | null> {
		const server = createServer(serve);
		this.#servers.push(server);
		server.listen(typeof where === 'number' ? { port: 0, host: '127.0.0.1' } : where);
		await once(server, 'listening');
		const address = server.address();
		return typeof address === 'object' ? (address?.port ?? null) : null;
	}

	close(): void {
		for (const server of this.#servers) server.close();
	}
}

/** Writes into each path that it is told. */
export function obey(socket: Socket): void {
	const input = createInterface({ input: socket });
	socket.on('error', () => undefined);
	input.on('line', (path) => {
		void appendFile(path, 'told\n').then(() => socket.end('done\n'));
	});
}
