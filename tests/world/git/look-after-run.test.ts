// What a run changed, told from the folders that changed and from all of them.
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { array, assert, asyncProperty, constantFrom, record } from 'fast-check';
import { expect, test } from 'vitest';
import { GateGround } from '../../../src/git/gate-ground.ts';
import { type GateWorktree, gateWorktreeAt } from '../../../src/git/gate-worktree.ts';
import { layTree } from '../../../src/git/lay-tree.ts';
import { changedSince } from '../../../src/git/look-after-run.ts';
import { lookAt } from '../../../src/git/uncommitted.ts';
import {
	gitIn,
	makeRepository,
	open,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

const files = {
	'.gitignore': '*.log\nbuild/\n',
	'a.txt': 'a\n',
	'src/b.txt': 'b\n',
	'src/deep/c.txt': 'c\n',
	'test/d.txt': 'd\n',
};
const folders = ['src', 'src/deep', 'test'];

type Deed = (gate: GateWorktree, at: string) => void;

/** `at` is a folder of the tree, or the top one. */
const deeds: Record<string, Deed> = {
	'a new file': ({ path }, at) => writeFiles(path, { [join(at, 'new')]: 'n' }),
	'a new folder': ({ path }, at) => writeFiles(path, { [join(at, 'x/y/new')]: 'n' }),
	'a folder without files': ({ path }, at) =>
		void mkdirSync(join(path, at, 'none/in'), { recursive: true }),
	'an ignored file': ({ path }, at) => writeFiles(path, { [join(at, 'noise.log')]: 'l' }),
	'an ignored folder': ({ path }, at) => writeFiles(path, { [join(at, 'build/o')]: 'o' }),
	'other rules': ({ path }, at) =>
		writeFiles(path, { [join(at, 'x/.gitignore')]: 'new\n', [join(at, 'x/new')]: 'n' }),
	'rules over rules': ({ path }, at) =>
		writeFiles(path, { [join(at, '.gitignore')]: '!*.log\n.gitignore\n' }),
	'a repository': ({ path }, at) => {
		mkdirSync(join(path, at, 'own'), { recursive: true });
		gitIn(join(path, at, 'own'), 'init', '--quiet');
		writeFiles(path, { [join(at, 'own/f')]: 'f' });
	},
	'a link': ({ path }, at) => {
		rmSync(join(path, at, 'link'), { force: true });
		symlinkSync('/nowhere', join(path, at, 'link'));
	},
	'a file gone': ({ path }) => rmSync(join(path, 'src/b.txt'), { force: true }),
	'a file changed': ({ path }) => writeFiles(path, { 'a.txt': 'other\n' }),
	'a folder gone': ({ path }) =>
		rmSync(join(path, 'test'), { recursive: true, force: true }),
	'a file for a folder': ({ path }) => {
		rmSync(join(path, 'test'), { recursive: true, force: true });
		writeFiles(path, { test: 'file' });
	},
	'a folder for a file': ({ path }) => {
		rmSync(join(path, 'a.txt'), { recursive: true, force: true });
		writeFiles(path, { 'a.txt/in': 'i' });
	},
	'a folder moved': ({ path }) => {
		rmSync(join(path, 'moved'), { recursive: true, force: true });
		renameSync(join(path, 'src'), join(path, 'moved'));
		mkdirSync(join(path, 'src'));
	},
};

/** A ground on which the times of all folders but the top one, which `.git` changes, are believed. */
async function openGround() {
	const top = makeRepository(files);
	const gate = gateWorktreeAt(await open(top), join(dirname(top), 'worktrees'), 's1');
	const [tree = '', parent = ''] = gitIn(top, 'rev-parse', 'main^{tree}', 'main').split(
		'\n',
	);
	const ground = new GateGround();
	const lay = async (keepIgnored = true) => {
		ground.tree = null;
		valueOf(await layTree(gate, { tree, parent, keepIgnored, ground }));
		while ((await ground.changed(gate.path, folders)).length > 0)
			await ground.see(gate.path, folders);
	};
	return { gate, ground, lay };
}

const told = ({
	files: changed,
	nested,
	closed,
}: Awaited<ReturnType<typeof lookAt>>) => ({
	changed: changed.map(({ kind, path }) => `${kind} ${path}`),
	nested: [...nested].sort(),
	closed,
});

test('what a run changed is told from the folders that changed as from all of them', async () => {
	const { gate, ground, lay } = await openGround();
	const one = record({
		deed: constantFrom(...Object.keys(deeds)),
		at: constantFrom('', ...folders),
	});
	await assert(
		asyncProperty(array(one, { minLength: 1, maxLength: 3 }), async (done) => {
			await lay(false);
			for (const { deed, at } of done) {
				try {
					deeds[deed]?.(gate, at);
				} catch {
					// An earlier deed took away what this one needs.
				}
			}
			const seen = told(valueOf(await changedSince(gate, ground)));
			expect(seen).toEqual(told(await lookAt(gate.place)));
		}),
		{ numRuns: 40 },
	);
});
