// What gates said, kept by key: the verdict, what failed, and what was printed. A result is of one tree
// and holds wherever that tree stands.
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Findings } from '../domain/gates/findings.ts';
import type { Verdict } from '../domain/gates/verdict.ts';
import { replaceFile } from '../lib/replace-file.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Results beyond these are forgotten, those first that nobody asked for longest. */
const kept = 1000;
const pruneEvery = 50;
const mostOutput = 16_000_000;

export interface GateResult {
	readonly verdict: Verdict;
	/** The name of the gate. */
	readonly gate: string;
	readonly findings: Findings;
	/** The command, word for word. */
	readonly argv: readonly string[];
	/** How many characters of what it printed nobody kept; none is told of a result of an older weir. */
	readonly leftOut?: number;
}

export class GateStore {
	readonly #folder: string;
	#writes = 0;

	/** The folder is there, and nobody else's. */
	constructor(folder: string) {
		this.#folder = folder;
	}

	/** Null where there is none, or it cannot be read. */
	async find(key: string): Promise<GateResult | null> {
		const path = this.#file(key, 'json');
		try {
			const result = JSON.parse(await readFile(path, 'utf8')) as GateResult;
			const now = new Date();
			await utimes(path, now, now);
			return result.verdict.key === key ? result : null;
		} catch {
			// Never said, or damaged: the gate says it again.
			return null;
		}
	}

	async output(key: string): Promise<string | null> {
		try {
			const packed = await readFile(this.#file(key, 'out.gz'));
			return (await unpack(packed, { maxOutputLength: mostOutput })).toString('utf8');
		} catch {
			// Forgotten, or damaged.
			return null;
		}
	}

	/** The verdict comes last: what has one is whole. */
	async keep(result: GateResult, output: string): Promise<void> {
		const { key } = result.verdict;
		await replaceFile(this.#file(key, 'out.gz'), await pack(output));
		await replaceFile(this.#file(key, 'json'), JSON.stringify(result));
		this.#writes += 1;
		if (this.#writes % pruneEvery === 1) await this.#prune();
	}

	async #prune(): Promise<void> {
		const names = (await readdir(this.#folder)).filter((name) => name.endsWith('.json'));
		if (names.length <= kept) return;
		const aged = await Promise.all(
			names.map(async (name) => {
				const seen = await stat(join(this.#folder, name)).catch(() => null);
				return { key: name.slice(0, -'.json'.length), at: seen?.mtimeMs ?? 0 };
			}),
		);
		const old = aged.toSorted((one, other) => other.at - one.at).slice(kept);
		for (const { key } of old)
			for (const end of ['json', 'out.gz'] as const)
				await rm(this.#file(key, end), { force: true });
	}

	#file(key: string, end: 'json' | 'out.gz'): string {
		return join(this.#folder, `${key}.${end}`);
	}
}
