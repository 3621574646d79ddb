// What a run of a gate left to be read, and what is read off it. All of it was written by code of agents.
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Findings } from '../domain/gates/findings.ts';
import type { Gate } from '../domain/gates/gate.ts';
import type { CapturedOutput } from './captured-output.ts';
import { parseOutput } from './parsers/parse.ts';

const mostBytes = 16_000_000;

/** `root` is the worktree that the gate ran in. */
export async function readReport(
	{ parse, report }: Pick<Gate, 'parse' | 'report'>,
	output: CapturedOutput,
	failed: boolean,
	root: string,
): Promise<Findings> {
	const [written, goMod] = await Promise.all([
		report === null ? null : readWithin(root, report),
		readWithin(root, 'go.mod'),
	]);
	return parseOutput(parse, {
		output: output.text,
		cut: output.cut,
		failed,
		reports: written === null ? [] : [written],
		root,
		goModule: /^module\s+(\S+)/m.exec(goMod ?? '')?.[1] ?? null,
	});
}

/** Null where it is not there, leads out of the folder, or is no file of a size that can be read. */
async function readWithin(root: string, path: string): Promise<string | null> {
	try {
		const [top, file] = await Promise.all([realpath(root), realpath(join(root, path))]);
		if (!file.startsWith(`${top}/`)) return null;
		// A pipe in its place would be waited for without end.
		await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
		const found = await handle.stat();
		if (!found.isFile() || found.size > mostBytes) return null;
		return await handle.readFile('utf8');
	} catch {
		// The gate wrote none.
		return null;
	}
}
