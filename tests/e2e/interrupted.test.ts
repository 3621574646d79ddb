// What a death of the machine, or of the supervisor, interrupts: nothing starts by itself after the
// first, and nothing is done twice after the second.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openJournal } from '../../src/journal/journal.ts';
import type { ListJson } from '../../src/protocol/status.ts';
import { eventsOf, idle, journal, start, trust, until } from '../support/agents.ts';
import { granted } from '../support/outcomes.ts';
import { commitFiles, gitIn, writeFiles } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir();
});
afterAll(() => weir.close());

/** Tells of each of its starts. */
const program = [
	'sh',
	'-c',
	'echo "$WEIR_AGENT" >> "$XDG_CACHE_HOME/starts"; exec sleep 1000',
];

const starts = () => {
	const file = join(weir.env.XDG_CACHE_HOME ?? '', 'starts');
	return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').sort() : [];
};

/** Ends the supervisor, and records what another would have recorded before it died. */
async function diedAfter(
	facts: readonly { kind: string; data: object }[],
): Promise<void> {
	await weir.json('down', '--now');
	const own = granted(openJournal(join(weir.repo, '.git', 'weir')));
	const stamp = { at: new Date().toISOString(), actor: 'weir', cause: 'test' };
	const first = own.lastSeq() + 1;
	const entries = facts.map(({ kind, data }, at) => {
		const effect = kind.endsWith('.asked') ? { effect: `${first + at}.0` } : {};
		return { ...stamp, kind, data: { ...data, ...effect } };
	});
	granted(own.append(entries));
	own[Symbol.dispose]();
}

test('nothing starts by itself after the machine went down, and all of it when asked', async () => {
	for (const name of ['spawned', 'crashed', 'made', 'asked'])
		await start(weir, name, program);
	await until('all of them said so', () => starts().length === 4);
	const ids = new Map(
		(await eventsOf(weir, 'agent.created', 4)).map(({ data }) => [data.name, data.agent]),
	);
	const facts = [
		{
			kind: 'spawn.asked',
			data: { agent: ids.get('spawned'), generation: 2, argv: program },
		},
		{
			kind: 'agent.back-off',
			data: {
				agent: ids.get('crashed'),
				generation: 1,
				until: '2020-01-01T00:00:00.000Z',
				tries: 1,
			},
		},
		{ kind: 'worktree.asked', data: { agent: ids.get('made') } },
	];
	const boot = { pid: 1, version: '0', bootId: 'before' };
	await diedAfter([{ kind: 'supervisor.started', data: boot }, ...facts]);
	await weir.json('up');
	await eventsOf(weir, 'spawn.settled', 2, ({ data }) => !data.outcome.ok);
	for (const name of ['spawned', 'crashed', 'made', 'asked']) {
		await expect
			.poll(() => weir.agent(name))
			.toMatchObject({ state: 'interrupted', pid: null });
	}
	expect((await weir.agent('spawned')).why).toContain('machine went down');
	expect(starts()).toEqual(['asked', 'crashed', 'made', 'spawned']);
	const { agents } = await weir.json<ListJson>('resume', '--all');
	expect(agents.map(({ name }) => name)).toEqual(['spawned', 'crashed', 'made']);
	await weir.json('undo');
	await until('all of them said so again', () => starts().length === 8);

	// The supervisor alone: what was asked for is carried out.
	const spawn = { agent: ids.get('spawned'), generation: 9, argv: program };
	await diedAfter([{ kind: 'spawn.asked', data: spawn }]);
	await weir.json('up');
	await eventsOf(weir, 'agent.started', 1, ({ data }) => data.generation === 9);
});

test('a teardown that the death of the supervisor interrupts is waited for, not run again', async () => {
	const torn = join(weir.env.HOME ?? '', 'torn');
	const go = join(weir.env.HOME ?? '', 'go');
	writeFiles(weir.repo, {
		'.weir/config.yaml': `worktree:\n  teardown: 'echo begun >> ${torn}; until test -e ${go}; do sleep 0.05; done; ls readme.md >> ${torn}'\n`,
	});
	await trust(weir);
	const { worktree } = await start(weir, 'torn', idle);
	const said = weir.run('remove', 'torn', '--yes');
	await until('torn down', () => existsSync(torn));
	const { supervisor } = await weir.status();
	if (!supervisor) throw new Error('there is no supervisor');
	process.kill(supervisor.pid, 'SIGKILL');
	await said;
	await weir.json('up');
	expect((await weir.agent('torn')).life).toBe('removing');
	expect(existsSync(worktree)).toBe(true);
	writeFileSync(go, '');
	await eventsOf(weir, 'agent.removed');
	expect(readFileSync(torn, 'utf8')).toBe('begun\nreadme.md\n');
	expect(existsSync(worktree)).toBe(false);
	rmSync(join(weir.repo, '.weir'), { recursive: true });
});

test('a move of the base while no supervisor ran is told once, one of its own never', async () => {
	const { worktree } = await start(weir, 'lander');
	commitFiles(worktree, { 'landed.txt': 'landed\n' });
	await weir.json('merge', 'lander');
	const old = gitIn(weir.repo, 'rev-parse', 'main');
	await weir.json('down', '--now');
	await weir.json('up');
	const moves = async () =>
		(await journal(weir)).filter(({ kind }) => kind === 'base.moved.by-others');
	expect(await moves()).toEqual([]);
	await weir.json('down', '--now');
	const now = commitFiles(weir.repo, { 'theirs.txt': 'theirs\n' });
	for (let count = 1; count <= 2; count += 1) {
		await weir.json('up');
		await eventsOf(weir, 'base.moved.by-others');
		expect((await moves()).map(({ data }) => data)).toEqual([
			{ ref: 'refs/heads/main', old, new: now },
		]);
		await weir.json('down', '--now');
	}
});

test('a journal with what a later weir has written is refused with a sentence, and stays as it is', async () => {
	const later = scratchWeir();
	try {
		const folder = join(later.repo, '.git', 'weir');
		await later.json('up');
		await later.json('down', '--now');
		const own = granted(openJournal(folder));
		const stamp = { at: new Date().toISOString(), actor: 'weir', cause: 'test' };
		granted(own.append([{ ...stamp, kind: 'moon.landed', data: {} }]));
		const last = own.lastSeq();
		own[Symbol.dispose]();
		const no = await later.run('up');
		expect(no.code).toBe(3);
		expect(no.stderr).toMatch(
			/^weir: the journal cannot be read by this version: .+\n {2}install the later weir again\n$/,
		);
		expect(no.stderr).toContain('moon.landed');
		using kept = granted(openJournal(folder));
		expect(kept.lastSeq()).toBe(last);
	} finally {
		await later.close();
	}
});
