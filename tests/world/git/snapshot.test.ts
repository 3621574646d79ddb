import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	unlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createWorktree } from '../../../src/git/create-worktree.ts';
import { fillWorktree } from '../../../src/git/fill.ts';
import { listIgnored } from '../../../src/git/ignored.ts';
import { removeWorktree } from '../../../src/git/remove-worktree.ts';
import {
	dropSnapshot,
	listAllSnapshots,
	readSnapshot,
	restoreSnapshot,
	takeSnapshot,
} from '../../../src/git/snapshot.ts';
import { listSpecial } from '../../../src/git/special-files.ts';
import { listUncommitted } from '../../../src/git/uncommitted.ts';
import type { Worktree } from '../../../src/git/worktree.ts';
import {
	codeOf,
	commitFiles,
	gitIn,
	makeRepository,
	makeWorktree,
	open,
	planFor,
	readTree,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

/** Takes the worktree away with its branch, and brings it back from the snapshot. */
async function removeAndRestore(worktree: Worktree, id: string): Promise<Worktree> {
	const { repository, agent } = worktree;
	await removeWorktree(worktree, true);
	const snapshot = await readSnapshot(repository, agent, id);
	const plan = planFor(repository, agent, snapshot?.tip ?? '');
	const again = valueOf(await createWorktree(repository, plan));
	await fillWorktree(again);
	valueOf(await restoreSnapshot(again, id));
	return again;
}

test('a removed worktree comes back byte for byte: changed, deleted, untracked, links, modes', async () => {
	const top = makeRepository({
		'a.txt': 'a\n',
		'b.txt': 'b\n',
		'c/d.txt': 'd\n',
		'run.sh': '',
	});
	const worktree = await makeWorktree(await open(top), 'api');
	commitFiles(worktree.path, { 'committed.txt': 'c\n' });
	rmSync(join(worktree.path, 'c'), { recursive: true });
	writeFiles(worktree.path, {
		'a.txt': 'changed\r\n',
		'b.txt': null,
		c: 'a file now\n',
		'new/deep.bin': '\0\x01\xff',
		'secret.txt': 's\n',
		'with\nbreak "quote"': 'odd\n',
	});
	chmodSync(join(worktree.path, 'run.sh'), 0o755);
	chmodSync(join(worktree.path, 'secret.txt'), 0o600);
	symlinkSync('../outside', join(worktree.path, 'link'));
	const before = readTree(worktree.path);
	const snapshot = valueOf(await takeSnapshot(worktree, 's1'));
	expect(readTree(worktree.path)).toEqual(before);
	expect(snapshot).toMatchObject({
		modes: { 'secret.txt': '600' },
		nested: [],
		unreadable: [],
	});
	const again = await removeAndRestore(worktree, 's1');
	expect(readTree(again.path)).toEqual(before);
	expect(gitIn(again.path, 'log', '--format=%s')).toBe('change\nfirst');
	valueOf(await restoreSnapshot(again, 's1'));
	expect(readTree(again.path)).toEqual(before);
});

test("the state of the agent's index hides nothing from a snapshot", async () => {
	const top = makeRepository({ 'a.txt': 'a\n', 'b.txt': 'b\n', 'c.txt': 'c\n' });
	const worktree = await makeWorktree(await open(top), 'api');
	gitIn(worktree.path, 'update-index', '--assume-unchanged', 'a.txt');
	gitIn(worktree.path, 'update-index', '--skip-worktree', 'b.txt');
	gitIn(worktree.path, 'config', 'core.excludesFile', join(worktree.path, 'hide'));
	writeFiles(worktree.path, {
		'a.txt': '1\n',
		'b.txt': '2\n',
		hide: '*\n',
		'hidden.txt': 'h\n',
	});
	writeFileSync(join(worktree.privateDir, 'index.lock'), '');
	const before = readTree(worktree.path);
	expect(valueOf(await takeSnapshot(worktree, 's1')).files).toBe(4);
	writeFileSync(join(worktree.privateDir, 'index'), 'garbage');
	valueOf(await takeSnapshot(worktree, 's2'));
	expect(readTree((await removeAndRestore(worktree, 's2')).path)).toEqual(before);
});

test('a snapshot in the middle of a conflict keeps the files, markers and all', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	gitIn(worktree.path, 'switch', '--quiet', '-c', 'side');
	commitFiles(worktree.path, { 'a.txt': 'side\n' });
	gitIn(worktree.path, 'switch', '--quiet', 'weir/api');
	commitFiles(worktree.path, { 'a.txt': 'own\n' });
	expect(() => gitIn(worktree.path, 'merge', 'side')).toThrow('merge side');
	const before = readTree(worktree.path);
	valueOf(await takeSnapshot(worktree, 's1'));
	const again = await removeAndRestore(worktree, 's1');
	expect(readTree(again.path)).toEqual(before);
	expect(readFileSync(join(again.path, 'a.txt'), 'utf8')).toContain('<<<<<<<');
});

/** What git says of a worktree: its branch, what is staged, in conflict and under way. */
const saidOf = ({ path }: Worktree) => ({
	status: gitIn(path, 'status'),
	staged: gitIn(path, 'ls-files', '--stage'),
	difference: gitIn(path, 'diff', '--cached', '--stat'),
	branches: gitIn(
		path,
		'branch',
		'--list',
		'weir/*',
		'--format=%(refname) %(objectname)',
	),
	tree: readTree(path),
});

test('what is staged comes back, content that no file has any more too', async () => {
	const worktree = await makeWorktree(await open(makeRepository()), 'api');
	writeFiles(worktree.path, { 'a.txt': 'staged\n', 'new.txt': 'only staged\n' });
	gitIn(worktree.path, 'rm', '--quiet', '--cached', 'src/b.txt');
	gitIn(worktree.path, 'add', 'a.txt', 'new.txt');
	writeFiles(worktree.path, { 'a.txt': 'on top\n', 'new.txt': null });
	const before = saidOf(worktree);
	valueOf(await takeSnapshot(worktree, 's1'));
	const again = await removeAndRestore(worktree, 's1');
	expect(saidOf(again)).toEqual(before);
	expect(gitIn(again.path, 'show', ':new.txt')).toBe('only staged');
	expect(gitIn(again.path, 'fsck', '--connectivity-only')).not.toContain('missing');
});

test('nothing staged and nothing under way makes no state', async () => {
	const worktree = await makeWorktree(await open(makeRepository()), 'api');
	commitFiles(worktree.path, { 'a.txt': 'committed\n' });
	writeFiles(worktree.path, { 'a.txt': 'changed\n', 'new.txt': 'new\n' });
	expect(valueOf(await takeSnapshot(worktree, 's1')).state).toBeNull();
});

/** Two branches that changed the same line: `side`, and the agent's own with two commits. */
async function makeRivals(): Promise<Worktree> {
	const worktree = await makeWorktree(await open(makeRepository()), 'api');
	gitIn(worktree.path, 'switch', '--quiet', '-c', 'side');
	commitFiles(worktree.path, { 'a.txt': 'side\n', 'both.txt': 'b\n' });
	gitIn(worktree.path, 'switch', '--quiet', 'weir/api');
	commitFiles(worktree.path, { 'own.txt': 'own\n' });
	commitFiles(worktree.path, { 'a.txt': 'own\n', 'own.txt': 'more\n' });
	writeFiles(worktree.path, { 'free.txt': 'untracked\n' });
	return worktree;
}

for (const [name, begin, end] of [
	['merge', ['merge', 'side'], ['commit', '--no-edit']],
	['cherry-pick', ['cherry-pick', 'side'], ['cherry-pick', '--continue']],
	['revert', ['revert', '--no-edit', 'HEAD~1'], ['revert', '--continue']],
	['rebase', ['rebase', 'side'], ['rebase', '--continue']],
] as const) {
	test(`a ${name} in progress comes back and can be gone on with`, async () => {
		const worktree = await makeRivals();
		expect(() => gitIn(worktree.path, ...begin)).toThrow(name);
		const before = saidOf(worktree);
		expect(before.status).toContain('Unmerged paths');
		valueOf(await takeSnapshot(worktree, 's1'));
		const again = await removeAndRestore(worktree, 's1');
		expect(saidOf(again)).toEqual(before);
		writeFiles(again.path, { 'a.txt': 'resolved\n', 'own.txt': 'resolved\n' });
		gitIn(again.path, 'add', 'a.txt', 'own.txt');
		gitIn(again.path, '-c', 'core.editor=true', ...end);
		expect(gitIn(again.path, 'status', '--porcelain')).toBe('?? free.txt');
		expect(gitIn(again.path, 'branch', '--show-current')).toBe('weir/api');
	});
}

test('an agent on another branch, or on none, stands there again', async () => {
	const worktree = await makeRivals();
	gitIn(worktree.path, 'switch', '--quiet', 'side');
	const before = saidOf(worktree);
	valueOf(await takeSnapshot(worktree, 's1'));
	const again = await removeAndRestore(worktree, 's1');
	expect(saidOf(again)).toEqual(before);
	gitIn(again.path, 'switch', '--quiet', '--detach', 'weir/api~1');
	// What it says of the way there is in the log of HEAD, which is not kept.
	const { status: _, ...detached } = saidOf(again);
	valueOf(await takeSnapshot(again, 's2'));
	const last = await removeAndRestore(again, 's2');
	expect(saidOf(last)).toMatchObject(detached);
	expect(gitIn(last.path, 'branch', '--show-current')).toBe('');
});

test('branches, tags and stashes of the agent come back', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	gitIn(worktree.path, 'switch', '--quiet', '-c', 'idea/one');
	const idea = commitFiles(worktree.path, { 'i.txt': 'i\n' });
	gitIn(worktree.path, 'tag', 'mark');
	gitIn(worktree.path, 'switch', '--quiet', 'weir/api');
	for (const text of ['1', '2']) {
		writeFiles(worktree.path, { 'a.txt': text });
		gitIn(worktree.path, 'stash');
	}
	valueOf(await takeSnapshot(worktree, 's1'));
	const again = await removeAndRestore(worktree, 's1');
	expect(gitIn(again.path, 'rev-parse', 'idea/one', 'mark')).toBe(`${idea}\n${idea}`);
	gitIn(again.path, 'stash', 'pop', '--quiet');
	expect(readFileSync(join(again.path, 'a.txt'), 'utf8')).toBe('2');
	gitIn(again.path, 'checkout', '--quiet', '.');
	gitIn(again.path, 'stash', 'pop', '--quiet');
	expect(readFileSync(join(again.path, 'a.txt'), 'utf8')).toBe('1');
});

test('a change of no other size in the second of the filling is seen later too', async () => {
	const top = makeRepository({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
	const repository = await open(top);
	const secondOf = (path: string) => Math.floor(lstatSync(path).ctimeMs / 1000);
	let worktree = await makeWorktree(repository, 'api');
	let file = '';
	for (let at = 1; ; at += 1) {
		file = join(worktree.path, 'a.txt');
		const filled = secondOf(file);
		writeFileSync(file, '1\n');
		if (secondOf(file) === filled) break;
		worktree = await makeWorktree(repository, `api${at}`);
	}
	// For time itself: in the same second git reads every file anyway.
	const next = (secondOf(file) + 1) * 1000;
	await expect.poll(() => Date.now() > next).toBe(true);
	expect((await listUncommitted(worktree, 'weir/api')).files).toHaveLength(1);
	expect(valueOf(await takeSnapshot(worktree, 's1')).files).toBe(1);
	expect(gitIn(worktree.path, 'status', '--porcelain')).toBe(' M a.txt');
});

test('what conversion makes equal to its blob is restored with its own bytes', async () => {
	const top = makeRepository({
		'.gitattributes': '*.dos text eol=crlf\n*.id ident\n',
		'x.dos': 'one\ntwo\n',
		'y.dos': 'one\ntwo\n',
		'z.id': '$Id$\n',
	});
	const worktree = await makeWorktree(await open(top), 'api');
	writeFileSync(join(worktree.path, 'y.dos'), 'one\ntwo\n');
	for (const name of ['.gitattributes', 'x.dos', 'y.dos', 'z.id'])
		utimesSync(join(worktree.path, name), 1e9, 1e9);
	const seen = (await listUncommitted(worktree, 'weir/api')).files;
	expect(seen.map(({ path }) => path)).not.toContain('x.dos');
	const before = readTree(worktree.path);
	valueOf(await takeSnapshot(worktree, 's1'));
	expect(readTree((await removeAndRestore(worktree, 's1')).path)).toEqual(before);
});

test('line ends survive, whatever the attributes and settings say', async () => {
	const top = makeRepository({
		'.gitattributes': '*.dos text eol=crlf\n*.id ident\n',
		'x.dos': 'one\ntwo\n',
		'y.dos': 'one\ntwo\n',
		'z.id': '$Id$\n',
		'plain.txt': 'p\n',
	});
	gitIn(top, 'config', 'core.autocrlf', 'input');
	const worktree = await makeWorktree(await open(top), 'api');
	expect(readFileSync(join(worktree.path, 'x.dos'), 'utf8')).toBe('one\r\ntwo\r\n');
	writeFiles(worktree.path, {
		'y.dos': 'mixed\r\nends\n',
		'new.dos': 'lf only\n',
		'plain.txt': 'p\r\n',
		'new.id': '$Id: kept $\n',
	});
	const before = readTree(worktree.path);
	valueOf(await takeSnapshot(worktree, 's1'));
	expect(readTree((await removeAndRestore(worktree, 's1')).path)).toEqual(before);
});

test('files of a repository inside the worktree are kept, even one without a commit', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	for (const name of ['inner', 'empty']) {
		mkdirSync(join(worktree.path, name));
		gitIn(join(worktree.path, name), 'init', '--quiet');
	}
	writeFiles(worktree.path, {
		'inner/file': 'f\n',
		'inner/sub/x': 'x\n',
		'empty/y\nz': 'y\n',
	});
	symlinkSync('file', join(worktree.path, 'inner/link'));
	const before = readTree(worktree.path);
	const snapshot = valueOf(await takeSnapshot(worktree, 's1'));
	expect([...snapshot.nested].sort()).toEqual(['empty', 'inner']);
	const again = await removeAndRestore(worktree, 's1');
	expect(readTree(again.path)).toEqual(before);
});

test('resetting to a snapshot removes what came later and leaves ignored files', async () => {
	const top = makeRepository({ 'a.txt': 'a\n', '.gitignore': '*.log\n' });
	const worktree = await makeWorktree(await open(top), 'api');
	writeFiles(worktree.path, { 'first.txt': '1\n' });
	valueOf(await takeSnapshot(worktree, 's1'));
	const before = readTree(worktree.path);
	writeFiles(worktree.path, {
		'first.txt': null,
		'a.txt': 'z\n',
		'later/x.txt': 'x\n',
		'x.log': 'l\n',
	});
	valueOf(await restoreSnapshot(worktree, 's1'));
	expect(existsSync(join(worktree.path, 'later'))).toBe(false);
	expect(readFileSync(join(worktree.path, 'x.log'), 'utf8')).toBe('l\n');
	unlinkSync(join(worktree.path, 'x.log'));
	expect(readTree(worktree.path)).toEqual(before);
});

test('a snapshot id is taken once, listed, dropped on wish', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const worktree = await makeWorktree(repository, 'api');
	const first = valueOf(await takeSnapshot(worktree, 's1'));
	writeFiles(worktree.path, { 'later.txt': 'l\n' });
	expect(valueOf(await takeSnapshot(worktree, 's1'))).toEqual(first);
	valueOf(await takeSnapshot(worktree, 's2'));
	const ids = async () => (await listAllSnapshots(repository)).map(({ id }) => id).sort();
	expect(await ids()).toEqual(['s1', 's2']);
	await dropSnapshot(repository, 'api', 's1');
	await dropSnapshot(repository, 'api', 's1');
	expect(await ids()).toEqual(['s2']);
	expect(codeOf(await restoreSnapshot(worktree, 's1'))).toBe('snapshot.unknown');
});

test('a worktree that was not filled yet is not taken for one with everything deleted', async () => {
	const top = makeRepository();
	const repository = await open(top);
	const worktree = valueOf(await createWorktree(repository, planFor(repository, 'api')));
	const snapshot = valueOf(await takeSnapshot(worktree, 's1'));
	expect(gitIn(top, 'diff', '--name-only', 'main', snapshot.commit)).toBe('');
});

test('ignored files are listed with their size, largest first', async () => {
	const top = makeRepository({ '.gitignore': 'out/\n*.log\n' });
	const worktree = await makeWorktree(await open(top), 'api');
	writeFiles(worktree.path, { 'x.log': '12345', 'out/a': '1234567890', 'out/b/c': '1' });
	expect(await listIgnored(worktree)).toMatchObject([
		{ path: 'out' },
		{ path: 'x.log', bytes: 5 },
	]);
});

test('pipes and sockets are named, which git does not see, but for ignored ones', async () => {
	const top = makeRepository({ '.gitignore': 'out/\n*.sock\n', 'run/a.txt': 'a\n' });
	const worktree = await makeWorktree(await open(top), 'api');
	writeFiles(worktree.path, { 'out/a': 'a\n' });
	for (const path of ['run/pipe', 'out/pipe', 'dev.sock', ':(top)*'])
		execFileSync('mkfifo', [join(worktree.path, path)]);
	const server = createServer().listen(join(worktree.path, 'run', 'api'));
	onTestFinished(() => void server.close());
	await once(server, 'listening');
	expect((await listUncommitted(worktree, 'main')).files).toEqual([]);
	expect(await listSpecial(worktree, await listIgnored(worktree))).toEqual([
		{ path: ':(top)*', what: 'pipe' },
		{ path: 'run/api', what: 'socket' },
		{ path: 'run/pipe', what: 'pipe' },
	]);
});

type Node =
	| { readonly text: string; readonly executable: boolean }
	| { readonly link: string };

const name = fc.constantFrom(
	'a',
	'b',
	'c d',
	'é',
	'*',
	'.hidden',
	'-x',
	'#',
	'x.dos',
	'q"\\',
);
const path = fc
	.array(name, { minLength: 1, maxLength: 3 })
	.map((parts) => parts.join('/'));
const node: fc.Arbitrary<Node> = fc.oneof(
	fc.record({
		text: fc.string({ unit: 'binary', maxLength: 40 }),
		executable: fc.boolean(),
	}),
	fc.record({ link: fc.constantFrom('a', '../x', '/nowhere', 'b/c') }),
);
const tree = fc.dictionary(path, node, { maxKeys: 8, noNullPrototype: true });

function put(top: string, files: Record<string, Node>): void {
	for (const [path, node] of Object.entries(files)) {
		const full = join(top, path);
		try {
			mkdirSync(dirname(full), { recursive: true });
			rmSync(full, { recursive: true, force: true });
			if ('link' in node) symlinkSync(node.link, full);
			else writeFileSync(full, node.text, { mode: node.executable ? 0o755 : 0o644 });
		} catch (error) {
			// A file, or a link that leads nowhere, stands where this path needs a folder.
			const { code } = error as NodeJS.ErrnoException;
			if (!['EEXIST', 'ENOTDIR', 'ENOENT', 'EACCES', 'ELOOP'].includes(code ?? ''))
				throw error;
		}
	}
}

test('any tree over any tree is restored byte for byte', {
	timeout: 300_000,
}, async () => {
	const top = makeRepository({ '.gitattributes': '*.dos text eol=crlf\n' });
	const repository = await open(top);
	let round = 0;
	await fc.assert(
		fc.asyncProperty(tree, tree, tree, async (committed, changed, later) => {
			round += 1;
			const worktree = await makeWorktree(repository, `agent${round}`);
			// Within the worktree only: "../x" and "b/c" must not lead the test itself outside.
			put(worktree.path, onlyFiles(committed));
			gitIn(worktree.path, 'add', '--all');
			gitIn(worktree.path, 'commit', '--quiet', '--allow-empty', '-m', 'x');
			for (const gone of Object.keys(committed).filter((_, at) => at % 2 === 0)) {
				rmSync(join(worktree.path, gone), { recursive: true, force: true });
			}
			put(worktree.path, changed);
			const before = readTree(worktree.path);
			const id = `s${round}`;
			valueOf(await takeSnapshot(worktree, id));
			expect(readTree(worktree.path)).toEqual(before);
			put(worktree.path, onlyFiles(later));
			valueOf(await restoreSnapshot(worktree, id));
			expect(readTree(worktree.path)).toEqual(before);
			const again = await removeAndRestore(worktree, id);
			expect(readTree(again.path)).toEqual(before);
			await removeWorktree(again, true);
		}),
		{ numRuns: process.env['WEIR_SOAK'] === '1' ? 200 : 12 },
	);
});

function onlyFiles(files: Record<string, Node>): Record<string, Node> {
	return Object.fromEntries(
		Object.entries(files).filter(([, node]) => !('link' in node)),
	);
}
