// The end of a demo that its supervisor holds on to: it closes when this process is gone, also by
// SIGKILL, and the supervisor then ends what runs and clears the ground.
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';

/** Listens as long as this process lives; answers the variables that tell the supervisor of it. */
export async function ownGround(
	socket: string,
	ground: string | null,
): Promise<Readonly<Record<string, string>>> {
	await rm(socket, { force: true });
	const server = createServer((connection) => {
		connection.on('error', () => undefined);
		connection.resume().unref();
	});
	await new Promise<void>((listening, failed) => {
		server.once('error', failed);
		server.listen(socket, listening);
	});
	// It is no reason to go on.
	server.unref();
	return {
		WEIR_OWNER: socket,
		...(ground === null ? {} : { WEIR_OWNED_GROUND: ground }),
	};
}
