// Killed at points drawn by chance, weir's own agent goes on each time: no call that is over is lost, none
// is run twice.
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Written } from '../../../src/agent/entry.ts';
import { retoldHead } from '../../../src/models/retold.ts';
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

/** Waits until a command of it has begun, and kills it in there. */
async function killWithin(agent: OwnAgent, mark: string, ...words: string[]) {
	const child = agent.start(
		'--conversation',
		'talk',
		'--permission-mode',
		'all',
		...words,
	);
	const over = once(child, 'close');
	while (!existsSync(join(agent.folder, mark))) await sleep(5);
	child.kill('SIGKILL');
	await over;
}

const calling = (command: string) => ({
	calls: [{ tool: 'run', input: { command } }],
});

test('what a model thought comes back as it was', async () => {
	const turns = [
		{ thinks: ['I begin.', 'It may take long.'], ...calling('touch begun; sleep 100') },
		{ say: 'I see that it was cut off.' },
	];
	const agent = await openOwnAgent([{ prompt: 'BEGIN', turns }]);
	await killWithin(agent, 'begun', 'BEGIN');
	const ran = await agent.print('--resume', 'talk');
	expect(ran).toMatchObject({
		code: 0,
		stdout: 'I see that it was cut off.\n',
		stderr: '',
	});
	expect(agent.transcript('talk')).toContain('It may take long.');
});

test('what it thought of a secret is not kept, and its turn goes on told in words', async () => {
	const token = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;
	const begun = [
		{ thinks: ['I look.'], ...calling('echo found') },
		{ thinks: ['It is', `${token}.`], ...calling('touch begun; sleep 100') },
	];
	const agent = await openOwnAgent([
		{ prompt: 'BEGIN', turns: begun },
		{
			prompt: retoldHead,
			turns: [{ thinks: ['On.'], ...calling('echo on') }, { say: 'All is done.' }],
		},
		{ prompt: 'MORE', turns: [{ say: 'more' }] },
	]);
	await killWithin(agent, 'begun', 'BEGIN');
	expect(agent.transcript('talk')).not.toContain(token);
	const words = ['--resume', 'talk', '--permission-mode', 'all'];
	const ran = await agent.print(...words);
	expect(ran).toMatchObject({ code: 0, stdout: 'All is done.\n', stderr: '' });
	const told = agent.api.requests.at(-1)?.said.join('\n') ?? '';
	expect(told).toMatch(
		/BEGIN[^]*You called run[^]*found[^]*touch begun[^]*interrupted: your program/,
	);
	// Of a turn that is over nothing has to be there.
	expect(await agent.print(...words, 'MORE')).toMatchObject({
		code: 0,
		stdout: 'more\n',
	});
	expect(JSON.stringify(agent.api.requests.at(-1)?.body)).toContain('"name":"run"');
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
