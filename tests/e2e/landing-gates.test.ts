// Only what the gates of the base call green lands, and what they look at is the merged result.
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { eventsOf, type MergeJson, refusal, start } from '../support/agents.ts';
import { commitFiles, gitIn } from '../support/repository.ts';
import { patienceMs, type ScratchWeir, scratchWeir } from '../support/weir.ts';

/** Red with a BUG, and with more than three files. */
const check = `#!/bin/sh
grep -rn BUG src | sed 's/:\\([0-9]*\\):/:\\1:1: error: /' >found
cat found; test ! -s found || { rm found; exit 1; }; rm found
test "$(ls src | wc -l)" -le 3 || { echo "too many files"; exit 1; }
`;

let weir: ScratchWeir;
afterEach(() => weir.close());

async function scratch(
	gates: string,
	files: Readonly<Record<string, string>> = {},
): Promise<void> {
	weir = scratchWeir({
		...{ 'src/a.txt': 'one\n', 'check.sh': check },
		...files,
		'.weir/config.yaml': `gates:\n  check: ${gates}\n`,
	});
	await weir.json('trust', '--yes');
}

const main = () => gitIn(weir.repo, 'rev-parse', 'main');
const messageOf = (commit: string) =>
	gitIn(weir.repo, 'log', '-1', '--format=%B', commit);

test('what is red does not land, what is green does and says so', async () => {
	await scratch('sh check.sh');
	const { worktree } = await start(weir, 'api');
	commitFiles(worktree, { 'src/b.txt': 'a BUG\n' });
	const before = main();
	const no = await refusal(weir, 'merge', 'api');
	expect(no).toMatchObject({ code: 'gate.red' });
	expect(no.message).toContain('check is red on main with api');
	expect(no.message).toContain('src/b.txt:1');
	expect(no.allow).toContain('weir gates show api check --landing');
	const shown = await weir.run('gates', 'show', 'api', 'check', '--landing');
	expect(shown.stdout).toMatch(/^check of api: failed\n\$ sh check\.sh\n/);
	expect(shown.stdout).toContain('src/b.txt:1:1: ');
	expect(main()).toBe(before);
	commitFiles(worktree, { 'src/b.txt': 'mended\n' });
	const { landings } = await weir.json<MergeJson>('merge', 'api');
	expect(landings).toMatchObject([{ phase: 'landed', new: main() }]);
	expect(messageOf('main')).toContain('Weir-Gates: check');
});

test('two that are green alone and red together: the first lands, the second does not', async () => {
	await scratch('sh check.sh');
	for (const name of ['one', 'two']) {
		const { worktree } = await start(weir, name);
		commitFiles(worktree, { [`src/${name}-1.txt`]: 'x\n', [`src/${name}-2.txt`]: 'x\n' });
	}
	const [one, two] = await Promise.all([
		weir.run('merge', 'one', '--json'),
		weir.run('merge', 'two', '--json'),
	]);
	expect([one.code, two.code].toSorted((a, b) => a - b)).toEqual([0, 3]);
	expect(
		gitIn(weir.repo, 'ls-tree', '--name-only', 'main', 'src/').split('\n'),
	).toHaveLength(3);
});

test('gates are those of the base, and none runs before it is trusted', async () => {
	await scratch('sh check.sh');
	const { worktree } = await start(
		weir,
		'sly',
		undefined,
		'--scope',
		'**',
		'--scope',
		'.weir/**',
	);
	commitFiles(worktree, {
		...{ 'src/b.txt': 'a BUG\n', '.weir/config.yaml': 'gates:\n  check: "true"\n' },
	});
	const seen = ['--accept', '.weir/config.yaml'];
	expect(await refusal(weir, 'merge', 'sly', ...seen)).toMatchObject({
		code: 'gate.red',
	});
	commitFiles(weir.repo, { '.weir/config.yaml': 'gates:\n  check: sh ./check.sh\n' });
	commitFiles(worktree, {
		'src/b.txt': 'mended\n',
		'.weir/config.yaml': 'gates:\n  check: sh check.sh\n',
	});
	expect(await refusal(weir, 'merge', 'sly')).toMatchObject({ code: 'trust.needed' });
});

/** A repository whose gate is the script `test` of its package.json. */
async function packaged(): Promise<void> {
	const scripts = { test: 'sh check.sh' };
	weir = scratchWeir({
		...{ 'src/a.txt': 'one\n', 'check.sh': check },
		'package.json': `${JSON.stringify({ name: 'a', scripts }, null, 2)}\n`,
		'.weir/config.yaml': 'gates:\n  test: npm test --silent\n',
	});
	await weir.json('trust', '--yes');
}

test('what makes its own gate green does not land unseen, nor green by the base’s', async () => {
	await packaged();
	const { worktree } = await start(weir, 'sly');
	const own = JSON.stringify({ name: 'a', scripts: { test: 'true' } });
	commitFiles(worktree, { 'src/b.txt': 'a BUG\n', 'package.json': own });
	const before = main();
	const unseen = await refusal(weir, 'merge', 'sly');
	expect(unseen).toMatchObject({ code: 'gate.files' });
	expect(unseen.message).toContain('package.json');
	expect(unseen.allow).toContain('--accept package.json');
	const red = await refusal(weir, 'merge', 'sly', '--accept', 'package.json');
	expect(red).toMatchObject({ code: 'gate.red' });
	expect(red.message).toContain('src/b.txt:1');
	expect(red.message).toContain('by what sly has made of it test is green');
	expect(red.allow).toContain('--accept gate:test');
	expect(main()).toBe(before);
	const whole = ['--accept', 'package.json', '--accept', 'gate:test'];
	await weir.json('merge', 'sly', ...whole);
	expect(messageOf('main')).toContain('Weir-Gate-Files: package.json');
	const [asked] = await eventsOf(
		weir,
		'merge.asked',
		1,
		({ data }) => !!data.accept?.[1],
	);
	expect(asked?.data.accept).toEqual(['package.json', 'gate:test']);
});

test('a dependency more is seen and needs no word about gates', async () => {
	await packaged();
	const { worktree } = await start(weir, 'api');
	const scripts = { test: 'sh check.sh' };
	const more = { name: 'a', scripts, dependencies: { zod: '4.0.0' } };
	commitFiles(worktree, { 'package.json': JSON.stringify(more) });
	expect(await refusal(weir, 'merge', 'api')).toMatchObject({ code: 'gate.files' });
	await weir.json('merge', 'api', '--accept', 'package.json');
	expect(messageOf('main')).toMatch(/Weir-Gates: test\nWeir-Gate-Files: package.json/);
	const version = { ...more, version: '2.0.0' };
	commitFiles(worktree, { 'package.json': JSON.stringify(version) });
	await weir.json('merge', 'api');
	expect(messageOf('main')).not.toContain('Weir-Gate-Files');
});

test('the script that a gate runs is one of its files', async () => {
	await scratch('{run: sh check.sh, config: [rules/]}');
	const { worktree } = await start(weir, 'api');
	commitFiles(worktree, { 'check.sh': 'exit 0\n', 'rules/one.txt': 'x\n' });
	const { message } = await refusal(weir, 'merge', 'api');
	expect(message).toContain('check.sh, rules/one.txt');
	await weir.json('merge', 'api', '--accept', 'all');
	expect(messageOf('main')).toContain('Weir-Gate-Files: check.sh rules/one.txt');
});

test('a human may land what is red, and journal and commit say why', async () => {
	await scratch('sh check.sh');
	const { worktree } = await start(weir, 'api');
	commitFiles(worktree, { 'src/b.txt': 'a BUG\n' });
	await weir.json('merge', 'api', '--override', 'the BUG is a name');
	expect(messageOf('main')).toContain('Weir-Override: the BUG is a name');
	const [asked] = await eventsOf(weir, 'merge.asked');
	expect(asked?.data.override).toBe('the BUG is a name');
});

test('where the base is red, what adds nothing to it lands by the user’s own rule', async () => {
	await scratch('sh check.sh');
	commitFiles(weir.repo, { 'src/old.txt': 'an old BUG\n' });
	const { worktree } = await start(weir, 'api');
	commitFiles(worktree, { 'src/new.txt': 'fine\n' });
	expect(await refusal(weir, 'merge', 'api')).toMatchObject({ code: 'gate.red' });
	const folder = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'config.yaml'), 'land: {require: no-new-failures}\n');
	await eventsOf(weir, 'settings.loaded', 1, ({ data }) => {
		return data.settings.land.require === 'no-new-failures';
	});
	await weir.json('merge', 'api');
	commitFiles(worktree, { 'src/new.txt': 'another BUG\n' });
	expect(await refusal(weir, 'merge', 'api')).toMatchObject({ code: 'gate.red' });
});

test('a supervisor killed while a landing is gated: the next one gates and lands it, once', async () => {
	await scratch('sh -c "sleep 2; sh check.sh"');
	const { worktree } = await start(weir, 'api');
	commitFiles(worktree, { 'src/b.txt': 'fine\n' });
	const before = main();
	await weir.run('merge', 'api', '--no-wait');
	await sleep(700);
	const { supervisor } = await weir.status();
	process.kill(supervisor?.pid ?? 0, 'SIGKILL');
	const [landed] = await eventsOf(weir, 'merge.landed');
	expect(landed?.data.old).toBe(before);
	expect(main()).toBe(landed?.data.new);
	expect(readFileSync(join(weir.repo, 'src/b.txt'), 'utf8')).toBe('fine\n');
	expect(gitIn(weir.repo, 'rev-list', '--count', `${before}..main`)).toBe('1');
});

/** Waits for the gate, which says that it runs and goes on once it is told to. */
async function whileGated(worktree: string, job: () => void): Promise<void> {
	const folder = join(dirname(worktree), '.gates');
	for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(20)) {
		const slots = existsSync(folder) ? readdirSync(folder) : [];
		const slot = slots.find((name) => existsSync(join(folder, name, 'out', 'started')));
		if (slot === undefined) continue;
		job();
		rmSync(join(folder, slot, 'out', 'started'));
		return writeFileSync(join(folder, slot, 'out', 'go'), '');
	}
	throw new Error('the gate never began');
}

test('a base that moves while a gate runs: what is to stand there is gated anew', async () => {
	await scratch('{run: sh slow.sh, when: landing}', {
		'.gitignore': 'out/\n',
		'slow.sh':
			'mkdir -p out; touch out/started\nuntil test -e out/go; do sleep 0.02; done\nsh check.sh\n',
	});
	const { worktree } = await start(weir, 'api');
	/** The base is looked at as well, once others have moved it. */
	const baseIsGated = async () => {
		const commit = main();
		await whileGated(worktree, () => undefined);
		await eventsOf(
			...([weir, 'base-gates.settled', 1] as const),
			({ data }) => data.commit === commit && data.outcome.ok,
		);
	};
	commitFiles(worktree, { 'src/b.txt': 'b\n' });
	const merging = weir.run('merge', 'api');
	await whileGated(worktree, () => {
		commitFiles(weir.repo, { 'src/c.txt': 'c\n', 'src/d.txt': 'd\n' });
	});
	await whileGated(worktree, () => undefined);
	const ran = await merging;
	expect(ran.stderr).toContain('check is red on main with api: too many files');
	expect(gitIn(weir.repo, 'log', '-1', '--format=%s')).toBe('change');
	await baseIsGated();
	commitFiles(weir.repo, { 'src/d.txt': null });
	await baseIsGated();
	const again = weir.run('merge', 'api');
	await whileGated(worktree, () => undefined);
	expect(await again).toMatchObject({ code: 0 });
	expect(gitIn(weir.repo, 'status', '--porcelain')).toBe('');
});
