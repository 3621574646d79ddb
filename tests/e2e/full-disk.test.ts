// The disk of the journal is full: new agents are refused with a sentence, what runs can still be
// killed, that is recorded, and once there is space again everything goes on.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitFiles, gitIn } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

const fillers = ['filler-1', 'filler-2'];

const why = noDisk();
if (why) console.log(`full-disk.test.ts is skipped: ${why}`);

test.skipIf(why)(
	'a full disk refuses new agents and keeps no kill from being recorded',
	async () => {
		const weir = scratchWeir();
		const disk = weir.repo;
		mount(disk, '32m');
		gitIn(disk, 'init', '--quiet', '-b', 'main');
		gitIn(disk, 'config', 'user.name', 'Person');
		gitIn(disk, 'config', 'user.email', 'person@example.org');
		commitFiles(disk, { 'readme.md': 'small\n' }, 'first');
		try {
			expect(await throughFullDisk(weir, disk)).toEqual({
				running: ['c', 'd'],
				ended: ['a', 'b'],
				reserve: true,
			});
		} finally {
			for (const name of fillers) rmSync(join(disk, '.git', name), { force: true });
			await weir.run('down', '--now');
			unmount(disk);
			await weir.close();
		}
	},
);

async function throughFullDisk(weir: ScratchWeir, disk: string) {
	for (const name of ['a', 'b', 'c']) {
		expect(await weir.run('new', name, '--', 'cat')).toMatchObject({ code: 0 });
	}
	fill(join(disk, '.git', 'filler-1'));
	const refused = await weir.run('new', 'd', '--', 'cat');
	expect(refused.code).not.toBe(0);
	expect(refused.stderr).toContain('disk is full');
	expect(await weir.run('kill', 'a')).toMatchObject({ code: 0 });
	expect((await weir.agent('a')).exit).not.toBeNull();

	// The reserve is spent now: its space is not for new agents.
	fill(join(disk, '.git', 'filler-2'));
	const again = await weir.run('new', 'd', '--', 'cat');
	expect(again.stderr).toContain('disk is full');
	expect((await weir.status()).journal.ok).toBe(false);

	for (const name of fillers) rmSync(join(disk, '.git', name));
	expect(await weir.run('new', 'd', '--', 'cat')).toMatchObject({ code: 0 });
	expect(await weir.run('kill', 'b')).toMatchObject({ code: 0 });
	const { agents, journal } = await weir.status();
	const named = (running: boolean) =>
		agents.filter(({ pid }) => (pid !== null) === running).map(({ name }) => name);
	return { running: named(true), ended: named(false), reserve: journal.ok };
}

/** To the last byte, as small writes would. */
function fill(path: string): void {
	const file = openSync(path, 'w');
	try {
		for (let size = 1 << 20; size >= 1; ) {
			try {
				writeSync(file, Buffer.alloc(size));
			} catch {
				// No room for this much: less is tried.
				size >>= 1;
			}
		}
	} finally {
		closeSync(file);
	}
}

function mount(folder: string, size: string): void {
	const options = `size=${size},mode=0700`;
	const ran = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'weir-test', folder]);
	if (ran.status !== 0) throw new Error(ran.stderr?.toString() ?? 'no mount');
}

function unmount(folder: string): void {
	spawnSync('umount', ['-l', folder]);
}

function noDisk(): string | undefined {
	const { folder, close } = probe();
	try {
		mount(folder, '1m');
		unmount(folder);
		return undefined;
	} catch (error) {
		return `no tmpfs can be mounted here: ${String(error)}`;
	} finally {
		close();
	}
}

function probe() {
	const folder = mkdtempSync(join(tmpdir(), 'weir-disk-'));
	return { folder, close: () => rmSync(folder, { recursive: true, force: true }) };
}
