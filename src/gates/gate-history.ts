// How gates went of late: how long one takes, and whether it comes and goes.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Verdict } from '../domain/gates/verdict.ts';
import { Lane } from '../lib/lane.ts';
import { replaceFile } from '../lib/replace-file.ts';

const runsKept = 50;
const gatesKept = 100;

type Past = Pick<Verdict, 'word' | 'took' | 'flaky'>;

export class GateHistory {
	readonly #file: string;
	readonly #lane = new Lane(1);
	#past: Promise<Map<string, readonly Past[]>> | null = null;

	constructor(folder: string) {
		this.#file = join(folder, 'history');
	}

	/** In milliseconds: the median of the runs that said something; null before the first. */
	async usual(gate: string): Promise<number | null> {
		const past = (await this.#read()).get(gate) ?? [];
		const times = past.filter(({ word }) => word !== 'broken').map(({ took }) => took);
		const sorted = times.toSorted((one, other) => one - other);
		return sorted[Math.floor(sorted.length / 2)] ?? null;
	}

	/** How many of the last runs were red and green on one tree, and how many there were. */
	async flakes(gate: string): Promise<{ readonly flaky: number; readonly runs: number }> {
		const past = (await this.#read()).get(gate) ?? [];
		return { flaky: past.filter(({ flaky }) => flaky).length, runs: past.length };
	}

	add(gate: string, { word, took, flaky }: Verdict): Promise<void> {
		return this.#lane.run(async () => {
			const past = await this.#read();
			const before = past.get(gate) ?? [];
			// The one that ran last comes last: of too many the first are forgotten.
			past.delete(gate);
			past.set(gate, [...before, { word, took, flaky }].slice(-runsKept));
			for (const name of past.keys()) if (past.size > gatesKept) past.delete(name);
			await replaceFile(this.#file, JSON.stringify([...past]));
		});
	}

	#read(): Promise<Map<string, readonly Past[]>> {
		this.#past ??= readFile(this.#file, 'utf8').then(
			(text) => new Map(JSON.parse(text) as [string, readonly Past[]][]),
			() => new Map(),
		);
		// A damaged file is begun anew.
		this.#past = this.#past.catch(() => new Map());
		return this.#past;
	}
}
