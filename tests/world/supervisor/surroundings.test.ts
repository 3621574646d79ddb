import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toldVersion } from '../../../src/lib/told-version.ts';
import { gatesIn } from '../../../src/supervisor/found-gates.ts';
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

test('what a program leaves in the temp folder for saying its version is removed', async () => {
	const folder = makeScratch();
	const program = join(folder, 'littering');
	const lines = [
		'#!/bin/sh',
		'mkdir "$TMPDIR/left" || exit 1',
		'echo "$TMPDIR" > "$NOTE"',
	];
	writeFileSync(program, [...lines, 'echo 1.2.3', ''].join('\n'), { mode: 0o755 });
	const note = join(folder, 'note');
	const env = { PATH: process.env.PATH, TMPDIR: folder, NOTE: note };
	expect(await toldVersion(program, env, 20_000)).toBe('1.2.3');
	expect(existsSync(readFileSync(note, 'utf8').trim())).toBe(false);
	expect(existsSync(join(folder, 'left'))).toBe(false);
});

test('gates are suggested by the files that name them, and none of those is run', async () => {
	const root = makeScratch();
	const names = async () => (await gatesIn(root)).map(({ name }) => name);
	expect(await names()).toEqual([]);
	expect(await gatesIn(join(root, 'absent'))).toEqual([]);
	const scripts = { lint: 'biome', test: `touch ${join(root, 'ran')}` };
	writeFileSync(join(root, 'package.json'), JSON.stringify({ scripts }));
	expect(await names()).toEqual(expect.arrayContaining(['lint', 'test']));
	mkdirSync(join(root, 'Makefile'));
	expect(await names()).toEqual(expect.arrayContaining(['lint', 'test']));
	expect(existsSync(join(root, 'ran'))).toBe(false);
});
