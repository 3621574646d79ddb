// The very bytes come back, whatever git would convert and whatever stands in their place.
import {
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { removeWorktree } from '../../../src/git/remove-worktree.ts';
import { restoreSnapshot, takeSnapshot } from '../../../src/git/snapshot.ts';
import { listUncommitted } from '../../../src/git/uncommitted.ts';
import {
	gitIn,
	makeRepository,
	makeWorktree,
	open,
	readTree,
	removeAndRestore,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

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
