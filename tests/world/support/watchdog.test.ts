// What outlives the tests that started it ends although they were killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { endProcesses, processesMarked } from '../../support/process-tree.ts';

const fixture = fileURLToPath(new URL('../../fixtures/killed-run.ts', import.meta.url));

interface Run {
	readonly process: ChildProcess;
	/** The first line that it printed. */
	readonly said: string;
}

async function startRun(what: string, mark = ''): Promise<Run> {
	const run = spawn(process.execPath, [fixture, what, mark], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	onTestFinished(() => void run.kill('SIGKILL'));
	run.stdout.setEncoding('utf8');
	const [said] = (await once(run.stdout, 'data')) as [string];
	return { process: run, said: said.trim() };
}

async function kill({ process: run }: Run): Promise<void> {
	const ended = once(run, 'exit');
	run.kill('SIGKILL');
	await ended;
}

test.each(['marked', 'inherited'])(
	'what is %s ends with a run that is killed, also what ignores a hang-up',
	async (what) => {
		const mark = `${what}-${process.pid}`;
		const living = () => processesMarked('WATCHED', mark).length;
		const run = await startRun(what, mark);
		expect(living()).toBeGreaterThan(0);
		await kill(run);
		await expect.poll(living).toBe(0);
	},
);

test('what nobody asked it to end runs on', async () => {
	const mark = `other-${process.pid}`;
	const living = () => processesMarked('WATCHED', mark);
	onTestFinished(() => endProcesses(living, 0));
	const other = await startRun('unwatched', mark);
	const watched = await startRun('marked', `${mark}-watched`);
	await kill(other);
	await kill(watched);
	await expect.poll(() => processesMarked('WATCHED', `${mark}-watched`).length).toBe(0);
	expect(living().length).toBeGreaterThan(0);
});

test('the supervisor, the holder and the agent of a scratch end with a killed run', async () => {
	const run = await startRun('scratch');
	const living = () => processesMarked('SCRATCH_OF_TEST', run.said);
	onTestFinished(() => rmSync(run.said, { recursive: true, force: true, maxRetries: 5 }));
	// Between two programs a process shows no mark.
	await expect.poll(() => living().length).toBeGreaterThanOrEqual(3);
	await kill(run);
	await expect.poll(() => living().length).toBe(0);
});
