// A demo's supervisor belongs to the process that plays the demo: when that is gone, however it ended,
// nobody will ever end what runs there. The kernel tells, by closing the connection.
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { basename, sep } from 'node:path';
import type { Environment } from '../lib/environment.ts';

export class Owner implements Disposable {
	readonly #socket: string | undefined;
	readonly #ground: string | null;
	#gone = false;
	#stop: () => void = () => undefined;

	/** The owner says where it listens, and which folder goes with it, in the environment. */
	constructor({ WEIR_OWNER, WEIR_OWNED_GROUND }: Environment, commonDir: string) {
		this.#socket = WEIR_OWNER;
		const ground = WEIR_OWNED_GROUND ?? '';
		const ours =
			basename(ground).startsWith('weir-demo-') && commonDir.startsWith(ground + sep);
		this.#ground = ours ? ground : null;
	}

	/** Calls once when the owner is gone, also where it was gone before. */
	watch(gone: () => void): void {
		if (this.#socket === undefined) return;
		const connection = connect(this.#socket);
		const lost = () => {
			this.#gone = true;
			gone();
		};
		connection.on('error', () => undefined);
		connection.once('close', lost);
		connection.resume();
		this.#stop = () => {
			connection.off('close', lost);
			connection.destroy();
		};
	}

	/** After all else: removes the ground of an owner that is gone. */
	async clear(): Promise<void> {
		if (!this.#gone || this.#ground === null) return;
		await rm(this.#ground, { recursive: true, force: true, maxRetries: 5 });
	}

	[Symbol.dispose](): void {
		this.#stop();
	}
}
