// `weir pr`: a real push to a bare repository, and a gh that writes down what it is asked.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { processRow } from '../../src/lib/processes.ts';
import { eventsOf, journal, refusal, start, trust } from '../support/agents.ts';
import { type Forge, forge } from '../support/forge.ts';
import { commitFiles, gitIn, writeFiles } from '../support/repository.ts';
import { patienceMs, type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
let site: Forge;
beforeEach(() => {
	weir = scratchWeir();
	site = forge(weir);
});
afterEach(() => weir.close());

const branch = 'weir/api';

interface PrJson {
	readonly push: string;
	readonly commit: string;
	readonly pull: {
		readonly url: string;
		readonly number: number;
		readonly found: boolean;
	} | null;
	readonly refusal: { readonly code: string; readonly message: string } | null;
}

async function pr(...flags: string[]): Promise<PrJson & { readonly code: number }> {
	const ran = await site.run('pr', 'api', ...flags, '--json');
	if (ran.stdout === '') throw new Error(JSON.stringify(ran));
	return { ...(JSON.parse(ran.stdout) as PrJson), code: ran.code };
}

function created() {
	return site.asked().filter(({ words }) => words[1] === 'create');
}

/** The agent with one commit. */
async function work(...flags: string[]): Promise<string> {
	const { worktree } = await start(weir, 'api', undefined, ...flags);
	commitFiles(worktree, { 'src/login.txt': 'one\n' }, 'Await the signer');
	return worktree;
}

test('it pushes the branch and opens a pull request, and the next time names the one that is there', async () => {
	writeFiles(weir.repo, {
		'.weir/config.yaml': 'gates: {test: "true", slow: {run: "true", when: demand}}\n',
	});
	await weir.run('up');
	await trust(weir);
	const worktree = await work('--prompt', 'Make login wait.\nSee #12.');
	const green = await weir.run('gates', 'run', 'api', 'test');
	expect(green).toMatchObject({ code: 0 });
	const first = await pr('--draft');
	const tip = gitIn(worktree, 'rev-parse', 'HEAD');
	expect(first).toMatchObject({ code: 0, push: 'new', commit: tip, refusal: null });
	expect(first.pull).toMatchObject({ number: 7, found: false });
	expect(site.tip(branch)).toBe(tip);
	const [made, ...more] = created();
	expect(more).toEqual([]);
	expect(made?.cwd).toBe(weir.repo);
	expect(made?.words).toEqual([
		...['pr', 'create', `--head=${branch}`, '--base=main'],
		...['--title=Await the signer', '--body-file=-', '--draft'],
	]);
	const tree = gitIn(worktree, 'rev-parse', 'HEAD^{tree}').slice(0, 10);
	expect(made?.input).toBe(
		[
			'> Make login wait.\n> See #12.\n',
			'Commits:\n',
			'```text\n- Await the signer\n```\n',
			`Gates, of the tree ${tree}:\n`,
			'- test: green\n- slow: unknown, it has not run\n',
			'Made by the agent api under weir.',
		].join('\n'),
	);
	const { pull } = await weir.agent('api');
	expect(pull).toMatchObject({
		url: first.pull?.url,
		number: 7,
		base: 'main',
		commit: tip,
	});

	const next = commitFiles(worktree, { 'src/login.txt': 'two\n' }, 'Say why');
	const second = await pr();
	expect(second).toMatchObject({ code: 0, push: 'forward', commit: next });
	expect(second.pull).toMatchObject({ number: 7, found: true });
	const third = await site.run('pr', 'api');
	expect(third.stdout).toBe(
		`origin has ${branch} at ${next.slice(0, 10)} already\npull request 7 is there: ${first.pull?.url}\n`,
	);
	expect(site.tip(branch)).toBe(next);
	expect(created()).toHaveLength(1);
	const events = await journal(weir);
	const told = events.filter(({ kind }) => kind.startsWith('pr.'));
	expect(told.map(({ kind }) => kind)).toEqual(['pr.pushed', 'pr.opened', 'pr.pushed']);
	expect(told[1]).toMatchObject({
		actor: 'human',
		data: { url: first.pull?.url, commit: tip, remote: 'origin', branch, found: false },
	});
	expect(events.filter(({ kind }) => kind.endsWith('.by-others'))).toEqual([]);
});

test('words that others wrote are never options, and end no fence', async () => {
	const { worktree } = await start(weir, 'api', undefined, '--prompt', '--web');
	commitFiles(worktree, { a: '1' }, '```` $(touch /tmp/x) @everyone\n\nsecond');
	expect((await pr('--title', '--help\n$(id)\u001b[31m')).code).toBe(0);
	const [made] = created();
	expect(made?.words).toContain('--title=--help $(id)[31m');
	expect(made?.words.filter((word) => !/^--[a-z-]+=|^pr$|^create$/.test(word))).toEqual(
		[],
	);
	expect(made?.input).toContain('> --web\n');
	expect(made?.input).toContain('`````text\n- ```` $(touch /tmp/x) @everyone\n`````');
});

test('secrets of the environment are not in what it says', async () => {
	const env = { ...site.env, SOME_API_KEY: 'hunter2-hunter2' };
	const made = await weir.runWith(
		{ env },
		...['new', 'api', '--prompt', 'Log in with hunter2-hunter2', '--', 'sleep', '1000'],
	);
	expect(made).toMatchObject({ code: 0 });
	const { worktree } = await weir.agent('api');
	commitFiles(worktree, { a: '1' }, 'Use hunter2-hunter2');
	expect((await pr()).code).toBe(0);
	const [asked] = created();
	expect(asked?.words).toContain('--title=Use ********');
	expect(asked?.input).toContain('> Log in with ********');
	expect(JSON.stringify(asked)).not.toContain('hunter2');
});

test('what leaves the scope is refused in the words of a merge, and nothing is pushed', async () => {
	const { worktree } = await start(weir, 'api', undefined, '--scope', 'src/**');
	commitFiles(worktree, { 'docs/a.md': 'a' }, 'Write a manual');
	// Taken back later, it would be there for all to read.
	commitFiles(worktree, { 'docs/a.md': null, 'src/b.txt': 'b' }, 'Take it back');
	const merge = await refusal(weir, 'merge', 'api', '--strategy', 'merge');
	const said = await refusal(weir, 'pr', 'api');
	expect(said).toEqual(merge);
	expect(said.code).toBe('scope.outside');
	expect(site.tip(branch)).toBeNull();
	expect(site.asked()).toEqual([]);
});

test('uncommitted files are asked about, left, or pushed on a commit of their own', async () => {
	const worktree = await work();
	const tip = gitIn(worktree, 'rev-parse', 'HEAD');
	writeFiles(worktree, { 'src/new.txt': 'new\n' });
	const said = await refusal(weir, 'pr', 'api');
	expect(said).toMatchObject({
		code: 'pr.uncommitted',
		message: 'api has uncommitted files: src/new.txt',
	});
	expect(await pr('--committed')).toMatchObject({ commit: tip, push: 'new' });
	const whole = await pr('--with-uncommitted');
	expect(whole).toMatchObject({ code: 0, push: 'forward' });
	expect(gitIn(site.remote, 'show', `${branch}:src/new.txt`)).toBe('new');
	expect(gitIn(site.remote, 'rev-parse', `${branch}^`)).toBe(tip);
	// Unchanged it is the same commit; changed, it goes on from there.
	expect(await pr('--with-uncommitted')).toMatchObject({
		push: 'none',
		commit: whole.commit,
	});
	writeFiles(worktree, { 'src/new.txt': 'newer\n' });
	expect(await pr('--with-uncommitted')).toMatchObject({ push: 'forward' });
	expect(gitIn(worktree, 'rev-parse', 'HEAD')).toBe(tip);
	expect(gitIn(weir.repo, 'rev-parse', branch)).toBe(tip);
});

test('what was rewritten is replaced by --force alone, and what others pushed never', async () => {
	const worktree = await work();
	await pr();
	const before = site.tip(branch);
	gitIn(worktree, 'commit', '--quiet', '--amend', '-m', 'Await every signer');
	expect(await refusal(weir, 'pr', 'api')).toMatchObject({ code: 'pr.rewritten' });
	expect(site.tip(branch)).toBe(before);
	const forced = await pr('--force');
	expect(forced).toMatchObject({ code: 0, push: 'force' });
	expect(site.tip(branch)).toBe(gitIn(worktree, 'rev-parse', 'HEAD'));
	expect((await eventsOf(weir, 'pr.pushed', 2)).at(-1)?.data).toMatchObject({
		forced: true,
		old: before,
	});

	const other = join(weir.folder, 'other');
	gitIn(weir.folder, 'clone', '--quiet', '-b', branch, site.remote, other);
	gitIn(other, 'config', 'user.name', 'Other');
	gitIn(other, 'config', 'user.email', 'other@example.org');
	const theirs = commitFiles(other, { 'their.txt': 'theirs\n' }, 'Theirs');
	gitIn(other, 'push', '--quiet', 'origin', branch);
	gitIn(worktree, 'commit', '--quiet', '--amend', '-m', 'Await all');
	for (const flags of [[], ['--force']]) {
		const said = await refusal(weir, 'pr', 'api', ...flags);
		expect(said.code).toBe('pr.diverged');
		expect(said.allow).toContain('git pull');
	}
	// The user's repository may have come to know them.
	gitIn(weir.repo, 'fetch', '--quiet', 'origin');
	expect(await refusal(weir, 'pr', 'api', '--force')).toMatchObject({
		code: 'pr.diverged',
	});
	expect(site.tip(branch)).toBe(theirs);
});

test('without gh, logged out or unknown to it, the branch is pushed and the rest is said', async () => {
	const worktree = await work();
	const tip = gitIn(worktree, 'rev-parse', 'HEAD');
	const bin = join(weir.folder, 'no-gh');
	mkdirSync(bin);
	for (const name of ['git', 'sh', 'node'])
		writeFileSync(
			join(bin, name),
			`#!/bin/sh\nPATH='${weir.env.PATH}' exec ${name} "$@"\n`,
			{ mode: 0o755 },
		);
	const without = await weir.runWith({ env: { PATH: bin } }, 'pr', 'api');
	expect(without.code).toBe(1);
	expect(without.stdout).toContain(
		`${branch} is pushed to origin at ${tip.slice(0, 10)}`,
	);
	expect(without.stderr).toContain(
		'weir: gh, which opens pull requests, is not on the PATH; the branch is pushed',
	);
	expect(without.stderr).toContain(`gh pr create --head ${branch} --base main`);
	expect(site.tip(branch)).toBe(tip);
	expect((await weir.agent('api')).pull).toMatchObject({ commit: tip, url: null });
	for (const [scene, code] of [
		['logged out', 'gh.logged-out'],
		['unknown remote', 'gh.unknown-remote'],
		['refuses', 'gh.failed'],
	] as const) {
		site.scene(scene);
		const said = await pr();
		expect(said).toMatchObject({ code: 1, push: 'none', pull: null, refusal: { code } });
	}
});

test('no remote, an unknown one and one that nobody answers at are said', async () => {
	await work();
	expect(await refusal(weir, 'pr', 'api', '--remote', 'fork')).toMatchObject({
		code: 'remote.unknown',
		message: 'there is no remote "fork"; there is origin',
	});
	gitIn(weir.repo, 'remote', 'set-url', 'origin', join(weir.folder, 'gone.git'));
	expect(await pr()).toMatchObject({ code: 1, refusal: { code: 'push.unreachable' } });
	gitIn(weir.repo, 'remote', 'remove', 'origin');
	expect(await refusal(weir, 'pr', 'api')).toMatchObject({ code: 'remote.none' });
	expect(site.asked()).toEqual([]);
});

test('commits of the base that the remote does not have are told of, and another base than asked for too', async () => {
	commitFiles(weir.repo, { 'mine.txt': 'mine\n' }, 'Mine alone');
	const worktree = await work();
	writeFiles(worktree, { 'src/new.txt': 'new\n' });
	const first = await site.run('pr', 'api', '--committed');
	expect(first.stdout).toContain(
		', 1 commit; 1 commit of main went along, which origin did not have; 1 uncommitted file stays here\n',
	);
	const again = await site.run('pr', 'api', '--committed', '--base', 'release');
	expect(again.stdout).toContain('pull request 7 is there, into main: https://');
});

test('a push that the other side or the own hook rejects is said with its words, and opens nothing', async () => {
	const worktree = await work();
	site.hook('pre-receive', 'echo "ticket is missing \u001b[31m" >&2; exit 1');
	const rejected = await pr();
	expect(rejected).toMatchObject({ code: 1, refusal: { code: 'push.rejected' } });
	expect(rejected.refusal?.message).toContain('pre-receive hook declined');
	expect(rejected.refusal?.message).toContain('ticket is missing');
	site.hook('pre-receive', 'exit 0');
	const hook = join(weir.repo, '.git', 'hooks', 'pre-push');
	mkdirSync(join(weir.repo, '.git', 'hooks'), { recursive: true });
	const seen = join(weir.folder, 'seen');
	writeFileSync(hook, `#!/bin/sh\necho no tests >&2\n(pwd; cat) >'${seen}'\nexit 1\n`);
	chmodSync(hook, 0o755);
	const own = await site.run('pr', 'api');
	expect(own.code).toBe(1);
	expect(own.stderr).toContain('no tests\n');
	expect(own.stderr).toContain('weir: nothing was pushed to origin: your pre-push hook');
	const tip = gitIn(worktree, 'rev-parse', 'HEAD');
	expect(readFileSync(seen, 'utf8').split('\n')[0]).toBe(weir.repo);
	expect(readFileSync(seen, 'utf8')).toContain(` ${tip} refs/heads/${branch} `);
	expect(site.tip(branch)).toBeNull();
	expect(site.asked()).toEqual([]);
	expect(await pr('--no-verify')).toMatchObject({ code: 0, push: 'new' });
});

test('hooks and configuration of the agent are not those of the push', async () => {
	const worktree = await work();
	const trace = join(weir.folder, 'agents-hook');
	const hooks = join(worktree, 'hooks');
	mkdirSync(hooks);
	writeFileSync(join(hooks, 'pre-push'), `#!/bin/sh\ntouch '${trace}'\n`, {
		mode: 0o755,
	});
	gitIn(worktree, 'config', 'core.hooksPath', hooks);
	gitIn(worktree, 'config', 'core.sshCommand', `touch ${trace}`);
	const ran = await weir.runWith(
		{ cwd: worktree, env: { ...site.env, GIT_DIR: join(worktree, '.git') } },
		...['pr', 'api', '--committed', '--repo', weir.repo],
	);
	expect(ran).toMatchObject({ code: 0 });
	expect(existsSync(trace)).toBe(false);
});

test('gh that never ends is not waited for longer than said, and the push is recorded', async () => {
	await work();
	site.scene('hangs');
	const said = await pr('--timeout', '10');
	expect(said).toMatchObject({
		code: 124,
		push: 'new',
		refusal: { code: 'gh.broken-off' },
	});
	const pid = Number(readFileSync(join(weir.folder, 'forge', 'hangs'), 'utf8'));
	for (const end = Date.now() + patienceMs; existsSync(`/proc/${pid}`); await sleep(50))
		if (Date.now() > end) throw new Error('gh goes on');
	await eventsOf(weir, 'pr.pushed');
});

test('a signal ends it, and with it what it waits for', async () => {
	await work();
	site.scene('hangs');
	const until = (stdout: string) => stdout.includes('is pushed to origin');
	const ran = await weir.runWith({ env: site.env, until }, 'pr', 'api');
	expect(ran.code).toBe(128 + 15);
	expect(ran.stderr).toMatch(/weir: gh \w+ \w+ was broken off; the branch is pushed/);
});

test('a hook that hears no signal ends with the push that it held up', async () => {
	await work();
	const hook = join(weir.repo, '.git', 'hooks', 'pre-push');
	mkdirSync(join(weir.repo, '.git', 'hooks'), { recursive: true });
	const pids = join(weir.folder, 'pids');
	const deaf = "trap '' TERM INT HUP; sleep 1000 & echo $$ $! >";
	writeFileSync(hook, `#!/bin/sh\n${deaf}'${pids}'\nwait; wait; sleep 1000\n`);
	chmodSync(hook, 0o755);
	const said = await pr('--timeout', '10');
	expect(said).toMatchObject({ code: 124, refusal: { code: 'push.broken-off' } });
	for (const pid of readFileSync(pids, 'utf8').trim().split(' '))
		expect(processRow(Number(pid))?.ended ?? true).toBe(true);
	expect(site.tip(branch)).toBeNull();
});

test('the supervisor may end meanwhile: what was pushed is recorded by the next one', async () => {
	await work();
	const { supervisor } = await weir.status();
	site.hook('pre-receive', `kill -9 ${supervisor?.pid}`);
	expect(await pr()).toMatchObject({ code: 0, push: 'new' });
	await eventsOf(weir, 'pr.opened');
	expect((await weir.status()).supervisor?.pid).not.toBe(supervisor?.pid);
});

/** What ssh does: the program that git names, on the bare repository whatever it is called. */
const served = () =>
	`for words; do :; done
program=$(echo "$words" | cut -d' ' -f1)
exec "$program" '${site.remote}'`;

test('from a fork the pull request names whose branch it is, and is found again among those of others', async () => {
	await work();
	const env = site.byWeb('fork', 'git@github.example:me/app.git', served());
	site.pulls([
		{ number: 3, headRefName: branch, owner: 'somebody', baseRefName: 'main' },
	]);
	const run = async () => {
		const ran = await weir.runWith({ env }, 'pr', 'api', '--remote', 'fork', '--json');
		if (ran.stdout === '') throw new Error(JSON.stringify(ran));
		return JSON.parse(ran.stdout) as PrJson;
	};
	const first = await run();
	expect(first).toMatchObject({ push: 'new', refusal: null, pull: { found: false } });
	expect(created().map(({ words }) => words)).toEqual([
		expect.arrayContaining([`--head=me:${branch}`, '--base=main']),
	]);
	const asked = site.asked().find(({ words }) => words[1] === 'list');
	// gh lists by the name of the branch alone.
	expect(asked?.words).toContain(`--head=${branch}`);
	const again = await run();
	expect(again).toMatchObject({
		push: 'none',
		pull: { found: true, number: first.pull?.number },
	});
	expect(created()).toHaveLength(1);
	expect((await weir.agent('api')).pull).toMatchObject({ remote: 'fork' });
});

test('in the repository itself the branch is named alone, however its owner is written', async () => {
	await work();
	const env = site.byWeb('own', 'ssh://git@github.example/ACME/app.git', served());
	const ran = await weir.runWith({ env }, 'pr', 'api', '--remote', 'own');
	expect(ran).toMatchObject({ code: 0 });
	expect(created()[0]?.words).toContain(`--head=${branch}`);
});

test('a remote that says nothing is not waited for as long as a push may take', async () => {
	await work();
	const pids = join(weir.folder, 'pids');
	const env = site.byWeb(
		'dead',
		'git@github.example:me/app.git',
		`echo $$ >> '${pids}'; exec sleep 1000`,
	);
	const ran = await weir.runWith(
		{ env },
		'pr',
		'api',
		'--remote',
		'dead',
		'--answer',
		'3',
	);
	expect(ran.code).toBe(1);
	expect(ran.stderr).toContain('dead has not answered in 3 seconds; nothing was pushed');
	expect(ran.stderr).toContain('git ls-remote dead');
	for (const pid of readFileSync(pids, 'utf8').trim().split('\n'))
		expect(processRow(Number(pid))?.ended ?? true).toBe(true);
	expect((await journal(weir)).map(({ kind }) => kind)).not.toContain('pr.pushed');
});

test('a site that says nothing leaves the branch pushed, and gh ended', async () => {
	await work();
	site.scene('hangs');
	const said = await pr('--answer', '3');
	expect(said).toMatchObject({ code: 1, push: 'new', refusal: { code: 'gh.silent' } });
	expect(said.refusal?.message).toContain('gh repo view has not ended in 3 seconds');
	const pid = Number(readFileSync(join(weir.folder, 'forge', 'hangs'), 'utf8'));
	expect(processRow(pid)?.ended ?? true).toBe(true);
});

test('an agent cannot push', async () => {
	const { worktree } = await start(weir, 'api', [
		'sh',
		'-c',
		'weir pr api; exec sleep 1000',
	]);
	expect(worktree).toContain('api');
	await weir.shows('api', 'pane of weir, where agents live');
	expect(site.tip(branch)).toBeNull();
});
