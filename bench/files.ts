// Waiting for what a program says by making a file.
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const limitMs = 120_000;

export async function untilAll(what: string, files: readonly string[]): Promise<void> {
	const deadline = performance.now() + limitMs;
	while (!files.every((file) => existsSync(file))) {
		if (performance.now() > deadline) throw new Error(`never: ${what}`);
		await sleep(10);
	}
}
