// A verb of the command line, run for the prompt of the line mode as a program of its own: without a
// terminal it draws no progress, opens no pager and asks nothing.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Environment } from '../../lib/environment.ts';
import { packageRoot } from '../../lib/package-root.ts';
import { plainText } from '../../lib/plain-text.ts';

const longestLine = 2000;

/** Each line that it prints goes to `say`, made fit to be read. Resolves with the exit code. */
export async function runVerb(
	words: readonly string[],
	where: { readonly folder: string; readonly environment: Environment },
	say: (line: string) => void,
): Promise<number> {
	const weir = join(packageRoot(), 'bin', 'weir.js');
	const child = spawn(process.execPath, [weir, ...words], {
		cwd: where.folder,
		env: where.environment,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const ended = new Promise<number>((settle, fail) => {
		child.on('error', fail);
		child.on('close', (code) => settle(code ?? 1));
	});
	for (const input of [child.stdout, child.stderr]) {
		const lines = createInterface({ input });
		lines.on('line', (line) => {
			const indent = /^ */.exec(line)?.[0] ?? '';
			say(indent + plainText(line, longestLine));
		});
	}
	return await ended;
}
