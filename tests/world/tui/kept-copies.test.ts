import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepCopy } from '../../../src/tui/copying/kept-copies.ts';

let scratch: string;

beforeEach(() => {
	scratch = mkdtempSync(join(tmpdir(), 'weir-copies-'));
});

afterEach(() => {
	rmSync(scratch, { recursive: true, force: true });
});

test('the newest copies are kept, each for its owner alone', async () => {
	const environment = { XDG_DATA_HOME: scratch };
	for (let count = 1; count <= 23; count += 1)
		expect(await keepCopy(`text ${count}`, 'api', environment)).toMatchObject({
			ok: true,
		});
	const folder = join(scratch, 'weir', 'copies');
	const names = readdirSync(folder);
	expect(names).toHaveLength(20);
	expect(names).toContain('23-api.txt');
	expect(names).not.toContain('3-api.txt');
	for (const name of names) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
	expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('a folder that cannot be written is said', async () => {
	const environment = { XDG_DATA_HOME: '/proc' };
	expect(await keepCopy('text', 'api', environment)).toMatchObject({
		ok: false,
		refusal: { code: 'copy.unwritable' },
	});
});
