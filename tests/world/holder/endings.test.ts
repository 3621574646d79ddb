// How programs of a holder end, and what is left of them.
import { expect, test } from 'vitest';
import { exitRecords, readExit } from '../../../src/hosts/records.ts';
import { connectTo, makeHolder } from '../../support/holder.ts';
import { processesMarked, processRows, treeOf } from '../../support/process-tree.ts';

test('the end of a program is on disk before it is told, and found by a later client', async () => {
	const holder = await makeHolder();
	const first = await connectTo(holder);
	await first.spawn('api', ['sh', '-c', 'echo last words; exit 3']);
	const exit = await first.exit('api');
	expect(exit).toMatchObject({ code: 3, signal: null, stopped: false, survivors: [] });
	expect(readExit(holder.place.exitsDir, 'api', 1)).toEqual(exit);
	const second = await connectTo(holder);
	const { panes } = await second.ask('list', {});
	expect(panes).toMatchObject([{ pane: 'api', exit, stopping: false, signals: [] }]);
	expect((await second.ask('text', { pane: 'api' })).lines[0]).toBe('last words');
	expect(await second.ask('collect', { pane: 'api', generation: 1 })).toEqual(exit);
	expect((await second.ask('list', {})).panes).toEqual([]);
	expect(exitRecords(holder.place.exitsDir)).toEqual([]);
	expect(await second.ask('collect', { pane: 'api', generation: 1 })).toBeNull();
});

test('a paused program hears the polite signal', async () => {
	const client = await connectTo(await makeHolder());
	const { number } = await client.spawn('api', [
		'sh',
		'-c',
		'trap "echo polite; exit 5" HUP; echo ready; while :; do sleep 0.05; done',
	]);
	await client.follow('api');
	await client.shows(number, 'ready');
	await client.ask('pause', { pane: 'api', generation: 1 });
	await client.ask('stop', {
		pane: 'api',
		generation: 1,
		ladder: { signals: ['SIGHUP'], graceMs: 60_000 },
	});
	expect(await client.exit('api')).toMatchObject({ code: 5, stopped: true });
});

test('a hostile tree is ended to the last process, also when the asker goes', async () => {
	const holder = await makeHolder();
	const client = await connectTo(holder);
	const stubborn = `trap '' HUP TERM INT; while :; do sleep 0.1; done`;
	// Deaf before it says so: the signals come at once.
	const script = `setsid -f env -i sleep 1000; (setsid nohup sh -c "${stubborn}" &) ; (sh -c "${stubborn}" &) ; trap '' HUP TERM INT; echo ready; ${stubborn}`;
	const { number } = await client.spawn('api', ['sh', '-c', script]);
	await client.follow('api');
	await client.shows(number, 'ready');
	// Connected before, as the end is told only once.
	const other = await connectTo(holder);
	await client.ask('stop', { pane: 'api', generation: 1 });
	client.socket.destroy();
	const exit = await other.exit('api');
	expect(exit).toMatchObject({ signal: 'SIGKILL', stopped: true, survivors: [] });
	const { pid } = holder.record.process;
	expect(treeOf(pid)).toEqual([pid]);
	const steps = other.pushes.filter((push) => push.push === 'stopping');
	expect(steps.map((step) => step.sent)).toContain('SIGKILL');
});

test('a stop without signals does not wait for those of the one before', async () => {
	const client = await connectTo(await makeHolder());
	const script = `trap '' HUP TERM; echo ready; while :; do sleep 0.1; done`;
	const { number } = await client.spawn('api', ['sh', '-c', script]);
	await client.ask('watch', { pane: 'api', credit: 64 });
	await client.shows(number, 'ready');
	const about = { pane: 'api', generation: 1 };
	const patient = { signals: ['SIGHUP', 'SIGTERM'], graceMs: 60_000 } as const;
	await client.ask('stop', { ...about, ladder: patient });
	await client.ask('stop', about);
	await client.ask('stop', { ...about, ladder: { signals: [], graceMs: 0 } });
	expect(await client.exit('api')).toMatchObject({ signal: 'SIGKILL', stopped: true });
	const steps = client.pushes.filter((push) => push.push === 'stopping');
	expect(steps.map((step) => step.sent)).toEqual(['SIGHUP', 'SIGKILL']);
});

test('what a program leaves behind goes with it', async () => {
	const holder = await makeHolder();
	const client = await connectTo(holder);
	await client.spawn('api', ['sh', '-c', 'setsid sleep 1000 & exit 0']);
	expect(await client.exit('api')).toMatchObject({
		code: 0,
		stopped: false,
		survivors: [],
	});
	expect(processesMarked('WEIR_TEST_MARK', holder.mark)).toEqual([]);
});

test('orphans of a program leave no zombie', async () => {
	const holder = await makeHolder();
	const client = await connectTo(holder);
	const { pid } = holder.record.process;
	const script = 'for i in 1 2 3 4 5; do (setsid sleep 300 &); done; exec cat';
	const program = await client.spawn('api', ['sh', '-c', script]);
	const adopted = () => processRows().filter((row) => row.parent === pid);
	await expect.poll(() => adopted().length).toBe(6);
	for (const orphan of adopted())
		if (orphan.pid !== program.process?.pid) process.kill(orphan.pid, 'SIGTERM');
	await expect.poll(() => adopted().map((row) => row.name)).toEqual(['cat']);
});
