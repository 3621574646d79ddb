// Landings: the built program, a real supervisor, git as a person uses it.
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventsOf, journal, type MergeJson, refusal, start } from '../support/agents.ts';
import { commitFiles, gitIn, lines, writeFiles } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
let agents = 0;
let present: string[] = [];
beforeAll(() => {
	weir = scratchWeir({ 'readme.md': 'scratch\n', 'src/a.txt': lines(1, 30) });
});
afterAll(() => weir.close());
beforeEach(() => {
	// Each test finds its base checked out and clean.
	gitIn(weir.repo, 'checkout', '--quiet', '--force', 'main');
	gitIn(weir.repo, 'clean', '-fdq');
});
// A landing has every agent looked at anew, which a test should not pay for another's.
afterEach(async () => {
	await weir.run('remove', ...present, '--yes');
	present = [];
});

test('a squash lands the commits as one of the user, and the clean checkout follows', async () => {
	const { name, worktree } = await agent();
	commitFiles(worktree, { 'squash.txt': 'one\n' }, 'Write one');
	commitFiles(worktree, { 'squash.txt': 'one\ntwo\n' }, 'Write two');
	const before = tip();
	const landed = await land(name);
	expect(landed).toMatchObject({ phase: 'landed', old: before, checkout: 'updated' });
	expect(landed.new).toBe(tip());
	expect(shown('%P')).toBe(before);
	expect(shown('%an <%ae> / %cn <%ce>')).toBe(
		'Person <person@example.org> / Person <person@example.org>',
	);
	expect(shown('%B')).toBe(
		`${name}: Write two\n\n- Write one\n- Write two\n\nWeir-Agent: ${name}\n`.trim(),
	);
	expect(readFileSync(join(weir.repo, 'squash.txt'), 'utf8')).toBe('one\ntwo\n');
	expect(status()).toBe('');
});

test('a merge keeps the agent’s commits and takes the message from the command or its input', async () => {
	const { name, worktree } = await agent();
	commitFiles(worktree, { 'merged.txt': 'one\n' }, 'Write it');
	const head = gitIn(worktree, 'rev-parse', 'HEAD');
	const before = tip();
	await land(name, '--strategy', 'merge', '--message', 'Bring it in\n\nWith a reason.');
	expect(shown('%P')).toBe(`${before} ${head}`);
	expect(shown('%B')).toBe(`Bring it in\n\nWith a reason.\n\nWeir-Agent: ${name}`);

	commitFiles(worktree, { 'merged.txt': 'two\n' }, 'Write more');
	const piped = await weir.runWith(
		{ input: 'Said on the input\n\nReviewed-by: Somebody <s@example.org>\n' },
		...['merge', name, '--message', '-', '--json'],
	);
	expect(piped.code).toBe(0);
	expect(shown('%B')).toBe(
		`Said on the input\n\nReviewed-by: Somebody <s@example.org>\nWeir-Agent: ${name}`,
	);
});

test('a message is that of the settings’ template where nobody says another', async () => {
	const { name, worktree } = await agent();
	commitFiles(worktree, { 'template.txt': 'one\n' }, 'Begin it');
	commitFiles(worktree, { 'template.txt': 'two\n' }, 'End it');
	await weir.json('config', 'set', 'land.message', '"[{agent}] {subject}"');
	await land(name);
	expect(shown('%B')).toBe(`[${name}] End it\n\nWeir-Agent: ${name}`);
	const no = await weir.run('config', 'set', 'land.message', '"{author}"');
	expect(no.stderr).toContain('knows {agent}, {subject}, {commits} and {message}');
	// What weir would have said, for the tests that follow.
	await weir.json('config', 'set', 'land.message', '"{message}"');
});

test('a rebase puts each commit on top of the base as its author wrote it, and one undo takes all', async () => {
	const { name, worktree } = await agent();
	commitFiles(worktree, { 'rebased.txt': 'one\n' }, 'Rebase one\n\nWith a body.');
	gitIn(worktree, 'config', 'user.name', 'Helper');
	commitFiles(worktree, { 'rebased.txt': 'one\ntwo\n' }, 'Rebase two');
	const theirs = commitFiles(weir.repo, { 'rebase-base.txt': 'x\n' }, 'Base goes on');
	const authors = gitIn(worktree, 'log', '-2', '--format=%an %at');
	const landed = await land(name, '--strategy', 'rebase');
	expect(landed).toMatchObject({ phase: 'landed', old: theirs, new: tip() });
	const log = (format: string) =>
		gitIn(weir.repo, 'log', '-2', `--format=${format}`, 'main');
	expect(log('%s')).toBe('Rebase two\nRebase one');
	expect(log('%an %at')).toBe(authors);
	expect(gitIn(weir.repo, 'rev-parse', 'main~2')).toBe(theirs);
	expect(gitIn(weir.repo, 'log', '-1', '--format=%b', 'main~1')).toBe('With a body.');
	expect(status()).toBe('');
	await weir.json('undo');
	expect(tip()).toBe(theirs);
	await land(name, '--strategy', 'rebase');
	// Again: what has landed is not replayed; a merge among the commits refuses.
	commitFiles(worktree, { 'rebased.txt': 'three\n' }, 'Rebase three');
	const before = tip();
	await land(name, '--strategy', 'rebase');
	expect(gitIn(weir.repo, 'rev-parse', 'main^')).toBe(before);
	gitIn(
		worktree,
		'merge',
		'--quiet',
		'--no-ff',
		'-m',
		'Merge it',
		'--strategy=ours',
		theirs,
	);
	commitFiles(worktree, { 'rebased.txt': 'four\n' }, 'Rebase four');
	expect((await refusal(weir, 'merge', name, '--strategy', 'rebase')).code).toBe(
		'rebase.merges',
	);
});

test('a rebase of what was rewritten since it landed makes one commit of what changed', async () => {
	const { name, worktree } = await agent();
	commitFiles(worktree, { 'rewritten.txt': 'one\n' }, 'Write one');
	writeFiles(worktree, { 'rewritten-too.txt': 'loose\n' });
	await land(name, '--strategy', 'rebase', '--with-uncommitted');
	const before = tip();
	gitIn(worktree, 'add', '--all');
	gitIn(worktree, 'commit', '--quiet', '--amend', '-m', 'Write one anew');
	commitFiles(worktree, { 'rewritten.txt': 'two\n' }, 'Write two');
	await land(name, '--strategy', 'rebase');
	expect(gitIn(weir.repo, 'rev-parse', 'main^')).toBe(before);
	expect(shown('%an')).toBe('Person');
	expect(shown('%B')).toContain('Write two');
	expect(gitIn(weir.repo, 'show', '--format=', '--name-only', 'main')).toBe(
		'rewritten.txt',
	);
});

test('a squash names whoever else made it, once', async () => {
	const { name, worktree } = await agent();
	const by = 'Co-Authored-By: Claude <noreply@example.org>';
	commitFiles(worktree, { 'co.txt': 'one\n' }, `One\n\n${by}`);
	commitFiles(worktree, { 'co.txt': 'two\n' }, `Two\n\n${by}`);
	gitIn(
		worktree,
		'commit',
		'--quiet',
		'--amend',
		'--no-edit',
		'--author=Ann <ann@example.org>',
	);
	await land(name);
	expect(shown('%an')).toBe('Person');
	expect(shown('%(trailers:key=Co-authored-by,valueonly)')).toBe(
		'Claude <noreply@example.org>\nAnn <ann@example.org>',
	);
	commitFiles(worktree, { 'co.txt': 'three\n' }, 'Three');
	await land(name, '--strategy', 'merge');
	expect(shown('%(trailers:key=Co-authored-by,valueonly)')).toBe('');
});

test('uncommitted files are refused by name, then taken along or left behind', async () => {
	const { name, worktree } = await agent();
	commitFiles(worktree, { 'kept.txt': 'committed\n' }, 'Commit one');
	writeFiles(worktree, { 'kept.txt': 'changed\n', 'loose.txt': 'loose\n' });
	const before = tip();
	const no = await refusal(weir, 'merge', name);
	expect(no.code).toBe('merge.uncommitted');
	expect(no.message).toContain('kept.txt, loose.txt');
	expect(no.allow).toContain('--with-uncommitted');
	expect(tip()).toBe(before);

	await land(name, '--committed');
	expect(inBase('kept.txt')).toBe('committed');
	expect(inBase('loose.txt')).toBe(null);
	expect(readFileSync(join(worktree, 'kept.txt'), 'utf8')).toBe('changed\n');

	await land(name, '--with-uncommitted', '--message', 'The rest');
	expect(inBase('kept.txt')).toBe('changed');
	expect(inBase('loose.txt')).toBe('loose');
	// The agent's own branch and files are as the agent left them.
	expect(gitIn(worktree, 'status', '--porcelain')).toContain('loose.txt');
	expect(gitIn(worktree, 'log', '-1', '--format=%s')).toBe('Commit one');
});

test('changes of the user’s in other files stay byte for byte', async () => {
	const { name, worktree } = await agent();
	commitFiles(worktree, { 'other.txt': 'agent\n' }, 'Write other');
	writeFiles(weir.repo, { 'readme.md': 'mine\r\n\0binary', 'untracked.txt': 'mine\n' });
	gitIn(weir.repo, 'add', 'readme.md');
	writeFiles(weir.repo, { 'readme.md': 'mine\r\n\0binary, and more' });
	const landed = await land(name);
	expect(landed.checkout).toBe('updated');
	expect(readFileSync(join(weir.repo, 'readme.md'), 'utf8')).toBe(
		'mine\r\n\0binary, and more',
	);
	expect(gitIn(weir.repo, 'show', ':readme.md')).toBe('mine\r\n\0binary');
	expect(readFileSync(join(weir.repo, 'untracked.txt'), 'utf8')).toBe('mine\n');
	expect(readFileSync(join(weir.repo, 'other.txt'), 'utf8')).toBe('agent\n');
	expect(status()).toBe('MM readme.md\n?? untracked.txt');
});

test('changes of the user’s in the way refuse it by name, and integration takes it', async () => {
	const { name, worktree } = await agent();
	commitFiles(worktree, { 'src/a.txt': lines(2, 30) }, 'Shorten');
	writeFiles(weir.repo, { 'src/a.txt': lines(1, 31) });
	const before = tip();
	const no = await refusal(weir, 'merge', name);
	expect(no.code).toBe('base.dirty');
	expect(no.message).toContain('src/a.txt');
	expect(no.allow).toContain('--into integration');
	expect(tip()).toBe(before);

	const landed = await land(name, '--into', 'integration');
	expect(landed).toMatchObject({ phase: 'landed', checkout: 'none' });
	expect(tip()).toBe(before);
	expect(tip('weir/integration')).toBe(landed.new);
	expect(readFileSync(join(weir.repo, 'src/a.txt'), 'utf8')).toBe(lines(1, 31));

	// Once the way is free it lands on the base as well.
	gitIn(weir.repo, 'checkout', '--quiet', '--force', 'main');
	await land(name);
	expect(inBase('src/a.txt')).toBe(lines(2, 30).trim());
});

test('a base that is checked out nowhere moves, and the checkout of another branch does not', async () => {
	const { name, worktree } = await agent();
	commitFiles(worktree, { 'elsewhere.txt': 'agent\n' }, 'Write elsewhere');
	gitIn(weir.repo, 'checkout', '--quiet', '-b', 'topic');
	const landed = await land(name);
	expect(landed.checkout).toBe('none');
	expect(inBase('elsewhere.txt')).toBe('agent');
	expect(existsSync(join(weir.repo, 'elsewhere.txt'))).toBe(false);
	expect(status()).toBe('');
});

test('the same worktree lands a first, a second and a third time, also after an undo', async () => {
	const { name, worktree } = await agent();
	const edit = (text: string) =>
		commitFiles(worktree, { 'again.txt': `${text}\n` }, `Write ${text}`);
	for (const text of ['one', 'two', 'three']) {
		edit(text);
		expect((await land(name)).phase).toBe('landed');
		expect(inBase('again.txt')).toBe(text);
	}
	edit('four');
	await land(name);
	await weir.json('undo');
	expect(inBase('again.txt')).toBe('three');
	edit('five');
	await land(name);
	expect(inBase('again.txt')).toBe('five');
	expect(shown('%B')).toContain('Write four');
	const no = await refusal(weir, 'merge', name);
	expect(no.code).toBe('merge.nothing');
	expect(no.message).toContain('main');
});

test('a conflict names its files, is handed to the agent, resolved there and lands', async () => {
	const { name, worktree } = await agent(['bash', '--norc']);
	commitFiles(worktree, { 'src/a.txt': 'agent\n' }, 'Agent says');
	commitFiles(weir.repo, { 'src/a.txt': 'base\n', 'news.txt': 'news\n' }, 'Base says');
	const before = tip();
	const ran = await weir.run('merge', name, '--json');
	expect(ran.code).toBe(3);
	expect((JSON.parse(ran.stdout) as MergeJson).landings[0]).toMatchObject({
		phase: 'conflicted',
		files: ['src/a.txt'],
	});
	const told = await weir.run('merge', name);
	expect(told.code).toBe(3);
	expect(told.stdout).toContain('  src/a.txt\n');
	expect(told.stdout).toContain('--hand-off');
	expect(tip()).toBe(before);
	expect(readFileSync(join(worktree, 'src/a.txt'), 'utf8')).toBe('agent\n');

	expect((await weir.run('merge', name, '--hand-off')).code).toBe(0);
	const text = readFileSync(join(worktree, 'src/a.txt'), 'utf8');
	expect(text).toContain(`<<<<<<< weir/${name}\nagent\n=======\nbase\n>>>>>>> main\n`);
	expect(gitIn(worktree, 'status', '--porcelain')).toContain('UU src/a.txt');
	expect(readFileSync(join(worktree, 'news.txt'), 'utf8')).toBe('news\n');
	await weir.shows(name, '# main has been merged into this worktree');

	writeFiles(worktree, { 'src/a.txt': 'both\n' });
	gitIn(worktree, 'commit', '--quiet', '--all', '--no-edit');
	await land(name);
	expect(inBase('src/a.txt')).toBe('both');
	expect(shown('%P')).toBe(before);
});

test('undo moves the base and its checkout back', async () => {
	const { name, worktree } = await agent();
	commitFiles(worktree, { 'undone.txt': 'agent\n' }, 'Write it');
	const before = tip();
	await land(name);
	expect(existsSync(join(weir.repo, 'undone.txt'))).toBe(true);
	expect(await weir.json('undo')).toEqual({
		v: 1,
		undone: `merge of ${name} into main`,
		kept: null,
	});
	expect(tip()).toBe(before);
	expect(existsSync(join(weir.repo, 'undone.txt'))).toBe(false);
	expect(status()).toBe('');
	expect(readFileSync(join(worktree, 'undone.txt'), 'utf8')).toBe('agent\n');
	// What was taken back can be landed again.
	await land(name);
	expect(inBase('undone.txt')).toBe('agent');
});

test('a landing that others built on is reverted, not rewound', async () => {
	const { name, worktree } = await agent();
	commitFiles(worktree, { 'built.txt': 'agent\n' }, 'Write it');
	const { landing } = await land(name);
	const built = commitFiles(weir.repo, { 'on-top.txt': 'person\n' }, 'On top');
	const no = await refusal(weir, 'undo', landing);
	expect(no.code).toBe('undo.built-on');
	expect(no.allow).toBe(`weir undo ${landing} --revert`);
	expect(tip()).toBe(built);
	await weir.json('undo', landing, '--revert');
	expect(shown('%P')).toBe(built);
	expect(shown('%s')).toBe('Revert "Write it"');
	expect(inBase('built.txt')).toBe(null);
	expect(inBase('on-top.txt')).toBe('person');
	expect(existsSync(join(weir.repo, 'built.txt'))).toBe(false);
	expect((await refusal(weir, 'undo', landing)).code).toBe('undo.not-landed');
});

test('landings asked for at once go one after the other', async () => {
	const made = await Promise.all([agent(), agent(), agent()]);
	for (const [at, { worktree }] of made.entries()) {
		commitFiles(worktree, { [`at-once-${at}.txt`]: 'x\n' }, `At once ${at}`);
	}
	const before = tip();
	const landed = await Promise.all(made.map(({ name }) => land(name)));
	expect(landed.map(({ phase }) => phase)).toEqual(['landed', 'landed', 'landed']);
	const chain = gitIn(weir.repo, 'rev-list', `${before}..main`).split('\n');
	expect(new Set(landed.map((one) => one.new))).toEqual(new Set(chain));
	expect(status()).toBe('');
});

test('a base that others move is merged onto anew, told of and never overwritten', async () => {
	const { name, worktree } = await agent();
	commitFiles(worktree, { 'mine.txt': 'agent\n' }, 'Mine');
	const foreign = await eventsBy(() => commitFiles(weir.repo, { 'theirs.txt': 'x\n' }));
	const [moved] = await eventsOf(
		weir,
		'base.moved.by-others',
		1,
		({ data }) => data.new === foreign.result,
	);
	expect(moved?.data).toMatchObject({ ref: 'refs/heads/main', old: foreign.before });
	const landed = await eventsBy(() => land(name));
	expect(shown('%P')).toBe(foreign.result);
	expect(inBase('theirs.txt')).toBe('x');
	await weir.json('undo');
	expect(tip()).toBe(foreign.result);
	const events = await journal(weir);
	const ours = events.filter(
		(event) => event.kind === 'base.moved.by-others' && event.seq > landed.seq,
	);
	expect(ours).toEqual([]);
});

test('merge --all lands every agent that has something, and says so where none has', async () => {
	const { worktree: loose } = await agent();
	writeFiles(loose, { 'loose-all.txt': 'loose\n' });
	await weir.json('merge', '--all', '--with-uncommitted');
	// What landed stays uncommitted in its worktree and is nothing to land any more.
	const none = await weir.run('merge', '--all');
	expect(none).toMatchObject({ code: 0, stdout: 'no agent has anything to land\n' });
	const made = await Promise.all([agent(), agent()]);
	for (const [at, { worktree }] of made.entries()) {
		commitFiles(worktree, { [`all-${at}.txt`]: 'x\n' }, `All ${at}`);
	}
	const { landings } = await weir.json<MergeJson>('merge', '--all');
	expect(new Set(landings.map((one) => one.agent))).toEqual(
		new Set(made.map(({ name }) => name)),
	);
	expect(inBase('all-0.txt')).toBe('x');
	expect(inBase('all-1.txt')).toBe('x');
});

test('nothing to merge and nobody to merge end in a sentence', async () => {
	const { name } = await agent();
	expect((await refusal(weir, 'merge', name)).code).toBe('merge.nothing');
	await weir.json('remove', name);
	expect(await refusal(weir, 'merge', name)).toMatchObject({
		code: 'agent.removed',
		allow: `weir restore ${name}`,
	});
	expect((await refusal(weir, 'merge', 'nobody')).message).toContain('nobody');
	const { name: other, worktree } = await agent();
	commitFiles(worktree, { 'x.txt': 'x\n' }, 'X');
	const no = await refusal(weir, 'merge', other, '--into', 'no-such-branch');
	expect(no.code).toBe('base.unknown');
	expect(no.message).toContain('no-such-branch');
});

test('the user’s hooks do not run though they would refuse it, and nothing is signed', async () => {
	const hooks = ['pre-commit', 'commit-msg', 'post-commit', 'post-checkout'];
	const more = [
		'reference-transaction',
		'post-merge',
		'pre-merge-commit',
		'post-rewrite',
	];
	for (const hook of [...hooks, ...more]) {
		const file = join(weir.repo, '.git', 'hooks', hook);
		writeFiles(weir.repo, {
			[`.git/hooks/${hook}`]: `#!/bin/sh\ntouch ${file}-ran\nexit 1\n`,
		});
		chmodSync(file, 0o755);
	}
	try {
		const { name, worktree } = await agent();
		commitFiles(worktree, { 'hooked.txt': 'x\n' }, 'Hooked');
		gitIn(weir.repo, 'config', 'commit.gpgSign', 'true');
		gitIn(weir.repo, 'config', 'gpg.program', '/bin/false');
		await land(name);
		await weir.json('undo');
		const ran = [...hooks, ...more].filter((hook) =>
			existsSync(join(weir.repo, '.git', 'hooks', `${hook}-ran`)),
		);
		expect(ran).toEqual([]);
	} finally {
		for (const hook of [...hooks, ...more]) {
			writeFiles(weir.repo, { [`.git/hooks/${hook}`]: null });
		}
		gitIn(weir.repo, 'config', '--unset', 'commit.gpgSign');
	}
});

async function agent(argv?: readonly string[]) {
	agents += 1;
	present.push(`agent${agents}`);
	return start(weir, `agent${agents}`, argv);
}

async function land(name: string, ...flags: string[]) {
	const { landings } = await weir.json<MergeJson>('merge', name, ...flags);
	const [landing] = landings;
	if (!landing) throw new Error(`merge ${name} told of no landing`);
	return landing;
}

async function eventsBy<T>(run: () => T | Promise<T>) {
	const before = tip();
	const seq = (await weir.status()).journal.seq;
	return { before, seq, result: await run() };
}

const tip = (branch = 'main') => gitIn(weir.repo, 'rev-parse', branch);
const shown = (format: string) =>
	gitIn(weir.repo, 'log', '-1', `--format=${format}`, 'main');
const status = () => gitIn(weir.repo, 'status', '--porcelain');

/** What the base says about a file, null where it has none. */
function inBase(path: string): string | null {
	if (gitIn(weir.repo, 'ls-tree', 'main', path) === '') return null;
	return gitIn(weir.repo, 'show', `main:${path}`);
}
