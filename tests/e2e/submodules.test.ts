// A repository with a submodule: what is empty is told, what only the agent has is neither landed nor
// removed without a word.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Check } from '../../src/cli/doctor-check.ts';
import { commitFiles, gitIn } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

const allowed = ['-c', 'protocol.file.allow=always', 'submodule', '--quiet'];

let weir: ScratchWeir;
let inner = '';
beforeAll(() => {
	weir = scratchWeir();
	inner = join(weir.folder, 'inner');
	gitIn(weir.folder, 'init', '--quiet', '-b', 'main', inner);
	introduce(inner);
	commitFiles(inner, { 'lib.txt': 'lib\n' });
	gitIn(weir.repo, ...allowed, 'add', inner, 'lib');
	gitIn(weir.repo, 'commit', '--quiet', '-m', 'Add lib');
});
afterAll(() => weir.close());

test('an agent is made with its folder empty, and told what fills it', async () => {
	const made = await weir.run('new', 'api', '--', 'sh');
	expect(made.code).toBe(0);
	expect(made.stderr).toContain('submodules are not set up in worktrees of agents: lib');
	expect(made.stderr).toContain("worktree.setup 'git submodule update --init'");
});

test('the doctor names them, until a set-up is there to fill them', async () => {
	const row = async () => {
		const { checks } = await weir.json<{ checks: Check[] }>('doctor');
		return checks.find(({ name }) => name === 'submodules');
	};
	const found = 'empty in worktrees of agents, unless worktree.setup fills them: lib';
	const fix = expect.stringContaining("worktree.setup 'git submodule update --init'");
	expect(await row()).toEqual({ name: 'submodules', verdict: 'poor', found, fix });
	const setup = ['worktree.setup', 'git submodule update --init'];
	await weir.json('config', 'set', '--local', ...setup);
	expect(await row()).toEqual({ name: 'submodules', verdict: 'good', found, fix: null });
	rmSync(join(weir.repo, '.weir'), { recursive: true });
	expect(await row()).toMatchObject({ verdict: 'poor' });
});

test('a commit that only the agent has is not landed until the submodule has it', async () => {
	const { worktree } = await weir.agent('api');
	gitIn(worktree, ...allowed, 'update', '--init');
	const copy = join(worktree, 'lib');
	introduce(copy);
	gitIn(copy, 'switch', '--quiet', '-c', 'work');
	const commit = commitFiles(copy, { 'lib.txt': 'changed\n' }, 'Change lib');
	commitFiles(worktree, {}, 'Point at it');
	// Where another repository stands is a pattern's to say.
	const outside = await weir.run('merge', 'api');
	expect(outside.stderr).toContain('weir scope add api /lib --why TEXT');
	await weir.json('scope', 'add', 'api', '/lib', '--why', 'its new lib');
	const early = await weir.run('merge', 'api');
	expect(early.code).toBe(3);
	expect(early.stderr).toContain(`lib would point at ${commit.slice(0, 10)}`);
	gitIn(copy, 'push', '--quiet', inner, 'work');
	gitIn(join(weir.repo, 'lib'), 'fetch', '--quiet');
	expect(await weir.run('merge', 'api')).toMatchObject({ code: 0 });
	expect(gitIn(weir.repo, 'rev-parse', 'main:lib')).toBe(commit);
});

test('its files are named before they go, and come back', async () => {
	const { worktree } = await weir.agent('api');
	writeFileSync(join(worktree, 'lib', 'draft.txt'), 'draft\n');
	const asked = await weir.run('remove', 'api');
	expect(asked.code).toBe(3);
	expect(asked.stderr).toContain('lib/ (a repository: its history is not kept)');
	expect((await weir.run('remove', 'api', '--yes')).code).toBe(0);
	await weir.json('restore', 'api');
	expect(readFileSync(join(worktree, 'lib', 'draft.txt'), 'utf8')).toBe('draft\n');
});

function introduce(repository: string): void {
	gitIn(repository, 'config', 'user.name', 'Person');
	gitIn(repository, 'config', 'user.email', 'person@example.org');
}
