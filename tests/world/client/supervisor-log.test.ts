import { closeSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { boundLog, openLog } from '../../../src/client/supervisor-log.ts';
import { makeScratch } from '../../support/scratch.ts';

test('a log that grows too long while it is written is put aside, and writing goes on', () => {
	const path = join(makeScratch(), 'supervisor.log');
	const log = openLog(path);
	const long = 'x'.repeat(600 * 1024);
	writeSync(log, `first\n${long}`);
	boundLog(path, log);
	expect(statSync(path).size).toBeGreaterThan(long.length);
	writeSync(log, long);
	boundLog(path, log);
	writeSync(log, 'next\n');
	expect(readFileSync(path, 'utf8')).toBe('next\n');
	expect(readFileSync(`${path}.1`, 'utf8')).toBe(`first\n${long}${long}`);
	closeSync(log);
});

test('one that was taken away is emptied all the same', () => {
	const path = join(makeScratch(), 'supervisor.log');
	const gone = openLog(join(makeScratch(), 'gone.log'));
	writeSync(gone, 'x'.repeat(2 * 1024 * 1024));
	boundLog(path, gone);
	writeSync(gone, 'next\n');
	expect(statSync(`/proc/self/fd/${gone}`).size).toBe('next\n'.length);
	expect(statSync(`${path}.1`, { throwIfNoEntry: false })).toBeUndefined();
	closeSync(gone);
});
