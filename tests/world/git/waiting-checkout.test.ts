// A branch has moved, and the disk of its checkout has no room for the files: the landing counts, and the
// checkout follows once there is space.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { finishMoves } from '../../../src/git/branch-move.ts';
import { landWorktree, openLander } from '../../support/landing.ts';
import { commitFiles, gitIn, valueOf } from '../../support/repository.ts';
import { mountSmallDisk, noMount, unmountDisk } from '../../support/small-disk.ts';

test('a landing whose checkout is on a full disk has landed, and the checkout is brought along', async ({
	skip,
}) => {
	const reason = noMount();
	skip(reason !== undefined, reason);
	const { top, repository, worktree } = await openLander();
	const disk = mkdtempSync(join(tmpdir(), 'weir-small-'));
	mountSmallDisk(disk, '1m');
	const checkout = join(disk, 'checkout');
	try {
		gitIn(top, 'checkout', '--quiet', '--detach');
		gitIn(top, 'worktree', 'add', '--quiet', checkout, 'main');
		writeFileSync(join(checkout, 'mine.txt'), 'mine');
		writeFileSync(join(disk, 'filler'), Buffer.alloc(500_000));
		const text = 'x'.repeat(700_000);
		commitFiles(worktree.path, { 'big.txt': text });
		const landed = valueOf(await landWorktree(worktree, 'one'));
		expect(landed.waits).not.toBeNull();
		expect(gitIn(top, 'rev-parse', 'main')).toBe(landed.new);
		// Still no room, whoever asks.
		const again = valueOf(await landWorktree(worktree, 'one'));
		expect(again).toMatchObject({ new: landed.new, waits: expect.any(String) });
		rmSync(join(disk, 'filler'));
		expect(await finishMoves(repository)).toMatchObject({ ok: true });
		expect(readFileSync(join(checkout, 'big.txt'), 'utf8')).toBe(text);
		expect(gitIn(checkout, 'status', '--porcelain')).toBe('?? mine.txt');
	} finally {
		unmountDisk(disk);
		rmSync(disk, { recursive: true, force: true });
	}
});
