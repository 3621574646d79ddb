// A socket on disk: private, and there again when its folder was swept away, as runtime folders are
// at logout.
import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { basename, dirname } from 'node:path';
import { socketPath } from './paths.ts';
import { openSocketFolder } from './private-folder.ts';

const lookEveryMs = 2000;

export interface ListenerOptions {
	readonly path: string;
	readonly onConnection: (socket: Socket) => void;
	readonly log: (line: string) => void;
}

export class Listener implements Disposable {
	readonly #options: ListenerOptions;
	#server: Server | undefined;
	/** Of the socket's file; none while it could not be made. */
	#inode: bigint | undefined;
	#opening = false;
	/** That it cannot be made again is said once, until it can. */
	#told = false;
	#timer: NodeJS.Timeout | undefined;

	constructor(options: ListenerOptions) {
		this.#options = options;
	}

	/**
	 * Listens, in the place of whatever stands there. Throws where the folder is not ours alone or the
	 * path is too long.
	 */
	async open(): Promise<void> {
		await this.#listen();
		this.#timer = setInterval(() => void this.#look(), lookEveryMs);
	}

	[Symbol.dispose](): void {
		clearInterval(this.#timer);
		// Node removes the socket's file with it.
		this.#server?.close();
	}

	async #look(): Promise<void> {
		const { path, log } = this.#options;
		if (this.#opening) return;
		if (this.#inode !== undefined && inodeOf(path) === this.#inode) return;
		this.#opening = true;
		try {
			// First the old one: closing it removes whatever stands at its path by then.
			this.#server?.close();
			await this.#listen();
			this.#told = false;
			log(`the socket ${path} had vanished and was made again`);
		} catch (error) {
			if (!this.#told) log(`the socket ${path} cannot be made again: ${String(error)}`);
			this.#told = true;
		}
		this.#opening = false;
	}

	async #listen(): Promise<void> {
		const { path, onConnection, log } = this.#options;
		this.#inode = undefined;
		openSocketFolder(dirname(path));
		// Said in words here; the kernel's word for it is EINVAL.
		socketPath(dirname(path), basename(path));
		rmSync(path, { force: true });
		const server = createServer(onConnection);
		this.#server = server;
		await new Promise<void>((listening, failed) => {
			server.once('error', failed);
			server.listen(path, () => {
				server.off('error', failed);
				server.on('error', (error) => log(`the socket ${path}: ${error}`));
				listening();
			});
		});
		chmodSync(path, 0o600);
		this.#inode = inodeOf(path);
	}
}

function inodeOf(path: string): bigint | undefined {
	return lstatSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}
