// Gates beside an agent that works: what they say is of exactly the files that stand there.
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandLineOf } from '../../src/lib/processes.ts';
import type {
	AgentGatesJson,
	GateJson,
	GateReportJson,
} from '../../src/protocol/gates.ts';
import type { ReviewJson } from '../../src/protocol/review.ts';
import type { AgentJson } from '../../src/protocol/status.ts';
import { eventsOf, start } from '../support/agents.ts';
import { commitFiles } from '../support/repository.ts';
import { patienceMs, type ScratchWeir, scratchWeir } from '../support/weir.ts';

/** Looks at the files of a folder only, so that it says the same wherever it runs. */
const check = `#!/bin/sh
echo "looked at $(ls src | tr '\\n' ' ')"
if grep -rn BUG src; then exit 1; fi
exit 0
`;

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir({ 'src/a.txt': 'one\n', 'check.sh': check, '.gitignore': 'out/\n' });
	configure(`gates:\n  check: sh check.sh\n`);
});
afterAll(() => weir.close());

/** The user's own settings: their commands need no trust. */
function configure(yaml: string): void {
	const folder = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'config.yaml'), yaml);
}

const gatesOf = async (agent: string) =>
	(await weir.json<{ agents: AgentGatesJson[] }>('gates', agent)).agents[0]?.gates ?? [];

/** Waits until a gate says that. */
async function says(
	agent: string,
	gate: string,
	...verdicts: readonly GateJson['verdict'][]
): Promise<GateJson> {
	for (const end = Date.now() + patienceMs; ; await sleep(50)) {
		const found = (await gatesOf(agent)).find(({ name }) => name === gate);
		if (found && verdicts.includes(found.verdict)) return found;
		if (Date.now() > end) throw new Error(`${gate} says ${JSON.stringify(found)}`);
	}
}

const write = ({ worktree }: AgentJson, path: string, text: string) =>
	writeFileSync(join(worktree, path), text);

test('a write makes what was said stale, and the gate says it of the new files', async () => {
	const api = await start(weir, 'api');
	const first = await says('api', 'check', 'passed');
	write(api, 'src/b.txt', 'a BUG\n');
	const red = await says('api', 'check', 'failed');
	expect(red).toMatchObject({ exit: 1, last: 'failed' });
	expect(red.tree).not.toBe(first.tree);
	const [moved] = await eventsOf(weir, 'tree.moved');
	expect(moved?.data.agent).toBe(api.id);
	const { output } = await weir.json<GateReportJson>('gates', 'show', 'api', 'check');
	expect(output).toContain('looked at a.txt b.txt');
	expect(output).toContain('src/b.txt:1:a BUG');
	rmSync(join(api.worktree, 'src', 'b.txt'));
	const green = await says('api', 'check', 'passed');
	// The tree is the first one again, and so is what was said of it.
	expect(green).toMatchObject({ tree: first.tree, at: first.at });
});

test('a folder whose place a link to the same names has taken is judged and reviewed as the link', async () => {
	const { worktree } = await start(weir, 'linker');
	await says('linker', 'check', 'passed');
	renameSync(join(worktree, 'src'), join(worktree, 'other'));
	symlinkSync('other', join(worktree, 'src'));
	writeFileSync(join(worktree, 'other', 'b.txt'), 'a BUG\n');
	const red = await says('linker', 'check', 'failed');
	expect(red.first).toContain('BUG');
	const { files } = await weir.json<ReviewJson>('review', 'linker');
	const { letter, new: now } = files.find(({ path }) => path === 'src') ?? {};
	expect([letter, now?.mode]).toEqual(['A', '120000']);
	expect(files.map(({ path }) => path)).toEqual(['other/a.txt', 'other/b.txt', 'src']);
	await weir.json('remove', 'linker', '--yes');
	await weir.json('restore', 'linker');
	expect(readlinkSync(join(worktree, 'src'))).toBe('other');
	expect(readFileSync(join(worktree, 'src', 'b.txt'), 'utf8')).toBe('a BUG\n');
	await weir.json('remove', 'linker', '--yes');
});

test('what one agent has been told holds for another with the same files', async () => {
	await start(weir, 'twin');
	const twin = await says('twin', 'check', 'passed');
	const api = await says('api', 'check', 'passed');
	expect(twin).toMatchObject({ tree: api.tree, at: api.at });
});

test('what a file says that git ignores is nobody’s concern', async () => {
	const api = await weir.agent('api');
	const before = await says('api', 'check', 'passed');
	mkdirSync(join(api.worktree, 'out'), { recursive: true });
	write(api, 'out/log.txt', 'BUG\n');
	await sleep(600);
	expect(await says('api', 'check', 'passed')).toMatchObject({ tree: before.tree });
});

test('red on the base is told from what is new', async () => {
	commitFiles(weir.repo, { 'src/old.txt': 'an old BUG\n' });
	const late = await start(weir, 'late');
	await says('late', 'check', 'failed');
	write(late, 'src/new.txt', 'another BUG\n');
	const [settled] = await eventsOf(
		weir,
		'compare.settled',
		1,
		({ data }) => data.agent === late.id && data.outcome.ok,
	);
	expect(settled?.data.outcome).toMatchObject({ ok: true, value: { word: 'failed' } });
	await weir.run('kill', 'late');
	commitFiles(weir.repo, { 'src/old.txt': null });
});

test('weir gates run waits, and its exit code says whether all are green', async () => {
	const api = await weir.agent('api');
	expect((await weir.run('gates', 'run', 'api')).code).toBe(0);
	write(api, 'src/c.txt', 'BUG\n');
	const ran = await weir.run('gates', 'run', 'api', 'check', '--json');
	expect(ran.code).toBe(1);
	const told = JSON.parse(ran.stdout) as AgentGatesJson;
	expect(told.gates).toMatchObject([{ name: 'check', verdict: 'failed', exit: 1 }]);
	expect(await weir.run('gates', 'run', 'api', 'nothing')).toMatchObject({
		...{ code: 3, stderr: expect.stringContaining('there is no gate nothing') },
	});
	rmSync(join(api.worktree, 'src', 'c.txt'));
	await says('api', 'check', 'passed');
});

const hostile = {
	hangs: 'sleep 1005',
	daemons:
		'setsid sleep 1001 & (trap "" TERM HUP; nohup sleep 1002 >/dev/null 2>&1 &) ; exit 0',
	floods: `head -c ${process.env.WEIR_SOAK ? 1_000_000_000 : 200_000_000} /dev/zero | tr "\\0" "x"; echo; echo the end; exit 1`,
	deletes: 'rm -rf "$PWD"; exit 0',
	edits: 'echo edited >> src/a.txt; echo new > src/made.txt; exit 0',
	terminal: 'test -t 0 && exit 7; (echo >/dev/tty) 2>/dev/null && exit 8; exit 3',
	signal: 'kill -SEGV $$',
	missing: ['no-such-program'],
} as const;

test('whatever a gate does, nothing is lost, nothing stays behind and it is said what happened', async () => {
	const yaml = Object.entries(hostile).map(
		([name, run]) =>
			`  ${name}: {run: ${JSON.stringify(run)}, when: demand, timeout: ${name === 'hangs' ? 1 : 60}}`,
	);
	configure(`gates:\n  check: sh check.sh\n${yaml.join('\n')}\n`);
	const api = await weir.agent('api');
	write(api, 'src/precious.txt', 'not committed\n');
	await eventsOf(
		weir,
		'settings.loaded',
		1,
		({ data }) => 'hangs' in data.settings.gates,
	);
	await weir.run('gates', 'run', 'api');
	const said = new Map((await gatesOf('api')).map((gate) => [gate.name, gate]));
	const of = (name: keyof typeof hostile) => said.get(name);
	expect(of('hangs')).toMatchObject({
		verdict: 'broken',
		why: expect.stringContaining('after 1 seconds'),
	});
	expect(of('daemons')).toMatchObject({ verdict: 'passed', why: null });
	expect(of('floods')).toMatchObject({ verdict: 'failed', exit: 1, first: 'the end' });
	expect(of('deletes')).toMatchObject({ verdict: 'broken' });
	expect(of('edits')).toMatchObject({
		...{ verdict: 'broken', why: 'it changed files itself: src/a.txt, src/made.txt' },
	});
	expect(of('terminal')).toMatchObject({ verdict: 'failed', exit: 3 });
	expect(of('signal')).toMatchObject({
		verdict: 'broken',
		why: 'it was ended by SIGSEGV',
	});
	expect(of('missing')).toMatchObject({ verdict: 'broken' });
	expect(said.get('check')).toMatchObject({ verdict: 'passed' });
	const left = weir.processes().flatMap((pid) => commandLineOf(pid)?.join(' ') ?? []);
	expect(left.filter((words) => /sleep 100[125]|zero/.test(words))).toEqual([]);
	expect(existsSync(join(api.worktree, 'src', 'precious.txt'))).toBe(true);
	const { output } = await weir.json<GateReportJson>('gates', 'show', 'api', 'floods');
	expect(output.endsWith('the end\n')).toBe(true);
	const verdicts = join(weir.repo, '.git', 'weir', 'verdicts');
	expect(readdirSync(verdicts).length).toBeLessThan(50);
});

test('a run is called off when the files move on, with all that it has started', async () => {
	const slow = 'gate_slots: 8\ngates:\n  slow: {run: "sleep 1003 & sleep 1004"}\n';
	configure(slow);
	await says('api', 'slow', 'running');
	const api = await weir.agent('api');
	write(api, 'src/next.txt', 'next\n');
	const off = await eventsOf(weir, 'gate.settled', 1, ({ data }) => {
		return !data.outcome.ok && data.outcome.refusal.code === 'gate.cancelled';
	});
	expect(off[0]?.data.gate).toBe('slow');
	expect(weir.processes().length).toBeGreaterThan(0);
	configure('gates:\n  check: sh check.sh\n');
	await says('api', 'check', 'passed');
});
