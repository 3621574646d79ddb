import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { newMark } from '../../../src/lib/lineage.ts';
import { becomeSubreaper } from '../../../src/lib/native.ts';
import {
	descendantsOf,
	identityOf,
	isAlive,
	processRow,
} from '../../../src/lib/processes.ts';
import { guardedArgv } from '../../../src/lib/trampoline.ts';
import {
	continueTree,
	type EndingProgress,
	endTree,
	pauseTree,
} from '../../../src/terminal/endings.ts';
import { reapOrphans } from '../../../src/terminal/orphans.ts';
import { type ProgramOrigin, ProgramTree } from '../../../src/terminal/program-tree.ts';
import { isRunning } from '../../support/process-tree.ts';

const fixture = (name: string) =>
	new URL(`../../fixtures/${name}`, import.meta.url).pathname;
const shortLadder = { signals: ['SIGHUP', 'SIGTERM'], graceMs: 150 } as const;
const patientLadder = { signals: ['SIGHUP', 'SIGTERM'], graceMs: 20_000 } as const;

/** What this file has started itself: Node waits for these. */
const children = new Set<number>();

beforeAll(() => {
	expect(becomeSubreaper()).toBe(true);
	const reaping = setInterval(() => reapOrphans(children), 20);
	return () => clearInterval(reaping);
});

test('a tree that leaves politely is gone after the first signal', async () => {
	const program = await start([
		'bash',
		'-c',
		'sleep 300 & echo "pid $!"; echo ready; wait',
	]);
	const steps: EndingProgress[] = [];
	const survivors = await endTree(program.origin, patientLadder, (step) =>
		steps.push(step),
	);
	expect(survivors).toEqual([]);
	expect(steps).toEqual([{ sent: 'SIGHUP', living: 2 }]);
	expect(program.living()).toEqual([]);
});

test('of a hostile tree nothing survives', async () => {
	const program = await start([fixture('hostile-tree.sh')], 7);
	expect(program.living()).toHaveLength(7);
	const steps: EndingProgress[] = [];
	const survivors = await endTree(program.origin, shortLadder, (step) =>
		steps.push(step),
	);
	expect(survivors).toEqual([]);
	expect(program.living()).toEqual([]);
	expect(steps.map((step) => step.sent)).toEqual(['SIGHUP', 'SIGTERM', 'SIGKILL']);
	expect(steps[0]?.living).toBeGreaterThanOrEqual(7);
});

test('an orphan without session, parent and environment is found by its mark', async () => {
	// Its root ends first, so that no chain of parents leads to it either.
	const script =
		'(env -i setsid bash -c "echo pid \\$\\$; exec /bin/sleep 300" &); echo ready';
	const program = await start(['bash', '-c', script], 1);
	await program.exited;
	const [orphan = 0] = program.living();
	// The subreaper adopted it: so an agent is recognised, whatever it has thrown away.
	expect(descendantsOf(process.pid)).toContain(orphan);
	expect(new ProgramTree({ root: program.origin.root }).members()).toEqual([]);
	expect(await endTree(program.origin, patientLadder)).toEqual([]);
	expect(program.living()).toEqual([]);
});

test('orphans of the session and of the environment are found without a mark', async () => {
	const script =
		'sleep 300 & echo "pid $!"; (setsid sh -c "echo pid \\$\\$; exec sleep 300" &); echo ready';
	const program = await start(['bash', '-c', script], 2);
	await program.exited;
	const { root, variable } = program.origin;
	expect(await endTree({ root, variable }, patientLadder)).toEqual([]);
	expect(program.living()).toEqual([]);
});

test('what has no environment yet is looked at again', async () => {
	// As for a moment in each exec, where a process is between two programs. None stands between these
	// two with an environment that has no name in it: who was seen so once is not looked at again.
	const script =
		'(env -i setsid bash -c "echo pid \\$\\$; read _; export $(env | grep ^WEIR_TEST_TREE=); exec /bin/sleep 300" <&3 &) 3<&0; echo ready; wait; exec sleep 300';
	const program = await start(['bash', '-c', script], 1);
	const { root, variable } = program.origin;
	const tree = new ProgramTree({ root, variable });
	const members = () => tree.members().map((row) => row.pid);
	const [orphan = 0] = program.pids;
	expect(members()).toEqual([program.pid]);
	program.type('go\n');
	// Its name is the new one a moment before its environment is there.
	await expect.poll(members).toEqual([program.pid, orphan]);
	expect(readFileSync(`/proc/${orphan}/comm`, 'utf8')).toBe('sleep\n');
});

test('the orphans of another program of the same holder live on', async () => {
	const script =
		'(env -i setsid bash -c "echo pid \\$\\$; exec /bin/sleep 300" &); echo ready; wait; exec sleep 300';
	const first = await start(['bash', '-c', script], 1);
	const second = await start(['bash', '-c', script], 1);
	const before = [...second.living(), second.pid];
	expect(await endTree(first.origin, patientLadder)).toEqual([]);
	expect(first.living()).toEqual([]);
	expect(before.every((pid) => isRunning(pid))).toBe(true);
	expect(await endTree(second.origin, patientLadder)).toEqual([]);
	expect(second.living()).toEqual([]);
});

test('a storm of forks that flees from session to session ends', async () => {
	const before = descendantsOf(process.pid);
	const program = await start([fixture('fork-storm.sh')], 0);
	expect(descendantsOf(process.pid).length).toBeGreaterThan(before.length + 20);
	const steps: EndingProgress[] = [];
	const ladder = { signals: ['SIGTERM'], graceMs: 50 } as const;
	expect(await endTree(program.origin, ladder, (step) => steps.push(step))).toEqual([]);
	expect(steps.map((step) => step.sent)).toEqual(['SIGTERM', 'SIGKILL']);
	expect(descendantsOf(process.pid)).toEqual(before);
});

test('each process hears each signal once', async () => {
	// Stays for some looks after it has heard one, and by itself: no grace is short of its answer.
	const script =
		'trap "echo heard; left=20" TERM; left=-1; echo ready; while ((left--)); do sleep 0.02; done';
	const program = await start(['bash', '-c', script], 0);
	await endTree(program.origin, { signals: ['SIGTERM'], graceMs: 20_000 });
	await program.closed;
	expect(program.lines.filter((line) => line === 'heard')).toHaveLength(1);
});

test('a stopped process is continued so that it can leave politely', async () => {
	const script = 'trap "echo bye; exit" TERM; echo ready; while :; do sleep 0.02; done';
	const program = await start(['bash', '-c', script], 0);
	process.kill(program.pid, 'SIGSTOP');
	const steps: EndingProgress[] = [];
	await endTree(program.origin, { signals: ['SIGTERM'], graceMs: 20_000 }, (step) =>
		steps.push(step),
	);
	await program.closed;
	expect(program.lines).toContain('bye');
	expect(steps).toHaveLength(1);
});

test('a later bearer of the pid is left alone', async () => {
	const stranger = await start(['bash', '-c', 'echo ready; exec sleep 300'], 0);
	const { root } = stranger.origin;
	for (const other of [
		{ ...root, startTime: String(Number(root.startTime) - 1) },
		{ ...root, bootId: 'another' },
	]) {
		expect(isAlive(other)).toBe(false);
		expect(await endTree({ root: other }, shortLadder)).toEqual([]);
		expect(isAlive(root)).toBe(true);
	}
});

test('this process and its ancestors never belong to a tree', () => {
	const parent = identityOf(process.ppid);
	const own = identityOf(process.pid);
	for (const root of [parent, own]) {
		if (!root) throw new Error('no identity');
		const members = new ProgramTree({ root }).members().map((row) => row.pid);
		expect(members).not.toContain(process.pid);
		expect(members).not.toContain(process.ppid);
		expect(members).not.toContain(1);
	}
});

test('a process whose first thread has ended is still there, and is ended', async () => {
	const script = [
		'import ctypes, threading, time',
		'def work():',
		'    print("ready", flush=True)',
		'    time.sleep(300)',
		'threading.Thread(target=work).start()',
		'ctypes.CDLL(None).pthread_exit(None)',
	].join('\n');
	const program = await start(['python3', '-c', script], 0);
	await expect.poll(() => processRow(program.pid)?.state).toBe('Z');
	expect(isAlive(program.origin.root)).toBe(true);
	expect(await endTree(program.origin, { signals: [], graceMs: 0 })).toEqual([]);
	expect(isAlive(program.origin.root)).toBe(false);
});

test('a pause stops everything and continues what it has stopped', async () => {
	const script =
		'(setsid bash -c "echo pid \\$\\$; while :; do sleep 0.01; done" &); ' +
		'sleep 300 & kill -STOP $!; echo "suspended $!"; echo ready; while :; do echo tick; sleep 0.01; done';
	const program = await start(['bash', '-c', script], 1);
	await program.line((line) => line === 'tick');
	const told = program.lines.find((line) => line.startsWith('suspended '));
	const suspended = Number(told?.split(' ')[1]);
	const pause = await pauseTree(program.origin);
	expect(pause.running).toEqual([]);
	const states = new ProgramTree(program.origin).members().map((row) => row.state);
	expect(states.length).toBeGreaterThanOrEqual(3);
	expect(new Set(states)).toEqual(new Set(['T']));
	const before = program.lines.length;
	continueTree(pause);
	await program.line(() => program.lines.length > before);
	expect(processRow(suspended)?.state).toBe('T');
	expect(await endTree(program.origin, shortLadder)).toEqual([]);
	expect(program.living()).toEqual([]);
});

test('adopted dead are taken away, own children are left to Node', async () => {
	const script = '(sleep 0.05 & echo "pid $!"); echo ready; read _';
	const program = await start(['sh', '-c', script], 1);
	const [orphan = 0] = program.pids;
	const child = spawn('true', { stdio: 'ignore' });
	children.add(child.pid ?? 0);
	expect(await once(child, 'exit')).toEqual([0, null]);
	while (processRow(orphan)) await sleep(10);
});

interface Started {
	readonly pid: number;
	readonly origin: ProgramOrigin;
	readonly lines: string[];
	/** Processes that the program has told of. */
	readonly pids: number[];
	/** Those of them that still run. */
	living(): number[];
	line(wanted: (line: string) => boolean): Promise<void>;
	type(text: string): void;
	readonly exited: Promise<unknown>;
	/** It has ended, all its lines have been read, and nothing has its output open any more. */
	readonly closed: Promise<unknown>;
}

/** Starts a program as a holder does and waits until it is ready and has told all its pids. */
async function start(argv: readonly string[], telling?: number): Promise<Started> {
	const mark = newMark();
	const variable = { name: 'WEIR_TEST_TREE', value: `${process.pid}.${(count += 1)}` };
	const [file, ...rest] = guardedArgv(argv, { mark });
	const child: ChildProcess = spawn(file, rest, {
		detached: true,
		// A shell says there that its jobs were ended.
		stdio: ['pipe', 'pipe', 'ignore'],
		env: { ...process.env, [variable.name]: variable.value },
	});
	const root = identityOf(child.pid ?? 0);
	children.add(child.pid ?? 0);
	if (!root || !child.stdout) throw new Error(`${file} did not start`);
	const origin = { root, variable, mark };
	// What a failing test leaves must not outlive it.
	onTestFinished(async () => void (await endTree(origin, { signals: [], graceMs: 0 })));
	const lines: string[] = [];
	const pids: number[] = [];
	const reader = createInterface({ input: child.stdout });
	reader.on('line', (line) => {
		lines.push(line);
		if (line.startsWith('pid ')) pids.push(Number(line.slice(4)));
	});
	const started: Started = {
		pid: root.pid,
		origin,
		lines,
		pids,
		living: () => pids.filter(isRunning),
		async line(wanted) {
			while (!lines.some(wanted)) await once(reader, 'line');
		},
		type: (text) => void child.stdin?.write(text),
		exited: once(child, 'exit'),
		closed: once(child, 'close'),
	};
	const enough = () => lines.includes('ready') && pids.length >= (telling ?? 1);
	while (!enough()) await once(reader, 'line');
	return started;
}

let count = 0;
