import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { liveHolders, startHolder } from '../../../src/hosts/local.ts';
import { makeHolder } from '../../support/holder.ts';
import { untilEnded } from '../../support/process-tree.ts';

test('live holders are found by their records, dead ones forgotten', async () => {
	const holder = await makeHolder();
	const folder = dirname(holder.place.recordFile);
	expect(liveHolders(folder)).toEqual([holder.record]);
	process.kill(holder.record.process.pid, 'SIGKILL');
	await untilEnded(holder.record.process.pid);
	await expect.poll(() => liveHolders(folder)).toEqual([]);
	expect(existsSync(holder.place.recordFile)).toBe(false);
});

test('a holder that cannot start says why', async () => {
	const holder = await makeHolder();
	const socket = join(holder.place.exitsDir, '..', `${'deep'.repeat(40)}.sock`);
	await expect(startHolder({ ...holder.place, id: 'h9', socket })).rejects.toThrow(
		/h9 did not start: .*is over 104 bytes/,
	);
});

test('a holder that crashes at its start is told by the crash', async () => {
	const holder = await makeHolder();
	const recordFile = join(holder.place.socket, 'record', 'h9.json');
	await expect(startHolder({ ...holder.place, id: 'h9', recordFile })).rejects.toThrow(
		/h9 did not start: .*ENOTDIR/,
	);
	expect(liveHolders(dirname(holder.place.recordFile))).toEqual([holder.record]);
});
