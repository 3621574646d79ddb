// What becomes of a worktree once its work has landed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventsOf, journal, type MergeJson, start } from '../support/agents.ts';
import { effectsSettledOnce } from '../support/crash-laws.ts';
import { commitFiles, gitIn, writeFiles } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir({ 'readme.md': 'scratch\n' });
});
afterAll(() => weir.close());

/** One whose program has ended: nothing runs in its worktree. */
async function ended(name: string) {
	const agent = await start(weir, name, ['true']);
	await eventsOf(weir, 'agent.exited', 1, ({ data }) => data.agent === agent.id);
	return agent;
}

async function land(name: string, ...flags: string[]) {
	const { landings } = await weir.json<MergeJson>('merge', name, ...flags);
	return landings[0];
}

const main = () => gitIn(weir.repo, 'rev-parse', 'main');

test('it is kept as it is unless somebody says otherwise', async () => {
	const { worktree } = await ended('kept');
	const tip = commitFiles(worktree, { 'kept.txt': 'x\n' });
	expect(await land('kept')).toMatchObject({ phase: 'landed', after: null });
	expect(gitIn(worktree, 'rev-parse', 'HEAD')).toBe(tip);
});

test('set on the new base it is clean there, and the next landing is what comes next', async () => {
	const { worktree } = await ended('again');
	commitFiles(worktree, { 'one.txt': 'one\n' }, 'One');
	writeFiles(worktree, { 'loose.txt': 'loose\n' });
	expect(await land('again', '--after', 'reset', '--with-uncommitted')).toMatchObject({
		after: { how: 'reset', refusal: null },
	});
	expect(gitIn(worktree, 'rev-parse', 'HEAD')).toBe(main());
	expect(gitIn(weir.repo, 'rev-parse', 'weir/again')).toBe(main());
	expect(gitIn(worktree, 'status', '--porcelain')).toBe('');
	commitFiles(worktree, { 'two.txt': 'two\n' }, 'Two');
	await land('again', '--after', 'reset');
	expect(gitIn(weir.repo, 'show', '--format=%s', '--name-only', 'main')).toBe(
		'Two\n\ntwo.txt',
	);
	// Taken back, what landed is the agent's own again.
	await weir.json('undo');
	expect(await land('again')).toMatchObject({ phase: 'landed', new: main() });
	expect(gitIn(weir.repo, 'show', 'main:two.txt')).toBe('two');
});

test('under a program of which nobody knows that it waits nothing changes', async () => {
	const { worktree } = await start(weir, 'busy');
	const tip = commitFiles(worktree, { 'busy.txt': 'x\n' });
	const said = await weir.run('merge', 'busy', '--after', 'reset');
	expect(said.code).toBe(0);
	expect(said.stdout).toContain('busy landed as');
	expect(said.stdout).toContain('its worktree stays as it is: busy is at work');
	expect(gitIn(worktree, 'rev-parse', 'HEAD')).toBe(tip);
});

test('removed by the settings it comes back from its snapshot', async () => {
	writeFiles(weir.repo, { '.weir/config.local.yaml': 'land: {after: remove}\n' });
	await eventsOf(weir, 'settings.loaded', 1, ({ data }) => {
		return data.settings.land.after === 'remove';
	});
	const { worktree } = await ended('gone');
	commitFiles(worktree, { 'gone.txt': 'x\n' });
	const told = await weir.run('merge', 'gone');
	expect(told.stdout).toContain('its worktree is gone; weir restore gone brings it back');
	expect(existsSync(worktree)).toBe(false);
	await weir.json('restore', 'gone');
	expect(readFileSync(join(worktree, 'gone.txt'), 'utf8')).toBe('x\n');

	// What is not in the base stays.
	const { worktree: more } = await ended('more');
	commitFiles(more, { 'more.txt': 'x\n' });
	writeFiles(more, { 'left.txt': 'left\n' });
	expect(await land('more', '--committed')).toMatchObject({
		phase: 'landed',
		after: { how: 'remove', refusal: { code: 'after.not-landed' } },
	});
	expect(readFileSync(join(more, 'left.txt'), 'utf8')).toBe('left\n');
	writeFiles(weir.repo, { '.weir/config.local.yaml': null });
	await eventsOf(weir, 'settings.loaded', 2, ({ data }) => {
		return data.settings.land.after === 'keep';
	});
});

test('a supervisor that is killed at any moment: the next one goes on, once', async () => {
	for (const [at, kind] of (['merge.landed', 'after.asked'] as const).entries()) {
		for (const how of ['reset', 'remove'] as const) {
			const name = `crash-${at}-${how}`;
			const { id, worktree } = await ended(name);
			commitFiles(worktree, { [`${name}.txt`]: 'x\n' });
			await weir.run('merge', name, '--after', how, '--no-wait');
			await eventsOf(weir, kind, 1, ({ data }) => data.agent === id);
			const { supervisor } = await weir.status();
			process.kill(supervisor?.pid ?? 0, 'SIGKILL');
			await weir.json('up');
			const [settled] = await eventsOf(
				weir,
				'after.settled',
				1,
				({ data }) => data.agent === id,
			);
			expect(settled?.data.outcome).toMatchObject({ ok: true });
			if (how === 'remove')
				await eventsOf(weir, 'agent.removed', 1, ({ data }) => data.agent === id);
			const now = existsSync(worktree) ? gitIn(worktree, 'rev-parse', 'HEAD') : 'gone';
			expect(now).toBe(how === 'remove' ? 'gone' : main());
		}
	}
	effectsSettledOnce(await journal(weir));
	expect(gitIn(weir.repo, 'status', '--porcelain')).toBe('');
});
