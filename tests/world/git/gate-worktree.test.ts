import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { linkFolders } from '../../../src/git/dependencies.ts';
import { excludePaths } from '../../../src/git/excludes.ts';
import { GateGround } from '../../../src/git/gate-ground.ts';
import {
	type GateWorktree,
	gateWorktreeAt,
	laidTree,
	removeGateWorktree,
} from '../../../src/git/gate-worktree.ts';
import { layTree } from '../../../src/git/lay-tree.ts';
import { changedSince } from '../../../src/git/look-after-run.ts';
import type { Repository } from '../../../src/git/repository.ts';
import { treeOnDisk } from '../../../src/git/tree-on-disk.ts';
import { gitScript, runAsNobody } from '../../support/git-script.ts';
import {
	codeOf,
	commitFiles,
	gitIn,
	lines,
	makeRepository,
	makeWorktree,
	open,
	readTree,
	scratchFolder,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';
import { noSmallDisk } from '../../support/small-disk.ts';

const files = {
	'.gitignore': '*.log\nbuild/\nnode_modules/\n',
	'a.txt': lines(1, 20),
	'src/b.txt': 'b\n',
	'src/deep/c.txt': 'c\n',
	'test/d.txt': 'd\n',
};

interface Ground {
	readonly top: string;
	readonly repository: Repository;
	readonly gate: GateWorktree;
	readonly parent: string;
	readonly tree: string;
}

/** A gate worktree in which the tree of `main` is laid out. */
async function openGate(more: Record<string, string> = {}): Promise<Ground> {
	const top = makeRepository({ ...files, ...more });
	const repository = await open(top);
	const gate = gateWorktreeAt(repository, join(dirname(top), 'worktrees'), 's1');
	const parent = gitIn(top, 'rev-parse', 'main');
	const tree = gitIn(top, 'rev-parse', 'main^{tree}');
	valueOf(await layTree(gate, { tree, parent, keepIgnored: false }));
	return { top, repository, gate, parent, tree };
}

/** Expects exactly the files of the tree, and a git directory that agrees. */
async function expectLaid({
	top,
	gate,
	tree,
	parent,
}: Omit<Ground, 'repository'>): Promise<void> {
	const wanted = new Map([...readTree(top)]);
	expect(readTree(gate.path)).toEqual(wanted);
	expect(valueOf(await changedSince(gate, new GateGround())).files).toEqual([]);
	expect(gitIn(gate.path, 'status', '--porcelain', '--ignored')).toBe('');
	expect(gitIn(gate.path, 'rev-parse', 'HEAD^{tree}', 'HEAD^')).toBe(
		`${tree}\n${parent}`,
	);
}

test('git in a gate worktree shows the tree, its history, and nothing of the user', async () => {
	const top = makeRepository(files);
	gitIn(top, 'remote', 'add', 'origin', 'https://secret@example.org/x');
	gitIn(top, 'tag', 'v1');
	const repository = await open(top);
	const worktree = await makeWorktree(repository, 'api');
	writeFiles(worktree.path, {
		'a.txt': 'agent\n',
		'new/e.txt': 'e\n',
		'noise.log': 'l\n',
	});
	const parent = gitIn(top, 'rev-parse', 'main');
	const tree = valueOf(await treeOnDisk(worktree, parent));
	const gate = gateWorktreeAt(repository, dirname(worktree.path), 's1');
	const plan = { tree, parent, keepIgnored: false, refs: { 'refs/heads/main': parent } };
	const before = gitIn(top, 'for-each-ref');
	const laid = valueOf(await layTree(gate, plan));
	expect(await laidTree(gate)).toEqual(laid);
	const git = (...args: string[]) => gitIn(gate.path, ...args);
	expect(git('status', '--porcelain', '--ignored')).toBe('');
	expect(git('rev-parse', 'HEAD', 'HEAD^{tree}', 'HEAD^')).toBe(
		[laid.commit, tree, parent].join('\n'),
	);
	expect(git('diff', '--name-only', 'main...')).toBe('a.txt\nnew/e.txt');
	expect(git('log', '--format=%s', 'main')).toBe('first');
	expect(git('ls-files', 'new')).toBe('new/e.txt');
	expect(git('show', 'HEAD:a.txt')).toBe('agent');
	// All that it needs besides the user's objects it has itself.
	expect(readFileSync(join(gate.path, '.git/objects/info/alternates'), 'utf8')).toBe(
		`${join(top, '.git/objects')}\n`,
	);
	expect(git('config', '--list')).not.toContain('secret');
	expect(git('tag')).toBe('');
	git('-c', 'user.name=x', '-c', 'user.email=x', 'commit', '-qam', 'x', '--allow-empty');
	git('tag', 'gate');
	git('branch', '-f', 'main', 'HEAD');
	git('gc', '--quiet', '--prune=now');
	expect(gitIn(top, 'for-each-ref')).toBe(before);
	expect(gitIn(top, 'fsck', '--connectivity-only')).toBe('');
	expect(valueOf(await layTree(gate, plan))).toEqual(laid);
	expect(git('status', '--porcelain', '--ignored')).toBe('');
	expect(readTree(gate.path).get('a.txt')).toBe(readTree(worktree.path).get('a.txt'));
});

const damages: Record<string, (gate: string, outside: string) => void> = {
	'removed all': (gate) => rmSync(gate, { recursive: true }),
	'put a file in its place': (gate) => {
		rmSync(gate, { recursive: true });
		writeFileSync(gate, 'x');
	},
	'put a link in its place': (gate, outside) => {
		rmSync(gate, { recursive: true });
		symlinkSync(outside, gate);
	},
	'removed .git': (gate) => rmSync(join(gate, '.git'), { recursive: true }),
	'turned .git elsewhere': (gate, outside) => {
		rmSync(join(gate, '.git'), { recursive: true });
		symlinkSync(outside, join(gate, '.git'));
	},
	'damaged .git': (gate) => {
		for (const name of ['config', 'HEAD', 'index', 'packed-refs'])
			writeFileSync(join(gate, '.git', name), '\0damaged');
		writeFileSync(join(gate, '.git/index.lock'), '');
	},
	'changed, removed and added files': (gate) => {
		writeFiles(gate, { 'a.txt': 'x', 'src/b.txt': null, 'new/f': 'f', 'n.log': 'l' });
		writeFiles(gate, { 'build/out/x.o': 'o', 'src/.gitignore': '*\n', 'src/hid': 'h' });
		mkdirSync(join(gate, 'empty/deep'), { recursive: true });
		writeFileSync(Buffer.from(`${gate}/latin-\xe9`, 'latin1'), 'l');
		chmodSync(join(gate, 'src/deep/c.txt'), 0o755);
	},
	'turned folders and files into each other': (gate) => {
		rmSync(join(gate, 'src'), { recursive: true });
		writeFiles(gate, { src: 'a file' });
		rmSync(join(gate, 'a.txt'));
		writeFiles(gate, { 'a.txt/now/a': 'folder' });
	},
	'turned a folder and a file into links': (gate, outside) => {
		rmSync(join(gate, 'src'), { recursive: true });
		symlinkSync(outside, join(gate, 'src'));
		rmSync(join(gate, 'a.txt'));
		symlinkSync(join(outside, 'kept.txt'), join(gate, 'a.txt'));
		symlinkSync(outside, join(gate, 'node_modules'));
	},
	'left pipes': (gate) => {
		rmSync(join(gate, 'test/d.txt'));
		for (const name of ['p', 'src/p', 'test/d.txt'])
			execFileSync('mkfifo', [join(gate, name)]);
		mkdirSync(join(gate, 'only'));
		execFileSync('mkfifo', [join(gate, 'only/p')]);
	},
	'left repositories': (gate) => {
		for (const folder of ['inner', 'src', 'build/dep']) {
			mkdirSync(join(gate, folder), { recursive: true });
			gitIn(join(gate, folder), 'init', '--quiet');
			writeFiles(join(gate, folder), { 'inner.txt': 'i\n' });
		}
	},
	'changed a file within its second, size and time': (gate) => {
		const when = new Date(1_700_000_000_000);
		utimesSync(join(gate, 'src/b.txt'), when, when);
		writeFileSync(join(gate, 'src/b.txt'), 'x\n');
		utimesSync(join(gate, 'src/b.txt'), when, when);
	},
	'hid its changes from git': (gate) => {
		writeFiles(gate, { 'a.txt': 'x\n', hidden: 'h\n' });
		gitIn(gate, 'update-index', '--assume-unchanged', 'a.txt');
		writeFileSync(join(gate, '.git/info/exclude'), '*\n');
		gitIn(gate, 'config', 'core.fileMode', 'false');
	},
};

for (const [name, damage] of Object.entries(damages)) {
	test(`what ran in a gate worktree ${name}: the next tree is laid out all the same`, async () => {
		const ground = await openGate();
		const outside = scratchFolder();
		writeFiles(outside, { 'kept.txt': 'kept\n', 'b.txt': 'kept\n', '.git/HEAD': 'x\n' });
		const kept = readTree(outside);
		damage(ground.gate.path, outside);
		const { gate, top } = ground;
		const parent = commitFiles(top, { 'test/d.txt': 'later\n', 'more.txt': 'm\n' });
		const tree = gitIn(top, 'rev-parse', `${parent}^{tree}`);
		valueOf(await layTree(gate, { tree, parent, keepIgnored: false }));
		await expectLaid({ ...ground, tree, parent });
		expect(readTree(outside)).toEqual(kept);
		expect(existsSync(join(outside, '.git/HEAD'))).toBe(true);
	});
}

test('folders whose names are no UTF-8 are laid out as others are', async () => {
	const { top, gate } = await openGate();
	const folder = Buffer.from(`${top}/latin-\xe9`, 'latin1');
	mkdirSync(folder);
	writeFileSync(Buffer.concat([folder, Buffer.from('/f.txt')]), 'f\n');
	const parent = commitFiles(top, {});
	const tree = gitIn(top, 'rev-parse', `${parent}^{tree}`);
	valueOf(await layTree(gate, { tree, parent, keepIgnored: false }));
	const laid = Buffer.from(`${gate.path}/latin-\xe9/f.txt`, 'latin1');
	expect(readFileSync(laid, 'utf8')).toBe('f\n');
	expect(valueOf(await changedSince(gate, new GateGround())).files).toEqual([]);
});

test('what git ignores and what was linked stays for the same agent, and goes for others', async () => {
	const { top, gate, tree, parent, repository } = await openGate();
	writeFiles(top, { 'node_modules/dep/i.js': 'i\n' });
	valueOf(await linkFolders(repository, gate, ['node_modules'], 'symlink'));
	writeFiles(gate.path, { 'build/out.o': 'o', 'seeded.env': 's\n', 'new.txt': 'n\n' });
	await excludePaths(gate, ['seeded.env']);
	mkdirSync(join(gate.path, 'build/dep'));
	gitIn(join(gate.path, 'build/dep'), 'init', '--quiet');
	expect(
		valueOf(await changedSince(gate, new GateGround())).files.map(({ path }) => path),
	).toEqual(['new.txt']);
	valueOf(await layTree(gate, { tree, parent, keepIgnored: true }));
	const names = () => [...readTree(gate.path).keys()].filter((path) => !(path in files));
	expect(names().sort()).toEqual(['build/out.o', 'node_modules', 'seeded.env']);
	expect(existsSync(join(gate.path, 'build/dep/.git/HEAD'))).toBe(true);
	expect(gitIn(gate.path, 'status', '--porcelain')).toBe('');
	valueOf(await layTree(gate, { tree, parent, keepIgnored: false }));
	expect(names()).toEqual([]);
	expect(readTree(top).has('node_modules/dep/i.js')).toBe(true);
});

test('over a tree that stands there only what differs is written, down to the same files', async () => {
	const { top, gate, tree, parent } = await openGate();
	const ground = new GateGround();
	const random = seeded(7);
	const names = ['a.txt', 'src', 'src/b.txt', 'src/deep', 'src/deep/c.txt', 'test/d.txt'];
	let stands = tree;
	for (let round = 0; round < 25; round += 1) {
		const path = join(top, names[random(names.length)] ?? '');
		rmSync(path, { recursive: true, force: true });
		if (existsSync(dirname(path)) && !lstatSync(dirname(path)).isDirectory())
			rmSync(dirname(path));
		mkdirSync(dirname(path), { recursive: true });
		const kind = random(5);
		if (kind === 0) symlinkSync('a.txt', path);
		else if (kind === 1) writeFiles(path, { 'x\ty "q"': `${round}\n`, 'é/-f': 'f\n' });
		else if (kind > 2)
			writeFileSync(path, `${round}\n`, { mode: random(2) === 0 ? 0o644 : 0o755 });
		gitIn(top, 'add', '-A');
		const next = gitIn(top, 'write-tree');
		ground.tree = stands;
		const plan = { tree: next, parent, keepIgnored: false, ground };
		valueOf(await layTree(gate, plan));
		expect(ground.tree).toBeNull();
		await expectLaid({ top, gate, tree: next, parent });
		stands = next;
	}
});

test('what was said to stand there and does not shows afterwards, and is mended by the next', async () => {
	const { top, gate, tree, parent } = await openGate();
	writeFiles(top, { 'src/b.txt': 'other\n' });
	gitIn(top, 'add', '-A');
	const next = gitIn(top, 'write-tree');
	const ground = new GateGround();
	ground.tree = tree;
	writeFiles(gate.path, { 'a.txt': 'not what was laid\n' });
	valueOf(await layTree(gate, { tree: next, parent, keepIgnored: true, ground }));
	expect(readFileSync(join(gate.path, 'src/b.txt'), 'utf8')).toBe('other\n');
	const seen = valueOf(await changedSince(gate, new GateGround())).files.map(
		({ path }) => path,
	);
	expect(seen).toEqual(['a.txt']);
	valueOf(await layTree(gate, { tree: next, parent, keepIgnored: true, ground }));
	await expectLaid({ top, gate, tree: next, parent });
});

test('what a gate wrote over its objects is as it was for the next', async () => {
	const { top, gate, parent } = await openGate();
	writeFiles(top, { 'src/b.txt': 'only in a tree\n' });
	gitIn(top, 'add', '-A');
	const tree = gitIn(top, 'write-tree');
	const lay = async () =>
		valueOf(await layTree(gate, { tree, parent, keepIgnored: true }));
	const { commit } = await lay();
	const packs = join(gate.path, '.git/objects/pack');
	const isSound = () => gitIn(gate.path, 'cat-file', '-p', `${commit}:src/b.txt`);
	expect(isSound()).toBe('only in a tree');
	for (let round = 0; round < 2; round += 1) {
		for (const name of readdirSync(packs)) {
			chmodSync(join(packs, name), 0o644);
			writeFileSync(join(packs, name), 'spoilt');
		}
		expect(isSound).toThrow(/cat-file/);
		expect((await lay()).commit).toBe(commit);
		expect(isSound()).toBe('only in a tree');
	}
});

test('what stays as ignored goes once a tree no longer ignores it', async () => {
	const { top, gate, tree, parent } = await openGate();
	const ground = new GateGround();
	const lay = async (next: string) => {
		ground.tree = tree;
		valueOf(await layTree(gate, { tree: next, parent, keepIgnored: true, ground }));
	};
	writeFiles(gate.path, { 'build/out.o': 'o\n', 'src/trace.log': 't\n' });
	await lay(tree);
	expect(readTree(gate.path).has('build/out.o')).toBe(true);
	writeFiles(top, { '.gitignore': '*.log\nnode_modules/\n' });
	gitIn(top, 'add', '-A');
	await lay(gitIn(top, 'write-tree'));
	const left = [...readTree(gate.path).keys()].filter((path) => !(path in files));
	expect(left).toEqual(['src/trace.log']);
});

const oddName = Buffer.of(0xff);

test.for([
	['by name', Buffer.from('x')],
	['all at once, where a name is no text', oddName],
] as const)(
	'folders without files go %s, those that git ignores stay',
	async ([, last]) => {
		const { gate, tree, parent } = await openGate();
		const ground = new GateGround();
		for (const path of ['out', 'src/deep/out/in', 'build/kept', 'test/ü']) {
			mkdirSync(join(gate.path, path), { recursive: true });
		}
		mkdirSync(Buffer.concat([Buffer.from(join(gate.path, 'test/')), last]));
		ground.tree = tree;
		valueOf(await layTree(gate, { tree, parent, keepIgnored: true, ground }));
		const there = (folder: string) => readdirSync(join(gate.path, folder)).sort();
		expect(there('.')).toEqual(['.git', '.gitignore', 'a.txt', 'build', 'src', 'test']);
		expect([there('build'), there('src/deep'), there('test')]).toEqual([
			...[['kept'], ['c.txt'], ['d.txt']],
		]);
	},
);

test('what git does not see goes, from folders that are known as well', async () => {
	const { gate, tree, parent } = await openGate();
	const ground = new GateGround();
	const lay = async () => {
		ground.tree = tree;
		valueOf(await layTree(gate, { tree, parent, keepIgnored: true, ground }));
	};
	await lay();
	// Until the folders' times are old enough to be believed.
	while ((await ground.changed(gate.path, ['src', 'src/deep'])).length > 0) await lay();
	execFileSync('mkfifo', [join(gate.path, 'src/deep/pipe')]);
	expect(await ground.changed(gate.path, ['src', 'src/deep'])).toEqual(['src/deep']);
	await lay();
	expect(existsSync(join(gate.path, 'src/deep/pipe'))).toBe(false);
});

test('what a gate changed is told, whatever it did to git', async () => {
	const { gate } = await openGate();
	const seen = async () =>
		valueOf(await changedSince(gate, new GateGround())).files.map(
			({ path, kind }) => `${kind} ${path}`,
		);
	expect(await seen()).toEqual([]);
	const now = new Date(Date.now() + 5000);
	utimesSync(join(gate.path, 'a.txt'), now, now);
	writeFiles(gate.path, { 'noise.log': 'ignored\n' });
	expect(await seen()).toEqual([]);
	for (const name of ['left pipes', 'hid its changes from git', 'removed .git'])
		damages[name]?.(gate.path, '');
	writeFiles(gate.path, { 'src/b.txt': null });
	expect(await seen()).toEqual([
		'changed a.txt',
		'added hidden',
		'deleted src/b.txt',
		expect.stringMatching(/^(changed|deleted) test\/d\.txt$/),
	]);
	const other = gateWorktreeAt(gate.repository, dirname(dirname(gate.path)), 's2');
	expect(codeOf(await changedSince(other, new GateGround()))).toBe('gate.not-laid');
});

test('no filter of the user runs, and line ends are converted as git does', async () => {
	const top = makeRepository({
		'.gitattributes': '*.big filter=big\n*.crlf text eol=crlf\n',
		'a.big': 'pointer\n',
		'b.crlf': 'b\n',
	});
	const ran = join(dirname(top), 'ran');
	gitIn(top, 'config', 'filter.big.smudge', `touch ${ran}; cat`);
	gitIn(top, 'config', 'filter.big.required', 'true');
	const hook = join(top, '.git/hooks/post-checkout');
	writeFiles(top, { '.git/hooks/post-checkout': `#!/bin/sh\ntouch ${ran}\n` });
	chmodSync(hook, 0o755);
	const gate = gateWorktreeAt(await open(top), join(dirname(top), 'worktrees'), 's1');
	const [tree = '', parent = ''] = gitIn(top, 'rev-parse', 'main^{tree}', 'main').split(
		'\n',
	);
	valueOf(await layTree(gate, { tree, parent, keepIgnored: false }));
	expect(readFileSync(join(gate.path, 'a.big'), 'utf8')).toBe('pointer\n');
	expect(readFileSync(join(gate.path, 'b.crlf'), 'utf8')).toBe('b\r\n');
	expect(valueOf(await changedSince(gate, new GateGround())).files).toEqual([]);
	expect(existsSync(ran)).toBe(false);
});

/** Lays a tree out in a program that dies by SIGKILL when git is asked for something. */
async function layAndDie({ top, gate, tree, parent }: Ground, moment: string) {
	const folder = scratchFolder();
	const shim = join(folder, 'git');
	const real = join(gitIn(top, '--exec-path'), 'git');
	writeFileSync(
		shim,
		`#!/bin/sh\ncase "$* " in *" ${moment} "*) "${real}" "$@" & kill -9 $PPID; exit 1;; esac\nexec "${real}" "$@"\n`,
	);
	chmodSync(shim, 0o755);
	const root = dirname(dirname(gate.path));
	const script = gitScript(
		{
			openRepository: 'repository.ts',
			gateWorktreeAt: 'gate-worktree.ts',
			layTree: 'lay-tree.ts',
		},
		[
			`const { value: repository } = await openRepository(${JSON.stringify(top)});`,
			`const gate = gateWorktreeAt(repository, ${JSON.stringify(root)}, 's1');`,
			`await layTree(gate, { tree: '${tree}', parent: '${parent}', keepIgnored: false });`,
		],
	);
	const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
	const child = spawn(process.execPath, [script], { env, stdio: 'inherit' });
	expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
}

for (const moment of ['commit-tree', 'read-tree', 'ls-tree', 'clean', 'index-pack']) {
	test(`killed at ${moment}, a gate worktree is not laid out, and mends`, async () => {
		const ground = await openGate();
		const { top, gate } = ground;
		const many = Object.fromEntries(
			Array.from({ length: 300 }, (_, at) => [`many/${at}.txt`, lines(at, at + 50)]),
		);
		const parent = commitFiles(top, { ...many, 'src/b.txt': null });
		const tree = gitIn(top, 'rev-parse', `${parent}^{tree}`);
		await layAndDie({ ...ground, tree, parent }, moment);
		expect(await laidTree(gate)).toBeNull();
		valueOf(await layTree(gate, { tree, parent, keepIgnored: false }));
		await expectLaid({ ...ground, tree, parent });
		expect(existsSync(`${gate.path}.git`)).toBe(false);
	});
}

test('folders and files without permissions are opened again', async () => {
	const ground = await openGate();
	const { top, gate, tree, parent } = ground;
	const root = dirname(dirname(gate.path));
	const script = gitScript(
		{
			openRepository: 'repository.ts',
			gateWorktreeAt: 'gate-worktree.ts',
			layTree: 'lay-tree.ts',
		},
		[
			`import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';`,
			`const { value: repository } = await openRepository(${JSON.stringify(top)});`,
			`const gate = gateWorktreeAt(repository, ${JSON.stringify(root)}, 's1');`,
			`mkdirSync(gate.path + '/left/deep', { recursive: true });`,
			`writeFileSync(gate.path + '/left/deep/f', 'x');`,
			`writeFileSync(gate.path + '/src/deep/c.txt', 'x');`,
			`for (const path of ['/left/deep', '/left', '/src/deep', '/a.txt']) chmodSync(gate.path + path, 0);`,
			`chmodSync(gate.path + '/test', 0o500);`,
			`const said = await layTree(gate, { tree: '${tree}', parent: '${parent}', keepIgnored: false });`,
			`console.log(said.ok ? 'laid' : said.refusal.message);`,
		],
	);
	expect(runAsNobody(script, dirname(top))()).toBe('laid');
	const modes = [...readTree(gate.path)].map(([path, said]) => [path, said.slice(0, 3)]);
	const wanted = Object.keys(files).map((path) => [path, '644']);
	expect(Object.fromEntries(modes)).toEqual(Object.fromEntries(wanted));
});

test('where something is mounted within, nothing is laid out or removed', async (context) => {
	const none = noSmallDisk();
	if (none !== undefined) context.skip(none);
	const { top, gate, tree, parent } = await openGate();
	const root = dirname(dirname(gate.path));
	const script = gitScript(
		{
			openRepository: 'repository.ts',
			gateWorktreeAt: 'gate-worktree.ts',
			removeGateWorktree: 'gate-worktree.ts',
			layTree: 'lay-tree.ts',
		},
		[
			`const { value: repository } = await openRepository(${JSON.stringify(top)});`,
			`const gate = gateWorktreeAt(repository, ${JSON.stringify(root)}, 's1');`,
			`const plan = { tree: '${tree}', parent: '${parent}', keepIgnored: false };`,
			`for (const said of [await layTree(gate, plan), await removeGateWorktree(gate)])`,
			`	console.log(said.ok ? 'done' : said.refusal.message);`,
		],
	);
	const mount = join(gate.path, 'a mount');
	mkdirSync(mount);
	const command = 'mount -t tmpfs weir-test "$1" && shift && exec "$@"';
	const argv = ['-rm', 'sh', '-c', command, 'sh', mount, process.execPath, script];
	const said = spawnSync('unshare', argv, { encoding: 'utf8' }).stdout;
	expect(said).toBe(`something is mounted at ${mount}\n`.repeat(2));
});

test('a tree that nobody has is refused, and a removed gate worktree leaves nothing', async () => {
	const { gate, parent, tree } = await openGate();
	const none = '0123456789012345678901234567890123456789';
	const plan = { tree: none, parent, keepIgnored: true };
	expect(codeOf(await layTree(gate, plan))).toBe('tree.unknown');
	renameSync(join(gate.path, 'src'), join(gate.path, 'moved'));
	valueOf(await removeGateWorktree(gate));
	valueOf(await removeGateWorktree(gate));
	expect(existsSync(gate.path) || existsSync(gate.stateDir)).toBe(false);
	expect(await laidTree(gate)).toBeNull();
	valueOf(await layTree(gate, { tree, parent, keepIgnored: true }));
	expect((await laidTree(gate))?.tree).toBe(tree);
});

/** Whole numbers below a bound. */
function seeded(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}
