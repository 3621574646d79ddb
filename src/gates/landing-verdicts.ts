// What gates said last of the landing of each agent, by key: it is looked up when somebody wants to know why.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Verdict } from '../domain/gates/verdict.ts';
import { Lane } from '../lib/lane.ts';
import { replaceFile } from '../lib/replace-file.ts';

/** Pairs of agent and gate; of more the oldest are forgotten. */
const kept = 500;

interface Said {
	readonly landing: string;
	readonly key: string;
	readonly word: Verdict['word'];
}

export class LandingVerdicts {
	readonly #file: string;
	readonly #lane = new Lane(1);

	constructor(folder: string) {
		this.#file = join(folder, 'landings');
	}

	/** Of one landing that was looked at twice, what is not green counts. */
	note(
		agent: string,
		gate: string,
		{ landing, key, word }: Pick<Verdict, 'key' | 'word'> & { readonly landing: string },
	): Promise<void> {
		return this.#lane.run(async () => {
			const all = await this.#read();
			const name = `${agent} ${gate}`;
			const before = all.get(name);
			if (before?.landing === landing && before.word !== 'passed') return;
			all.delete(name);
			all.set(name, { landing, key, word });
			for (const oldest of all.keys()) if (all.size > kept) all.delete(oldest);
			await replaceFile(this.#file, JSON.stringify([...all]));
		});
	}

	/** The key; null where nothing was said. */
	async find(agent: string, gate: string): Promise<string | null> {
		const all = await this.#lane.run(() => this.#read());
		return all.get(`${agent} ${gate}`)?.key ?? null;
	}

	/** A damaged file is begun anew. */
	#read(): Promise<Map<string, Said>> {
		return readFile(this.#file, 'utf8')
			.then((text) => new Map(JSON.parse(text) as [string, Said][]))
			.catch(() => new Map<string, Said>());
	}
}
