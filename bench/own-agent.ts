// weir's own agent: how soon one can type to it, what it holds after many turns, and by how many requests
// ten of them exceed a limit. Against the scripted model API of the tests. Alone:
// node bench/own-agent.ts [--quick] [--json].
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Scene, startModelApi } from '../tests/support/model-api.ts';
import { openProgram } from '../tests/support/terminal-driver.ts';
import { figureTable } from './report.ts';
import { median } from './statistics.ts';
import { openWeirWorld, weirProgram } from './tools/weir.ts';
import { openWorld, type World } from './world.ts';

export interface OwnAgentRow {
	readonly what: string;
	readonly figure: number;
	readonly unit: 'ms' | 'MB' | 'requests';
	/** Null is measured for comparison alone. */
	readonly bar: number | null;
}

const agents = 10;
/** Of one reply: a limit is reached by the fourth. */
const replyTokens = 1000;
const limitTokens = 3500;
const withinLimit = Math.ceil(limitTokens / replyTokens);
/** Eight events a reply: one takes most of a second, as short ones of a service do. */
const paceMs = 100;
const limitMs = 300_000;

export async function measureOwnAgent(
	world: World,
	quick: boolean,
): Promise<OwnAgentRow[]> {
	return [
		await firstPrompt(world, quick ? 3 : 15),
		...(await manyTurns(world, quick ? 100 : 1000)),
		await overshoot(world),
	];
}

async function firstPrompt(world: World, runs: number): Promise<OwnAgentRow> {
	await using scratch = openWeirWorld(world);
	const env = { ...scratch.env, ANTHROPIC_API_KEY: 'none', TERM: 'xterm-256color' };
	const times: number[] = [];
	// The first one compiles what the others find compiled.
	for (let run = 0; run <= runs; run += 1) {
		const from = performance.now();
		await using program = openProgram([process.execPath, weirProgram, 'agent'], {
			...{ cwd: scratch.repository, env, columns: 80, rows: 24 },
		});
		await program.waitFor(/alt\+enter: new line/);
		if (run > 0) times.push(performance.now() - from);
	}
	return {
		what: `weir agent, command to first prompt (${runs} runs)`,
		...{ figure: median(times), unit: 'ms', bar: 300 },
	};
}

/** What it holds after the first quarter, by when its window has been full, and what comes besides. */
async function manyTurns(world: World, turns: number): Promise<OwnAgentRow[]> {
	const calls = [{ tool: 'run', input: { command: 'seq 1 500' } }];
	const full = 20;
	const block = Array.from({ length: full }, (_, at) => ({
		calls,
		usage: { input: at === full - 1 ? 190_000 : 1000 },
	}));
	await using api = await startModelApi([
		{ prompt: 'SPIN', turns: block },
		{ prompt: 'Stop here.', turns: [{ say: 'I span.' }] },
		{ prompt: 'The conversation had grown', turns: block },
	]);
	await using scratch = openWeirWorld(world);
	const words = ['agent', '--print', '--json', '--permission-mode', 'all', 'SPIN'];
	const child = spawn(process.execPath, [weirProgram, ...words], {
		cwd: scratch.repository,
		env: { ...scratch.env, ANTHROPIC_API_KEY: 'none', ANTHROPIC_BASE_URL: api.url },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const sizes: number[] = [];
	let left = '';
	let results = 0;
	child.stdout.on('data', (bytes: Buffer) => {
		const lines = (left + bytes.toString()).split('\n');
		left = lines.pop() ?? '';
		for (const line of lines) {
			if (!line.includes('"kind":"result"')) continue;
			results += 1;
			if (results % (turns / 20) === 0) sizes.push(megabytesOf(child.pid));
			if (results === turns) child.kill('SIGKILL');
		}
	});
	await once(child, 'close');
	if (results < turns) throw new Error(`weir agent ended after ${results} turns`);
	const early = median(sizes.slice(5, 10));
	return [
		{ what: `its memory after ${turns / 4} turns`, figure: early, unit: 'MB', bar: null },
		{
			what: `what it grows by until turn ${turns}`,
			figure: Math.max(0, median(sizes.slice(-5)) - early),
			...{ unit: 'MB', bar: 20 },
		},
	];
}

/** By how many requests the worst of ten exceeds its limit; that by which it is reached does not count. */
async function overshoot(world: World): Promise<OwnAgentRow> {
	const calls = [{ tool: 'run', input: { command: 'true' } }];
	const usage = { input: replyTokens - 5, output: 5 };
	const turns = Array.from({ length: 60 }, () => ({ calls, usage, paceMs }));
	const names = Array.from({ length: agents }, (_, at) => `spender${at}`);
	const scenes: Scene[] = names.map((name) => ({ prompt: `${name}.`, turns }));
	await using api = await startModelApi(scenes);
	await using scratch = openWeirWorld(world, {
		...{ ANTHROPIC_API_KEY: 'none', ANTHROPIC_BASE_URL: api.url },
	});
	const folder = join(scratch.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		join(folder, 'config.yaml'),
		`budget: {agent: {tokens: ${limitTokens}}}\nagents:\n  free: {like: weir, command: [weir, agent, --permission-mode, all]}\n`,
	);
	for (const name of names)
		scratch.run(
			'new',
			name,
			'--no-wait',
			'--agent',
			'free',
			'--prompt',
			`${name}. Spend.`,
		);
	const countOf = (name: string) =>
		api.requests.filter(({ prompt }) => prompt === `${name}.`).length;
	const end = performance.now() + limitMs;
	for (;;) {
		const paused = scratch.run('list', '--json').split('"state":"paused"').length - 1;
		if (paused === agents) break;
		if (performance.now() > end) throw new Error(`only ${paused} agents were paused`);
		await sleep(1000);
	}
	const most = Math.max(...names.map(countOf));
	return {
		what: `requests beyond a limit, the most of ${agents} agents`,
		...{ figure: most - withinLimit, unit: 'requests', bar: 1 },
	};
}

function megabytesOf(pid: number | undefined): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

if (import.meta.main) {
	using world = openWorld();
	const rows = await measureOwnAgent(world, process.argv.includes('--quick'));
	const json = process.argv.includes('--json');
	console.log(json ? JSON.stringify({ v: 1, ownAgent: rows }) : figureTable(rows));
}
