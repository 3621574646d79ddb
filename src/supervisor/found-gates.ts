// Which gates the files at the top of a repository suggest. They are named; none is run.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { detectGates, detectionFiles } from '../domain/gates/detect.ts';
import type { DetectedGate } from '../domain/gates/detected-gate.ts';
import { readIfThere } from '../lib/read-if-there.ts';

export async function gatesIn(root: string): Promise<readonly DetectedGate[]> {
	const names = new Set(await readdir(root).catch(() => []));
	const texts = new Map<string, string>();
	for (const name of detectionFiles.filter((one) => names.has(one))) {
		// A folder of that name, or one that only its owner reads, suggests nothing.
		const text = await readIfThere(join(root, name)).catch(() => null);
		if (text !== null) texts.set(name, text);
	}
	return detectGates(texts, names);
}
