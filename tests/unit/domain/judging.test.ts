import { describe, expect, test } from 'vitest';
import { type Around, type Change, judgeChanges } from '../../../src/domain/judging.ts';
import { whereLinkLeads } from '../../../src/domain/link-target.ts';
import { outsideWords, patternsFor, refuseOutside } from '../../../src/domain/outside.ts';

const file = { mode: '100644', target: null };
const program = { mode: '100755', target: null };
const submodule = { mode: '160000', target: null };
const link = (target: string) => ({ mode: '120000', target });

const added = (path: string, to: Change['to'] = file): Change => {
	return { path, from: null, to };
};
const changed = (path: string, from: Change['from'] = file, to: Change['to'] = file) => {
	return { path, from, to };
};
const deleted = (path: string): Change => ({ path, from: file, to: null });

function judged(patterns: string[], changes: Change[], around?: Around): string {
	return outsideWords(judgeChanges({ patterns, ignoreCase: false }, changes, around), 9);
}

const src = ['src/**'];

test('what a scope covers may be added, changed and deleted, and nothing else', () => {
	const all = ['src/a.ts', 'src/deep/b.ts', 'docs/a.md', 'srcs/a.ts', 'a.ts'];
	for (const make of [added, changed, deleted])
		expect(
			judged(
				src,
				all.map((path) => make(path)),
			),
		).toBe('docs/a.md, srcs/a.ts, a.ts');
});

test('a rename is judged at both ends', () => {
	expect(judged(src, [deleted('src/a.ts'), added('lib/a.ts')])).toBe('lib/a.ts');
	expect(judged(src, [deleted('lib/a.ts'), added('src/a.ts')])).toBe('lib/a.ts');
});

test('a mode that alone changes is a change', () => {
	expect(judged(src, [changed('tool.sh', file, program)])).toBe('tool.sh');
	expect(judged(src, [changed('src/tool.sh', file, program)])).toBe('');
});

test('without patterns all may be changed but what must be named', () => {
	const paths = [
		'a.ts',
		'.gitattributes',
		'deep/.gitmodules',
		'.github/workflows/ci.yml',
	];
	const changes = paths.map((path) => added(path));
	expect(judged([], changes)).toBe(
		'.gitattributes (must be named), deep/.gitmodules (must be named), .github/workflows/ci.yml (must be named)',
	);
	const named = ['**', '.gitattributes', '.gitmodules', '.github/workflows/**'];
	expect(judged(named, changes)).toBe('');
});

test('the last pattern that matches decides', () => {
	const legacy = [...src, '!src/legacy/**'];
	expect(judged(legacy, [changed('src/legacy/a.ts'), changed('src/a.ts')])).toBe(
		'src/legacy/a.ts',
	);
});

describe('a link', () => {
	test('may lead to what the scope covers, a file or a folder', () => {
		const links = [
			added('src/x', link('a.ts')),
			added('src/deep/x', link('../a.ts')),
			added('src/deep/y', link('..')),
			added('src/z', link('./deep//')),
		];
		expect(judged(src, links)).toBe('');
		expect(judged([], links)).toBe('');
	});

	test('that is absolute, or leads out of the worktree or the scope, does not land', () => {
		const targets = [
			'/etc/passwd',
			'../../x',
			'../docs/a.md',
			'..',
			'../.git/config',
			'',
		];
		const links = targets.map((target, at) => added(`src/${at}`, link(target)));
		expect(judged(src, links)).toBe(
			targets.map((target, at) => `src/${at} (a link to ${target})`).join(', '),
		);
		const own = judged([], [added('a', link('.git')), added('b', link('../b'))]);
		expect(own).toBe('a (a link to .git), b (a link to ../b)');
	});

	test('is followed through other links of the tree', () => {
		const around = { links: new Map([['src/out', '../docs']]), paths: null };
		const through = added('src/x', link('out/a.md'));
		expect(judged(src, [through])).toBe('');
		expect(judged(src, [through], around)).toBe('src/x (a link to out/a.md)');
	});

	test('is followed by any spelling of a link, where case does not count', () => {
		const around = { links: new Map([['src/Out', '../docs']]), paths: null };
		const through = [added('src/x', link('OUT/a.md'))];
		const scoped = { patterns: src, ignoreCase: true };
		expect(judgeChanges(scoped, through, around)).toMatchObject([{ reason: 'link' }]);
		expect(judged(src, through, around)).toBe('');
	});

	test('in the place of a file is judged as it stands then', () => {
		const swapped = changed('src/a.ts', file, link('/etc/shadow'));
		expect(judged(src, [swapped])).toBe('src/a.ts (a link to /etc/shadow)');
		expect(judged(src, [changed('src/a.ts', link('/etc/shadow'), file)])).toBe('');
		expect(judged(src, [{ path: 'src/a', from: link('/x'), to: null }])).toBe('');
	});

	test('that goes round leads nowhere', () => {
		const round = new Map([
			['a', 'b'],
			['b', 'a'],
		]);
		expect(whereLinkLeads('x', 'a', (path) => round.get(path))).toBeNull();
		expect(whereLinkLeads('deep/x', '../a/../c', () => undefined)).toBe('c');
	});
});

test('a submodule has to be named, whether it comes, moves or goes', () => {
	const moves = [
		added('src/lib', submodule),
		changed('src/lib', submodule, submodule),
		{ path: 'src/lib', from: submodule, to: null },
		changed('src/lib', file, submodule),
	];
	for (const move of moves) {
		expect(judged(src, [move])).toBe('src/lib (a submodule, must be named)');
		expect(judged([], [move])).toBe('src/lib (a submodule, must be named)');
		for (const named of ['src/lib', '/src/lib', 'src/lib/', 'src/lib/**'])
			expect(judged([named], [move])).toBe('');
	}
	expect(judged(['src/lib', '!src/**'], moves.slice(0, 1))).not.toBe('');
});

test('no pattern gives .git, at any depth and in any spelling', () => {
	const paths = ['.git/config', 'src/.git/hooks/post-commit', 'src/.GIT', 'git~1/x'];
	const changes = paths.map((path) => added(path));
	expect(judged(['**', '/.git/config'], changes)).toBe(
		paths.map((path) => `${path} (git's own name)`).join(', '),
	);
	const outside = judgeChanges({ patterns: ['**'], ignoreCase: false }, changes);
	expect(patternsFor(outside)).toEqual([]);
});

test('where case does not count, two spellings of a path do not land', () => {
	const paths = ['src/a.ts', 'src/A.ts', 'src/deep/b.ts', 'src/DEEP', 'other/c.ts'];
	const scope = { patterns: src, ignoreCase: true };
	const changes = [
		added('src/A.ts'),
		added('src/DEEP', link('a.ts')),
		added('SRC/new.ts'),
	];
	const around = { links: new Map(), paths };
	expect(outsideWords(judgeChanges(scope, changes, around))).toBe(
		'src/A.ts (the same as src/a.ts where case does not count), src/DEEP (the same as src/deep where case does not count)',
	);
	expect(judged(src, changes)).toBe('SRC/new.ts');
});

describe('what is refused', () => {
	const outside = (paths: string[]) =>
		judgeChanges(
			{ patterns: src, ignoreCase: false },
			paths.map((path) => added(path)),
		);

	test('is named in few words, with the command that would allow it', () => {
		const paths = ['docs/a.md', 'docs/b.md', 'docs/c.md', "it's.txt", 'z'];
		const { code, message, allow } = refuseOutside('api', outside(paths), 'human');
		expect(code).toBe('scope.outside');
		expect(message).toBe(
			'api changed what lies outside its scope: docs/a.md, docs/b.md, docs/c.md and 2 more',
		);
		expect(allow).toBe(`weir scope add api '/docs/**' '/it'\\''s.txt' /z --why TEXT`);
	});

	test('tells the agent how to ask', () => {
		const { allow } = refuseOutside('api', outside(['docs/a.md']), 'agent');
		expect(allow).toBe('weir scope request /docs/a.md --why TEXT');
	});

	test('names patterns that cover just those paths', () => {
		const paths = ['*.ts', 'a[b].ts', '#x', '!y', 'deep/?', 'blank '];
		const patterns = paths.flatMap((path) => patternsFor(outside([path])));
		expect(
			judged(
				patterns,
				paths.map((path) => added(path)),
			),
		).toBe('');
		expect(judged(patterns, [added('x.ts'), added('deep/z'), added('ab.ts')])).toBe(
			'x.ts, deep/z, ab.ts',
		);
	});

	test('shows what a name hides', () => {
		const [hostile] = outside(['docs/\u001b[2Jx\ny']);
		expect(outsideWords(hostile ? [hostile] : [])).toBe('docs/\\u{1b}[2Jx\\u{a}y');
		expect(patternsFor(hostile ? [hostile] : [])).toEqual([]);
	});
});
