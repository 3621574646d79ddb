// Killed at points drawn by chance, weir's own agent goes on each time: no call that is over is lost, none
// is run twice.
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Written } from '../../../src/agent/entry.ts';
import { type OwnAgent, openOwnAgent } from '../../support/own-agent.ts';

/** `npm run soak` kills it a hundred times. */
const kills = process.env.WEIR_SOAK === '1' ? 100 : 4;

const turnsOf = (count: number) => [
	...Array.from({ length: count }, (_, turn) => ({
		calls: [0, 1].map((call) => ({
			tool: 'run',
			input: { command: `sleep 0.02; echo ${turn}.${call} >> log; sleep 0.02` },
		})),
		paceMs: 1,
	})),
	{ say: 'counted' },
];

test('killed at any point it goes on', { timeout: 1_800_000 }, async () => {
	const agent = await openOwnAgent([{ prompt: 'COUNT', turns: turnsOf(kills * 2) }]);
	let killed = 0;
	for (let ended = false; !ended; ) {
		const before = linesOf(agent);
		const first = before.some((line) => line.includes('"kind":"prompt"'))
			? []
			: ['COUNT'];
		const words = ['--conversation', 'talk', '--permission-mode', 'all', ...first];
		const child = agent.start(...words);
		const over = once(child, 'close');
		if (killed < kills) {
			const target = before.length + 1 + Math.floor(Math.random() * 7);
			while (child.exitCode === null && linesOf(agent).length < target) await sleep(2);
			await sleep(Math.random() * 30);
			if (child.kill('SIGKILL')) killed += 1;
		}
		const [code] = await over;
		ended = code === 0;
		if (code !== null && code !== 0) throw new Error(`it ended with ${code}`);
	}
	expect(killed).toBeGreaterThan(kills / 2);
	const entries = agent.entries('talk');
	expect(
		doubled(entries.flatMap((one) => (one.kind === 'result' ? [one.call] : []))),
	).toEqual([]);
	expect(
		doubled(entries.flatMap((one) => (one.kind === 'intent' ? [one.call] : []))),
	).toEqual([]);
	const log = readFileSync(join(agent.folder, 'log'), 'utf8').trim().split('\n');
	expect(doubled(log)).toEqual([]);
	// What the model was told to be done is done; the rest it was told of as interrupted or not begun.
	const untrue = resultsByCommand(entries).filter(([command, { failed, text }]) => {
		const done = log.includes(/echo (\S+)/.exec(command)?.[1] ?? '');
		if (!failed) return !done;
		if (text.startsWith('not done: your program')) return done;
		return !text.startsWith('interrupted: your program');
	});
	expect(untrue).toEqual([]);
	expect(resultsByCommand(entries)).toHaveLength(kills * 4);
});

function linesOf(agent: OwnAgent): readonly string[] {
	const path = join(agent.env.XDG_DATA_HOME ?? '', 'weir/conversations/talk.jsonl');
	return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

function doubled(values: readonly string[]): readonly string[] {
	return values.filter((value, at) => values.indexOf(value) !== at);
}

function resultsByCommand(entries: readonly Written[]) {
	const results = new Map(
		entries.flatMap((one) => (one.kind === 'result' ? [[one.call, one] as const] : [])),
	);
	return entries.flatMap((entry) => {
		if (entry.kind !== 'reply') return [];
		return entry.parts.flatMap((part) => {
			const result = part.kind === 'call' ? results.get(part.id) : undefined;
			return part.kind === 'call' && result ? [[part.input, result] as const] : [];
		});
	});
}
