// Somebody removes weir's own folder in a repository while agents run: the next supervisor begins anew,
// and takes nothing of before for its own.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventsOf, start } from '../support/agents.ts';
import { isRunning, untilEnded } from '../support/process-tree.ts';
import { gitIn } from '../support/repository.ts';
import { patienceMs, type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
});
afterEach(() => weir.close());

const says = (word: string) => ['sh', '-c', `echo ${word}; exec cat`];

test('programs of before are named by the doctor and are nobody’s pane', async () => {
	const old = await start(weir, 'api', says('old'));
	await weir.shows('api', 'old');
	await removeState();
	const made = await start(weir, 'web', says('new'));
	// A journal that begins anew gives the same names to panes.
	expect(made.id).toBe(old.id);
	await weir.shows('web', 'new');
	await expect
		.poll(strays, { timeout: patienceMs })
		.toEqual([{ pid: old.pid, folder: old.worktree, argv: says('old') }]);
	expect(await weir.run('up', '--restart')).toMatchObject({ code: 0 });
	await weir.shows('web', 'new');
	expect((await weir.status()).agents.map(({ name }) => name)).toEqual(['web']);
	const { checks } = await weir.json<{ checks: { name: string; fix: string }[] }>(
		'doctor',
	);
	expect(checks.find(({ name }) => name === 'strays')).toMatchObject({
		verdict: 'poor',
		found: `1 program of agents that this journal does not know runs on, in ${old.worktree}`,
		fix: `kill -HUP ${old.pid}`,
	});
	process.kill(old.pid ?? 0, 'SIGHUP');
	await expect.poll(strays, { timeout: patienceMs }).toEqual([]);
	expect(isRunning(made.pid ?? 0)).toBe(true);
	await weir.shows('web', 'new');
});

test('snapshots of before are not taken for those of a new agent of the same name', async () => {
	const snapshot = async (text: string) => {
		const { id, worktree } = await start(weir, 'api', says(text));
		writeFileSync(join(worktree, 'work.txt'), text);
		await weir.json('kill', 'api');
		const [taken] = await eventsOf(
			weir,
			'snapshot.settled',
			1,
			({ data }) => data.agent === id,
		);
		if (!taken?.data.outcome.ok) throw new Error('no snapshot was taken');
		const { commit } = taken.data.outcome.value;
		expect(gitIn(weir.repo, 'show', `${commit}:work.txt`)).toBe(text);
		return taken.data.snapshot;
	};
	const before = await snapshot('one');
	await weir.json('remove', 'api', '--yes');
	await removeState();
	expect(await snapshot('two')).not.toBe(before);
});

const strays = async () => (await weir.status()).strays;

async function removeState(): Promise<void> {
	const { supervisor } = await weir.status();
	rmSync(join(weir.repo, '.git', 'weir'), { recursive: true, maxRetries: 20 });
	await untilEnded(supervisor?.pid ?? 0);
}
