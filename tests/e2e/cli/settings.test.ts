// Settings, trust, the doctor, help and completions, by verbs.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { commitFiles } from '../../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../../support/weir.ts';

let weir: ScratchWeir;
let shared: string;
let local: string;
let own: string;
beforeAll(() => {
	weir = scratchWeir();
	shared = join(weir.repo, '.weir', 'config.yaml');
	local = join(weir.repo, '.weir', 'config.local.yaml');
	own = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir', 'config.yaml');
});
beforeEach(() => {
	for (const file of [shared, local, own]) rmSync(file, { force: true });
	mkdirSync(join(weir.repo, '.weir'), { recursive: true });
});
afterAll(() => weir.close());

test('a setting is set in the file that was asked for, and its origin told', async () => {
	expect((await weir.run('config', 'get', 'theme')).stdout).toBe('auto\n');
	await weir.json('config', 'set', 'theme', 'light');
	await weir.json('config', 'set', 'snapshots.keep_days', '30', '--shared');
	await weir.json('config', 'set', '--local', 'worktree.copy', '[.env, "*.pem"]');
	expect(readFileSync(own, 'utf8')).toBe('theme: light\n');
	expect(await weir.json('config', 'get')).toMatchObject({
		v: 1,
		values: {
			theme: 'light',
			'snapshots.keep_days': 30,
			'worktree.copy': ['.env', '*.pem'],
			mouse: true,
		},
		origins: {
			theme: own,
			'snapshots.keep_days': shared,
			'worktree.copy': local,
			mouse: null,
		},
	});
	const told = await weir.run('config', 'get', 'worktree', '--origin');
	expect(told.stdout).toMatch(
		/^worktree\.copy +\["\.env","\*\.pem"\] +\/.*local\.yaml$/m,
	);
	expect(told.stdout).toMatch(/^worktree\.setup +- +as built$/m);
	const all = await weir.run('config');
	expect(all).toMatchObject({ code: 0, stderr: '' });
	expect(all.stdout).toMatch(/^theme +light +\/.*config\.yaml$/m);
	expect(all.stdout).toMatch(/^mouse +true +as built$/m);
});

test('setting one keeps the comments and the order of the rest', async () => {
	const before = '# ours\nmouse: false # no mouse\n\nland:\n  strategy: merge\n';
	writeFileSync(shared, before);
	await weir.json('config', 'set', '--shared', 'land.sign', 'true');
	expect(readFileSync(shared, 'utf8')).toBe(`${before}  sign: true\n`);
});

test('what is no setting, or no value of it, is refused and nothing is written', async () => {
	const key = await weir.run('config', 'set', 'themes', 'light');
	expect(key.code).toBe(2);
	expect(key.stderr).toContain('there is no setting themes; did you mean theme?');
	const value = await weir.run('config', 'set', 'layout', 'pink');
	expect(value.code).toBe(2);
	expect(value.stderr).toMatch(
		/^weir: layout: expected auto, grid, .* or strips, not "pink"; \/.* was not changed\n {2}weir config schema\n$/,
	);
	const theme = await weir.run('config', 'set', 'theme', 'No/Name');
	expect(theme.stderr).toContain('theme: must be auto, dark, light, or another theme');
	expect(existsSync(own)).toBe(false);
	expect((await weir.run('config', 'get', 'themes')).stderr).toContain('mean theme');
	expect((await weir.run('config', 'gte')).stderr).toContain('did you mean get');
	expect((await weir.run('config', 'gte')).code).toBe(2);
	expect((await weir.run('config', 'set', 'theme')).code).toBe(2);
});

test('a bad file is told with file, line, column and the nearest key', async () => {
	expect((await weir.run('config', 'check')).code).toBe(0);
	writeFileSync(shared, 'mouse: true\nworktree:\n  cpoy: [.env]\n');
	const bad = await weir.run('config', 'check');
	expect(bad.code).toBe(1);
	expect(bad.stdout).toBe(
		`${shared}:3:3: there is no setting worktree.cpoy; did you mean worktree.copy?\n`,
	);
	const json = await weir.runWith({}, 'config', 'check', '--json');
	expect(JSON.parse(json.stdout)).toMatchObject({
		v: 1,
		problems: [{ file: shared, line: 3, column: 3 }],
	});
	// What is in force is printed all the same, and that something is wrong beside it.
	const shown = await weir.run('config', 'get', 'mouse');
	expect(shown.code).toBe(1);
	expect(shown.stdout).toMatch(/^(?:true|false)\n$/);
	expect(shown.stderr).toContain(`${shared}:3:3: there is no setting worktree.cpoy`);
	writeFileSync(shared, 'mouse: [\n');
	expect((await weir.run('config', 'check')).stdout).toMatch(/config\.yaml:\d+:\d+: /);
});

test('a theme that there is not is told with its place, and one of your own is there', async () => {
	const refused = await weir.run('config', 'set', 'theme', 'drak');
	expect(refused.code).toBe(2);
	expect(refused.stderr).toContain('theme: there is no theme drak; did you mean dark?');
	writeFileSync(own, 'mouse: true\ntheme: harbour\n');
	const bad = await weir.run('config', 'check');
	expect(bad.stdout).toBe(`${own}:2:1: theme: there is no theme harbour\n`);
	const themes = join(own, '..', 'themes');
	mkdirSync(themes);
	writeFileSync(join(themes, 'harbour.yaml'), 'base: dark\n');
	expect((await weir.run('config', 'check')).code).toBe(0);
	expect((await weir.run('config', 'set', 'theme', 'harbour')).code).toBe(0);
	rmSync(themes, { recursive: true });
});

test('a word for the guard and a setting of it stand side by side, whichever came first', async () => {
	const values = () => weir.json<{ values: Record<string, unknown> }>('config', 'get');
	await weir.json('config', 'set', 'guard', 'detect');
	expect(readFileSync(own, 'utf8')).toBe('guard: detect\n');
	await weir.json('config', 'set', 'guard.on_write', 'freeze');
	await weir.json('config', 'set', 'guard', 'require');
	const both = { 'guard.mode': 'require', 'guard.on_write': 'freeze' };
	expect((await values()).values).toMatchObject(both);
	writeFileSync(own, 'theme: dark\n');
	const wrong = await weir.run('config', 'set', 'theme.mine', 'x');
	expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('theme: ') });
	expect(readFileSync(own, 'utf8')).toBe('theme: dark\n');
});

test('what a repository would loosen does not count, and is not told as in force', async () => {
	writeFileSync(own, 'guard: {on_write: freeze}\n');
	writeFileSync(shared, 'guard: {on_write: report}\n');
	const told = await weir.json<{ origins: Record<string, string> }>('config', 'get');
	expect(told).toMatchObject({ values: { 'guard.on_write': 'freeze' } });
	expect(told.origins['guard.on_write']).toBe(own);
	writeFileSync(shared, 'guard: detect\n');
	expect((await weir.run('config', 'check')).stdout).toContain(
		`${shared}:1:1: guard: only your own settings may say detect`,
	);
});

test('the doctor says that nothing holds agents where the settings say so', async () => {
	writeFileSync(own, 'guard: detect\n');
	expect((await weir.run('config', 'check')).code).toBe(0);
	const { stdout } = await weir.run('doctor');
	expect(stdout).toMatch(/poor +sandbox +nothing keeps agents .*: guard.mode is detect/);
	expect(stdout).toContain('weir config set guard auto');
});

test('the schema is a JSON Schema of the settings', async () => {
	const { stdout } = await weir.run('config', 'schema');
	const schema = JSON.parse(stdout);
	expect(schema.properties.theme.examples).toContain('high-contrast');
	expect(schema.properties.layout.enum).toContain('main-stack');
	expect(schema.additionalProperties).toBe(false);
});

test('commands of the repository run only once their exact content is trusted', async () => {
	const text = 'worktree:\n  setup: touch set-up-ran # \u202e\n';
	writeFileSync(shared, text);
	const untrusted = await weir.run('new', 'early', '--', 'sh');
	expect(untrusted.code).toBe(3);
	expect(untrusted.stderr).toMatch(/not trusted[^]*\n {2}weir trust\n/);
	const shown = await weir.run('trust');
	expect(shown.code).toBe(3);
	// What a terminal would turn round or hide is told.
	expect(shown.stdout).toContain('  setup: touch set-up-ran # \\u{202e}\n');
	const [, hash = ''] = /weir trust --hash ([0-9a-f]{64})/.exec(shown.stderr) ?? [];
	const wrong = await weir.run('trust', '--hash', hash.replace(/^./, 'x'));
	expect(wrong.code).toBe(3);
	writeFileSync(shared, `${text}  teardown: 'true'\n`);
	expect((await weir.run('trust', '--hash', hash)).code).toBe(3);
	writeFileSync(shared, text);
	expect(await weir.json('trust', '--hash', hash)).toEqual({
		v: 1,
		trusted: true,
		hash,
		files: [shared],
	});
	await weir.json('new', 'late', '--', 'sh');
	const { worktree } = await weir.agent('late');
	expect(existsSync(join(worktree, 'set-up-ran'))).toBe(true);
	expect((await weir.run('trust')).stdout).toContain('nothing to trust');
	writeFileSync(shared, `${text}  teardown: 'true'\n`);
	expect((await weir.run('trust')).code).toBe(3);
	expect((await weir.run('trust', '--yes')).code).toBe(0);
	await weir.json('kill', 'late');
	await weir.json('remove', 'late', '--yes');
});

test('a set-up that fails says so, and the agent is not started', async () => {
	writeFileSync(shared, 'worktree:\n  setup: echo missing-thing >&2; exit 7\n');
	await weir.json('trust', '--yes');
	const made = await weir.run('new', 'broken', '--', 'sh');
	expect(made.code).toBe(3);
	expect(made.stderr).toContain('7');
	expect((await weir.agent('broken')).life).toBe('failed');
	await weir.json('remove', 'broken', '--yes');
	writeFileSync(shared, 'worktree:\n  setup: [npm ci, npm test]\n');
	await weir.json('trust', '--yes');
	const listed = await weir.run('new', 'listed', '--', 'sh');
	expect(listed.stderr).toContain('worktree.setup cannot be started: npm ci is not');
	expect(listed.stderr).toContain('joined by &&');
	await weir.json('remove', 'listed', '--yes');
});

test('an agent kind of the settings is started by its name', async () => {
	commitFiles(weir.repo, { 'kind.txt': 'kind\n' });
	writeFileSync(
		own,
		'agents:\n  echoer:\n    command: [sh, -c, "echo kind-$0; cat", one]\n',
	);
	await weir.json('new', 'kinded', '--agent', 'echoer');
	await weir.shows('kinded', 'kind-one');
	expect((await weir.agent('kinded')).kind).toBe('echoer');
	const unknown = await weir.run('new', 'other', '--agent', 'echoed');
	expect(unknown.code).toBe(3);
	expect(unknown.stderr).toContain('echoe');
	await weir.json('kill', 'kinded');
	await weir.json('remove', 'kinded', '--yes');
});

test('the doctor checks this machine, and says what to mend', async () => {
	const report = await weir.json<{ v: 1; ok: boolean; checks: { name: string }[] }>(
		'doctor',
	);
	expect(report.ok).toBe(true);
	const names = report.checks.map(({ name }) => name);
	for (const name of ['node', 'git', 'terminals', 'sockets', 'settings'])
		expect(names).toContain(name);
	expect(Object.keys(report.checks[0] ?? {})).toEqual(
		expect.arrayContaining(['name', 'verdict', 'found', 'fix']),
	);
	expect(report.checks).toContainEqual({
		name: 'terminal',
		verdict: 'good',
		found: 'TERM xterm-256color, 256 colours; output goes elsewhere, verbs need none',
		fix: null,
	});
	const outside = await weir.runWith({ cwd: weir.folder }, 'doctor');
	expect(outside.code).toBe(1);
	expect(outside.stdout).toMatch(/^bad +repository/m);
	expect(outside.stdout).toContain('repository: git init');
});

test('help tells of every verb on one screen, version of the version', async () => {
	const { verbs } = await import('../../../src/cli/verbs.ts');
	const all = (await weir.run('help')).stdout;
	for (const name of Object.keys(verbs))
		expect(all).toMatch(new RegExp(`^ {2}${name} `, 'm'));
	expect((await weir.run('--help')).stdout).toBe(all);
	const one = (await weir.run('help', 'new')).stdout;
	expect((await weir.run('new', '--help')).stdout).toBe(one);
	expect(one.split('\n').length).toBeLessThan(25);
	expect((await weir.run('help', 'nwe')).stderr).toContain('did you mean new?');
	expect(await weir.json('version')).toMatchObject({ v: 1, version: '0.1.0' });
	expect((await weir.run('--version')).stdout).toBe('0.1.0\n');
});

test('the keys do not contradict each other; echoing them needs a terminal', async () => {
	expect(await weir.json('keymap', 'check')).toMatchObject({ v: 1, conflicts: [] });
	const echo = await weir.run('keymap', 'echo');
	expect(echo).toMatchObject({ code: 3, stdout: '' });
	expect((await weir.run('keymap', 'echoes')).code).toBe(2);
});

test('completions are scripts that their shell accepts', async () => {
	const bash = (await weir.run('completions', 'bash')).stdout;
	const line = `${bash}\nCOMP_WORDS=(weir new --pr) COMP_CWORD=2; _weir; echo "\${COMPREPLY[*]}"`;
	const said = execFileSync('bash', ['--norc', '-c', line], { encoding: 'utf8' });
	expect(said).toBe('--prompt\n');
	for (const shell of ['zsh', 'fish'])
		expect((await weir.run('completions', shell)).stdout).toContain('weir list --names');
	const other = await weir.run('completions', 'csh');
	expect(other.code).toBe(2);
});
