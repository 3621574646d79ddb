import {
	existsSync,
	readdirSync,
	readFileSync,
	statSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildCandidate } from '../../../src/git/candidate.ts';
import { finishCheckout } from '../../../src/git/checkout-move.ts';
import type { LandedBefore } from '../../../src/git/landed-before.ts';
import { land } from '../../../src/git/landing.ts';
import { withTrailers } from '../../../src/git/landing-commit.ts';
import {
	landWorktree,
	mergeCandidate,
	openLander,
	planLanding,
} from '../../support/landing.ts';
import {
	codeOf,
	commitFiles,
	gitIn,
	lines,
	makeWorktree,
	readTree,
	scratchFolder,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

test('a squash lands as one commit with trailers, and a clean checkout follows', async () => {
	const { top, worktree } = await openLander();
	const old = gitIn(top, 'rev-parse', 'main');
	commitFiles(worktree.path, { 'one.txt': '1\n' });
	commitFiles(worktree.path, { 'two/three.txt': '3\n', 'src/b.txt': null });
	const landed = valueOf(await landWorktree(worktree, 'l1'));
	expect(landed.old).toBe(old);
	expect(gitIn(top, 'log', '--format=%P %s', '-1')).toBe(`${old} Land l1`);
	expect(gitIn(top, 'log', '--format=%b', '-1')).toBe(
		'Weir-Agent: api\nCo-authored-by: Agent <agent@example.org>',
	);
	expect(gitIn(top, 'status', '--porcelain')).toBe('');
	expect(readTree(top)).toEqual(readTree(worktree.path));
	expect(gitIn(top, 'rev-parse', 'refs/weir/landed/l1')).toBe(landed.new);
	expect(existsSync(join(top, '.git/index.lock'))).toBe(false);
	expect(readdirSync(join(top, '.git/weir/moves'))).toEqual([]);
});

test('a merge lands with both parents', async () => {
	const { top, worktree } = await openLander();
	const old = gitIn(top, 'rev-parse', 'main');
	const tip = commitFiles(worktree.path, { 'one.txt': '1\n' });
	valueOf(await landWorktree(worktree, 'l1', { strategy: 'merge' }));
	expect(gitIn(top, 'log', '--format=%P', '-1')).toBe(`${old} ${tip}`);
});

for (const strategy of ['squash', 'merge'] as const) {
	test(`the same worktree lands three times by ${strategy}, while the base moves on`, async () => {
		const { top, worktree } = await openLander();
		let before: LandedBefore | null = null;
		for (const round of [1, 2, 3]) {
			// The same lines each time: against the first fork point they would conflict.
			writeFiles(worktree.path, {
				'a.txt': lines(1, 10) + `round ${round}\n` + lines(12, 20),
			});
			if (round !== 2) commitFiles(worktree.path, { [`new${round}.txt`]: 'n\n' });
			commitFiles(top, { [`user${round}.txt`]: 'u\n' });
			const landing = await planLanding(worktree, `l${round}`, {
				strategy,
				before,
				uncommitted: null,
			});
			const landed = valueOf(await land(worktree.repository, landing));
			before = { candidate: landing.candidate, commit: landed.new };
			expect(readFileSync(join(top, 'a.txt'), 'utf8')).toContain(`round ${round}\n`);
			expect(existsSync(join(top, `user${round}.txt`))).toBe(true);
			expect(gitIn(top, 'status', '--porcelain')).toBe('');
		}
		expect(
			codeOf(await landWorktree(worktree, 'l4', { before, uncommitted: null })),
		).toBe('merge.nothing');
	});
}

test('a branch that was rewritten after its squash lands only what is new', async () => {
	const { top, worktree } = await openLander();
	commitFiles(worktree.path, { 'a.txt': lines(1, 10) + 'first\n' + lines(12, 20) });
	const landing = await planLanding(worktree, 'l1');
	const landed = valueOf(await land(worktree.repository, landing));
	const before = { candidate: landing.candidate, commit: landed.new };
	commitFiles(top, { 'user.txt': 'u\n' });
	writeFiles(worktree.path, { 'a.txt': lines(1, 10) + 'second\n' + lines(12, 20) });
	gitIn(worktree.path, 'commit', '--quiet', '--all', '--amend', '-m', 'again');
	valueOf(await landWorktree(worktree, 'l2', { before }));
	expect(readFileSync(join(top, 'a.txt'), 'utf8')).toContain('second\n');
	expect(existsSync(join(top, 'user.txt'))).toBe(true);
});

test('uncommitted files land on wish, chosen ones alone, and stay uncommitted for the agent', async () => {
	const { top, repository, worktree } = await openLander();
	writeFiles(worktree.path, {
		'yes.txt': 'y\n',
		'no.txt': 'n\n',
		'*.txt': 'star\n',
		'a.txt': null,
	});
	const candidate = valueOf(
		await buildCandidate(worktree, {
			id: 'c1',
			uncommitted: ['yes.txt', '*.txt', 'a.txt', 'vanished.txt'],
			message: 'some',
		}),
	);
	const names = gitIn(top, 'ls-tree', '-r', '--name-only', candidate.commit).split('\n');
	expect(names).toEqual(['*.txt', 'src/b.txt', 'yes.txt']);
	expect(gitIn(worktree.path, 'rev-parse', 'HEAD')).toBe(
		gitIn(top, 'rev-parse', 'weir/api'),
	);
	writeFiles(worktree.path, { 'late.txt': 'l\n' });
	const again = await buildCandidate(worktree, {
		id: 'c1',
		uncommitted: null,
		message: '',
	});
	expect(valueOf(again)).toEqual(candidate);
	expect(gitIn(repository.commonDir, 'rev-parse', 'refs/weir/candidate/c1')).toBe(
		candidate.commit,
	);
});

test('a conflict names its files and moves nothing', async () => {
	const { top, repository, worktree } = await openLander();
	commitFiles(worktree.path, { 'a.txt': 'agent\n', 'src/b.txt': 'agent\n' });
	const onto = commitFiles(top, { 'a.txt': 'user\n', 'src/b.txt': null });
	const candidate = valueOf(
		await buildCandidate(worktree, { id: 'c', uncommitted: 'none', message: '' }),
	);
	const merged = await mergeCandidate(repository, onto, candidate.commit, null);
	expect(merged).toMatchObject({ kind: 'conflict', files: ['a.txt', 'src/b.txt'] });
	expect(merged.notes.join('\n')).toContain('Merge conflict in a.txt');
	expect(gitIn(top, 'rev-parse', 'main')).toBe(onto);
});

test('a base that moved is never overwritten', async () => {
	const { top, worktree } = await openLander();
	commitFiles(worktree.path, { 'one.txt': '1\n' });
	const landing = await planLanding(worktree, 'l1');
	const moved = commitFiles(top, { 'user.txt': 'u\n' });
	expect(codeOf(await land(worktree.repository, landing))).toBe('base.moved');
	expect(gitIn(top, 'rev-parse', 'main')).toBe(moved);
	expect(existsSync(join(top, '.git/index.lock'))).toBe(false);
});

test('of two landings at once for the same commit one lands, the other is told', async () => {
	const { top, repository, worktree } = await openLander('one');
	const other = await makeWorktree(repository, 'two');
	commitFiles(worktree.path, { 'one.txt': '1\n' });
	commitFiles(other.path, { 'two.txt': '2\n' });
	const plans = [await planLanding(worktree, 'l1'), await planLanding(other, 'l2')];
	const outcomes = await Promise.all(plans.map((landing) => land(repository, landing)));
	expect(outcomes.map(codeOf).sort()).toEqual(['base.moved', 'ok']);
	valueOf(await landWorktree(outcomes[0]?.ok ? other : worktree, 'l3'));
	expect(gitIn(top, 'status', '--porcelain')).toBe('');
	expect([...readTree(top).keys()].sort()).toEqual([
		'a.txt',
		'one.txt',
		'src/b.txt',
		'two.txt',
	]);
});

test('unrelated changes of the user stay byte for byte, staged ones staged', async () => {
	const { top, worktree } = await openLander();
	commitFiles(worktree.path, { 'src/b.txt': 'agent\n' });
	writeFiles(top, { 'a.txt': 'mine\r\n', 'untracked.txt': 'u\n', 'staged.txt': 's\n' });
	gitIn(top, 'add', 'staged.txt');
	valueOf(await landWorktree(worktree, 'l1'));
	expect(readFileSync(join(top, 'a.txt'), 'utf8')).toBe('mine\r\n');
	expect(readFileSync(join(top, 'src/b.txt'), 'utf8')).toBe('agent\n');
	expect(gitIn(top, 'status', '--porcelain').split('\n')).toEqual([
		' M a.txt',
		'A  staged.txt',
		'?? untracked.txt',
	]);
});

const inTheWay: Record<string, (top: string) => string> = {
	'a changed file': (top) => {
		writeFiles(top, { 'src/b.txt': 'mine\n' });
		return 'src/b.txt';
	},
	'a staged file': (top) => {
		writeFiles(top, { 'src/b.txt': 'mine\n' });
		gitIn(top, 'add', '.');
		return 'src/b.txt';
	},
	'an untracked file': (top) => {
		writeFiles(top, { 'new.txt': 'mine\n' });
		return 'new.txt';
	},
	'an ignored file': (top) => {
		writeFiles(top, { '.git/info/exclude': 'new.txt\n', 'new.txt': 'mine\n' });
		return 'new.txt';
	},
	'a file where a folder must be': (top) => {
		writeFiles(top, { folder: 'mine\n' });
		return 'folder';
	},
};

for (const [name, prepare] of Object.entries(inTheWay)) {
	test(`${name} of the user stands in the way, by name, and nothing moves`, async () => {
		const { top, worktree } = await openLander();
		commitFiles(worktree.path, {
			'src/b.txt': 'agent\n',
			'new.txt': 'agent\n',
			'folder/x.txt': 'agent\n',
		});
		const path = prepare(top);
		const before = readTree(top);
		const [tip, status] = [
			gitIn(top, 'rev-parse', 'main'),
			gitIn(top, 'status', '--porcelain'),
		];
		const refused = await landWorktree(worktree, 'l1');
		expect(codeOf(refused)).toBe('base.dirty');
		expect(refused.ok ? '' : refused.refusal.message).toContain(path);
		expect(readTree(top)).toEqual(before);
		expect(gitIn(top, 'rev-parse', 'main')).toBe(tip);
		expect(gitIn(top, 'status', '--porcelain')).toBe(status);
		expect(existsSync(join(top, '.git/index.lock'))).toBe(false);
	});
}

test('an edit of the same second and size as the file was written in stays', async () => {
	const { top, worktree } = await openLander();
	commitFiles(worktree.path, { 'src/b.txt': 'landed\n' });
	const edited = await editInSameSecond(top, 'src/b.txt');
	expect(codeOf(await landWorktree(worktree, 'l1'))).toBe('base.dirty');
	expect(readFileSync(join(top, 'src/b.txt'), 'utf8')).toBe(edited);
});

test('such an edit that comes once the base has moved stays and is told', async () => {
	const { top, repository } = await openLander();
	const from = gitIn(top, 'rev-parse', 'main');
	gitIn(top, 'switch', '--quiet', '-c', 'next');
	const to = commitFiles(top, { 'src/b.txt': 'landed\n' });
	gitIn(top, 'switch', '--quiet', 'main');
	const edited = await editInSameSecond(top, 'src/b.txt');
	gitIn(top, 'update-ref', 'refs/heads/main', to);
	const checkout = { path: top, gitDir: join(top, '.git') };
	const move = { id: 'l1', checkout, from, to };
	expect(valueOf(await finishCheckout(repository, move)).kept).toEqual(['src/b.txt']);
	expect(readFileSync(join(top, 'src/b.txt'), 'utf8')).toBe(edited);
});

/** Git looks at seconds: the file, its index and the edit bear the same one, which then is over. */
async function editInSameSecond(top: string, path: string): Promise<string> {
	const file = join(top, path);
	const before = readFileSync(file, 'utf8');
	const edited = before.replaceAll(/[a-z]/g, 'x');
	expect(edited).not.toBe(before);
	for (let second = -1; second !== secondOf(file); ) {
		writeFileSync(file, `${before}\n`);
		gitIn(top, 'checkout', '--', path);
		second = secondOf(join(top, '.git', 'index'));
		writeFileSync(file, edited);
	}
	const written = secondOf(file);
	await expect.poll(() => Math.floor(Date.now() / 1000)).toBeGreaterThan(written);
	return edited;
}

function secondOf(path: string): number {
	return Math.floor(statSync(path).mtimeMs / 1000);
}

test('a file that was only touched is not in the way', async () => {
	const { top, worktree } = await openLander();
	commitFiles(worktree.path, { 'src/b.txt': 'agent\n' });
	utimesSync(join(top, 'src/b.txt'), new Date(0), new Date(0));
	valueOf(await landWorktree(worktree, 'l1'));
	expect(gitIn(top, 'status', '--porcelain')).toBe('');
});

test('a checkout in the middle of a merge, or locked by another git, is left alone', async () => {
	const { top, worktree } = await openLander();
	commitFiles(worktree.path, { 'one.txt': '1\n' });
	writeFileSync(join(top, '.git/index.lock'), '');
	expect(codeOf(await landWorktree(worktree, 'l1'))).toBe('base.busy');
	expect(statSync(join(top, '.git/index.lock')).size).toBe(0);
	writeFiles(top, { '.git/index.lock': null, '.git/MERGE_HEAD': 'x\n' });
	expect(codeOf(await landWorktree(worktree, 'l2'))).toBe('base.busy');
});

test('a base that is checked out nowhere, or in a linked worktree, is moved', async () => {
	const { top, worktree } = await openLander();
	gitIn(top, 'switch', '--quiet', '--detach');
	commitFiles(worktree.path, { 'one.txt': '1\n' });
	valueOf(await landWorktree(worktree, 'l1'));
	expect(gitIn(top, 'ls-tree', '--name-only', 'main')).toContain('one.txt');
	expect(existsSync(join(top, 'one.txt'))).toBe(false);
	const linked = join(scratchFolder(), 'linked');
	gitIn(top, 'worktree', 'add', '--quiet', linked, 'main');
	commitFiles(worktree.path, { 'two.txt': '2\n' });
	valueOf(await landWorktree(worktree, 'l2'));
	expect(existsSync(join(linked, 'two.txt'))).toBe(true);
	expect(gitIn(linked, 'status', '--porcelain')).toBe('');
});

test('landing again under the same id gives the first answer and lands nothing', async () => {
	const { top, repository, worktree } = await openLander();
	commitFiles(worktree.path, { 'one.txt': '1\n' });
	const landing = await planLanding(worktree, 'l1');
	const first = valueOf(await land(repository, landing));
	const later = commitFiles(top, { 'user.txt': 'u\n' });
	expect(valueOf(await land(repository, landing))).toEqual(first);
	expect(gitIn(top, 'rev-parse', 'main')).toBe(later);
});

test('trailers stand apart from the text, and join trailers that are there', () => {
	const one = [['Weir-Agent', 'api']] as const;
	expect(withTrailers('Subject', one)).toBe('Subject\n\nWeir-Agent: api\n');
	expect(withTrailers('Subject: x\n', one)).toBe('Subject: x\n\nWeir-Agent: api\n');
	expect(withTrailers('S\n\nFixes: #1\n', one)).toBe('S\n\nFixes: #1\nWeir-Agent: api\n');
	expect(withTrailers('S', [['K', 'a\nInjected: b']])).toBe('S\n\nK: a Injected: b\n');
});
