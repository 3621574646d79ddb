// What somebody else does that weir alone does: its refs, its journal. It is said, and nothing comes of it.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventKind } from '../../src/domain/event.ts';
import { eventsOf, journal, start, until } from '../support/agents.ts';
import { commitFiles, gitIn } from '../support/repository.ts';

import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir();
});
afterAll(() => weir.close());

const kinds: readonly EventKind[] = ['ref.moved.by-others', 'journal.changed.by-others'];

test('what weir does itself raises no alarm: agents made, landed, taken back, snapshot, removed, restored', async () => {
	const { worktree } = await start(weir, 'usual');
	commitFiles(worktree, { 'src/new.txt': 'new\n' });
	await weir.json('merge', 'usual');
	await weir.json('undo');
	await weir.json('kill', 'usual');
	await weir.json('remove', 'usual', '--yes');
	await weir.json('restore', 'usual');
	await start(weir, 'second');
	await weir.json('up', '--restart');
	await weir.json('respawn', 'usual');
	const told = (await journal(weir)).filter(({ kind }) => kinds.includes(kind));
	expect(told).toEqual([]);
});

test('a branch of an agent that is moved, deleted, or packed and deleted, and a ref below refs/weir', async () => {
	await start(weir, 'moved');
	const earlier = gitIn(weir.repo, 'rev-parse', 'main');
	const commit = commitFiles(weir.repo, { 'later.txt': 'later\n' });
	const branch = 'refs/heads/weir/moved';
	const moves = (ref: string, now: string | null) =>
		eventsOf(
			...([weir, 'ref.moved.by-others', 1] as const),
			({ data }) => data.ref === ref && data.new === now,
		);
	gitIn(weir.repo, 'update-ref', branch, commit);
	expect((await moves(branch, commit))[0]?.data.old).toBe(earlier);
	gitIn(weir.repo, 'pack-refs', '--all');
	gitIn(weir.repo, 'update-ref', '-d', branch);
	await moves(branch, null);
	const candidate = 'refs/weir/candidate/99.1';
	gitIn(weir.repo, 'update-ref', candidate, commit);
	await moves(candidate, commit);
	// A branch of the user's is the user's, even with that prefix.
	gitIn(weir.repo, 'update-ref', 'refs/heads/weir/own', commit);
	gitIn(weir.repo, 'update-ref', '-d', candidate);
	await moves(candidate, null);
	const refs = (await eventsOf(weir, 'ref.moved.by-others')).map(({ data }) => data.ref);
	expect(refs).not.toContain('refs/heads/weir/own');
});

test('events that somebody adds to the journal are put aside, and the next one takes their number', async () => {
	const { name } = await start(weir, 'forged', undefined, '--scope', 'src/**');
	const { agents } = await weir.json<{ agents: { name: string; scope: string[] }[] }>(
		'list',
	);
	expect(agents.find((agent) => agent.name === name)?.scope).toEqual(['src/**']);
	const path = join(weir.repo, '.git', 'weir', 'journal.sqlite');
	const [created] = await eventsOf(
		...([weir, 'agent.created', 1] as const),
		({ data }) => data.name === name,
	);
	using database = openDatabase(path);
	const last = Number(
		database.handle.prepare('SELECT max(seq) AS last FROM event').get()?.last,
	);
	forge(database.handle, last + 1, created?.data.agent);
	const [told] = await eventsOf(weir, 'journal.changed.by-others');
	expect(told).toMatchObject({ seq: last + 1, data: { added: 1 } });
	const aside = readdirSync(join(weir.repo, '.git', 'weir')).filter((file) =>
		file.startsWith('journal.sqlite.foreign-'),
	);
	expect(aside).toHaveLength(1);
	await weir.json('up', '--restart');
	expect((await weir.agent(name)).scope).toEqual(['src/**']);

	// Triggers keep events from being rewritten; who drops them is told of.
	database.handle.exec(
		"DROP TRIGGER event_stays; UPDATE event SET actor = 'x' WHERE seq = 1",
	);
	await eventsOf(
		...([weir, 'journal.changed.by-others', 1] as const),
		(event) => event.data.added === 0,
	);
});

test('what was added while no supervisor ran counts for nothing, and the next one says so', async () => {
	const { name } = await start(weir, 'later', undefined, '--scope', 'src/**');
	const [created] = await eventsOf(
		...([weir, 'agent.created', 1] as const),
		({ data }) => data.name === name,
	);
	const told = () =>
		journal(weir).then((events) =>
			events.filter(({ kind }) => kind === 'journal.changed.by-others'),
		);
	const before = (await told()).length;
	await killSupervisor();
	const path = join(weir.repo, '.git', 'weir', 'journal.sqlite');
	{
		using database = openDatabase(path);
		const last = Number(
			database.handle.prepare('SELECT max(seq) AS last FROM event').get()?.last,
		);
		forge(database.handle, last + 1, created?.data.agent);
	}
	expect((await weir.agent(name)).scope).toEqual(['src/**']);
	await eventsOf(
		...([weir, 'journal.changed.by-others', before + 1] as const),
		() => true,
	);
	expect((await told()).at(-1)?.data).toEqual({ added: 1 });
	// Ended in the middle of its work and of nothing else, it has nothing to say.
	await killSupervisor();
	expect((await weir.agent(name)).scope).toEqual(['src/**']);
	await weir.json('up', '--restart');
	expect(await told()).toHaveLength(before + 1);
});

async function killSupervisor(): Promise<void> {
	const { supervisor } = await weir.json<{ supervisor: { pid: number } }>('status');
	process.kill(supervisor.pid, 'SIGKILL');
	await until('it is gone', () => !existsSync(`/proc/${supervisor.pid}`));
}

/** As any program can that knows SQLite: the agent may write everything from now on. */
function forge(database: DatabaseSync, seq: number, agent: string | undefined): void {
	const data = { agent, patterns: ['**'], why: 'so', request: null };
	database
		.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, NULL)')
		.run(
			...[seq, new Date().toISOString(), 'human', 'command:scope.widen'],
			...['scope.widened', JSON.stringify(data)],
		);
}

function openDatabase(path: string) {
	const handle = new DatabaseSync(path, { timeout: 2000 });
	return { handle, [Symbol.dispose]: () => handle.close() };
}
