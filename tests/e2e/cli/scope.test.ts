// What leaves an agent's scope does not land, whatever is said on the command line or set in a file.
import {
	chmodSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScopeJson } from '../../../src/protocol/scope.ts';
import {
	eventsOf,
	idle,
	journal,
	type MergeJson,
	refusal,
	start,
} from '../../support/agents.ts';
import { commitFiles, gitIn } from '../../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../../support/weir.ts';

let weir: ScratchWeir;
let tree = '';
beforeAll(async () => {
	weir = scratchWeir({
		'src/a.ts': 'a\n',
		'src/tool.sh': 'true\n',
		'docs/a.md': 'a\n',
		'lib/tool.sh': 'true\n',
	});
	tree = (await start(weir, 'api', idle, '--scope', 'src/**')).worktree;
});
afterAll(() => weir.close());

const main = () => gitIn(weir.repo, 'rev-parse', 'main');

/** Commits what was done to the worktree, sees it refused, and takes it back. */
async function refused(change: (path: (name: string) => string) => void) {
	const before = main();
	const from = gitIn(tree, 'rev-parse', 'HEAD');
	change((name) => {
		const path = join(tree, name);
		mkdirSync(dirname(path), { recursive: true });
		return path;
	});
	gitIn(tree, 'add', '--all');
	gitIn(tree, 'commit', '--quiet', '-m', 'Change');
	const no = await refusal(weir, 'merge', 'api');
	expect(main()).toBe(before);
	gitIn(tree, 'reset', '--quiet', '--hard', from);
	return no;
}

test('a file outside is named, and so is what would allow it', async () => {
	const no = await refused((path) => writeFileSync(path('docs/b.md'), 'b\n'));
	expect(no).toMatchObject({
		code: 'scope.outside',
		message: 'api changed what lies outside its scope: docs/b.md',
		allow: 'weir scope add api /docs/b.md --why TEXT',
	});
});

test.each([
	['an edit', 'docs/a.md', (path) => writeFileSync(path('docs/a.md'), 'other\n')],
	['a deletion', 'docs/a.md', (path) => rmSync(path('docs/a.md'))],
	['a mode alone', 'lib/tool.sh', (path) => chmodSync(path('lib/tool.sh'), 0o755)],
	[
		'a rename out',
		'elsewhere/a.ts',
		(path) => renameSync(path('src/a.ts'), path('elsewhere/a.ts')),
	],
	['a rename in', 'docs/a.md', (path) => renameSync(path('docs/a.md'), path('src/a.md'))],
	[
		'a link out of the worktree',
		'src/link (a link to ../../outside)',
		(path) => symlinkSync('../../outside', path('src/link')),
	],
	[
		'an absolute link',
		'src/link (a link to /etc/passwd)',
		(path) => symlinkSync('/etc/passwd', path('src/link')),
	],
	[
		'a link out of the scope',
		'src/link (a link to ../docs)',
		(path) => symlinkSync('../docs', path('src/link')),
	],
	[
		'attributes',
		'src/.gitattributes (must be named)',
		(path) => writeFileSync(path('src/.gitattributes'), '* filter=evil\n'),
	],
	[
		'CI',
		'.github/workflows/ci.yml',
		(path) => writeFileSync(path('.github/workflows/ci.yml'), 'on: push\n'),
	],
] as [string, string, (path: (name: string) => string) => void][])(
	'%s is refused',
	async (_, named, change) => {
		expect((await refused(change)).message).toBe(
			`api changed what lies outside its scope: ${named}`,
		);
	},
);

test('a submodule is refused, though only plumbing put it there', async () => {
	const before = gitIn(tree, 'rev-parse', 'HEAD');
	gitIn(tree, 'update-index', '--add', '--cacheinfo', `160000,${before},src/other`);
	gitIn(tree, 'commit', '--quiet', '-m', 'Point elsewhere');
	const no = await refusal(weir, 'merge', 'api', '--committed');
	expect(no.message).toContain('src/other (a submodule, must be named)');
	gitIn(tree, 'reset', '--quiet', '--hard', before);
});

test('no flag and no setting lets it land', async () => {
	commitFiles(tree, { 'docs/b.md': 'b\n' }, 'Add b');
	const before = main();
	await weir.run('config', 'set', '--local', 'guard.mode', 'detect');
	await weir.run('config', 'set', '--local', 'guard.on_write', 'report');
	await weir.run('config', 'set', '--local', 'guard.noise', "['docs/']");
	for (const flags of [
		['api'],
		['api', '--with-uncommitted'],
		['api', '--committed'],
		['api', '--strategy', 'merge'],
		['api', '--hand-off'],
		['api', '--message', 'Let it'],
		['api', '--into', 'integration'],
		['--all'],
	]) {
		const { code, stderr } = await weir.run('merge', ...flags);
		expect({ flags, code }).toEqual({ flags, code: 3 });
		expect(stderr).toContain('api changed what lies outside its scope: docs/b.md');
	}
	const waits = await weir.run('merge', 'api', '--no-wait');
	expect(waits.code).toBe(0);
	await eventsOf(
		weir,
		'merge.refused',
		9,
		({ data }) => data.refusal.code === 'scope.outside',
	);
	expect(main()).toBe(before);
	const found = async () => (await weir.agent('api')).cannotLand;
	await expect.poll(found, { timeout: 60_000 }).toBe(1);
	const { stdout } = await weir.run('explain', 'api');
	expect(stdout).toContain('changed outside, and so it cannot land:\n  docs/b.md');
});

test('a diff marks what lies outside', async () => {
	const patch = await weir.run('diff', 'api');
	expect(patch.stderr).toContain('outside the scope of api');
	expect(patch.stdout).toContain('diff --git a/docs/b.md b/docs/b.md\n');
	const summary = await weir.run('diff', 'api', '--stat');
	expect(summary.stdout).toMatch(/^ docs\/b\.md \| 1 \+ {2}!$/m);
	const { outside } = await weir.json<{ outside: object[] }>('diff', 'api');
	expect(outside).toEqual([{ path: 'docs/b.md', reason: 'not-covered', about: null }]);
});

test('once the human widens the scope it lands, and who did so and why is in the journal', async () => {
	expect((await weir.run('scope', 'add', 'api', 'docs/**')).code).toBe(2);
	expect((await refusal(weir, 'scope', 'add', 'api', 'x', '--why', ' ')).code).toBe(
		'scope.no-reason',
	);
	const words = ['scope', 'add', 'api', 'docs/**', '--why', 'the manual belongs to it'];
	expect((await weir.run(...words)).stdout).toBe('api may write src/**, docs/**\n');
	const [widened] = await eventsOf(weir, 'scope.widened');
	expect(widened).toMatchObject({
		actor: 'human',
		data: { patterns: ['docs/**'], why: 'the manual belongs to it', request: null },
	});
	const { landings } = await weir.json<MergeJson>('merge', 'api');
	expect(landings).toMatchObject([{ phase: 'landed' }]);
	expect(readFileSync(join(weir.repo, 'docs/b.md'), 'utf8')).toBe('b\n');
});

test('a scope outlives its supervisor, and says of each path why', async () => {
	expect((await weir.run('up', '--restart')).code).toBe(0);
	const shown = await weir.json<ScopeJson>('scope', 'show', 'api', 'docs/b.md', 'x.md');
	expect(shown).toMatchObject({
		name: 'api',
		patterns: ['src/**', 'docs/**'],
		widened: [{ actor: 'human', why: 'the manual belongs to it' }],
		outside: [],
		paths: [
			{ path: 'docs/b.md', allowed: true, by: 'docs/**', mustBeNamed: false },
			{ path: 'x.md', allowed: false, by: null, mustBeNamed: false },
		],
	});
	expect(shown.layers.map(({ layer }) => layer)).toEqual([
		...['prevention', 'hook', 'detection', 'refusal'],
	]);
	const told = await weir.run('scope', 'api', 'src/.gitattributes', 'src/a.ts');
	expect(told.stdout).toBe(
		'src/.gitattributes: not allowed: a pattern must name it\nsrc/a.ts: allowed by src/**\n',
	);
	const spelled = ['./src/../src/a.ts', '.git/config', '../x', '/etc/hosts', 'src/', '.'];
	expect((await weir.run('scope', 'api', ...spelled)).stdout).toBe(
		`./src/../src/a.ts: allowed by src/**
.git/config: not allowed: it is git's own, which no pattern gives
../x: not in its worktree, and so in no scope
/etc/hosts: not in its worktree, and so in no scope
src/: allowed
.: not allowed: no pattern covers it
`,
	);
	expect((await weir.run('scope', 'api', '')).stderr).toContain('a path is empty');
	expect((await weir.run('scope', 'nobody')).code).toBe(3);
	expect((await weir.run('scope')).code).toBe(2);
});

test('what a branch takes from its base is not judged as its own', async () => {
	commitFiles(weir.repo, { 'lib/new.txt': 'new\n', '.gitattributes': '# none\n' }, 'Lib');
	commitFiles(tree, { 'src/b.ts': 'b\n' }, 'Add b.ts');
	gitIn(tree, 'fetch', '--quiet', weir.repo, 'main');
	gitIn(tree, 'merge', '--quiet', '--no-edit', 'FETCH_HEAD');
	commitFiles(weir.repo, { 'lib/newer.txt': 'newer\n' }, 'Lib again');
	for (const strategy of ['squash', 'merge']) {
		const words = ['merge', 'api', '--strategy', strategy];
		const { landings } = await weir.json<MergeJson>(...words);
		expect(landings).toMatchObject([{ phase: 'landed' }]);
		commitFiles(tree, { 'src/b.ts': `after ${strategy}\n` }, 'Change b.ts');
	}
});

test('what is left of an earlier commit counts where all commits land', async () => {
	await weir.json('merge', 'api');
	commitFiles(tree, { 'secret.txt': 'x\n' }, 'Carry a file');
	gitIn(tree, 'rm', '--quiet', 'secret.txt');
	gitIn(tree, 'commit', '--quiet', '-m', 'And take it back');
	commitFiles(tree, { 'src/c.ts': 'c\n' }, 'Add c.ts');
	const no = await refusal(weir, 'merge', 'api', '--strategy', 'merge');
	expect(no.message).toBe('api changed what lies outside its scope: secret.txt');
	const { landings } = await weir.json<MergeJson>('merge', 'api');
	expect(landings).toMatchObject([{ phase: 'landed' }]);
});

test('a revert by the human is weir its own doing', async () => {
	const landed = (await journal(weir)).findLast(({ kind }) => kind === 'merge.landed');
	const id = landed?.kind === 'merge.landed' ? landed.data.landing : '';
	commitFiles(weir.repo, { 'lib/last.txt': 'last\n' }, 'Build on it');
	expect((await weir.run('undo', id, '--revert')).code).toBe(0);
});

test('an agent without patterns may change all but what must be named', async () => {
	const { worktree } = await start(weir, 'free');
	commitFiles(worktree, { 'x.txt': 'x\n', 'docs/x.md': 'x\n' }, 'Add x');
	expect((await weir.run('merge', 'free')).code).toBe(0);
	commitFiles(worktree, { '.gitmodules': '\n' }, 'Add modules');
	const no = await refusal(weir, 'merge', 'free');
	expect(no.message).toContain('.gitmodules (must be named)');
	await weir.json('scope', 'add', 'free', '.gitmodules', '--why', 'needed');
	expect((await weir.run('merge', 'free')).code).toBe(0);
});
