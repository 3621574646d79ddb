// Hands a long text to the user's pager.
import { spawn } from 'node:child_process';
import type { Environment } from '../lib/environment.ts';
import { print } from './print.ts';

/** As git does it: $PAGER, else less, which ends at once where the text fits the screen. */
export async function pageThrough(text: string, environment: Environment): Promise<void> {
	const pager = environment.PAGER ?? 'less';
	if (pager === '' || pager === 'cat' || !(await page(text, pager, environment)))
		print(text.replace(/\n$/, ''));
}

function page(text: string, pager: string, environment: Environment): Promise<boolean> {
	return new Promise((resolve) => {
		// $PAGER is a shell command by convention (`less -S`), written by the user alone.
		const child = spawn('sh', ['-c', pager], {
			stdio: ['pipe', 'inherit', 'inherit'],
			env: { LESS: 'FRX', ...environment },
		});
		// A pager that was left before the end of the text closes the pipe.
		child.stdin.on('error', () => undefined);
		child.stdin.end(text);
		child.on('error', () => resolve(false));
		child.on('close', (code) => resolve(code !== 127));
	});
}
