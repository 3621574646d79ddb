// `weir keymap`: the keys in force as a check, with all that is to be said about them, or as an echo.

import type { Environment } from '../../lib/environment.ts';
import { echoKeys } from './key-echo.ts';
import { readKeymap } from './key-files.ts';
import { checkJson, checkLines } from './keymap-report.ts';
import { outerClashes, outerKeys } from './outer-keys.ts';

export interface KeymapOptions {
	readonly deed: 'check' | 'echo';
	readonly json: boolean;
	/** The repository whose file counts as well; null outside of one. */
	readonly root: string | null;
	readonly environment: Environment;
}

/** Runs the deed and gives the exit code: 1 where a file has an error. */
export async function runKeymap(options: KeymapOptions): Promise<number> {
	const { deed, json, root, environment } = options;
	const read = await readKeymap(root, environment);
	const clashes = outerClashes(read.keymap, await outerKeys(environment));
	const keys = { ...read, findings: [...read.findings, ...clashes] };
	if (deed === 'echo') {
		await echoKeys(keys, environment);
		return 0;
	}
	const lines = json ? [JSON.stringify(checkJson(keys))] : checkLines(keys, environment);
	process.stdout.write(`${lines.join('\n')}\n`);
	return keys.findings.some(({ level }) => level === 'error') ? 1 : 0;
}
