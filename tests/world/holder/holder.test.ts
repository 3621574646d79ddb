// A holder from its start to its end.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { exitRecords } from '../../../src/hosts/records.ts';
import { bash } from '../../support/bash.ts';
import { connectTo, makeHolder } from '../../support/holder.ts';
import { processesMarked, untilEnded } from '../../support/process-tree.ts';

test('a holder that is told to end leaves no process, socket or record', async () => {
	const holder = await makeHolder();
	const client = await connectTo(holder);
	await client.spawn('one', bash);
	await client.spawn('two', [
		'sh',
		'-c',
		'trap "" HUP TERM; while :; do sleep 0.1; done',
	]);
	process.kill(holder.record.process.pid, 'SIGHUP');
	await client.ask('list', {});
	process.kill(holder.record.process.pid, 'SIGTERM');
	await Promise.all([client.exit('one'), client.exit('two')]);
	await untilEnded(holder.record.process.pid);
	expect(processesMarked('WEIR_TEST_MARK', holder.mark)).toEqual([]);
	expect(existsSync(holder.place.socket)).toBe(false);
	expect(existsSync(holder.place.recordFile)).toBe(false);
	expect(exitRecords(holder.place.exitsDir)).toHaveLength(2);
});

test('a drained holder takes no pane and ends with its last one', async () => {
	const holder = await makeHolder();
	const client = await connectTo(holder);
	await client.spawn('api', bash);
	await client.ask('drain', {});
	await expect(client.spawn('two', bash)).rejects.toMatchObject({
		refusal: { code: 'holder.draining' },
	});
	await client.type('api', 'exit 0\n');
	await client.exit('api');
	await client.ask('collect', { pane: 'api', generation: 1 });
	await untilEnded(holder.record.process.pid);
	expect(existsSync(holder.place.recordFile)).toBe(false);
});

test('socket and record are there again after they were swept away', async () => {
	const holder = await makeHolder();
	// In one step: a socket made again in the middle would keep its folder from being removed.
	const folder = dirname(holder.place.socket);
	renameSync(folder, `${folder}.swept`);
	rmSync(`${folder}.swept`, { recursive: true });
	rmSync(holder.place.recordFile);
	await expect.poll(() => existsSync(holder.place.socket)).toBe(true);
	await expect.poll(() => existsSync(holder.place.recordFile)).toBe(true);
	const client = await connectTo(holder);
	expect((await client.ask('list', {})).panes).toEqual([]);
});
