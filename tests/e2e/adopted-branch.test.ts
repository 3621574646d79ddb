// An agent on a branch of the user's: it goes on there, lands as any other, and the branch stays.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventsOf, type MergeJson, refusal, start } from '../support/agents.ts';
import { commitFiles, gitIn } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
const git = (...args: string[]) => gitIn(weir.repo, ...args);
const tipOf = (branch: string) => git('rev-parse', branch);

/** A branch of the user's with one commit that the base does not have, and nobody on it. */
function makeBranch(name: string): string {
	git('switch', '--quiet', '-c', name);
	const tip = commitFiles(weir.repo, { [`${name}.txt`]: `${name}\n` }, `begin ${name}`);
	git('switch', '--quiet', 'main');
	return tip;
}

beforeAll(() => {
	weir = scratchWeir();
});
afterAll(() => weir.close());

test('the agent goes on from the tip of the branch and commits are mirrored to it', async () => {
	const tip = makeBranch('login');
	const commits =
		'echo more >more.txt; git add .; git commit -qm more; echo did; exec sleep 1000';
	const agent = await start(weir, 'api', ['sh', '-c', commits], '--branch', 'login');
	expect(agent).toMatchObject({
		branch: 'login',
		base: { branch: 'main', commit: tipOf('main') },
	});
	expect(gitIn(agent.worktree, 'symbolic-ref', '--short', 'HEAD')).toBe('login');
	expect(existsSync(join(agent.worktree, 'login.txt'))).toBe(true);
	await eventsOf(weir, 'publish.settled', 1, ({ data }) => data.outcome.ok);
	expect(tipOf('login')).toBe(gitIn(agent.worktree, 'rev-parse', 'HEAD'));
	expect(tipOf('login^')).toBe(tip);
	expect(git('branch', '--list', 'weir/*')).toBe('');
});

test('a branch that somebody has is refused with the place', async () => {
	makeBranch('theirs');
	const there = join(weir.folder, 'theirs');
	git('worktree', 'add', '--quiet', there, 'theirs');
	const held = await refusal(weir, 'new', 'x', '--branch', 'theirs');
	expect(held).toMatchObject({
		code: 'branch.checked-out',
		message: `theirs is checked out in ${there}`,
	});
	expect(await refusal(weir, 'new', 'x', '--branch', 'login')).toMatchObject({
		code: 'branch.checked-out',
	});
	expect(await refusal(weir, 'new', 'x', '--branch', 'main')).toMatchObject({
		code: 'branch.base',
	});
	expect(await refusal(weir, 'new', 'x', '--branch', 'nowhere')).toMatchObject({
		code: 'branch.unknown',
	});
	expect(await refusal(weir, 'new', 'x', 'y', '--branch', 'theirs')).toMatchObject({
		code: 'branch.one',
	});
	git('worktree', 'remove', there);
});

test('no other agent lands on the branch while the agent works there', async () => {
	const { worktree } = await start(weir, 'other');
	commitFiles(worktree, { 'other.txt': 'other\n' }, 'other');
	expect(await refusal(weir, 'merge', 'other', '--into', 'login')).toMatchObject({
		code: 'base.agents',
	});
});

test('it lands with what was on the branch before', async () => {
	const { landings } = await weir.json<MergeJson>('merge', 'api');
	expect(landings).toMatchObject([{ agent: 'api', phase: 'landed' }]);
	const files = git('ls-tree', '--name-only', 'main').split('\n');
	expect(files).toEqual(expect.arrayContaining(['login.txt', 'more.txt']));
});

test('a branch that others move is left where they moved it, until it is made free again', async () => {
	const { worktree } = await weir.agent('api');
	const own = tipOf('login');
	git('branch', 'side', own);
	git('switch', '--quiet', 'side');
	const theirs = commitFiles(weir.repo, { 'side.txt': 'side\n' }, 'side');
	git('switch', '--quiet', 'main');
	git('update-ref', 'refs/heads/login', theirs);
	const waits = commitFiles(worktree, { 'waits.txt': 'waits\n' }, 'waits');
	const [refused] = await eventsOf(
		weir,
		'publish.settled',
		1,
		({ data }) => !data.outcome.ok,
	);
	const allow = `git branch login-${theirs.slice(0, 10)} login && git update-ref refs/heads/login ${own.slice(0, 10)}`;
	const moved = { code: 'branch.moved', allow };
	expect(refused?.data.outcome).toMatchObject({ ok: false, refusal: moved });
	expect(await refusal(weir, 'merge', 'api')).toMatchObject(moved);
	expect(await refusal(weir, 'remove', 'api', '--yes')).toMatchObject(moved);
	expect(tipOf('login')).toBe(theirs);
	expect(gitIn(worktree, 'rev-parse', 'HEAD')).toBe(waits);

	git('branch', `login-${theirs.slice(0, 10)}`, 'login');
	git('update-ref', 'refs/heads/login', own);
	const { landings } = await weir.json<MergeJson>('merge', 'api');
	expect(landings).toMatchObject([{ agent: 'api', phase: 'landed' }]);
	expect(tipOf('login')).toBe(waits);
});

test('a removal leaves the branch with all that was committed, and a restore goes on with it', async () => {
	const { worktree } = await weir.agent('api');
	const last = commitFiles(worktree, { 'last.txt': 'last\n' }, 'last');
	await weir.json('remove', 'api', '--yes');
	expect(tipOf('login')).toBe(last);
	await weir.json('restore', 'api');
	expect(await weir.agent('api')).toMatchObject({ branch: 'login' });
	expect(tipOf('login')).toBe(last);
	await weir.json('remove', 'api', '--yes');
	git('switch', '--quiet', 'login');
	const theirs = commitFiles(weir.repo, { 'theirs.txt': 'theirs\n' }, 'theirs');
	git('switch', '--quiet', 'main');
	expect(await refusal(weir, 'restore', 'api')).toMatchObject({ code: 'branch.moved' });
	expect(tipOf('login')).toBe(theirs);
});
