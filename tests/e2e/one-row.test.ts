// A new CLI is a file and a row: nothing else of the program has to know of it.
import { spawnSync } from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { scratchWeir } from '../support/weir.ts';

const root = join(import.meta.dirname, '..', '..');

/** Names its conversation as it is told, tells by a hook what it does, and takes lines. */
const program = `#!/usr/bin/env node
const { spawnSync } = require('node:child_process');
const [, , option, conversation, hook, ...prompt] = process.argv;
const tell = (hook_event_name) =>
	spawnSync(hook.split(' ')[0], hook.split(' ').slice(1), {
		input: JSON.stringify({ hook_event_name, session_id: conversation }),
	});
console.log(option + ' ' + conversation + ' ' + prompt.join(' '));
tell('UserPromptSubmit');
tell('Stop');
process.stdin.resume();
`;

const adapter = `import type { Adapter } from './adapter.ts';
import { claudeHook } from './claude-hooks.ts';

export const parrot: Adapter = {
	name: 'parrot',
	title: 'Parrot',
	launch({ command, prompt, resume, hook, newConversation }) {
		const conversation = resume ?? newConversation();
		const said = [resume === null ? '--begin' : '--go-on', conversation, hook.join(' ')];
		return {
			argv: [...command, ...said, ...(prompt === null ? [] : [prompt])],
			env: {},
			files: {},
			conversation,
		};
	},
	boxes: () => false,
	shellAsks: false,
	folders: [],
	writes: null,
	hook: claudeHook,
	usage: null,
	logins: [],
	sheet: {
		tried: null,
		reportsSince: null,
		signals: ['hooks'],
		idleMegabytes: 50,
		loginFiles: () => [],
		logIn: 'parrot login',
	},
	fixed: () => [],
	writable: () => [],
};
`;

test('a file and a row are enough for a CLI to be found, started, heard and resumed', async () => {
	const copy = realpathSync(mkdtempSync(join(tmpdir(), 'weir-row-')));
	onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
	for (const name of [
		'src',
		'components',
		'layouts',
		'scripts',
		'bin',
		'rules',
		'plugins',
	])
		cpSync(join(root, name), join(copy, name), { recursive: true });
	for (const name of ['package.json', 'package-lock.json', 'tsconfig.json'])
		cpSync(join(root, name), join(copy, name));
	cpSync(join(root, 'tsconfig.build.json'), join(copy, 'tsconfig.build.json'));
	symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
	symlinkSync(join(root, 'build'), join(copy, 'build'));

	const registry = join(copy, 'src', 'agents', 'registry.ts');
	const before = readFileSync(registry, 'utf8');
	const after = before
		.replace(/^import \{ pi \}.*$/m, "$&\nimport { parrot } from './parrot.ts';")
		.replace(/^\tpi,$/m, '$&\n\tparrot,');
	expect(after.split('\n').length - before.split('\n').length).toBe(2);
	writeFileSync(registry, after);
	writeFileSync(join(copy, 'src', 'agents', 'parrot.ts'), adapter);
	const built = spawnSync(process.execPath, [join(copy, 'scripts', 'build.mjs')], {
		encoding: 'utf8',
	});
	expect(built.stdout + built.stderr).toBe('');

	const weir = scratchWeir(undefined, join(copy, 'bin', 'weir.js'));
	onTestFinished(() => weir.close());
	const programs = join(weir.folder, 'programs');
	mkdirSync(programs);
	writeFileSync(join(programs, 'parrot'), program, { mode: 0o755 });
	const env = { PATH: `${programs}:${weir.env.PATH}` };
	const began = await weir.runWith(
		{ env },
		...['new', 'a', '--agent', 'parrot', '--prompt', 'hello'],
	);
	expect(began).toMatchObject({ code: 0 });
	await weir.run('wait', 'a', '--until', 'done');
	expect(await weir.agent('a')).toMatchObject({ kind: 'parrot', state: 'done' });
	await weir.shows('a', '--begin');
	const [, conversation = ''] =
		/--begin (\S+)/.exec((await weir.run('screen', 'a')).stdout) ?? [];

	const { pid } = await weir.agent('a');
	process.kill(pid ?? 0, 'SIGKILL');
	expect(await weir.run('wait', 'a', '--until', 'failed')).toMatchObject({ code: 0 });
	expect(await weir.runWith({ env }, 'respawn', 'a')).toMatchObject({ code: 0 });
	await weir.shows('a', `--go-on ${conversation}`);
	expect((await weir.runWith({ env }, 'doctor')).stdout).toContain('Parrot');
});
