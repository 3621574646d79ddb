// Runs tests while the processes of the run are stopped for moments, any of them at any time, as
// a loaded machine does: a race that hundreds of quiet runs do not show loses here within a few.
//   npm run shake -- [--rounds N] [--seed N] [--load N] [--longest MS] [-t NAME] [FILE ...]
// Each failure is printed with its test and the seed of its round. A seed brings the same draws, not
// the same moments. A test that fails because whole seconds were taken from it has too short a limit.
import { spawn } from 'node:child_process';
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { becomeSubreaper } from '../src/lib/native.ts';
import { commandLineOf } from '../src/lib/processes.ts';
import { keepLoaded } from './shake/load.ts';
import { Stops } from './shake/stops.ts';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		rounds: { type: 'string', default: '5' },
		seed: { type: 'string' },
		/** Busy processes beside the tests. */
		load: { type: 'string', default: '0' },
		/** No process stands still for longer than this at a time. */
		longest: { type: 'string', default: '400' },
		testNamePattern: { type: 'string', short: 't' },
	},
});
const root = join(import.meta.dirname, '..');
const firstSeed = Number(values.seed ?? Date.now() % 2 ** 31);
/** What ends only after the run had a moment to do so was not left behind. */
const patienceMs = 10_000;

// Daemons leave the tree of the test that started them, but never that of a subreaper.
if (!becomeSubreaper()) throw new Error('this system has no subreaper: Linux only');
const stops = new Stops(Number(values.longest));
const load = keepLoaded(Number(values.load));
for (const { pid } of load) stops.spare(pid);
const over = new AbortController();
let failed = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
	process.on(signal, () => {
		if (over.signal.aborted) process.exit(1);
		over.abort();
		stops.endRun();
	});
for (let round = 0; round < Number(values.rounds); round += 1) {
	if (over.signal.aborted) break;
	const seed = firstSeed + round;
	const count = await shakeOnce(seed);
	failed += count;
	process.stdout.write(`round ${round + 1}, seed ${seed}: ${count} failed\n`);
}
process.exit(failed > 0 ? 1 : 0);

/** How many failures there were; each has been told. */
async function shakeOnce(seed: number): Promise<number> {
	const folder = mkdtempSync(join(tmpdir(), 'shake-'));
	const temp = join(folder, 't');
	mkdirSync(temp);
	const report = join(folder, 'failed');
	writeFileSync(report, '');
	try {
		const code = await runTests(seed, temp, report);
		const failures = readFileSync(report, 'utf8').split('\n').length - 1;
		const faults = await endRest();
		if (code !== 0 && failures === 0) faults.push(`vitest ended with ${code}`);
		for (const name of readdirSync(temp)) faults.push(`left in the temp folder: ${name}`);
		for (const fault of faults) process.stdout.write(`seed ${seed}: ${fault}\n`);
		return failures + faults.length;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function runTests(seed: number, temp: string, report: string): Promise<number> {
	const named = values.testNamePattern;
	const child = spawn(
		process.execPath,
		[
			join(root, 'node_modules', 'vitest', 'vitest.mjs'),
			'run',
			`--reporter=${join(import.meta.dirname, 'tell-failures.mjs')}`,
			...(named === undefined ? [] : ['--testNamePattern', named]),
			...positionals,
		],
		{
			cwd: root,
			env: {
				...process.env,
				TMPDIR: temp,
				SHAKEN_SEED: String(seed),
				SHAKEN_REPORT: report,
			},
			stdio: ['ignore', 'inherit', 'inherit'],
		},
	);
	const ended = new Promise<number>((done, fail) => {
		child.once('error', fail);
		child.once('exit', (code) => done(code ?? 1));
	});
	if (child.pid === undefined) return ended;
	using _ = stops.begin(seed, child.pid);
	return await ended;
}

/** Ends what the tests left running, and says what it was. */
async function endRest(): Promise<string[]> {
	const end = performance.now() + patienceMs;
	let left = stops.candidates();
	while (left.length > 0 && performance.now() < end) {
		await sleep(50);
		left = stops.candidates();
	}
	const faults = left.map(
		(pid) => `left running: ${commandLineOf(pid)?.join(' ') ?? 'nobody knows what'}`,
	);
	for (const pid of left) {
		try {
			process.kill(pid, 'SIGKILL');
		} catch {
			// It has ended meanwhile.
		}
	}
	return faults;
}
