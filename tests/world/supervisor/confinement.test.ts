// An agent's program held by what the machine, the settings and its worktree say together.
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Agent } from '../../../src/domain/agent.ts';
import { defaultGuard, type GuardSettings } from '../../../src/domain/guard.ts';
import { defaultSettings } from '../../../src/domain/settings.ts';
import type { Worktree } from '../../../src/git/worktree.ts';
import { probeSandbox, type Standing } from '../../../src/guard/sandbox/probe.ts';
import { identityOf } from '../../../src/lib/processes.ts';
import { guardedArgv } from '../../../src/lib/trampoline.ts';
import { Confinement, type Held } from '../../../src/supervisor/confinement.ts';
import { placesOf } from '../../../src/supervisor/places.ts';
import { Core, newAgent } from '../../support/domain.ts';
import { requiresPrevention } from '../../support/held.ts';
import { makeRepository, makeWorktree, open, valueOf } from '../../support/repository.ts';
import { makeScratch } from '../../support/scratch.ts';
import { openProgram } from '../../support/terminal-driver.ts';

interface Bench {
	readonly worktree: Worktree;
	readonly home: string;
	readonly runtime: string;
	readonly confinement: Confinement;
	readonly agent: (...scope: string[]) => Agent;
	readonly hold: (
		script: string,
		agent: Agent,
		env?: Record<string, string>,
	) => Promise<Held>;
}

async function setUp(
	guard: Partial<GuardSettings> = {},
	standing?: Standing,
): Promise<Bench> {
	const repository = await open(
		makeRepository({ 'src/a': 'a\n', 'docs/b': 'b\n', 'docs/c': 'c\n', readme: 'r\n' }),
	);
	const worktree = await makeWorktree(repository, 'api');
	const folder = makeScratch();
	const below = (name: string) => {
		mkdirSync(join(folder, name), { recursive: true });
		return join(folder, name);
	};
	const runtime = below('run');
	const places = placesOf({
		state: join(repository.commonDir, 'weir'),
		runtime: below('run/weir/x'),
		commonDir: repository.commonDir,
		root: repository.root ?? '',
		environment: {},
	});
	for (const path of [places.starts, places.shim, join(places.runtime, 'agents')])
		mkdirSync(path, { recursive: true });
	const home = below('home');
	const settings = () => ({ ...defaultSettings, guard: { ...defaultGuard, ...guard } });
	const probe = standing ? async () => standing : probeSandbox;
	const confinement = new Confinement(places, process.env, settings, probe);
	const agent = (...scope: string[]) => {
		const core = new Core();
		core.submit(newAgent('api', { scope }));
		return { ...core.agent('api'), path: worktree.path };
	};
	const hold = async (script: string, of: Agent, more = {}) =>
		valueOf(
			await confinement.hold({
				...{ agent: of, worktree, generation: 1, argv: ['bash', '-c', script] },
				env: {
					...{ PATH: process.env.PATH ?? '', HOME: home, XDG_RUNTIME_DIR: runtime },
					...more,
				},
			}),
		);
	return { worktree, home, runtime, confinement, agent, hold };
}

function run({ argv: [file = '', ...args], env }: Held, cwd: string): string {
	return execFileSync(file, args, { cwd, env, encoding: 'utf8', stdio: 'pipe' });
}

test('a wider scope reaches the program that runs', async (context) => {
	await requiresPrevention(context, 'bubblewrap');
	const { worktree, confinement, agent, hold } = await setUp();
	const script =
		'while read w; do n=$((n+1)); (echo "$w" >"$w") 2>/dev/null && echo $n:ok || echo $n:no; done';
	const held = await hold(script, agent('/src/**'));
	await using program = openProgram(guardedArgv(held.argv), {
		...{ cwd: worktree.path, env: held.env },
	});
	let tries = 0;
	const says = async (path: string) => {
		tries += 1;
		program.type(path);
		program.key('enter');
		const screen = await program.waitFor(new RegExp(`^${tries}:(?:ok|no)`, 'm'));
		return screen.find((line) => line.startsWith(`${tries}:`))?.split(':')[1];
	};
	const widen = async (...scope: string[]) => {
		const process = identityOf(program.pid);
		if (!process) throw new Error('the program has ended');
		return valueOf(await confinement.widen(agent(...scope), worktree, process));
	};
	expect([await says('src/new'), await says('docs/b')]).toEqual(['ok', 'no']);
	expect(await widen('/src/**', '/docs/b')).toBe(0);
	expect([await says('docs/b'), await says('docs/c')]).toEqual(['ok', 'no']);
	// Told twice, as after a crash.
	await widen('/src/**', '/docs/b');
	await widen('/src/**', '/docs/b', 'docs/');
	expect([await says('docs/c'), await says('readme')]).toEqual(['ok', 'no']);
	await widen('/src/**', 'docs/', '/readme', '/later/**');
	expect([await says('readme'), await says('later/x')]).toEqual(['ok', 'ok']);
	expect([await says('.git'), await says('src/again')]).toEqual(['no', 'ok']);
	expect(readFileSync(join(worktree.path, 'readme'), 'utf8')).toBe('readme\n');
});

test('services outside are neither there nor told of, unless they are named', async (context) => {
	await requiresPrevention(context, 'bubblewrap');
	const play = async (guard: Partial<GuardSettings>) => {
		const { worktree, runtime, agent, hold } = await setUp(guard);
		const script = `echo "<$SSH_AUTH_SOCK$DOCKER_HOST>"; ls ${runtime}; ls -A ${runtime}/*
			(echo 1 >${worktree.repository.commonDir}/weir/new) 2>&1 | grep -o 'Read-only.*'
			echo $XDG_RUNTIME_DIR; (echo 1 >$XDG_RUNTIME_DIR/new) 2>/dev/null && echo written`;
		const socket = join(runtime, 'agent');
		const server = createServer();
		await new Promise<void>((ready) => server.listen(socket, ready));
		onTestFinished(() => void server.close());
		const env = { SSH_AUTH_SOCK: socket, DOCKER_HOST: 'tcp://localhost:1' };
		const said = run(await hold(script, agent(), env), worktree.path);
		return said.replaceAll(runtime, 'RUN');
	};
	expect(await play({})).toBe(
		'<>\nweir\nx\nRead-only file system\n/tmp/.runtime\nwritten\n',
	);
	expect(await play({ sockets: ['ssh-agent'] })).toMatch(
		/^<RUN\/agent>\nagent\nweir\n[^]*\nRead-only file system\nRUN\nwritten\n$/,
	);
});

test('caches and what the CLI keeps at home are open, the rest of it is not', async (context) => {
	await requiresPrevention(context, 'bubblewrap');
	const { worktree, home, agent, hold } = await setUp({ caches: ['~/kept/here'] });
	mkdirSync(join(home, '.cache'));
	mkdirSync(join(home, '.claude/hooks'), { recursive: true });
	const claude = { ...agent(), adapter: 'claude' };
	const script =
		'cd; for f in x .cache/x .cache/weir/x kept/x kept/here/x .claude/x .claude/hooks/x; do (echo 1 >$f) 2>/dev/null && echo $f; done; echo $TMPDIR >/tmp/x';
	expect(run(await hold(script, claude), worktree.path)).toBe('kept/here/x\n.claude/x\n');
	expect(readFileSync(join(worktree.scratch, 'tmp/x'), 'utf8')).toBe('/tmp\n');
	const usual = await setUp();
	mkdirSync(join(usual.home, '.cache/weir'), { recursive: true });
	expect(run(await usual.hold(script, usual.agent()), usual.worktree.path)).toBe(
		'.cache/x\n',
	);
});

test('the cache of a tool that is used for the first time is made, of others none is', async (context) => {
	await requiresPrevention(context, 'bubblewrap');
	const { worktree, home, agent, hold } = await setUp();
	const programs = join(home, 'bin');
	mkdirSync(programs);
	writeFileSync(join(programs, 'npm'), '', { mode: 0o755 });
	const script =
		'cd; mkdir -p .npm/_cacache/x .cache/x && echo made; mkdir .npm/y .cargo 2>/dev/null || echo shut';
	const held = await hold(script, agent(), { PATH: `${programs}:/usr/bin:/bin` });
	expect(run(held, worktree.path)).toBe('made\nshut\n');
	expect(statSync(join(home, '.npm')).mode & 0o777).toBe(0o700);
	expect(existsSync(join(home, '.bun'))).toBe(false);
	expect(held.guard.reason).toBe(null);
});

test('a cache is not opened by a link that a program put there', async (context) => {
	await requiresPrevention(context, 'bubblewrap');
	const { worktree, home, agent, hold } = await setUp({ caches: ['~/.cache/tool'] });
	mkdirSync(join(home, '.cache'));
	mkdirSync(join(home, '.ssh'));
	symlinkSync('../.ssh', join(home, '.cache/tool'));
	const held = await hold('(echo 1 >~/.ssh/x) 2>/dev/null || echo shut', agent());
	expect(run(held, worktree.path)).toBe('shut\n');
	expect(held.guard.reason).toContain(
		'.cache/tool cannot be written: a link leads there',
	);
});

test('held by Landlock it writes the same, and its guard tells what stays open', async (context) => {
	await requiresPrevention(context, 'landlock');
	const reason = 'bubblewrap is not installed';
	const standing = {
		prevention: 'landlock',
		reason,
		allow: 'get it',
		program: null,
	} as const;
	const { worktree, agent, hold } = await setUp({}, standing);
	const script =
		'for f in src/x docs/b docs/c readme ../x; do (echo 1 >$f) 2>/dev/null && echo $f; done; f=$(mktemp) && echo "$f"';
	const held = await hold(script, agent('/src/**', '/docs/b'));
	expect(run(held, worktree.path).split('\n').slice(0, -1)).toEqual([
		...['src/x', 'docs/b', 'docs/c'],
		expect.stringContaining(worktree.scratch),
	]);
	expect(held.guard).toMatchObject({ prevention: 'landlock', reason, allow: 'get it' });
	expect(held.guard.loose).toBeGreaterThan(0);
});

test('what must be held and cannot be is not started', async () => {
	const standing = {
		prevention: 'none',
		reason: 'it is off',
		allow: 'turn it on',
	} as const;
	const strict = await setUp({ mode: 'require' }, { ...standing, program: null });
	const { worktree, agent } = strict;
	const start = { agent: agent(), worktree, generation: 1, argv: ['true'], env: {} };
	expect(await strict.confinement.hold(start)).toEqual({
		ok: false,
		refusal: {
			code: 'guard.required',
			message:
				'guard.mode is require, and nothing holds api to its scope here: it is off',
			allow: 'turn it on',
		},
	});
	const usual = await setUp({}, { ...standing, program: null });
	const held = valueOf(await usual.confinement.hold({ ...start, agent: usual.agent() }));
	expect(held).toMatchObject({ argv: ['true'], guard: { ...standing, loose: 0 } });
});
