// Kinds of one's own: what the settings say is how they are started and go on, without any code.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { scratchWeir } from '../../support/weir.ts';

/** Says how it was called, and waits. */
const program = `#!/bin/sh
printf 'called <%s>\\n' "$@"
exec cat
`;

function scratch(settings: (path: string) => string) {
	const weir = scratchWeir();
	onTestFinished(() => weir.close());
	const path = join(weir.folder, 'our-agent');
	writeFileSync(path, program);
	chmodSync(path, 0o755);
	const folder = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'config.yaml'), settings(path));
	return weir;
}

test('a kind has its prompt as an argument, goes on by its own command, and begins anew when told to', async () => {
	const weir = scratch(
		(path) => `agents:
  ours:
    command: [${path}, --task]
    prompt: argument
    resume: [${path}, --continue]
default_agent: ours
`,
	);
	await weir.json('new', 'a', '--prompt', 'do it, all');
	await weir.shows('a', 'called <do it, all>');
	const { pid, kind } = await weir.agent('a');
	expect(kind).toBe('ours');
	process.kill(pid ?? 0, 'SIGKILL');
	await weir.json('wait', 'a', '--until', 'failed');
	await weir.json('respawn', 'a');
	await weir.shows('a', 'called <--continue>');
	const screen = await weir.json<{ lines: string[] }>('screen', 'a');
	expect(screen.lines.join('\n')).not.toContain('do it');
	await weir.json('kill', 'a');
	await weir.json('respawn', 'a', '--fresh');
	await weir.shows('a', 'called <--task>');
	await weir.shows('a', 'do it, all');
});

test('a kind whose prompt is a line has it typed, and its rules read its screen', async () => {
	const weir = scratch(
		(path) => `agents:
  ours: {command: [${path}, ready], prompt: line, rules: ours}
`,
	);
	const rules = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir', 'rules');
	mkdirSync(rules);
	const rule =
		"screen:\n  - {id: oracle, state: asks, match: 'ORACLE', question: 'ORACLE.*'}\n";
	writeFileSync(join(rules, 'ours.yaml'), rule);
	await weir.json('new', 'a', '--agent', 'ours', '--prompt', 'ORACLE, what now');
	await weir.shows('a', 'ORACLE, what now');
	await weir.json('wait', 'a', '--until', 'asks');
	expect(await weir.agent('a')).toMatchObject({ state: 'asks', inferred: true });
});

test('the very words of a kind are that kind, and a known CLI with others is told of', async () => {
	const weir = scratch((path) => `agents:\n  ours: {command: [${path}, --task]}\n`);
	const path = join(weir.folder, 'our-agent');
	await weir.json('new', 'same', '--', path, '--task');
	await weir.json('new', 'other', '--', path, '--tasks');
	expect((await weir.agent('same')).kind).toBe('ours');
	expect((await weir.agent('other')).kind).toBe('command');

	for (const name of ['claude', 'codex']) writeFileSync(join(weir.folder, name), program);
	chmodSync(join(weir.folder, 'claude'), 0o755);
	const env = { PATH: `${weir.folder}:${weir.env.PATH}` };
	const bare = await weir.runWith({ env }, 'new', 'bare', '--', 'claude');
	expect(bare.stderr).not.toContain('weir does not hear');
	await weir.shows('bare', 'called <--session-id>');
	const typed = await weir.runWith({ env }, 'new', 'typed', '--', 'claude', '-p');
	expect(typed.stderr).toContain('weir does not hear what Claude Code tells');
	await weir.shows('typed', 'called <-p>');
	expect((await weir.run('screen', 'typed')).stdout).not.toContain('--session-id');
});
