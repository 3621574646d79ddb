// The landing queue in the terminal interface: live as agents commit, and held, moved and landed by keys.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventsOf, start } from '../support/agents.ts';
import { answer, openCockpit } from '../support/cockpit.ts';
import { commitFiles, lines } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir({ 'readme.md': 'scratch\n', 'src/a.txt': lines(1, 30) });
});
afterEach(() => weir.close());

const changed = (text: string) => lines(1, 30).replace('line 7\n', text);

test('what waits appears as it is committed, is held, moved and landed by keys, and taken back', async () => {
	const api = await start(weir, 'api');
	const jobs = await start(weir, 'jobs');
	await using cockpit = await openCockpit(weir, [], { columns: 120, rows: 36 });
	cockpit.key('6');
	await cockpit.waitFor('Nothing waits to land.');
	commitFiles(api.worktree, { 'src/a.txt': changed('API\n') }, 'Change it');
	await cockpit.waitFor(/1 +1 api +clean +ready/);
	commitFiles(jobs.worktree, { 'src/a.txt': changed('JOBS\n') }, 'Change it too');
	await cockpit.waitFor(/2 +2 jobs +conflicts with #1 \(1 file\) +clash/);
	await cockpit.waitFor('src/a.txt');

	cockpit.key('j');
	await cockpit.waitFor(/2 jobs ⇄ api: 1 file/);
	cockpit.key('K');
	await cockpit.waitFor(/1 +2 jobs +clean +ready/);
	const [moved] = await eventsOf(weir, 'queue.moved');
	expect(moved?.actor).toBe('human');
	cockpit.key('h');
	await cockpit.waitFor('hold jobs back from landing?');
	cockpit.type('after the release');
	cockpit.key('enter');
	await cockpit.waitFor(/1 +2 jobs +clean +held/);
	await cockpit.waitFor('after the release');
	const [held] = await eventsOf(weir, 'queue.held');
	expect(held?.data.why).toBe('after the release');
	cockpit.key('m');
	await cockpit.waitFor('jobs is held back from landing');
	await cockpit.waitFor(/2 +1 api .* ready/);

	// Of the two only one is ready; what it leaves behind conflicts with the base.
	cockpit.key('A');
	await cockpit.waitFor('merge 1 agent into main?');
	await cockpit.waitFor('One more waits and is not ready.');
	await answer(cockpit, 'y');
	await cockpit.waitFor('merged 1 agent');
	await cockpit.waitFor(/conflicts with main \(1 file\)/);
	cockpit.key('h');
	await cockpit.waitFor(/1 +2 jobs .* conflict /);
	cockpit.key('f');
	await cockpit.waitFor('jobs conflicts with main');
	cockpit.key('n');
	cockpit.key('u');
	await cockpit.waitFor('take back?');
	cockpit.key('u');
	await cockpit.waitFor(/api .* clash|api .* ready/);
	cockpit.key('q');
	await cockpit.waitFor(/1 jobs|api/);
});

test('the smallest screen shows what stands, and the merge card names who has to make room', async () => {
	const api = await start(weir, 'api');
	const jobs = await start(weir, 'jobs');
	commitFiles(api.worktree, { 'src/a.txt': changed('API\n') }, 'Change it');
	commitFiles(jobs.worktree, { 'src/a.txt': changed('JOBS\n') }, 'Change it too');
	await using cockpit = await openCockpit(weir, [], { columns: 40, rows: 15 });
	cockpit.key('6');
	await cockpit.waitFor(/api +.*ready|api .*clash/);
	await cockpit.waitFor(/clash/);
	for (const line of cockpit.screen()) expect(line.length).toBeLessThanOrEqual(40);
	cockpit.resize(80, 24);
	await cockpit.waitFor(/conflicts with #1/);
	cockpit.key('m');
	await cockpit.waitFor(/in the queue conflicts with (?:api|jobs) \(1 file\)/);
});

test('keys that come quicker than answers move an entry as far as they say, and a hold needs no reason', async () => {
	const names = ['one', 'two', 'three', 'four'];
	mkdirSync(join(weir.env.XDG_CONFIG_HOME ?? '', 'weir'), { recursive: true });
	writeFileSync(
		join(weir.env.XDG_CONFIG_HOME ?? '', 'weir', 'config.yaml'),
		'gates:\n  check: {run: "true", when: landing}\n',
	);
	for (const name of names) {
		const { worktree } = await start(weir, name);
		commitFiles(worktree, { [`src/${name}.txt`]: `${name}\n` }, `Add ${name}`);
		await eventsOf(weir, 'publish.settled', names.indexOf(name) + 1);
	}
	await using cockpit = await openCockpit(weir, [], { columns: 120, rows: 36 });
	cockpit.key('6');
	await cockpit.waitFor(/4 +4 four .*clean/);
	cockpit.key('<');
	await cockpit.waitFor(/▌ +1 +1 one/);
	await cockpit.waitFor('policy: green');
	cockpit.type('JJJJ');
	await cockpit.waitFor(/▌ +4 +1 one/);
	await cockpit.waitFor(/1 +2 two/);
	cockpit.type('KK');
	await cockpit.waitFor(/▌ +2 +1 one/);
	const order = (await weir.status()).queue.map(({ agent }) => agent);
	expect(order).toEqual(['two', 'one', 'three', 'four']);
	cockpit.key('h');
	await cockpit.waitFor('hold one back from landing?');
	cockpit.key('escape');
	await cockpit.waitFor(
		() => !cockpit.screen().join('\n').includes('back from landing?'),
	);
	cockpit.key('h', 'enter');
	await cockpit.waitFor(/2 +1 one .* held/);
	const held = await eventsOf(weir, 'queue.held');
	expect(held.map(({ data }) => data.why)).toEqual([null]);
});
