import { expect, test } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import type { PendingEffect } from '../../../src/domain/state.ts';
import { initialState } from '../../../src/domain/state.ts';
import { removeWorktree } from '../../../src/git/remove-worktree.ts';
import type { Repository } from '../../../src/git/repository.ts';
import { listAllSnapshots, takeSnapshot } from '../../../src/git/snapshot.ts';
import type { Worktree } from '../../../src/git/worktree.ts';
import { openJournalFolder } from '../../../src/journal/folder.ts';
import { openJournal } from '../../../src/journal/journal.ts';
import { Loop } from '../../../src/supervisor/loop.ts';
import { dropOldSnapshots } from '../../../src/supervisor/snapshot-upkeep.ts';
import { newAgent } from '../../support/domain.ts';
import { granted } from '../../support/outcomes.ts';
import {
	commitFiles,
	gitIn,
	makeRepository,
	makeWorktree,
	open,
	writeFiles,
} from '../../support/repository.ts';
import { makeScratch } from '../../support/scratch.ts';

/** A loop on a real journal, whose effects the test carries out with the real git. */
class Upkeep {
	readonly loop: Loop;
	readonly repository: Repository;
	readonly #asked: PendingEffect[] = [];

	constructor(repository: Repository) {
		this.repository = repository;
		this.loop = new Loop({
			journal: granted(openJournal(granted(openJournalFolder(makeScratch())))),
			state: initialState,
			clock: Date.now,
			withheld: { out: (value) => value, outOfSaid: (value) => value },
			dispatch: (effect) => this.#asked.push(effect),
		});
	}

	id(name: string) {
		const found = Object.values(this.loop.state.agents).find((one) => one.name === name);
		if (!found) throw new Error(`there is no agent ${name}`);
		return found.id;
	}

	/** An agent with a worktree, whose program never runs. */
	async start(name: string): Promise<Worktree> {
		await this.submit(newAgent(name));
		await this.#settle('worktree', {});
		const refused = { code: 'test', message: 'no program here' };
		await this.#settle('spawn', null, refused);
		return makeWorktree(this.repository, name);
	}

	async snapshot(worktree: Worktree): Promise<string> {
		const agent = this.id(worktree.agent);
		await this.submit({ kind: 'agent.snapshot', agent, reason: 'test' });
		return this.#take(worktree);
	}

	async remove(worktree: Worktree): Promise<string> {
		await this.submit({ kind: 'agent.remove', agent: this.id(worktree.agent) });
		const id = await this.#take(worktree);
		await removeWorktree(worktree, true);
		await this.#settle('remove', {});
		return id;
	}

	async submit(command: Command): Promise<void> {
		granted(await this.loop.submit(command));
	}

	async after(days: number): Promise<string[]> {
		await dropOldSnapshots(this, Date.now() + days * 86_400_000);
		return (await listAllSnapshots(this.repository)).map(({ id }) => id).toSorted();
	}

	async #take(worktree: Worktree): Promise<string> {
		const effect = this.#next('snapshot');
		if (effect.kind !== 'snapshot') throw new Error('no snapshot');
		const { snapshot } = effect.data;
		const { commit, files } = granted(await takeSnapshot(worktree, snapshot));
		await this.#tell(effect, { ok: true, value: { commit, files } });
		return snapshot;
	}

	async #settle(kind: PendingEffect['kind'], value: object | null, refusal?: object) {
		const outcome = refusal ? { ok: false, refusal } : { ok: true, value };
		await this.#tell(this.#next(kind), outcome);
	}

	#next(kind: PendingEffect['kind']): PendingEffect {
		const effect = this.#asked.shift();
		if (effect?.kind !== kind) throw new Error(`${effect?.kind} instead of ${kind}`);
		return effect;
	}

	async #tell({ kind, id }: PendingEffect, outcome: object): Promise<void> {
		const told = { kind: 'effect.settle', effectKind: kind, effect: id, outcome };
		await this.submit(told as Command);
	}
}

test('old snapshots go as far as nothing is lost: never the last of what is not in the base', async () => {
	const top = makeRepository();
	const upkeep = new Upkeep(await open(top));
	const living = await upkeep.start('living');
	const early = await upkeep.snapshot(living);
	const late = await upkeep.snapshot(living);
	const landed = await upkeep.start('landed');
	commitFiles(landed.path, { 'landed.txt': 'landed\n' });
	const inBase = await upkeep.remove(landed);
	commitFiles(top, { 'landed.txt': 'landed\n', 'more.txt': 'more\n' });
	const lost = await upkeep.start('lost');
	writeFiles(lost.path, { 'only-here.txt': 'only here\n' });
	const onlyCopy = await upkeep.remove(lost);
	const staged = await upkeep.start('staged');
	writeFiles(staged.path, { 'a.txt': 'staged\n' });
	gitIn(staged.path, 'add', 'a.txt');
	gitIn(staged.path, 'restore', '--worktree', '--source', 'HEAD', 'a.txt');
	const stagedOnly = await upkeep.remove(staged);
	gitIn(top, 'update-ref', 'refs/weir/snapshots/stranger/s999', 'HEAD');

	const all = [early, late, inBase, onlyCopy, stagedOnly, 's999'].toSorted();
	expect(await upkeep.after(13)).toEqual(all);
	expect(await upkeep.after(15)).toEqual(
		all.filter((id) => id !== early && id !== inBase),
	);
	const agent = upkeep.id('landed');
	const again = await upkeep.loop.submit({ kind: 'agent.restore', agent });
	expect(again).toMatchObject({ ok: false, refusal: { code: 'restore.nothing' } });
	expect(upkeep.loop.state.undoable).toEqual([
		{ kind: 'remove', agent: upkeep.id('lost') },
		{ kind: 'remove', agent: upkeep.id('staged') },
	]);
	granted(await upkeep.loop.submit({ kind: 'agent.restore', agent: upkeep.id('lost') }));
	expect(await upkeep.after(1000)).toContain(onlyCopy);
});
