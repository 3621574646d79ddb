// The disk of the journal is full: new agents are refused with a sentence, what runs can still be
// killed, that is recorded, and once there is space again everything goes on.
import { randomBytes } from 'node:crypto';
import {
	closeSync,
	openSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openCockpit } from '../support/cockpit.ts';
import { commitFiles, gitIn } from '../support/repository.ts';
import { mountSmallDisk, noMount, unmountDisk } from '../support/small-disk.ts';
import { patienceMs, type ScratchWeir, scratchWeir } from '../support/weir.ts';

const fillers = ['filler-1', 'filler-2', 'filler-3'];

test('a full disk refuses new agents and keeps no kill from being recorded', async ({
	skip,
}) => {
	const reason = noMount();
	skip(reason !== undefined, reason);
	const weir = scratchWeir();
	const disk = weir.repo;
	mountSmallDisk(disk, '32m');
	try {
		makeRepository(disk, { 'readme.md': 'small\n' });
		expect(await throughFullDisk(weir, disk)).toEqual({
			running: ['c', 'd', 'e'],
			ended: ['a', 'b'],
			reserve: true,
		});
	} finally {
		for (const name of fillers) rmSync(join(disk, '.git', name), { force: true });
		await weir.run('down', '--now');
		unmountDisk(disk);
		await weir.close();
	}
});

test('a landing on a full disk is refused with a sentence, and lands once there is space', async ({
	skip,
}) => {
	const reason = noMount();
	skip(reason !== undefined, reason);
	const weir = scratchWeir();
	const disk = weir.repo;
	mountSmallDisk(disk, '32m');
	const filler = join(disk, '.git', 'filler-1');
	try {
		makeRepository(disk, {
			...{ 'readme.md': 'small\n', 'mine.txt': 'x\n' },
			'.weir/config.yaml': 'gates:\n  check: test -e readme.md\n',
		});
		await weir.json('trust', '--yes');
		expect(await weir.run('new', 'a', '--', 'cat')).toMatchObject({ code: 0 });
		const { worktree } = await weir.agent('a');
		commitFiles(worktree, { 'big.bin': randomBytes(300_000).toString('base64') });
		writeFileSync(join(disk, 'mine.txt'), 'mine\n');
		const main = () => gitIn(disk, 'rev-parse', 'main');
		const before = main();
		// Else it is a matter of luck which objects the landing has to bring.
		await eventually('published', () => {
			return gitIn(disk, 'rev-parse', 'weir/a') === gitIn(worktree, 'rev-parse', 'HEAD');
		});
		fill(filler);
		// As where something else has just gone: for parts of a landing, and not for all of it.
		for (const free of [0, 16, 128]) {
			truncateSync(filler, statSync(filler).size - free * 1024);
			const said = await weir.run('merge', 'a');
			// Once the base has moved it has landed, and the checkout follows when there is room.
			if (main() !== before) break;
			expect(said.code).not.toBe(0);
			expect(said.stderr).toMatch(/^weir: the disk is full/);
			const looked = gitIn(disk, '--no-optional-locks', 'status', '--porcelain');
			expect(looked).toBe(' M mine.txt');
			fill(filler);
		}
		rmSync(filler);
		// What could not be recorded is recorded first.
		if (main() === before)
			await eventually('landed', async () => (await weir.run('merge', 'a')).code === 0);
		await eventually('followed', () => {
			return gitIn(disk, 'status', '--porcelain') === ' M mine.txt';
		});
		expect(gitIn(disk, 'show', 'HEAD:big.bin')).toBe(
			readFileSync(join(disk, 'big.bin'), 'utf8'),
		);
		const log = async () => (await weir.run('log', '--json')).stdout;
		await eventually('told', async () => (await log()).includes('"merge.landed"'));
		expect(await log()).not.toContain('base.moved.by-others');
		expect((await log()).match(/"kind":"merge\.landed"/g)).toHaveLength(1);
		gitIn(disk, 'fsck', '--strict', '--no-dangling');
	} finally {
		rmSync(filler, { force: true });
		await weir.run('down', '--now');
		unmountDisk(disk);
		await weir.close();
	}
});

test('who is not recorded for a full disk is named wherever one looks, and when it is over', async ({
	skip,
}) => {
	const reason = noMount();
	skip(reason !== undefined, reason);
	const weir = scratchWeir();
	const recordings = join(weir.repo, '.git', 'weir', 'recordings');
	const filler = join(recordings, 'filler');
	try {
		expect(await weir.run('up')).toMatchObject({ code: 0 });
		mountSmallDisk(recordings, '1m');
		expect(await weir.run('new', 'web', '--', 'bash', '--norc')).toMatchObject({
			code: 0,
		});
		const cockpit = await openCockpit(weir, ['attach', 'web']);
		expect((await weir.agent('web')).recording).toBeNull();
		fill(filler);
		await weir.run('send', 'web', 'seq 1 20000');
		await cockpit.waitFor(
			/web is not recorded: the disk is full {2}free space on the disk/,
		);
		await cockpit.waitFor(/^.* 1 web .* not recorded: the disk is full/m);
		const { recording } = await weir.agent('web');
		expect(recording).toEqual({
			trouble: 'the disk is full',
			allow: 'free space on the disk of the repository',
			lost: expect.any(Number),
		});
		expect((await weir.run('list')).stdout).toMatch(
			/web .*not recorded: the disk is full/,
		);
		const doctor = await weir.json<{ checks: { name: string }[] }>('doctor');
		expect(doctor.checks.find(({ name }) => name === 'recordings')).toMatchObject({
			verdict: 'poor',
			found: 'web is not recorded: the disk is full',
			fix: 'free space on the disk of the repository',
		});
		// The next supervisor is told by the holder.
		expect(await weir.run('up', '--restart')).toMatchObject({ code: 0 });
		expect((await weir.agent('web')).recording?.trouble).toBe('the disk is full');
		rmSync(filler);
		await cockpit.waitFor(/web is recorded again; .*B of output is missing/);
		const { recording: after } = await weir.agent('web');
		expect(after).toMatchObject({ trouble: null, allow: null });
		expect(after?.lost).toBeGreaterThan(1000);
		await cockpit.close();
	} finally {
		await weir.run('down', '--now');
		unmountDisk(recordings);
		await weir.close();
	}
});

/** Where no event can be heard, since none can be recorded. */
async function eventually(
	what: string,
	holds: () => boolean | Promise<boolean>,
): Promise<void> {
	for (const end = Date.now() + patienceMs; !(await holds()); await sleep(100))
		if (Date.now() > end) throw new Error(`never ${what}`);
}

function makeRepository(disk: string, files: Readonly<Record<string, string>>): void {
	gitIn(disk, 'init', '--quiet', '-b', 'main');
	gitIn(disk, 'config', 'user.name', 'Person');
	gitIn(disk, 'config', 'user.email', 'person@example.org');
	commitFiles(disk, files, 'first');
}

async function throughFullDisk(weir: ScratchWeir, disk: string) {
	for (const name of ['a', 'b', 'c']) {
		expect(await weir.run('new', name, '--', 'cat')).toMatchObject({ code: 0 });
	}
	const filler = join(disk, '.git', 'filler-1');
	fill(filler);
	// As where a temp file has just gone: room for the record of an agent, and not for the agent.
	for (const free of [0, 64 * 1024]) {
		truncateSync(filler, statSync(filler).size - free);
		const refused = await weir.run('new', 'd', '--', 'cat');
		expect(refused.code).not.toBe(0);
		expect(refused.stderr).toMatch(/^weir: the disk is full[^\n]+\n {2}[^\n]+\n$/);
		expect(namesOf(await weir.status())).toEqual(['a', 'b', 'c']);
	}
	fill(join(disk, '.git', 'filler-3'));
	expect(await weir.run('kill', 'a')).toMatchObject({ code: 0 });
	expect((await weir.agent('a')).exit).not.toBeNull();

	// The reserve is spent now: its space is not for new agents.
	fill(join(disk, '.git', 'filler-2'));
	const again = await weir.run('new', 'd', '--', 'cat');
	expect(again.stderr).toContain('disk is full');
	expect((await weir.status()).journal.ok).toBe(false);

	for (const name of fillers) rmSync(join(disk, '.git', name));
	expect(await weir.run('new', 'd', '--', 'cat')).toMatchObject({ code: 0 });

	// Room for the record of a kill, and not for the snapshot before it: that takes the reserve.
	writeFileSync(join((await weir.agent('b')).worktree, 'noise'), randomBytes(512 * 1024));
	fill(filler);
	truncateSync(filler, statSync(filler).size - 128 * 1024);
	expect(await weir.run('kill', 'b')).toMatchObject({ code: 0 });
	expect((await weir.status()).journal.ok).toBe(false);
	rmSync(filler);
	expect(await weir.run('new', 'e', '--', 'cat')).toMatchObject({ code: 0 });
	const { agents, journal } = await weir.status();
	const named = (running: boolean) =>
		agents.filter(({ pid }) => (pid !== null) === running).map(({ name }) => name);
	return { running: named(true), ended: named(false), reserve: journal.ok };
}

const namesOf = ({ agents }: { agents: readonly { name: string }[] }) =>
	agents.map(({ name }) => name);

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
