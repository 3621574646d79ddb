// The settings files as they were read last, and what is told of them: the state holds the last good
// settings, and decisions go by those.

import type { Environment } from '../lib/environment.ts';
import type { Loop } from './loop.ts';
import {
	type CommandFile,
	grantTrust,
	type LoadedSettings,
	loadSettings,
} from './settings-files.ts';

export class SettingsDesk {
	readonly #loop: Loop;
	readonly #root: string;
	readonly #environment: Environment;
	#read: LoadedSettings;

	constructor(loop: Loop, root: string, environment: Environment, read: LoadedSettings) {
		this.#loop = loop;
		this.#root = root;
		this.#environment = environment;
		this.#read = read;
	}

	current(): LoadedSettings {
		return this.#read;
	}

	/** Reads the files again; a change is told. */
	async reload(): Promise<LoadedSettings> {
		const fresh = await loadSettings(this.#root, this.#environment);
		const changed = JSON.stringify(fresh) !== JSON.stringify(this.#read);
		this.#read = fresh;
		if (changed) await this.tell();
		return fresh;
	}

	/** As they are where the file that everyone has holds this text; null is no such file. */
	async withEveryones(text: string | null): Promise<LoadedSettings> {
		return loadSettings(this.#root, this.#environment, text);
	}

	trust(hash: string, files: readonly CommandFile[]): Promise<void> {
		return grantTrust(this.#environment, hash, files);
	}

	/** Puts them into the journal; where they are broken, the last good ones stay in force. */
	async tell(): Promise<void> {
		const { hash, trusted, settings, problems } = this.#read;
		await this.#loop.submit(
			problems.length > 0
				? { kind: 'settings.refuse', problems }
				: { kind: 'settings.load', hash, trusted, settings },
		);
	}
}
