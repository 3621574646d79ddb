import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toldVersion } from '../../../src/lib/told-version.ts';
import { checksIn } from '../../../src/supervisor/found-checks.ts';
import { usualKind } from '../../../src/supervisor/new-agent-checks.ts';
import { makeScratch } from '../../support/scratch.ts';

/** A folder with programs of these names that print a line. */
function programs(lines: Readonly<Record<string, string>>): string {
	const folder = join(makeScratch(), 'bin');
	mkdirSync(folder);
	for (const [name, line] of Object.entries(lines)) {
		writeFileSync(join(folder, name), `#!/bin/sh\necho '${line}'\n`);
		chmodSync(join(folder, name), 0o755);
	}
	return folder;
}

test('without a kind the first known CLI on the PATH is meant, else the shell', () => {
	const both = programs({ codex: '', claude: '' });
	expect(usualKind({ PATH: both })).toBe('claude');
	expect(usualKind({ PATH: programs({ codex: '' }) })).toBe('codex');
	expect(usualKind({ PATH: programs({ vim: '' }) })).toBe('shell');
	expect(usualKind({})).toBe('shell');
});

test('a version is what a program says first that looks like one', async () => {
	const folder = programs({
		claude: '2.1.330 (Claude Code)',
		codex: 'codex-cli 0.169.0-beta.1',
		mute: 'hello',
	});
	const told = (name: string) => toldVersion(join(folder, name), {}, 20_000);
	expect(await told('claude')).toBe('2.1.330');
	expect(await told('codex')).toBe('0.169.0-beta.1');
	expect(await told('mute')).toBeNull();
	expect(await told('absent')).toBeNull();
});

test('checks are read off the files that name them', async () => {
	const checks = (files: Readonly<Record<string, string>>) => {
		const root = makeScratch();
		for (const [name, text] of Object.entries(files))
			writeFileSync(join(root, name), text);
		return checksIn(root);
	};
	expect(await checks({})).toEqual([]);
	const scripts = { lint: 'biome', test: 'vitest', 'type-check': 'tsc' };
	expect(await checks({ 'package.json': JSON.stringify({ scripts }) })).toEqual([
		...['test', 'lint', 'typecheck'],
	]);
	const unwritten = { test: 'echo "Error: no test specified" && exit 1' };
	expect(
		await checks({ 'package.json': JSON.stringify({ scripts: unwritten }) }),
	).toEqual([]);
	expect(await checks({ 'package.json': '{"scripts": ' })).toEqual([]);
	expect(await checks({ Makefile: 'all: test\ntest: build\n\tgo test\n' })).toEqual([
		'test',
	]);
	expect(await checks({ Makefile: 'lint := x\n' })).toEqual([]);
	const python = '[tool.ruff]\n[tool.pytest.ini_options]\n[tool.mypy]\n';
	expect(await checks({ 'pyproject.toml': python })).toEqual([
		'test',
		'lint',
		'typecheck',
	]);
});
