// Agents of the built program, held as this machine can.
import {
	existsSync,
	linkSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { eventsOf, refusal, start } from '../support/agents.ts';
import { requiresPrevention } from '../support/held.ts';
import { gitIn } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir({
		'readme.md': 'scratch\n',
		'src/a.txt': 'one\n',
		'docs/a.md': 'a\n',
		'docs/b.md': 'b\n',
		'src/.gitattributes': '*.txt text\n',
		'.github/workflows/ci.yml': 'on: push\n',
	});
});
afterAll(() => weir.close());

/** Runs a script as an agent until it has printed `over`; its worktree is where it stands. */
async function play(name: string, script: string, ...flags: string[]): Promise<string> {
	const words = ['sh', '-c', `${script}\necho over; exec sleep 1000`];
	const { worktree } = await start(weir, name, words, ...flags);
	await weir.shows(name, 'over');
	return worktree;
}

test('an agent writes in its scope and nowhere else, and commits on its branch', async (context) => {
	await requiresPrevention(context, 'bubblewrap');
	const there = [weir.repo, weir.env.HOME, weir.env.XDG_CONFIG_HOME, '/var/lib'];
	const script = `
		echo 2 >>src/a.txt; echo new >src/new.txt; echo x >readme.md; echo x >beside
		for folder in ${there.join(' ')} .. ../.git-of; do echo x >$folder/planted; done
		echo x >src/.gitattributes; git config core.hooksPath /tmp; echo x >.git
		echo x >"$(git rev-parse --git-dir)/hooks/pre-commit"; rm -f .git
		echo x >${weir.repo}/.git/refs/heads/main; git -C ${weir.repo} branch planted
		git add -A; git commit -qm work; git commit -q --amend -m better; git tag mine
		echo 3 >>src/a.txt; git stash -q; git stash pop -q; git gc -q
		mktemp; echo private >/tmp/kept; weir report 'said so'`;
	const worktree = await play('held', script, '--scope', 'src/**');
	const { guard, why, pid } = await weir.agent('held');
	expect(guard).toEqual({
		...{ prevention: 'bubblewrap', reason: null, allow: null, loose: 0 },
	});
	expect(why).toBe('said so');
	const text = (path: string) => readFileSync(join(worktree, path), 'utf8');
	expect([text('src/a.txt'), text('src/new.txt')]).toEqual(['one\n2\n3\n', 'new\n']);
	expect([text('readme.md'), text('src/.gitattributes')]).toEqual([
		...['scratch\n', '*.txt text\n'],
	]);
	for (const folder of [...there, join(worktree, '..')])
		expect(readdirSync(folder ?? '')).not.toContain('planted');
	expect(readdirSync(worktree)).not.toContain('beside');
	expect(readFileSync(`/proc/${pid}/comm`, 'utf8')).toBe('sleep\n');
	await weir.json('kill', 'held');
	expect(gitIn(weir.repo, 'log', '--format=%s', 'weir/held')).toBe('better\nfirst');
	expect(gitIn(weir.repo, 'branch', '--list', 'planted')).toBe('');
	expect(existsSync('/tmp/kept')).toBe(false);
	const scratch = join(worktree, '../.tmp-of/held');
	const { stdout } = await weir.run('explain', 'held');
	expect(stdout).toContain(`its /tmp is its own: ${join(scratch, 'tmp')}\n`);
	expect(readFileSync(join(scratch, 'tmp/kept'), 'utf8')).toBe('private\n');
	await weir.run('remove', 'held', '--yes');
	expect(existsSync(scratch)).toBe(false);
});

test('without a scope all of the worktree is open but what must be named', async (context) => {
	await requiresPrevention(context, 'bubblewrap');
	const script =
		'for f in readme.md new .github/new .github/workflows/ci.yml src/.gitattributes .git; do echo x >$f; done';
	const worktree = await play('whole', script);
	const text = (path: string) => readFileSync(join(worktree, path), 'utf8');
	for (const path of ['readme.md', 'new', '.github/new']) expect(text(path)).toBe('x\n');
	expect(text('.github/workflows/ci.yml')).toBe('on: push\n');
	expect(text('src/.gitattributes')).toBe('*.txt text\n');
	expect(text('.git')).toMatch(/^gitdir: /);
});

test('an agent speaks to the next supervisor too, and to nothing else of weir', async (context) => {
	await requiresPrevention(context, 'bubblewrap');
	const script = `echo up; read l; weir report 'after it'; weir list; echo $?
		ls -A ${weir.repo}/.git/weir ${weir.env.XDG_RUNTIME_DIR}/weir/*`;
	const words = ['sh', '-c', `${script}; echo over; exec sleep 1000`];
	await start(weir, 'talker', words);
	await weir.shows('talker', 'up');
	const { supervisor } = await weir.status();
	process.kill(supervisor?.pid ?? 0, 'SIGKILL');
	await weir.run('send', 'talker', 'go');
	await weir.shows('talker', 'over');
	expect((await weir.agent('talker')).why).toBe('after it');
	const screen = (await weir.run('screen', 'talker')).stdout;
	expect(screen).toContain('this runs inside a pane of weir');
	expect(screen).not.toMatch(/client\.sock|journal|h[0-9a-f]{8}\.sock/);
	expect(screen).toMatch(/^agents$/m);
});

test('what a scope gains is open at once, and a hard link that leads out is not', async (context) => {
	await requiresPrevention(context, 'bubblewrap');
	const script =
		'while read w; do n=$((n+1)); (echo "$w" >"$w") 2>/dev/null && echo $n:ok || echo $n:no; done';
	const words = ['sh', '-c', `echo up; ${script}`];
	const { id, worktree } = await start(weir, 'grows', words, '--scope', 'src/**');
	await weir.shows('grows', 'up');
	await weir.run('send', 'grows', 'docs/a.md');
	await weir.shows('grows', '1:no');
	await weir.json('scope', 'add', 'grows', '/docs/a.md', '--why', 'its manual');
	await eventsOf(weir, 'widen.settled', 1, ({ data }) => data.agent === id);
	await weir.run('send', 'grows', 'docs/a.md');
	await weir.shows('grows', '2:ok');
	await weir.run('send', 'grows', 'docs/b.md');
	await weir.shows('grows', '3:no');
	await weir.json('kill', 'grows');
	linkSync(join(weir.repo, 'readme.md'), join(worktree, 'src/linked'));
	await weir.json('respawn', 'grows');
	await weir.shows('grows', 'up');
	await weir.run('send', 'grows', 'src/linked');
	await weir.shows('grows', '1:ok');
	expect(readFileSync(join(weir.repo, 'readme.md'), 'utf8')).toBe('scratch\n');
	expect(readFileSync(join(worktree, 'src/linked'), 'utf8')).toBe('src/linked\n');
});

test('a program that is not there is refused as one that is held by nothing', async () => {
	const said = await refusal(weir, 'new', 'nobody', '--', 'no-such-program');
	expect(said.message).toContain('no-such-program is not on the PATH');
});

test('a folder of /tmp that the settings name is the same for both', async (context) => {
	await requiresPrevention(context, 'bubblewrap');
	const shared = mkdtempSync('/tmp/weir-shared-');
	onTestFinished(() => rmSync(shared, { recursive: true }));
	writeFileSync(join(shared, 'mine'), 'of the human\n');
	const folder = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder, { recursive: true });
	const settings = join(folder, 'config.yaml');
	writeFileSync(settings, `guard: {caches: [~/.cache, ${shared}]}\n`);
	onTestFinished(() => rmSync(settings, { force: true }));
	const { stdout } = await weir.run('config', 'get', 'guard.caches');
	expect(stdout).toContain(shared);
	await play('sharing', `cat ${shared}/mine >${shared}/back`);
	expect(readFileSync(join(shared, 'back'), 'utf8')).toBe('of the human\n');
});

test('the settings can ask for no prevention', async () => {
	const folder = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'config.yaml'), 'guard: detect\n');
	await weir.run('down', '--now');
	const worktree = await play('free', 'echo x >../planted; rm ../planted; echo x >in');
	expect((await weir.agent('free')).guard).toEqual({
		...{ prevention: 'none', reason: 'guard.mode is detect', allow: null, loose: 0 },
	});
	expect(existsSync(join(worktree, 'in'))).toBe(true);
	expect((await weir.run('explain', 'free')).stdout).not.toContain('its /tmp');
});

test('the doctor says what holds agents here', async () => {
	const { checks } = await weir.json<{ checks: { name: string; verdict: string }[] }>(
		'doctor',
	);
	const sandbox = checks.find(({ name }) => name === 'sandbox');
	expect(['good', 'poor']).toContain(sandbox?.verdict);
});
