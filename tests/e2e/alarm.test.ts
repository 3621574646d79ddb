// A gate that turns red on the branch where work lands: what is told, what ends it, and when nothing is.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { EventOf } from '../../src/domain/event.ts';
import { eventsOf, journal, refusal, start, until } from '../support/agents.ts';
import { answer, openCockpit } from '../support/cockpit.ts';
import { openItem } from '../support/inbox.ts';
import { commitFiles, gitIn } from '../support/repository.ts';
import { openProgram } from '../support/terminal-driver.ts';
import {
	patienceMs,
	type ScratchWeir,
	scratchWeir,
	weirProgram,
} from '../support/weir.ts';

/** Red with a BUG, in the words of a compiler. */
const check = `#!/bin/sh
grep -rn BUG src | sed 's/:\\([0-9]*\\):/:\\1:1: error: /' >found
cat found; test ! -s found || { rm found; exit 1; }; rm found
`;

let weir: ScratchWeir;
afterEach(() => weir.close());

async function scratch(gate = 'sh check.sh', files: Record<string, string> = {}) {
	weir = scratchWeir({
		...{ 'src/a.txt': 'one\n', 'check.sh': check, ...files },
		'.weir/config.yaml': `gates:\n  check: ${gate}\n`,
	});
	await weir.json('trust', '--yes');
}

/** Work of an agent with a bug, which has landed in spite of it. */
async function landsRed(name = 'api'): Promise<string> {
	const { worktree } = await start(weir, name);
	commitFiles(worktree, { [`src/${name}.txt`]: 'a BUG\n' }, `Add ${name}`);
	await weir.json('merge', name, '--override', 'it cannot wait');
	return main();
}

const main = () => gitIn(weir.repo, 'rev-parse', 'main');
const judged = (commit: string) =>
	eventsOf(
		weir,
		'base-gates.settled',
		1,
		({ data }) => data.commit === commit && data.outcome.ok,
	);
const alarms = async () =>
	(await journal(weir)).filter(
		(event): event is EventOf<'alarm.raised'> => event.kind === 'alarm.raised',
	);
const ids = async () => (await weir.run('inbox', '--ids')).stdout;

test('what lands in spite of red is told at once, and taken back from the inbox', async () => {
	await scratch();
	const before = main();
	await landsRed();
	const { text, detail, tier, choices } = await openItem(weir, 'main');
	const [landing] = choices;
	expect(text).toBe(`check is red on main since api landed (${landing?.key})`);
	expect(detail).toContain('src/api.txt:1');
	expect(detail).toContain(`check was green on ${before.slice(0, 10)}`);
	expect(tier).toBe(1);
	const listed = await weir.run('list');
	expect(listed.stdout).toContain('!! check is red on main since api landed');
	const { bases } = await weir.status();
	expect(bases).toMatchObject([
		{ branch: 'main', gates: [{ name: 'check', verdict: 'failed' }] },
	]);
	const shown = await weir.run('gates', 'show', '--on', 'main', 'check');
	expect(shown.stdout).toMatch(/^check of main: failed\n\$ sh check\.sh\n/);

	await using cockpit = await openCockpit(weir, [], { columns: 80, rows: 24 });
	await cockpit.waitFor('!! main red');
	cockpit.key('2');
	await cockpit.waitFor('take back the landing of api');
	await cockpit.waitFor('it printed');
	cockpit.key('s');
	await cockpit.waitFor('an alarm cannot be put off');
	await answer(cockpit, '1');
	await cockpit.waitFor('take back?');
	await answer(cockpit, 'u');
	await cockpit.waitFor('took back the merge of api into main');
	await cockpit.waitFor('nobody needs you');
	await cockpit.waitFor(() => !cockpit.screen().join().includes('main red'));
	expect(main()).toBe(before);
	const [over] = await eventsOf(weir, 'alarm.cleared');
	expect(over?.data.why).toBe('green');
});

test('what a landing heard of the very files is not asked again', async () => {
	await scratch();
	const { worktree } = await start(weir, 'api');
	commitFiles(worktree, { 'src/b.txt': 'two\n' });
	await weir.json('merge', 'api');
	const [said] = await judged(main());
	const outcome = said?.data.outcome;
	const gate = outcome?.ok ? outcome.value.gates[0] : undefined;
	expect(gate?.verdict?.word).toBe('passed');
	const [landed] = await eventsOf(weir, 'merge.landed');
	expect(Date.parse(gate?.verdict?.at ?? '')).toBeLessThan(Date.parse(landed?.at ?? ''));
	expect(await ids()).toBe('');
});

test('others who move the base are told as such, and no landing is blamed', async () => {
	await scratch();
	await start(weir, 'api');
	const before = main();
	const now = commitFiles(weir.repo, { 'src/c.txt': 'a BUG\n' }, 'By hand');
	const { id, text, detail, choices } = await openItem(weir, 'main');
	expect(text).toBe('check is red on main since others moved it');
	expect(detail).toContain(
		`moved by others from ${before.slice(0, 10)} to ${now.slice(0, 10)}, 1 commit: By hand`,
	);
	expect(choices.map(({ key }) => key)).toEqual(['ack']);
	expect(await refusal(weir, 'snooze', id)).toMatchObject({ code: 'item.alarm' });
	expect(await refusal(weir, 'answer', id, 'l1')).toMatchObject({
		code: 'answer.unknown',
	});
	await weir.json('answer', id, 'ack');
	expect(await ids()).toBe('');
	const [known] = await eventsOf(weir, 'alarm.acknowledged');
	expect(known).toMatchObject({ actor: 'human', data: { alarm: id } });
	// Red still, and told as such where it is asked for.
	const { stdout } = await weir.run('gates', '--on', 'main');
	expect(stdout).toMatch(new RegExp(`main +check +failed +${id}`));
	commitFiles(weir.repo, { 'src/c.txt': 'mended\n' });
	expect((await eventsOf(weir, 'alarm.cleared'))[0]?.data.alarm).toBe(id);
	expect(await alarms()).toHaveLength(1);
});

test('what was red before is no alarm', async () => {
	await scratch('sh check.sh', { 'src/old.txt': 'an old BUG\n' });
	const commit = await landsRed();
	const [said] = await judged(commit);
	const outcome = said?.data.outcome;
	expect(outcome?.ok && outcome.value.gates).toMatchObject([
		{ verdict: { word: 'failed' }, before: { word: 'failed' } },
	]);
	expect(await alarms()).toEqual([]);
	expect(await ids()).toBe('');
});

test('a flake is over once it is green again, and marked', async () => {
	weir = scratchWeir({ 'src/a.txt': 'one\n' });
	const memory = join(weir.env.HOME ?? '', '.memory');
	mkdirSync(memory);
	const settings = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(settings, { recursive: true });
	// Green where nothing has landed, then red once, then green.
	writeFileSync(
		join(settings, 'config.yaml'),
		`guard: {caches: [~/.memory]}
gates:
  comes: {run: 'test ! -e src/api.txt || mkdir ${memory}/twice 2>/dev/null && test ! -e src/api.txt || test -e ${memory}/thrice || { mkdir ${memory}/thrice; echo red; exit 1; }', when: landing}
`,
	);
	await landsRed();
	const { id } = await openItem(weir, 'main');
	const again = await weir.run('gates', 'run', '--on', 'main');
	expect(again).toMatchObject({ code: 0 });
	expect(again.stdout).toMatch(/main +comes +passed, flaky/);
	const [over] = await eventsOf(weir, 'alarm.cleared');
	expect(over?.data).toMatchObject({ alarm: id, why: 'green' });
	expect(await ids()).toBe('');
});

test('a gate that says nothing of the base is no alarm, and not green', async () => {
	await scratch("'test ! -e src/api.txt || no-such-program'");
	await landsRed();
	await judged(main());
	expect(await ids()).toBe('');
	const { bases } = await weir.status();
	expect(bases[0]?.gates).toMatchObject([{ name: 'check', verdict: 'broken' }]);
	const { stdout } = await weir.run('gates', '--on', 'main');
	expect(stdout).toContain('its command was not found, or is no program');
});

test('a supervisor that dies before it could tell leaves that to the next one', async () => {
	await scratch('sleep 1; sh check.sh');
	await landsRed();
	await eventsOf(weir, 'base-gates.asked');
	const { supervisor } = await weir.status();
	process.kill(supervisor?.pid ?? 0, 'SIGKILL');
	for (const end = Date.now() + patienceMs; ; await sleep(50)) {
		const after = await weir.status();
		if (after.supervisor && after.supervisor.pid !== supervisor?.pid) break;
		if (Date.now() > end) throw new Error('no supervisor came after the one that died');
	}
	const { id } = await openItem(weir, 'main');
	await weir.json('up', '--restart');
	expect((await openItem(weir, 'main')).id).toBe(id);
	expect(await alarms()).toHaveLength(1);
});

test('a landing that others have built upon is not taken back, and the alarm stays', async () => {
	await scratch();
	await landsRed();
	const { id, choices } = await openItem(weir, 'main');
	const landing = choices[0]?.key ?? '';
	commitFiles(weir.repo, { 'src/d.txt': 'four\n' });
	const no = await refusal(weir, 'answer', id, landing);
	expect(no.code).toBe('undo.built-on');
	expect((await openItem(weir, 'main')).id).toBe(id);
	await weir.json('undo', landing, '--revert');
	await eventsOf(weir, 'alarm.cleared');
	expect(await ids()).toBe('');
});

test('n leads to an alarm before all agents, then to them, and around to it again', async () => {
	await scratch();
	const blocked = String.raw`\033]7501;state=blocked:kind=permission\033\\`;
	await start(weir, 'asks', ['sh', '-c', `printf '${blocked}'; cat`]);
	await landsRed();
	const alarm = await openItem(weir, 'main');
	await openItem(weir, 'asks');
	await using cockpit = await openCockpit(weir, [], { columns: 100, rows: 30 });
	await cockpit.waitFor('!! main red');
	cockpit.key('n');
	await cockpit.waitFor('check is red on main since api landed');
	await cockpit.waitFor('take back the landing of api');
	cockpit.key('q');
	await cockpit.waitFor(/─ 2 api /);
	cockpit.key('n');
	await cockpit.waitFor('type into the pane');
	cockpit.key('escape');
	await cockpit.waitFor(
		() => !cockpit.screen().join('\n').includes('type into the pane'),
	);
	cockpit.key('n');
	await cockpit.waitFor('take back the landing of api');
	// In lines as well.
	await using lines = openProgram([process.execPath, weirProgram, '--a11y'], {
		...{ columns: 100, rows: 40, cwd: weir.repo, env: { ...weir.env, TERM: 'dumb' } },
	});
	await lines.waitFor('weir>');
	lines.type('next\r');
	await lines.waitFor('check is red on main since api landed');
	await lines.waitFor('take back the landing of api');
	lines.type('next\r');
	await lines.waitFor(/asks needs approval/);
	// Who looks has answered nothing.
	expect(await ids()).toContain(alarm.id);
});

test('an alarm is told to a desktop that nobody looks at, at once and as an alarm', async () => {
	await scratch();
	await weir.run('config', 'set', 'attention.notify', 'osc99');
	const told = join(weir.folder, 'told');
	await weir.run('config', 'set', 'attention.notify_cmd', `cat >> ${told}`);
	await start(weir, 'web');
	await using cockpit = await openCockpit(weir, [], { columns: 100, rows: 30 });
	cockpit.type('\x1b[O');
	await landsRed();
	await cockpit.waitFor('!! main red');
	const notice = () => (existsSync(told) ? readFileSync(told, 'utf8') : '');
	// The file is there before anything stands in it.
	await until('the notice', () => notice().includes('}'));
	const text = /check is red on main since api landed \(l\d+\)/;
	await until('its bytes', () => bodyIn(cockpit.bytes()) !== null);
	// Urgency 2 is critical.
	expect(bodyIn(cockpit.bytes())).toMatch(text);
	expect(JSON.parse(notice())).toMatchObject({
		urgent: true,
		text: expect.stringMatching(text),
	});
	expect(notice()).not.toContain('BUG');
});

/** Of the last notice by OSC 99 that is as urgent as can be; null where there was none. */
function bodyIn(bytes: Buffer): string | null {
	const told = [
		...bytes.toString('latin1').matchAll(/\x1b\]99;[^;]*p=body:u=2;([^\x1b]*)/g),
	];
	const [, body] = told.at(-1) ?? [];
	return body === undefined ? null : Buffer.from(body, 'base64').toString('utf8');
}
