// Landings that are asked for together are gated together, and who is at fault holds up nobody else.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { eventsOf, type MergeJson, start } from '../support/agents.ts';
import { commitFiles, gitIn } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
afterEach(() => weir.close());

const check = '#!/bin/sh\ngrep -rn BUG src && exit 1 || exit 0\n';

async function scratch(run = 'sh check.sh'): Promise<void> {
	weir = scratchWeir({
		...{ 'src/a.txt': 'one\n', 'check.sh': check },
		'.weir/config.yaml': `gates:\n  check: {when: landing, run: '${run}'}\n`,
	});
	await weir.json('trust', '--yes');
}

/** Agents that have each committed these files. */
async function fleet(files: Readonly<Record<string, Record<string, string>>>) {
	for (const [name, changed] of Object.entries(files)) {
		const scope = ['--scope', '**', '--scope', '.weir/**'];
		const { worktree } = await start(weir, name, undefined, ...scope);
		commitFiles(worktree, changed);
	}
}

/** How often gates have run, by what is kept to tell how long they take. */
function runs(): number {
	const file = join(weir.repo, '.git', 'weir', 'verdicts', 'history');
	const past: [string, unknown[]][] = JSON.parse(readFileSync(file, 'utf8'));
	return past.flatMap(([, each]) => each).length;
}

async function landAll(...flags: string[]) {
	const { stdout } = await weir.run('merge', '--all', '--json', ...flags);
	const { landings, refusals } = JSON.parse(stdout) as MergeJson & {
		refusals: { agent: string; code: string; message: string }[];
	};
	return { landings, refusals };
}

const files = () =>
	gitIn(weir.repo, 'ls-tree', '--name-only', 'main', 'src/').split('\n');
const subjects = () =>
	gitIn(
		weir.repo,
		'log',
		'--format=%(trailers:key=Weir-Agent,valueonly,separator=%x20)',
		'main',
	)
		.split('\n')
		.filter((line) => line !== '');

const many = (bad: number | null) =>
	Object.fromEntries(
		Array.from({ length: 7 }, (_, at) => [
			`a${at}`,
			{ [`src/${at}.txt`]: at === bad ? 'a BUG\n' : 'fine\n' },
		]),
	);

test('what is green together lands together: one run, and a commit for each', async () => {
	await scratch();
	await fleet(many(null));
	const before = gitIn(weir.repo, 'rev-parse', 'main');
	const { landings, refusals } = await landAll();
	expect(refusals).toEqual([]);
	expect(landings.map(({ phase }) => phase)).toEqual(Array(7).fill('landed'));
	expect(files()).toHaveLength(8);
	expect(runs()).toBe(1);
	expect(subjects().toSorted()).toEqual(Object.keys(many(null)));
	expect(gitIn(weir.repo, 'rev-list', '--count', `${before}..main`)).toBe('7');
	expect(gitIn(weir.repo, 'status', '--porcelain')).toBe('');
	// Each of them can be taken back by itself.
	await weir.json('undo', landings[3]?.landing ?? '', '--revert');
	expect(files()).toHaveLength(7);
});

test.each([0, 3, 6])(
	'one that is red among seven, number %i: the others land',
	async (bad) => {
		await scratch();
		await fleet(many(bad));
		const { landings, refusals } = await landAll();
		expect(refusals).toMatchObject([{ agent: `a${bad}`, code: 'gate.red' }]);
		expect(refusals[0]?.message).toContain(`with a${bad}: src/${bad}.txt`);
		expect(landings).toHaveLength(6);
		expect(files()).not.toContain(`src/${bad}.txt`);
		expect(files()).toHaveLength(7);
		expect(runs()).toBeLessThanOrEqual(6);
	},
);

test('of two that conflict one lands, and the other is told of it', async () => {
	await scratch();
	await fleet({
		one: { 'src/a.txt': 'ours\n' },
		two: { 'src/a.txt': 'theirs\n' },
		three: { 'src/b.txt': 'fine\n' },
	});
	const { landings, refusals } = await landAll();
	expect(refusals).toEqual([]);
	const phases = Object.fromEntries(landings.map(({ agent, phase }) => [agent, phase]));
	expect(phases.three).toBe('landed');
	expect(new Set([phases.one, phases.two])).toEqual(new Set(['conflicted', 'landed']));
	expect(landings.find(({ phase }) => phase === 'conflicted')?.files).toEqual([
		'src/a.txt',
	]);
});

test('who stands in the way of another and is red himself does not keep it from landing', async () => {
	await scratch();
	await fleet({
		bad: { 'src/a.txt': 'a BUG\n', 'src/c.txt': 'more\n' },
		good: { 'src/a.txt': 'fine\n' },
		same: { 'src/c.txt': 'more\n' },
	});
	const { landings, refusals } = await landAll();
	expect(refusals).toMatchObject([{ agent: 'bad', code: 'gate.red' }]);
	expect(landings.map(({ agent, phase }) => `${agent} ${phase}`).toSorted()).toEqual([
		'good landed',
		'same landed',
	]);
});

test('what changes the gates is tried alone, and what comes after it is gated by the new ones', async () => {
	await scratch();
	await fleet({
		early: { 'src/0.txt': 'fine\n' },
		gates: { '.weir/config.yaml': 'gates:\n  check: sh ./check.sh\n' },
		later: { 'src/b.txt': 'fine\n' },
	});
	const unseen = await landAll();
	expect(unseen.refusals).toMatchObject([{ agent: 'gates', code: 'gate.files' }]);
	expect(unseen.landings).toHaveLength(2);
	expect(runs()).toBe(1);
	const { worktree } = await start(weir, 'last');
	commitFiles(worktree, { 'src/c.txt': 'fine\n' });
	const { landings, refusals } = await landAll('--accept', '.weir/config.yaml');
	expect(landings).toMatchObject([{ agent: 'gates', phase: 'landed' }]);
	// The new ones were never trusted.
	expect(refusals).toMatchObject([{ agent: 'last', code: 'trust.needed' }]);
});

test('a base that moves while all are gated: they are gated anew on it', async () => {
	await scratch('sh -c "sleep 1; sh check.sh"');
	await fleet({ one: { 'src/1.txt': 'fine\n' }, two: { 'src/2.txt': 'fine\n' } });
	const landing = landAll();
	await eventsOf(weir, 'merge.asked', 2);
	commitFiles(weir.repo, { 'src/3.txt': 'mine\n' });
	const { landings } = await landing;
	expect(landings.map(({ phase }) => phase)).toEqual(['landed', 'landed']);
	expect(files()).toEqual(['src/1.txt', 'src/2.txt', 'src/3.txt', 'src/a.txt']);
	expect(gitIn(weir.repo, 'status', '--porcelain')).toBe('');
});

test('a supervisor killed while several are gated: the next one lands each of them once', async () => {
	await scratch('sh -c "sleep 2; sh check.sh"');
	await fleet(many(null));
	const before = gitIn(weir.repo, 'rev-parse', 'main');
	await weir.run('merge', '--all', '--no-wait');
	const { supervisor } = await weir.status();
	process.kill(supervisor?.pid ?? 0, 'SIGKILL');
	await eventsOf(weir, 'merge.landed', 7);
	expect(gitIn(weir.repo, 'rev-list', '--count', `${before}..main`)).toBe('7');
	expect(files()).toHaveLength(8);
});

test('all land in the order of the queue, and who is held does not', async () => {
	await scratch();
	await fleet({
		one: { 'src/1.txt': 'fine\n' },
		two: { 'src/2.txt': 'fine\n' },
		three: { 'src/3.txt': 'fine\n' },
	});
	await expect
		.poll(async () => (await weir.status()).queue.map(({ agent }) => agent))
		.toHaveLength(3);
	await weir.json('queue', 'move', 'three', '--first');
	await weir.json('queue', 'hold', 'one', '--why', 'not yet');
	const { stdout } = await weir.run('merge', '--all');
	expect(stdout).toContain('one is held back: not yet; weir queue release one');
	// Newest first.
	expect(subjects()).toEqual(['two', 'three']);
});
