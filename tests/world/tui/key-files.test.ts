// Files of keys on a real disk, read as the panes and `weir keymap check` read them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keyFiles, readKeymap } from '../../../src/tui/keys/key-files.ts';
import { rowOf } from '../../../src/tui/keys/keys.ts';
import { OwnKeys } from '../../../src/tui/keys/own-keys.ts';
import { makeScratch } from '../../support/scratch.ts';

function place() {
	const folder = makeScratch();
	const environment = { HOME: folder, XDG_CONFIG_HOME: join(folder, 'config') };
	const root = join(folder, 'repo');
	const [own, theirs] = keyFiles(root, environment).map(({ path }) => path);
	if (!own || !theirs) throw new Error('two files were expected');
	const write = (file: string, text: string) => {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text);
	};
	return { root, environment, own, theirs, write };
}

test('without files the keys are those of weir', async () => {
	const { root, environment } = place();
	const read = await readKeymap(root, environment);
	expect(read).toMatchObject({ findings: [], files: [] });
	expect(rowOf(read.keymap, 'nav', 'x')?.action).toBe('agent.kill');
});

test("a repository's keys lie over one's own, which lie over a preset", async () => {
	const { root, environment, own, theirs, write } = place();
	write(own, 'preset: tmux\nbindings:\n  nav:\n    f5: agent.kill\n    n: agent.new\n');
	write(theirs, 'bindings:\n  nav:\n    f5: agent.diff\n');
	const { keymap, findings, files } = await readKeymap(root, environment);
	expect(files).toEqual([own, theirs]);
	expect(keymap.leader).toBe('ctrl+b');
	expect(rowOf(keymap, 'nav', 'f5')?.action).toBe('agent.diff');
	expect(rowOf(keymap, 'nav', 'n')?.action).toBe('agent.new');
	expect(rowOf(keymap, 'nav', 'o')?.action).toBe('focus.next');
	expect(findings.map(({ at, message }) => [at?.file, message])).toContainEqual([
		theirs,
		`f5 in nav shadows agent.kill of ${own}:4:5`,
	]);
});

test('a leader that the program around weir takes is told at the start', async () => {
	const { root, environment, own, write } = place();
	const told: (string | undefined)[] = [];
	const startIn = async (around: Record<string, string>) => {
		const keys = new OwnKeys(root, { ...environment, ...around });
		await keys.read();
		await keys.tellClash(({ message }) => told.push(message?.text));
	};
	await startIn({ STY: '1.tty' });
	write(own, 'leader: ctrl+a\n');
	await startIn({});
	expect(told).toEqual([]);
	await startIn({ STY: '1.tty' });
	expect(told).toEqual(['Ctrl+A does not arrive: screen around weir takes it']);
});

describe('a file with a fault', () => {
	test('is left out, and the other one counts', async () => {
		const { root, environment, own, theirs, write } = place();
		write(own, 'bindings:\n  nav:\n    f5: agent.kil\n');
		write(theirs, 'bindings:\n  nav:\n    f6: agent.diff\n');
		const { keymap, findings } = await readKeymap(root, environment);
		expect(findings).toMatchObject([
			{ level: 'error', at: { file: own, line: 3, column: 5 } },
		]);
		expect(rowOf(keymap, 'nav', 'f5')).toBeUndefined();
		expect(rowOf(keymap, 'nav', 'f6')?.action).toBe('agent.diff');
	});

	test('that is no YAML is told with its line', async () => {
		const { root, environment, own, write } = place();
		write(own, 'bindings:\n  nav:\n    f5: [\n');
		const [finding] = (await readKeymap(root, environment)).findings;
		expect(finding?.level).toBe('error');
		expect(finding?.at?.line).toBeGreaterThan(2);
	});

	test('that is a folder is told', async () => {
		const { root, environment, own } = place();
		mkdirSync(own, { recursive: true });
		const { findings } = await readKeymap(root, environment);
		expect(findings.map(({ message }) => message)).toEqual(['it cannot be read: EISDIR']);
	});

	test('leaves the last good keys in force while weir runs', async () => {
		const { root, environment, own, write } = place();
		const keys = new OwnKeys(root, environment);
		write(own, 'leader: ctrl+b\n');
		expect((await keys.read()).keymap.leader).toBe('ctrl+b');
		write(own, 'leader: g\n');
		const told: string[] = [];
		await keys.readAgain(({ keymap, message }) =>
			told.push(`${keymap.leader} ${message?.text}`),
		);
		expect(told).toEqual([expect.stringMatching(/^ctrl\+b keys\.yaml:1:1: leader: g /)]);
		write(own, 'leader: ctrl+b\n');
		await keys.readAgain(() => told.push('the same'));
		expect(told).toHaveLength(1);
	});
});
