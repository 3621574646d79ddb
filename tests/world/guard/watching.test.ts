// Real files under the thread that watches them.
import { execFileSync } from 'node:child_process';
import {
	chmodSync,
	linkSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultGuard } from '../../../src/domain/guard.ts';
import { onDisk } from '../../../src/lib/name-bytes.ts';
import { scratchFolder, writeFiles } from '../../support/repository.ts';
import { requires } from '../../support/requires.ts';
import { referenceOf, WatchedFolder } from '../../support/watching.ts';

const files = { 'src/a': 'a', 'docs/b': 'b', 'docs/deep/c': 'c', top: 't' };

async function open(facts: Parameters<typeof WatchedFolder.open>[1] = {}) {
	const root = scratchFolder();
	writeFiles(root, files);
	const tracked = facts.tracked ?? Object.keys(files);
	return { root, folder: await WatchedFolder.open(root, { ...facts, tracked }) };
}

test('what is written outside is told with what happened to it, and what is inside is not', async () => {
	const { root, folder } = await open();
	writeFileSync(join(root, 'src/a'), 'A');
	writeFileSync(join(root, 'src/new'), 'n');
	writeFileSync(join(root, 'docs/b'), 'B');
	writeFileSync(join(root, 'docs/new'), 'n');
	rmSync(join(root, 'docs/deep/c'));
	await folder.settled();
	expect(folder.told.toSorted()).toEqual([
		'changed docs/b',
		'created docs/new',
		'deleted docs/deep/c',
	]);
});

test('a path is told once until it is said to be in order', async () => {
	const { root, folder } = await open();
	writeFileSync(join(root, 'top'), '1');
	await folder.settled();
	writeFileSync(join(root, 'top'), '2');
	const mark = await folder.settled();
	expect(folder.told).toEqual(['changed top']);
	folder.watching.stand('a1', [], mark);
	await folder.settled();
	expect(folder.told).toEqual(['changed top']);
	writeFileSync(join(root, 'top'), '3');
	await folder.settled();
	expect(folder.told).toEqual(['changed top', 'changed top']);
});

test('what was written after the look that found it in order is told again', async () => {
	const { root, folder } = await open();
	writeFileSync(join(root, 'top'), '1');
	const mark = await folder.settled();
	writeFileSync(join(root, 'top'), '2');
	await folder.settled();
	folder.watching.stand('a1', [], mark);
	await folder.settled();
	expect(folder.told).toEqual(['changed top', 'changed top']);
});

test('names that are no UTF-8 are told as they are, of files, in folders, known and new', async () => {
	const root = scratchFolder();
	const at = (path: string) => onDisk(join(root, path));
	mkdirSync(at('d\udcff'));
	writeFileSync(at('d\udcff/known\udce9'), 'k');
	const folder = await WatchedFolder.open(root, { tracked: ['d\udcff/known\udce9'] });
	writeFileSync(at('d\udcff/known\udce9'), 'K');
	writeFileSync(at('d\udcff/b\udc80\udc81'), 'b');
	writeFileSync(at('\udcc3'), 'c');
	mkdirSync(at('new\udcff'));
	writeFileSync(at('new\udcff/x'), 'x');
	await folder.settled();
	rmSync(at('d\udcff/known\udce9'));
	await folder.settled();
	expect(folder.told.toSorted()).toEqual(
		[
			'changed d\udcff/known\udce9',
			'created d\udcff/b\udc80\udc81',
			'created new\udcff/x',
			'created \udcc3',
		].toSorted(),
	);
});

test('a write that is taken back at once is told', async () => {
	const { root, folder } = await open();
	writeFileSync(join(root, 'top'), 'x');
	writeFileSync(join(root, 'top'), 't');
	await folder.settled();
	expect(folder.told).toEqual(['changed top']);
});

test('a mode, a rename over it and a removal are writes', async () => {
	const { root, folder } = await open();
	chmodSync(join(root, 'top'), 0o755);
	writeFileSync(join(root, 'src/t'), 'x');
	renameSync(join(root, 'src/t'), join(root, 'docs/b'));
	await folder.settled();
	expect(folder.told.toSorted()).toEqual(['changed docs/b', 'changed top']);
});

test('a folder that is made is read as soon as it is watched', async () => {
	const { root, folder } = await open();
	for (let at = 0; at < 50; at += 1) {
		mkdirSync(join(root, `new${at}/in/it`), { recursive: true });
		writeFileSync(join(root, `new${at}/in/it/f`), 'x');
	}
	await folder.until(() => folder.told.length >= 50);
	expect(folder.told).toContain('created new49/in/it/f');
	writeFileSync(join(root, 'new7/in/it/later'), 'x');
	await folder.settled();
	expect(folder.told).toContain('created new7/in/it/later');
});

test('a folder that is renamed goes at one end and comes at the other, and is watched there', async () => {
	const { root, folder } = await open();
	renameSync(join(root, 'docs'), join(root, 'moved'));
	await folder.until(() => folder.told.length >= 4);
	expect(folder.told.toSorted()).toEqual([
		'changed moved/b',
		'changed moved/deep/c',
		'deleted docs/b',
		'deleted docs/deep/c',
	]);
	writeFileSync(join(root, 'moved/deep/d'), 'x');
	await folder.settled();
	expect(folder.told).toContain('created moved/deep/d');
	mkdirSync(join(root, 'docs'));
	writeFileSync(join(root, 'docs/again'), 'x');
	await folder.until(() => folder.told.includes('created docs/again'));
});

test('a folder that becomes a link takes its files away', async () => {
	const { root, folder } = await open();
	const elsewhere = scratchFolder();
	rmSync(join(root, 'docs/deep'), { recursive: true });
	symlinkSync(elsewhere, join(root, 'docs/deep'));
	await folder.until(() => folder.told.includes('created docs/deep'));
	expect(folder.told).toContain('deleted docs/deep/c');
	writeFileSync(join(elsewhere, 'far'), 'x');
	await folder.settled();
	expect(folder.told.filter((one) => one.includes('far'))).toEqual([]);
});

test('noise and what the commit ignored are not told, but for what was committed', async () => {
	const { root, folder } = await open({
		ignored: ['*.log', 'out/'],
		tracked: [...Object.keys(files), 'docs/kept.log'],
	});
	mkdirSync(join(root, 'node_modules/x'), { recursive: true });
	writeFileSync(join(root, 'node_modules/x/y'), 'x');
	mkdirSync(join(root, 'out'));
	writeFileSync(join(root, 'out/y'), 'x');
	writeFileSync(join(root, 'docs/y.log'), 'x');
	writeFileSync(join(root, 'docs/kept.log'), 'x');
	// An ignore file of the agent's hides nothing.
	writeFileSync(join(root, 'src/.gitignore'), '*');
	writeFileSync(join(root, '.gitignore'), '*');
	writeFileSync(join(root, 'docs/hidden'), 'x');
	await folder.settled();
	expect(folder.outside.map(({ path }) => path).toSorted()).toEqual([
		'.gitignore',
		'docs/hidden',
		'docs/kept.log',
	]);
});

test('nothing below a folder of git is told, but that one was made', async () => {
	const root = scratchFolder();
	writeFiles(root, { ...files, '.git': 'gitdir: x\n' });
	const folder = await WatchedFolder.open(root, { tracked: Object.keys(files) });
	mkdirSync(join(root, 'docs/.git/objects'), { recursive: true });
	writeFileSync(join(root, 'docs/.git/objects/f'), 'x');
	await folder.settled();
	expect(folder.told).toEqual(['created docs/.git']);
	writeFileSync(join(root, '.git'), 'gitdir: y\n');
	await folder.settled();
	expect(folder.told).toContain('changed .git');
});

test('a write through another name of a file is doubted', async () => {
	const { root, folder } = await open();
	linkSync(join(root, 'docs/b'), join(root, 'src/link'));
	await folder.settled();
	writeFileSync(join(root, 'src/link'), 'x');
	await folder.settled();
	expect(readFileSync(join(root, 'docs/b'), 'utf8')).toBe('x');
	expect(folder.said.some(({ say }) => say === 'doubted')).toBe(true);
});

test('a wider scope covers from then on, and what it covers is forgotten', async () => {
	const { root, folder } = await open();
	writeFileSync(join(root, 'docs/b'), 'x');
	await folder.settled();
	const rules = folder.rules({ scope: ['src/**', 'docs/**'] });
	folder.watching.judge('a1', rules, 'c', { paths: new Uint8Array(), ignored: [] });
	writeFileSync(join(root, 'docs/b'), 'y');
	writeFileSync(join(root, 'top'), 'y');
	await folder.settled();
	expect(folder.told).toEqual(['changed docs/b', 'changed top']);
});

test('without a scope only what must be named is outside', async () => {
	const { root, folder } = await open({ scope: [] });
	writeFileSync(join(root, 'docs/b'), 'x');
	writeFileSync(join(root, '.gitattributes'), 'x');
	mkdirSync(join(root, '.github/workflows'), { recursive: true });
	writeFileSync(join(root, '.github/workflows/ci.yml'), 'x');
	await folder.until(() => folder.told.length >= 2);
	expect(folder.told.toSorted()).toEqual([
		'created .gitattributes',
		'created .github/workflows/ci.yml',
	]);
});

test('what weir writes itself is not told', async () => {
	const { root, folder } = await open();
	folder.watching.mute('a1', true);
	await folder.settled();
	writeFileSync(join(root, 'docs/b'), 'x');
	folder.watching.mute('a1', false);
	await folder.settled();
	expect(folder.told).toEqual([]);
	writeFileSync(join(root, 'docs/b'), 'y');
	await folder.settled();
	expect(folder.told).toEqual(['changed docs/b']);
});

test('what weir puts back while it is looked at is not told again', async () => {
	const { root, folder } = await open();
	writeFileSync(join(root, 'top'), '1');
	const mark = await folder.settled();
	folder.watching.mute('a1', true);
	await folder.settled();
	rmSync(join(root, 'top'));
	writeFileSync(join(root, 'top'), 't');
	folder.watching.mute('a1', false);
	await folder.settled();
	folder.watching.stand('a1', [], mark);
	await folder.settled();
	expect(folder.told).toEqual(['changed top']);
});

test('where there are too few watches the worktree says so, and others are watched on', async () => {
	const { root, folder } = await open({ limits: { most: 3 } });
	expect(folder.said).toEqual([
		{ say: 'failed', key: 'a1', why: expect.stringContaining('watches') },
	]);
	const small = scratchFolder();
	mkdirSync(join(small, 'one'));
	folder.watch('a2', small);
	await folder.until(() => folder.said.some(({ say }) => say === 'watching'));
	writeFileSync(join(small, 'one/f'), 'x');
	writeFileSync(join(root, 'docs/b'), 'x');
	await folder.settled('a2');
	expect(folder.told).toEqual(['created one/f']);
});

test('a worktree that is no longer watched says nothing', async () => {
	const { root, folder } = await open();
	folder.watching.unwatch('a1');
	writeFileSync(join(root, 'docs/b'), 'x');
	folder.watch('a2', scratchFolder());
	await folder.settled('a2');
	expect(folder.told).toEqual([]);
});

test('one watch for a whole worktree tells the same, as on macOS', async () => {
	const { root, folder } = await open({ limits: { whole: true } });
	writeFileSync(join(root, 'src/new'), 'n');
	writeFileSync(join(root, 'docs/b'), 'B');
	mkdirSync(join(root, 'node_modules/x'), { recursive: true });
	writeFileSync(join(root, 'node_modules/x/y'), 'x');
	mkdirSync(join(root, 'new'));
	writeFileSync(join(root, 'new/f'), 'x');
	await folder.until(() => folder.told.length >= 2);
	await folder.settled();
	expect(folder.outside.map(({ path }) => path).toSorted()).toEqual(['docs/b', 'new/f']);
});

test('a flood does not hide what comes with it', async () => {
	const { root, folder } = await open({ limits: { burst: 20 } });
	for (let at = 0; at < 4000; at += 1) writeFileSync(join(root, `src/f${at}`), 'x');
	writeFileSync(join(root, 'docs/b'), 'x');
	await folder.until(() => folder.told.includes('changed docs/b'));
	await folder.until(() => folder.said.some(({ say }) => say === 'burst'));
	for (let at = 0; at < 500; at += 1) writeFileSync(join(root, `f${at}`), 'x');
	const told = () =>
		folder.said.reduce(
			(sum, news) => sum + (news.say === 'outside' ? news.paths.length + news.more : 0),
			0,
		);
	await folder.until(() => told() >= 501);
	expect(told()).toBe(501);
});

describe('beside a file of the scope', () => {
	const beside = {
		'notes/todo.md': 'todo\n',
		'notes/other.md': 'o\n',
		'lists/a.txt': 'a\n',
	};

	async function openBeside(more: Parameters<typeof WatchedFolder.open>[1] = {}) {
		const root = scratchFolder();
		writeFiles(root, { ...beside, 'notes/of-set-up': 's\n' });
		const { noise } = defaultGuard;
		const facts = { scope: ['notes/todo.md', 'lists/*.txt'], noise, ...more };
		const tracked = Object.keys(beside);
		return { root, folder: await WatchedFolder.open(root, { ...facts, tracked }) };
	}

	/** With all that was held back until now. */
	async function told(root: string, folder: WatchedFolder): Promise<readonly string[]> {
		writeFileSync(join(root, 'notes/last'), 'last');
		await folder.until(() => folder.told.includes('created notes/last'));
		return folder.told.filter((one) => one !== 'created notes/last');
	}

	const vim = (way: string) => {
		// It makes no backups of what lies in /tmp otherwise.
		const words = [
			'-c',
			`set backupskip= backupcopy=${way}`,
			'-c',
			'%s/todo/done/',
			'-c',
			'wq',
			'notes/todo.md',
		];
		return ['vim', '-es', '-N', '-u', 'NONE', '-i', 'NONE', ...words];
	};
	const node = (then: string) => {
		const script = `const fs = require('fs'); const rename = () => fs.renameSync('notes/todo.md.tmp', 'notes/todo.md');
			fs.writeFileSync('notes/todo.md.tmp', 'done\\n'); ${then}`;
		return [process.execPath, '-e', script];
	};
	const savers: Record<string, readonly string[]> = {
		'sed -i': ['sed', '-i', 's/todo/done/', 'notes/todo.md'],
		'vim by a new file': vim('no'),
		'vim in place': vim('yes'),
		'vim as it sees fit': vim('auto'),
		'Node by a new file and a rename': node('rename()'),
		'a slow tool by the same': node('setTimeout(rename, 100)'),
	};

	test.for(Object.entries(savers))('a save of %s is none', async ([, argv], context) => {
		const [program = '', ...words] = argv;
		requires(context, basename(program));
		// On a busy machine a program may stand still within its save.
		const { root, folder } = await openBeside({ limits: { saveMs: 1500 } });
		for (let time = 0; time < 3; time += 1) {
			writeFileSync(join(root, 'notes/todo.md'), 'todo\n');
			execFileSync(program, words, { cwd: root });
			expect(readFileSync(join(root, 'notes/todo.md'), 'utf8')).toBe('done\n');
		}
		expect(await told(root, folder)).toEqual([]);
		const passed = await folder.watching.passing('a1');
		expect(passed.length).toBeGreaterThan(0);
		await folder.settled();
		expect(await folder.watching.passing('a1')).toEqual([]);
	});

	test('a new file that stays is told, and one that goes without a save', async () => {
		const { root, folder } = await openBeside();
		writeFileSync(join(root, 'notes/new'), 'n');
		writeFileSync(join(root, 'notes/gone'), 'g');
		rmSync(join(root, 'notes/gone'));
		writeFileSync(join(root, 'lists/a.txt'), 'saved elsewhere');
		expect(await told(root, folder)).toEqual(['created notes/new', 'created notes/gone']);
	});

	test('a new file that stays is told, though one of the scope was saved', async () => {
		const { root, folder } = await openBeside();
		writeFileSync(join(root, 'notes/new'), 'n');
		writeFileSync(join(root, 'notes/todo.md'), 'saved');
		expect(await told(root, folder)).toEqual(['created notes/new']);
	});

	test('what was there before is told at once, whatever is saved', async () => {
		const { root, folder } = await openBeside({ accepted: ['notes/of-set-up'] });
		rmSync(join(root, 'notes/of-set-up'));
		renameSync(join(root, 'notes/other.md'), join(root, 'notes/todo.md'));
		await folder.settled();
		expect(folder.told).toEqual(['deleted notes/of-set-up', 'deleted notes/other.md']);
	});

	test('what must be named is told at once, and so are many at once', async () => {
		const { root, folder } = await openBeside();
		writeFileSync(join(root, 'notes/.gitattributes'), '* filter=evil');
		await folder.settled();
		expect(folder.told).toEqual(['created notes/.gitattributes']);
		for (let at = 0; at < 40; at += 1) writeFileSync(join(root, `notes/new${at}`), 'n');
		await folder.settled();
		// Of those that are held back some may be over by now.
		expect(folder.told.length).toBeGreaterThanOrEqual(1 + 40 - 32);
	});

	test('a scope that covers it before it is judged has it told by nobody', async () => {
		const { root, folder } = await openBeside();
		writeFileSync(join(root, 'notes/new'), 'n');
		await folder.settled();
		const rules = folder.rules({ scope: ['notes/todo.md', 'notes/new'] });
		folder.watching.judge('a1', rules, 'c', referenceOf(Object.keys(beside)));
		expect(await told(root, folder)).toEqual([]);
	});
});
