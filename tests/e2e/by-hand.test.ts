// A conflict is resolved by a person: in their editor, in a worktree where no program writes, and landed as theirs.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	eventsOf,
	idle,
	journal,
	type MergeJson,
	refusal,
	start,
	until,
} from '../support/agents.ts';
import { commitFiles, gitIn, writeFiles } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir, weirProgram } from '../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir({ 'a.txt': 'one\n', 'b.txt': 'one\n', 'src/c.txt': 'c\n' });
});
afterAll(() => weir.close());

type ByHandJson = {
	readonly landings: readonly (MergeJson['landings'][number] & {
		readonly with: string | null;
		readonly after: { readonly how: string } | null;
	})[];
};

const inBase = (file: string) => gitIn(weir.repo, 'show', `main:${file}`);
let count = 0;

/** An agent that conflicts with the base in these files. */
async function conflicted(files: readonly string[], ...flags: string[]) {
	count += 1;
	const name = `api${count}`;
	const { worktree } = await start(weir, name, idle, ...flags);
	const all = (text: string) => Object.fromEntries(files.map((file) => [file, text]));
	commitFiles(worktree, all(`agent ${count}\n`), `Say agent ${count}`);
	commitFiles(weir.repo, all(`base ${count}\n`), `Say base ${count}`);
	return { name, worktree, hand: `${name}-hand` };
}

/** An editor that tells what it was given and does this to it. */
function editor(script: string): Record<string, string> {
	const program = join(weir.folder, `editor-${Math.random()}`);
	writeFileSync(
		program,
		`#!/bin/sh\nprintf '%s\\n' "$*" >> '${join(weir.folder, 'edited')}'\n${script}\n`,
	);
	chmodSync(program, 0o755);
	return { VISUAL: '', EDITOR: program };
}

const edited = () => readFileSync(join(weir.folder, 'edited'), 'utf8');
const both = () => editor(`for file in "$@"; do echo both > "$file"; done`);
const resolve = (env: Record<string, string>, ...args: string[]) =>
	weir.runWith({ env }, 'merge', ...args, '--resolve');

test('the editor is given the files in conflict, and what it leaves lands as theirs', async () => {
	const { name, worktree, hand } = await conflicted(['a.txt', 'b.txt']);
	const status = gitIn(weir.repo, 'status', '--porcelain');
	const ran = await resolve(both(), name, '--json');
	expect(ran.code).toBe(0);
	const { landings } = JSON.parse(ran.stdout) as ByHandJson;
	expect(landings[0]).toMatchObject({
		...{ agent: hand, phase: 'landed', with: name, after: { how: 'remove' } },
	});
	expect(edited()).toMatch(/\/api1-hand\/a\.txt \S+\/api1-hand\/b\.txt\n$/);
	expect(inBase('a.txt') + inBase('b.txt')).toBe('bothboth');
	const [concluded] = await eventsOf(weir, 'conclude.settled');
	const { outcome } = concluded?.data ?? {};
	const merge = outcome?.ok ? outcome.value.commit : '';
	const person = gitIn(weir.repo, 'log', '-1', '--format=%an', 'main');
	expect(gitIn(weir.repo, 'show', '-s', '--format=%an', merge)).toBe(person);
	expect(gitIn(weir.repo, 'rev-parse', `${merge}^1`, `${merge}^2`)).toBe(
		gitIn(weir.repo, 'rev-parse', 'main^', `weir/${name}`),
	);
	expect((await weir.agent(name)).landedThrough).toBe(hand);
	expect(gitIn(worktree, 'status', '--porcelain')).toBe('');
	expect(gitIn(weir.repo, 'status', '--porcelain')).toBe(status);
	expect((await weir.status()).agents.map((agent) => agent.name)).not.toContain(hand);
});

test('what is left stays, is named, and goes on where it was', async () => {
	const { name, worktree, hand } = await conflicted(['a.txt', 'b.txt']);
	const one = editor(`echo both > "$1"`);
	const left = await resolve(one, name);
	expect(left.code).toBe(3);
	expect(left.stderr).toContain(
		'not resolved yet: b.txt (both changed, a marker in line 1)',
	);
	expect(left.stderr).toContain(`weir merge ${name} --resolve goes on`);
	expect((await weir.run('list')).stdout).toContain(`resolving by hand, in ${hand}`);
	expect(await weir.agent(hand)).toMatchObject({
		...{ state: 'idle', why: 'you resolve it by hand' },
		resolves: { agent: name, by: 'hand' },
	});
	expect((await weir.agent(name)).resolvedBy).toEqual({ agent: hand, by: 'hand' });
	for (const way of ['--integrate', '--hand-off'])
		expect(await refusal(weir, 'merge', name, way)).toMatchObject({
			code: 'conflict.taken',
			allow: expect.stringContaining(`weir merge ${name} --resolve`),
		});
	expect((await refusal(weir, 'respawn', hand)).code).toBe('agent.by-hand');
	commitFiles(worktree, { 'later.txt': 'later\n' }, 'Go on meanwhile');
	// Only what has markers is opened again.
	expect((await resolve(both(), name)).code).toBe(0);
	expect(edited()).toMatch(/\n\S+-hand\/b\.txt\n$/);
	expect(inBase('a.txt') + inBase('b.txt')).toBe('bothboth');
	const own = await weir.json<ByHandJson>('merge', name);
	expect(own.landings[0]).toMatchObject({ phase: 'landed', with: null });
	expect(inBase('later.txt')).toBe('later');
});

test('no byte is lost to a kill of the verb or of the supervisor', async () => {
	const { name } = await conflicted(['a.txt', 'b.txt']);
	const marker = join(weir.folder, 'in-the-editor');
	const env = editor(`echo both > "$1"; touch '${marker}'; sleep 100`);
	const verb = spawn(process.execPath, [weirProgram, 'merge', name, '--resolve'], {
		cwd: weir.repo,
		env: { ...weir.env, ...env },
		stdio: 'ignore',
		detached: true,
	});
	await until('the editor runs', () => existsSync(marker));
	process.kill(-(verb.pid ?? 0), 'SIGKILL');
	const { supervisor } = await weir.status();
	process.kill(supervisor?.pid ?? 0, 'SIGKILL');
	const { worktree } = await weir.agent(`${name}-hand`);
	expect(readFileSync(join(worktree, 'a.txt'), 'utf8')).toBe('both\n');
	expect((await resolve(both(), name)).code).toBe(0);
	expect(edited()).toMatch(/\n\S+-hand\/b\.txt\n$/);
	expect(inBase('b.txt')).toBe('both');
});

test('a supervisor that is killed while it commits and lands goes on with that', async () => {
	for (const kind of ['worktree.asked', 'conclude.asked', 'merge.asked'] as const) {
		const { name } = await conflicted(['a.txt']);
		const from = (await journal(weir)).at(-1)?.seq ?? 0;
		const running = resolve(both(), name);
		await eventsOf(weir, kind, 1, ({ seq }) => seq > from);
		const { supervisor } = await weir.status();
		process.kill(supervisor?.pid ?? 0, 'SIGKILL');
		const ran = await running;
		// The verb has lost its supervisor, or was quicker; once more ends it either way.
		if (ran.code !== 0) await resolve(both(), name);
		expect(inBase('a.txt')).toBe('both');
		expect((await weir.agent(name)).landedThrough).toBe(`${name}-hand`);
	}
});

test('what no marker shows is decided by a side, or as it stands', async () => {
	count += 1;
	const name = `api${count}`;
	const { worktree } = await start(weir, name, idle);
	commitFiles(weir.repo, { 'gone.txt': 'x\n', 'kept.txt': 'x\n', bin: 'a\0' }, 'Add');
	gitIn(worktree, 'reset', '--quiet', '--hard', gitIn(weir.repo, 'rev-parse', 'main'));
	commitFiles(
		worktree,
		{ 'gone.txt': 'agent\n', 'kept.txt': null, bin: 'agent\0' },
		'Change',
	);
	commitFiles(
		weir.repo,
		{ 'gone.txt': null, 'kept.txt': 'base\n', bin: 'base\0' },
		'Change too',
	);
	const left = await resolve(both(), name);
	expect(left.code).toBe(3);
	for (const said of [
		`gone.txt (deleted by main, changed by ${name})`,
		`kept.txt (changed by main, deleted by ${name})`,
		'bin (both changed, binary)',
	])
		expect(left.stderr).toContain(said);
	expect((await resolve(both(), name, '--take', 'mine:bin')).code).toBe(2);
	const no = await resolve(both(), name, '--take', 'base:other');
	expect(no.stderr).toContain('other is in no conflict');
	const { worktree: here } = await weir.agent(`${name}-hand`);
	writeFiles(here, { bin: 'here\0' });
	const takes = ['agent:gone.txt', 'agent:kept.txt', 'here:bin'];
	const ran = await resolve(both(), name, ...takes.flatMap((take) => ['--take', take]));
	expect(ran).toMatchObject({ code: 0 });
	expect(inBase('gone.txt')).toBe('agent');
	expect(inBase('bin')).toBe('here\0');
	expect(gitIn(weir.repo, 'ls-tree', '--name-only', 'main')).not.toContain('kept.txt');
});

test('a base that moves on into the conflict is brought there as well', async () => {
	const { name } = await conflicted(['a.txt']);
	// The editor is where somebody else is quicker.
	const moved = join(weir.folder, 'moved');
	const env = editor(
		`for file in "$@"; do echo both > "$file"; done
[ -e '${moved}' ] && exit
touch '${moved}'; cd '${weir.repo}' && echo newer > a.txt && git commit --quiet --all --message 'Be quicker'`,
	);
	const ran = await resolve(env, name);
	expect(ran).toMatchObject({ code: 0 });
	expect(ran.stderr).toContain('the base has moved meanwhile');
	expect(inBase('a.txt')).toBe('both');
	expect((await weir.agent(name)).landedThrough).toBe(`${name}-hand`);
});

test('its removal gives the conflict back, and a restore what was resolved', async () => {
	const { name, hand } = await conflicted(['a.txt', 'b.txt']);
	await resolve(editor(`echo both > "$1"`), name);
	await weir.json('remove', hand, '--yes');
	expect((await weir.agent(name)).resolvedBy).toBeNull();
	await weir.json('restore', hand);
	expect(await weir.agent(hand)).toMatchObject({ state: 'idle' });
	expect((await resolve(both(), hand)).code).toBe(0);
	expect(edited()).toMatch(/\n\S+-hand\/b\.txt\n$/);
	expect(inBase('a.txt')).toBe('both');
});

test('without a conflict it lands, and without an editor it says so', async () => {
	const { name, worktree } = await conflicted(['a.txt']);
	const none = await weir.runWith(
		{ env: { VISUAL: undefined, EDITOR: undefined } },
		...['merge', name, '--resolve'],
	);
	expect(none).toMatchObject({ code: 3, stderr: expect.stringContaining('VISUAL') });
	await weir.json('remove', `${name}-hand`, '--yes');
	gitIn(worktree, 'reset', '--quiet', '--hard', 'HEAD~1');
	commitFiles(worktree, { 'new.txt': 'new\n' }, 'Add it');
	const ran = await resolve(both(), name);
	expect(ran).toMatchObject({
		code: 0,
		stdout: expect.stringContaining(`${name} landed`),
	});
	expect(await refusal(weir, 'merge', name, '--resolve')).toMatchObject({
		code: 'merge.nothing',
	});
	expect((await weir.run('merge', name, '--take', 'base:a')).code).toBe(2);
});

test('its scope is that of the author: what the person adds outside does not land', async () => {
	const { name, hand } = await conflicted(['a.txt'], '--scope', '/a.txt');
	const env = editor(`echo both > "$1"; echo more > "$(dirname "$1")/b.txt"`);
	const ran = await resolve(env, name);
	expect(ran).toMatchObject({ code: 3, stderr: expect.stringContaining('b.txt') });
	const before = gitIn(weir.repo, 'rev-parse', 'main');
	await weir.json('scope', 'add', hand, '/b.txt', '--why', 'it belongs to it');
	expect(gitIn(weir.repo, 'rev-parse', 'main')).toBe(before);
	expect((await resolve(both(), name)).code).toBe(0);
	expect(inBase('b.txt')).toBe('more');
});

test('a hold on the author holds what was resolved of it', async () => {
	const { name } = await conflicted(['a.txt']);
	await weir.json('queue', 'hold', name);
	const ran = await resolve(both(), name);
	expect(ran).toMatchObject({ code: 3, stderr: expect.stringContaining(name) });
	await weir.json('queue', 'release', name);
	expect((await resolve(both(), name)).code).toBe(0);
});

test('an author that lands meanwhile leaves nothing to resolve, and the worktree goes with the editor', async () => {
	const { name, worktree, hand } = await conflicted(['a.txt']);
	const there = join(weir.folder, 'there');
	const env = editor(
		`git -C '${worktree}' reset --quiet --hard HEAD~1 && echo own > '${worktree}/own.txt'
git -C '${worktree}' add own.txt && git -C '${worktree}' commit --quiet -m 'Do otherwise'
'${process.execPath}' '${weirProgram}' merge ${name} --repo '${weir.repo}' >/dev/null
sleep 3; echo mine >> "$1" && touch '${there}'`,
	);
	const ran = await resolve(env, name);
	expect(ran).toMatchObject({
		code: 3,
		stderr: expect.stringContaining(
			`${name} has landed: nothing is left for ${hand} to resolve`,
		),
	});
	expect(existsSync(there)).toBe(true);
	const [over] = await eventsOf(weir, 'conflict.over');
	await eventsOf(weir, 'agent.removed', 1, ({ data }) => data.agent === over?.data.agent);
	expect(existsSync(join(worktree, '..', hand))).toBe(false);
	await weir.json('restore', hand);
	expect(readFileSync(join(worktree, '..', hand, 'a.txt'), 'utf8')).toMatch(/mine\n$/);
});
