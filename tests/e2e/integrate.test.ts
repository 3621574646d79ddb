// A conflict is given to another agent, in a worktree with both sides; what it lands is the author's work.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	eventsOf,
	idle,
	journal,
	type MergeJson,
	refusal,
	start,
} from '../support/agents.ts';
import { commitFiles, gitIn } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir({ 'a.txt': 'one\n', 'src/b.txt': 'b\n' });
});
afterAll(() => weir.close());

type Given = MergeJson['landings'][number] & {
	readonly resolvedBy: {
		agent: string;
		by: string;
		files: string[];
		told: boolean;
	} | null;
	readonly with: string | null;
};
type GivenJson = { readonly landings: readonly Given[] };

const inBase = (file: string) => gitIn(weir.repo, 'show', `main:${file}`);
let count = 0;

/** An agent whose only commit conflicts with the base. */
async function conflicted(...flags: string[]) {
	count += 1;
	const name = `api${count}`;
	const { worktree } = await start(weir, name, idle, ...flags);
	gitIn(worktree, 'config', 'user.name', 'Bot');
	gitIn(worktree, 'config', 'user.email', 'bot@example.com');
	commitFiles(worktree, { 'a.txt': `agent ${count}\n` }, `Say agent ${count}`);
	commitFiles(weir.repo, { 'a.txt': `base ${count}\n` }, `Say base ${count}`);
	return { name, worktree };
}

/** What an agent does that resolves a conflict when it is told to. */
function resolver(): readonly string[] {
	const program = join(weir.folder, 'resolve.sh');
	writeFileSync(
		program,
		`echo ready
read -r told
echo "told <$told>"
printf 'both\\n' > a.txt
git add a.txt && git commit --quiet --no-edit && echo committed
exec cat
`,
	);
	return ['sh', program];
}

const entryOf = async (name: string) =>
	(await weir.status()).queue.find(({ agent }) => agent === name);

test('an agent gets both sides, and its landing is that of the author', async () => {
	const { name, worktree } = await conflicted('--prompt', 'say agent');
	const { landings } = await weir.json<GivenJson>(
		...['merge', name, '--integrate', '--', ...resolver()],
	);
	expect(landings[0]).toMatchObject({
		phase: 'conflicted',
		resolvedBy: { agent: `${name}-int`, by: 'agent', files: ['a.txt'], told: true },
	});
	const other = `${name}-int`;
	await weir.shows(other, 'committed');
	const { stdout: screen } = await weir.run('screen', other, '--history');
	const told = screen.replaceAll('\n', '');
	for (const part of ['newest main', `branch weir/${name}`, '- a.txt', 'say agent'])
		expect(told).toContain(part);
	const { worktree: both } = await weir.agent(other);
	expect(gitIn(both, 'log', '-1', '--format=%s')).toContain(`weir/${name}`);
	expect(gitIn(both, 'rev-parse', 'HEAD^1')).toBe(gitIn(weir.repo, 'rev-parse', 'main'));
	expect(gitIn(both, 'rev-parse', 'HEAD^2')).toBe(gitIn(worktree, 'rev-parse', 'HEAD'));
	expect(await entryOf(name)).toMatchObject({
		standing: 'conflict',
		why: expect.stringContaining(`${other} resolves it`),
	});
	expect((await weir.run('list')).stdout).toContain(`${other} resolves it`);

	// The author goes on meanwhile.
	const later = commitFiles(worktree, { 'later.txt': 'later\n' }, 'Go on');
	const done = await weir.json<GivenJson>('merge', other);
	expect(done.landings[0]).toMatchObject({ phase: 'landed', with: name });
	expect(inBase('a.txt')).toBe('both');
	const message = gitIn(weir.repo, 'log', '-1', '--format=%B', 'main');
	expect(message).toContain(`Say agent ${count}\n`);
	expect(message).toContain(`Weir-Agent: ${name}\nWeir-Agent: ${other}\n`);
	expect(message).toContain('Co-authored-by: Bot <bot@example.com>');
	expect((await weir.agent(name)).landedThrough).toBe(other);
	expect((await weir.agent(other)).resolves).toBeNull();
	expect((await weir.run('list')).stdout).toContain(`landed through ${other}`);

	// What it has done since waits like any other work, and brings nothing twice.
	expect(gitIn(worktree, 'rev-parse', 'HEAD')).toBe(later);
	expect((await weir.agent(name)).conflicts).toEqual([]);
	const own = await weir.json<GivenJson>('merge', name);
	expect(own.landings[0]).toMatchObject({ phase: 'landed', with: null });
	expect(gitIn(weir.repo, 'diff', '--name-only', 'main^', 'main')).toBe('later.txt');
	expect(await entryOf(name)).toBeUndefined();
});

test('an undo gives the work back to its author, whose conflict it is again', async () => {
	const { name } = await conflicted();
	await weir.json('merge', name, '--integrate', '--', ...resolver());
	await weir.shows(`${name}-int`, 'committed');
	await weir.json('merge', `${name}-int`);
	await weir.json('undo');
	expect((await weir.agent(name)).landedThrough).toBeNull();
	expect((await weir.run('merge', name)).code).toBe(3);
	await weir.json('merge', `${name}-int`);
	expect(inBase('a.txt')).toBe('both');
});

test('the worktree is in the middle of the merge, and nothing lands of it before that is committed', async () => {
	const { name } = await conflicted();
	const before = gitIn(weir.repo, 'rev-parse', 'main');
	const said = await weir.run('merge', name, '--integrate', '--', ...idle);
	expect(said).toMatchObject({ code: 0, stderr: '' });
	expect(said.stdout).toContain(`weir merge ${name}-int lands both`);
	const { worktree, scope } = await weir.agent(`${name}-int`);
	expect(scope).toEqual([]);
	expect(gitIn(worktree, 'status', '--porcelain')).toBe('UU a.txt');
	expect(readFileSync(join(worktree, 'a.txt'), 'utf8')).toBe(
		`<<<<<<< main\nbase ${count}\n=======\nagent ${count}\n>>>>>>> weir/${name}\n`,
	);
	const no = await refusal(weir, 'merge', `${name}-int`, '--with-uncommitted');
	expect(no.code).toBe('conflict.unfinished');
	gitIn(worktree, 'merge', '--abort');
	commitFiles(worktree, { 'other.txt': 'other\n' }, 'Do something else');
	expect((await refusal(weir, 'merge', `${name}-int`)).code).toBe('conflict.unfinished');
	expect(gitIn(weir.repo, 'rev-parse', 'main')).toBe(before);
});

test('a conflict is given to one at a time; a kill gives it back', async () => {
	const { name } = await conflicted();
	await weir.json('merge', name, '--integrate', '--', ...idle);
	for (const way of ['--integrate', '--hand-off'])
		expect(await refusal(weir, 'merge', name, way)).toMatchObject({
			code: 'conflict.taken',
			allow: expect.stringContaining(`weir remove ${name}-int`),
		});
	const all = await weir.run('merge', '--all');
	expect(all.stdout).toContain(`${name} waits: ${name}-int resolves it`);
	const own = ['merge', `${name}-int`, '--with-uncommitted', '--integrate'];
	expect((await refusal(weir, ...own)).code).toBe('conflict.unfinished');
	await weir.json('kill', `${name}-int`);
	expect((await weir.agent(name)).resolvedBy).toBeNull();
	const { landings } = await weir.json<GivenJson>(
		...['merge', name, '--integrate', '--', ...idle],
	);
	expect(landings[0]?.resolvedBy?.agent).toBe(`${name}-int-2`);
	await weir.json('remove', `${name}-int-2`, '--yes');
	expect((await weir.agent(name)).resolvedBy).toBeNull();
	expect((await entryOf(name))?.why).not.toContain('resolves');
});

test('its scope is that of the author, and what leaves it does not land', async () => {
	const { name } = await conflicted('--scope', '/a.txt');
	await weir.json('merge', name, '--integrate', '--', ...idle);
	const { worktree, scope } = await weir.agent(`${name}-int`);
	expect(scope).toEqual(['/a.txt']);
	expect((await weir.agent(`${name}-int`)).outside).toEqual([]);
	commitFiles(worktree, { 'a.txt': 'both\n', 'src/b.txt': 'mine\n' }, 'Do too much');
	const no = await refusal(weir, 'merge', `${name}-int`);
	expect(no).toMatchObject({ code: 'scope.outside' });
	expect(no.message).toContain('src/b.txt');
	commitFiles(worktree, { 'src/b.txt': 'b\n' }, 'Take it back');
	await weir.json('merge', `${name}-int`);
	expect(inBase('src/b.txt')).toBe('b');
});

test('work that landed before, as a squash, is not brought a second time', async () => {
	const { name, worktree } = await conflicted();
	gitIn(worktree, 'reset', '--quiet', '--hard', 'HEAD~1');
	commitFiles(worktree, { 'first.txt': 'first\n' }, 'Be first');
	await weir.json('merge', name);
	commitFiles(worktree, { 'a.txt': 'agent again\n' }, 'Say it again');
	const { landings } = await weir.json<GivenJson>(
		...['merge', name, '--integrate', '--', ...resolver()],
	);
	expect(landings[0]?.files).toEqual(['a.txt']);
	await weir.shows(`${name}-int`, 'committed');
	await weir.json('merge', `${name}-int`);
	const message = gitIn(weir.repo, 'log', '-1', '--format=%B', 'main');
	expect(message).toMatch(/^Say it again\n/);
	expect(message).not.toContain('Be first');
});

test('uncommitted files are part of it where they were to land', async () => {
	const { name, worktree } = await conflicted();
	gitIn(worktree, 'reset', '--quiet', '--soft', 'HEAD~1');
	expect((await refusal(weir, 'merge', name, '--integrate')).code).toBe(
		'merge.uncommitted',
	);
	await weir.json(
		...['merge', name, '--with-uncommitted', '--integrate', '--', ...resolver()],
	);
	await weir.shows(`${name}-int`, 'committed');
	await weir.json('merge', `${name}-int`);
	expect(await entryOf(name)).toBeUndefined();
	const preview = await weir.run('merge', name, '--with-uncommitted');
	expect(preview.stderr).toContain(`main has all of ${name} already`);
});

test('what is asked for has to fit together', async () => {
	const usage = async (...args: string[]) => {
		const ran = await weir.run('merge', ...args);
		expect(ran.code).toBe(2);
		return ran.stderr;
	};
	expect(await usage('x', '--hand-off', '--integrate')).toContain('two ways');
	expect(await usage('--all', '--integrate')).toContain('one agent');
	expect(await usage('x', '--agent', 'codex')).toContain('--integrate');
	expect(await usage('x', '--', 'sh')).toContain('--integrate');
});

test('the journal tells whose conflict it was, and what landed through whom', async () => {
	const [created] = await eventsOf(
		weir,
		'agent.created',
		1,
		({ data }) => data.name === 'api1-int',
	);
	const author = (await journal(weir)).find(
		({ kind, data }) =>
			kind === 'agent.created' && 'name' in data && data.name === 'api1',
	);
	const id = author?.kind === 'agent.created' ? author.data.agent : undefined;
	expect(created?.data.resolves).toMatchObject({ agent: id, by: 'agent' });
	const [landed] = await eventsOf(
		weir,
		'merge.landed',
		1,
		({ data }) => data.agent === created?.data.agent,
	);
	expect(landed?.data.through).toMatchObject({ agent: id });
	expect((await weir.run('log')).stdout).toContain('api1-int');
});

test('who has landed by itself meanwhile needs no resolver: it is ended, removed and can be brought back', async () => {
	const { name, worktree } = await conflicted();
	const other = `${name}-int`;
	await weir.json('merge', name, '--integrate', '--', ...idle);
	const { worktree: both } = await weir.agent(other);
	writeFileSync(join(both, 'half.txt'), 'half done\n');
	const program = (await weir.agent(other)).pid ?? 0;
	expect(existsSync(`/proc/${program}`)).toBe(true);
	gitIn(worktree, 'fetch', '--quiet', weir.repo, 'main');
	gitIn(worktree, 'merge', '--quiet', '--no-edit', '-X', 'ours', 'FETCH_HEAD');
	const main = gitIn(weir.repo, 'rev-parse', 'main');
	const before = (await journal(weir)).at(-1)?.seq ?? 0;
	const own = await weir.json<GivenJson>('merge', name);
	expect(own.landings[0]).toMatchObject({
		phase: 'landed',
		with: null,
		needless: [other],
	});
	const [over] = await eventsOf(weir, 'conflict.over', 1, ({ seq }) => seq > before);
	expect((await weir.agent(other).catch(() => null))?.resolves ?? null).toBeNull();
	const [gone] = await eventsOf(weir, 'agent.removed', 1, ({ seq }) => seq > before);
	expect(gone).toMatchObject({ actor: 'weir', data: { agent: over?.data.agent } });
	expect(existsSync(both)).toBe(false);
	expect(existsSync(`/proc/${program}`)).toBe(false);
	const { stdout: log } = await weir.run('log', '--agent', other);
	expect(log).toContain('conflict.over');
	// What is taken back is the landing, and not the removal that came of it.
	await weir.json('undo');
	expect(gitIn(weir.repo, 'rev-parse', 'main')).toBe(main);
	// It is the human's to bring it back, and then it stays.
	await weir.json('restore', other);
	expect(readFileSync(join(both, 'half.txt'), 'utf8')).toBe('half done\n');
	await weir.json('up', '--restart');
	expect(existsSync(both)).toBe(true);
});
