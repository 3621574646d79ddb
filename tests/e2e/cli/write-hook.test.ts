// What a CLI's hook says before a write: asked of weir by the built program, as a CLI runs it.
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, eventsOf, start } from '../../support/agents.ts';
import { type Ran, type ScratchWeir, scratchWeir } from '../../support/weir.ts';

let weir: ScratchWeir;
let worktree: string;
let env: Readonly<Record<string, string>>;

/** Within its scope. */
const told = () => join(worktree, 'src', 'environment');
const tellingItsEnvironment = [
	...['sh', '-c'],
	'env -0 > src/half && mv src/half src/environment && exec sleep 1000',
];

beforeEach(async () => {
	weir = scratchWeir();
	const scope = ['--scope', 'src/**', '--scope', '!src/own'];
	const agent = await start(weir, 'api', tellingItsEnvironment, ...scope);
	worktree = agent.worktree;
	await expect.poll(() => existsSync(told()), { timeout: 60_000 }).toBe(true);
	const variables = readFileSync(told(), 'utf8').split('\0').filter(Boolean);
	env = Object.fromEntries(variables.map((one) => one.split(/=(.*)/s)));
});
afterEach(() => weir.close());

/** As Claude Code would before it writes a file. */
function before(
	file_path: string,
	over: Readonly<Record<string, string | undefined>> = {},
): Promise<Ran> {
	const payload = { tool_name: 'Write', tool_input: { file_path }, cwd: worktree };
	const input = JSON.stringify({ ...payload, hook_event_name: 'PreToolUse' });
	return hook(input, over);
}

function hook(
	input: string,
	over: Readonly<Record<string, string | undefined>> = {},
): Promise<Ran> {
	const options = { cwd: worktree, env: { ...env, ...over }, input };
	return weir.runWith(options, 'hook', '--before-write');
}

/** Why it was refused; null where it may. */
function reasonOf({ code, stdout }: Ran): string | null {
	expect(code).toBe(0);
	if (stdout === '') return null;
	const { hookSpecificOutput: said } = JSON.parse(stdout);
	expect(said.permissionDecision).toBe('deny');
	return said.permissionDecisionReason;
}

test('what the scope covers may be written, and nothing else by any way to it', async () => {
	const other = await start(weir, 'docs');
	mkdirSync(join(worktree, 'lib'));
	symlinkSync('../lib', join(worktree, 'src', 'to-lib'));
	symlinkSync('../../outside', join(worktree, 'src', 'dangling'));
	symlinkSync('src', join(worktree, 'to-src'));
	const may = [
		...['src/a.txt', `${worktree}/src/new/b.txt`, 'to-src/c.txt', './lib/../src/d'],
		...[`${weir.env.TMPDIR}/scratch`, '/tmp/scratch'],
	];
	for (const path of may)
		expect([path, reasonOf(await before(path))]).toEqual([path, null]);

	const outside: [string, string][] = [
		['lib/x.ts', 'lib/x.ts is outside of your scope.'],
		['src/own', 'src/own is outside of your scope, by its pattern !src/own.'],
		['src/to-lib/x.ts', 'lib/x.ts is outside of your scope.'],
		['src/../lib/x.ts', 'lib/x.ts is outside of your scope.'],
		['src/dangling', 'outside lies outside of your worktree.'],
		['../docs/src/a.txt', `${other.worktree}/src/a.txt lies outside of your worktree.`],
		[`${other.worktree}/src/a.txt`, 'lies outside of your worktree.'],
		[`${weir.repo}/src/a.txt`, `${weir.repo}/src/a.txt lies outside of your worktree.`],
		[`${weir.repo}/.git/config`, 'lies outside of your worktree.'],
		['.git', ".git is git's own"],
		['~/.bashrc', `${weir.env.HOME}/.bashrc lies outside of your worktree.`],
		['', 'which file'],
	];
	for (const [path, words] of outside)
		expect([path, reasonOf(await before(path))]).toEqual([
			path,
			expect.stringContaining(words),
		]);
	expect(reasonOf(await before('lib/x.ts'))).toContain(
		`weir scope request /lib/x.ts --why "TEXT"`,
	);
	const denied = await eventsOf(weir, 'write.denied', 3);
	expect(denied[0]?.data).toMatchObject({
		...{ path: 'lib/x.ts', layer: 'hook', tool: 'Write', times: 1 },
	});
	const { items } = await ask(weir, 'inbox', {});
	expect(items.find(({ kind }) => kind === 'scope')).toMatchObject({
		name: 'api',
		text: expect.stringContaining('writes refused: '),
	});
	expect((await weir.agent('api')).denied).toBeGreaterThanOrEqual(3);
});

test('what the scope was widened by may be written at once', async () => {
	expect(reasonOf(await before('lib/x.ts'))).not.toBeNull();
	await weir.json('scope', 'add', 'api', 'lib/', '--why', 'its task needs it');
	expect(reasonOf(await before('lib/x.ts'))).toBeNull();
});

test('where nobody can say it is refused, and the CLI told so', async () => {
	const blocked = async (ran: Promise<Ran>) => {
		const { code, stdout, stderr } = await ran;
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		return stderr;
	};
	const nowhere = { WEIR_SOCKET: join(weir.folder, 'no.sock') };
	expect(await blocked(before('src/a.txt', nowhere))).toContain('no supervisor listens');
	expect(
		await blocked(before('src/a.txt', { WEIR_TOKEN: 'of nobody at all' })),
	).toContain('no running agent');
	expect(await blocked(before('src/a.txt', { WEIR_TOKEN: undefined }))).toContain(
		'by an agent',
	);
	expect(await blocked(hook('no payload'))).toContain('nobody could say');
	expect(await blocked(before('src/a\0.txt'))).toContain('nobody could say');
});

test('a file of any size is asked about by its name alone', async () => {
	const content = 'x'.repeat(8 * 1024 * 1024);
	const tool_input = { file_path: 'lib/big.txt', content };
	const ran = await hook(JSON.stringify({ tool_name: 'Write', tool_input }));
	expect(reasonOf(ran)).toContain('lib/big.txt is outside');
});
