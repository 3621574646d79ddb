// weir's own agent over many turns: what it holds is bounded by the window of its model.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openOwnAgent } from '../../support/own-agent.ts';

/** `npm run soak` has a thousand of them. */
const turns = process.env.WEIR_SOAK === '1' ? 1000 : 60;
/** After so many the window is full. */
const full = 20;

test('its memory does not grow with its turns', { timeout: 1_800_000 }, async () => {
	const calls = [{ tool: 'run', input: { command: 'seq 1 2000' } }];
	const block = Array.from({ length: full }, (_, at) => ({
		calls,
		usage: { input: at === full - 1 ? 190_000 : 1000 },
	}));
	const agent = await openOwnAgent([
		{ prompt: 'SPIN', turns: block },
		{ prompt: 'Stop here.', turns: [{ say: 'I span.' }] },
		{ prompt: 'The conversation had grown', turns: block },
	]);
	const child = agent.start('--permission-mode', 'all', '--json', 'SPIN');
	const sizes: number[] = [];
	let left = '';
	let results = 0;
	child.stdout?.on('data', (bytes: Buffer) => {
		const lines = (left + bytes).split('\n');
		left = lines.pop() ?? '';
		for (const line of lines) {
			if (!line.includes('"kind":"result"')) continue;
			results += 1;
			if (results % (turns / 10) === 0) sizes.push(megabytesOf(child.pid));
			if (results === turns) child.kill('SIGKILL');
		}
	});
	await once(child, 'close');
	expect(sizes).toHaveLength(10);
	console.info(`megabytes after each tenth of ${turns} turns: ${sizes.join(' ')}`);
	const early = Math.max(...sizes.slice(2, 5));
	expect(Math.max(...sizes.slice(-2))).toBeLessThan(early * 1.25 + 20);
});

function megabytesOf(pid: number | undefined): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}
