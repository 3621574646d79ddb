// Worktrees as agents get them: what is brought along, set up, kept apart and taken down.
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	statSync,
	symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectOrStart } from '../../src/client/start.ts';
import type { ClientPush } from '../../src/protocol/client.ts';
import { idle, refusal, start, trust, until } from '../support/agents.ts';
import { gitIn, writeFiles } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

const settings = `worktree:
  copy: ['.env', 'config/*.local']
  link: [node_modules]
  setup: sh setup.sh
  teardown: [sh, teardown.sh]
`;

/** Fails in the worktree of `broken` until a file called fixed is there. */
const setup = `echo "set-up of $WEIR_AGENT"
echo "secret $CANARY_TOKEN"
test "$WEIR_AGENT" != broken || test -e fixed || exit 9
touch set-up-ran
`;

const canary = 'canary-7f3a91c2d4e8b6a5';

let weir: ScratchWeir;
beforeAll(async () => {
	weir = scratchWeir({
		'readme.md': 'scratch\n',
		'src/a.txt': 'one\n',
		'.gitignore': '.env\nnode_modules/\n*.local\nset-up-ran\nseen/\nnotes/\n',
		'.worktreeinclude': '# what else\nnotes/*.md\n',
		'.weir/config.yaml': settings,
		'setup.sh': setup,
		'teardown.sh': 'touch "$HOME/torn-down-$WEIR_AGENT"\n',
	});
	writeFiles(weir.repo, {
		'.env': `SECRET=${canary}\n`,
		'config/one.local': 'local\n',
		'notes/mine.md': 'note\n',
		'notes/other.txt': 'not asked for\n',
		'node_modules/dep/main.js': 'dep\n',
	});
});
afterAll(() => weir.close());

test('settings that name commands run none of them, and make nothing, until they are trusted', async () => {
	const no = await refusal(weir, 'new', 'eager', '--', ...idle);
	expect(no).toMatchObject({ code: 'trust.needed', allow: 'weir trust' });
	expect(await weir.json('list')).toEqual({ v: 1, agents: [], alarms: [] });
	expect(gitIn(weir.repo, 'branch', '--list', 'weir/*')).toBe('');
	await trust(weir);
});

test('the worktree has what is copied and linked, and stands outside the repository', async () => {
	const { worktree } = await start(weir, 'filled');
	expect(worktree.startsWith(weir.repo)).toBe(false);
	expect(readFileSync(join(worktree, 'src/a.txt'), 'utf8')).toBe('one\n');
	expect(readFileSync(join(worktree, '.env'), 'utf8')).toBe(`SECRET=${canary}\n`);
	expect(statSync(join(worktree, '.env')).mode & 0o777).toBe(0o600);
	expect(readFileSync(join(worktree, 'config/one.local'), 'utf8')).toBe('local\n');
	expect(readFileSync(join(worktree, 'notes/mine.md'), 'utf8')).toBe('note\n');
	expect(existsSync(join(worktree, 'notes/other.txt'))).toBe(false);
	expect(readFileSync(join(worktree, 'node_modules/dep/main.js'), 'utf8')).toBe('dep\n');
	expect(gitIn(worktree, 'status', '--porcelain')).toBe('');
});

test('set-up streams into the pane and comes before the program', async () => {
	const { worktree } = await start(
		...([weir, 'prepared', ['sh', '-c', 'ls set-up-ran; exec sleep 1000']] as const),
	);
	await weir.shows('prepared', 'set-up-ran');
	expect(existsSync(join(worktree, 'set-up-ran'))).toBe(true);
	const no = await refusal(weir, 'new', 'broken', '--', ...idle);
	expect(no).toMatchObject({ code: 'setup.failed', allow: 'weir respawn broken' });
	expect(no.message).toContain('(worktree.setup) ended with code 9');
	expect((await weir.run('screen', 'broken')).stdout).toContain('set-up of broken');
	const broken = await weir.agent('broken');
	expect(broken).toMatchObject({ life: 'failed', state: 'failed', pid: null });
	expect((await refusal(weir, 'respawn', 'broken')).code).toBe('setup.failed');
	writeFiles(broken.worktree, { fixed: '' });
	await weir.json('respawn', 'broken');
	expect((await weir.agent('broken')).life).toBe('running');
});

test('worktrees may stand in a folder that a link leads to', async () => {
	const linked = scratchWeir();
	try {
		const top = linked.env.HOME ?? '';
		mkdirSync(join(top, 'elsewhere'));
		symlinkSync('elsewhere', join(top, 'link'));
		await linked.json('config', 'set', 'worktree.root', '~/link/trees');
		expect(await linked.run('new', 'api', '--', 'sh')).toMatchObject({ code: 0 });
		const { worktree } = await linked.agent('api');
		expect(worktree).toBe(join(top, 'elsewhere/trees/api'));
	} finally {
		await linked.close();
	}
});

test('teardown runs when the worktree is removed', async () => {
	const { worktree } = await start(weir, 'torn');
	await weir.json('remove', 'torn', '--yes');
	expect(existsSync(join(weir.env.HOME ?? '', 'torn-down-torn'))).toBe(true);
	expect(existsSync(worktree)).toBe(false);
	const failing = await start(weir, 'torn-badly');
	writeFiles(failing.worktree, { 'teardown.sh': 'exit 7\n' });
	const removed = await weir.run('remove', 'torn-badly', '--yes');
	expect(removed.code).toBe(0);
	expect(removed.stderr).toContain('worktree.teardown of torn-badly ended with code 7');
	expect(existsSync(failing.worktree)).toBe(false);
});

test('an agent has the environment of its client, less the outer terminal’s, npm’s and weir’s own', async () => {
	const script =
		'mkdir -p seen; env >seen/env; echo "out $CANARY_TOKEN"; exec sleep 1000';
	const client = {
		...weir.env,
		TMUX: '/tmp/tmux,1,0',
		TERM_PROGRAM: 'other',
		npm_config_x: '1',
		npm_config_local_prefix: '/x',
		NODE_ENV: 'production',
		WEIR_AGENT: 'forged',
		WEIR_TOKEN: 'forged',
		MINE: 'kept',
		CANARY_TOKEN: canary,
		PATH: `/x/node_modules/.bin:${weir.env.PATH}`,
	};
	const made = await weir.runWith(
		{ env: client },
		'new',
		'env',
		'--',
		'sh',
		'-c',
		script,
	);
	expect(made.code).toBe(0);
	const { worktree, ports } = await weir.agent('env');
	const file = join(worktree, 'seen/env');
	await until('the program wrote', () => existsSync(file) && statSync(file).size > 0);
	await weir.shows('env', 'out');
	const seen = variablesOf(readFileSync(file, 'utf8'));
	const gone = ['TMUX', 'TERM_PROGRAM', 'npm_config_x', 'NODE_ENV'];
	expect(gone.filter((name) => seen.has(name))).toEqual([]);
	expect(seen.get('MINE')).toBe('kept');
	expect(seen.get('CANARY_TOKEN')).toBe(canary);
	expect(seen.get('WEIR_AGENT')).toBe('env');
	expect(seen.get('WEIR_TOKEN')).toMatch(/^.{16,}$/);
	expect(seen.get('WEIR_TOKEN')).not.toBe('forged');
	expect(seen.get('TERM')).toBe('xterm-256color');
	expect(seen.get('PATH')?.split(':')).not.toContain('/x/node_modules/.bin');
	expect(seen.get('WEIR_PORT')).toBe(String(ports.first));
	expect(seen.get('WEIR_PORT_1')).toBe(String(ports.first + 1));
	const other = await weir.agent('filled');
	expect(Math.abs(other.ports.first - ports.first)).toBeGreaterThanOrEqual(ports.count);
});

test('no secret and no token is in what weir keeps', async () => {
	await weir.json('kill', 'env');
	const { worktree } = await weir.agent('env');
	const seen = variablesOf(readFileSync(join(worktree, 'seen/env'), 'utf8'));
	const kept = join(weir.repo, '.git/weir');
	for (const secret of [canary, seen.get('WEIR_TOKEN') ?? 'none']) {
		expect(filesWith(kept, secret)).toEqual([]);
	}
	// The look is one that can find something.
	expect(filesWith(kept, 'xterm').length + filesWith(kept, 'setup.sh').length).not.toBe(
		0,
	);
});

test('what an agent does to its git leaves the user’s alone', async () => {
	const { worktree } = await start(weir, 'careless');
	const before = gitState();
	writeFiles(worktree, { 'src/a.txt': 'stashed\n' });
	gitIn(worktree, 'stash');
	gitIn(worktree, 'tag', 'mine');
	gitIn(worktree, 'branch', 'mine');
	gitIn(worktree, 'config', 'core.hooksPath', '/nonexistent');
	gitIn(worktree, 'config', 'user.name', 'Agent');
	writeFiles(worktree, { '.git-hook': 'x' });
	gitIn(worktree, 'remote', 'add', 'evil', '/nonexistent');
	gitIn(worktree, 'gc', '--quiet', '--prune=now');
	expect(gitState()).toEqual(before);
	gitIn(weir.repo, 'fsck', '--no-dangling');
});

test('ten agents at once on some thousand files, without a lock error and with progress', async () => {
	const count = process.env.WEIR_SOAK ? 30_000 : 3_000;
	const files = Object.fromEntries(
		Array.from({ length: count }, (_, at) => [`many/${at % 50}/${at}.txt`, `${at}\n`]),
	);
	const many = scratchWeir(files);
	try {
		await many.json('up');
		const met = await connectOrStart({
			commonDir: join(many.repo, '.git'),
			environment: many.env,
			version: '0.1.0',
			role: 'verb',
		});
		if (!met.ok) throw new Error(met.refusal.message);
		using connection = met.value;
		const labels = new Set<string>();
		connection.onPush.on((push: ClientPush) => {
			if (push.push === 'observed') labels.add(push.observation.progress?.label ?? '');
		});
		await connection.request('attach', {});
		const env = many.env;
		const made = await connection.request(
			'new',
			{
				agents: Array.from({ length: 10 }, (_, at) => ({ name: `a${at}`, argv: idle })),
				...{ kind: null, base: null, prompt: null },
				...{ env, columns: 80, rows: 24, wait: true },
			},
			{ timeoutMs: 120_000 },
		);
		if (!made.ok) throw new Error(made.refusal.message);
		expect(made.value.refusals).toEqual([]);
		expect(labels).toContain('files');
		expect(made.value.agents).toHaveLength(10);
		for (const { worktree } of made.value.agents) {
			expect(gitIn(worktree, 'status', '--porcelain')).toBe('');
			expect(readdirSync(join(worktree, 'many'))).toHaveLength(50);
		}
		expect(gitIn(many.repo, 'status', '--porcelain')).toBe('');
	} finally {
		await many.close();
	}
});

test('a kill and down --now break off the filling of worktrees, and respawn takes it up', async () => {
	const many = scratchWeir({ 'readme.md': 'many\n', 'held.txt': 'held\n' });
	const goOn = holdReading(many, 'held.txt');
	try {
		const names = Array.from({ length: 12 }, (_, at) => `a${at}`);
		await many.json('new', ...names, '--no-wait', '--', ...idle);
		const early = await refusal(many, 'remove', 'a10', '--yes');
		expect(early).toMatchObject({ code: 'agent.starting' });
		const broken = await many.run('kill', 'a10');
		expect(broken.stdout).toContain('broken off before its program was started');
		expect((await many.run('remove', 'a10')).stdout).toBe(
			'a10 removed; it had nothing to keep\n',
		);
		expect(gitIn(many.repo, 'branch', '--list', 'weir/a10')).toBe('');
		await many.json('down', '--now');
		expect(many.processes()).toEqual([]);
		const last = await many.agent('a11');
		expect(last.life).toBe('failed');
		expect(readdirSync(last.worktree)).not.toContain('held.txt');
		goOn();
		await many.json('respawn', 'a11');
		expect(readFileSync(join(last.worktree, 'held.txt'), 'utf8')).toBe('held\n');
		expect(gitIn(last.worktree, 'status', '--porcelain')).toBe('');
		expect((await many.agent('a11')).life).toBe('running');
	} finally {
		await many.close();
	}
});

test('a repository of an odd kind works or is refused in one sentence', async () => {
	const top = join(weir.folder, 'odd');
	mkdirSync(top);
	const clone = (name: string, ...flags: string[]) => {
		gitIn(top, 'clone', '--quiet', ...flags, `file://${weir.repo}`, name);
		return join(top, name);
	};
	const kinds: Record<string, string> = {
		bare: clone('bare', '--bare'),
		shallow: clone('shallow', '--depth=1'),
		detached: clone('detached'),
		'with spaces and ü': clone('with spaces and ü'),
		submodule: clone('submodule'),
	};
	gitIn(kinds.detached ?? '', 'checkout', '--quiet', '--detach');
	const allow = ['-c', 'protocol.file.allow=always'];
	const identity = ['-c', 'user.name=P', '-c', 'user.email=p@example.org'];
	const inner = ['submodule', '--quiet', 'add', `file://${weir.repo}`, 'inner'];
	gitIn(kinds.submodule ?? '', ...allow, ...inner);
	gitIn(kinds.submodule ?? '', ...identity, 'commit', '--quiet', '-m', 'Add inner');
	const none = join(top, 'none');
	gitIn(top, 'init', '--quiet', '-b', 'main', none);
	kinds.none = none;

	const told: Record<string, string> = {};
	for (const [kind, folder] of Object.entries(kinds)) {
		const at = { cwd: folder };
		const known = await weir.runWith(at, 'trust', '--yes');
		expect([0, 3], `${kind}: ${known.stderr}`).toContain(known.code);
		const ran = await weir.runWith(at, 'new', 'odd', '--', ...idle);
		told[kind] = ran.code === 0 ? 'works' : ran.stderr.trim();
		expect([0, 3], `${kind}: ${ran.stderr}`).toContain(ran.code);
		await weir.runWith(at, 'down', '--now');
	}
	expect(told.none).toMatch(/^weir: .*commit/);
	for (const sentence of Object.values(told)) {
		expect(sentence).toMatch(/^works$|^weir: [^\n]+(\n {2}[^\n]+)?$/);
	}
	expect(told['with spaces and ü']).toBe('works');
	expect(told.submodule).toBe('works');
	expect(told.detached).toMatch(/^works$|^weir: /);
});

/** Lets every git that reads a file of the first commit wait, however fast the disk, until called back. */
function holdReading({ repo, folder }: ScratchWeir, path: string): () => void {
	const blob = gitIn(repo, 'rev-parse', `main:${path}`);
	const object = join(repo, '.git', 'objects', blob.slice(0, 2), blob.slice(2));
	const kept = join(folder, 'kept');
	renameSync(object, kept);
	execFileSync('mkfifo', [object]);
	return () => renameSync(kept, object);
}

/** What of the user's git directory an agent could have changed. */
function gitState() {
	const git = join(weir.repo, '.git');
	return {
		config: readFileSync(join(git, 'config'), 'utf8'),
		head: readFileSync(join(git, 'HEAD'), 'utf8'),
		hooks: readdirSync(join(git, 'hooks')).sort(),
		refs: gitIn(weir.repo, 'for-each-ref')
			.split('\n')
			.filter((line) => !/refs\/(weir\/|heads\/weir\/)/.test(line)),
		stash: existsSync(join(git, 'refs/stash')),
		status: gitIn(weir.repo, 'status', '--porcelain'),
	};
}

function variablesOf(text: string): Map<string, string> {
	const pairs = text.split('\n').flatMap((line): [string, string][] => {
		const at = line.indexOf('=');
		return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
	});
	return new Map(pairs);
}

/** The files below a folder that hold these bytes, packed ones of git aside. */
function filesWith(folder: string, text: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((path) => {
			try {
				return readFileSync(path).includes(text);
			} catch (error) {
				// One that is made anew may go at any moment.
				if (existsSync(path)) throw error;
				return false;
			}
		});
}
