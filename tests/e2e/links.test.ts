// Links that a program shows: passed on to the outer terminal, and opened by a key.
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readFileSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start } from '../support/agents.ts';
import { openCockpit, wholePane } from '../support/cockpit.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;

beforeAll(() => {
	weir = scratchWeir();
});
afterAll(() => weir.close());

test('a link opens by a key, its host said first, with the program that there is for it', async () => {
	const file = join(weir.folder, 'links.txt');
	const link = 'https://bank.example@evil.example/login';
	writeFileSync(file, `\x1b]8;;${link}\x1b\\bank.example\x1b]8;;\x1b\\\r\nready`);
	const argv = ['sh', '-c', 'stty raw -echo; cat "$1"; exec cat', 'sh', file];
	const { name } = await start(weir, 'linker', argv);
	const bin = join(weir.folder, 'bin');
	mkdirSync(bin);
	// A PATH with git, which weir needs, and without any program that opens links.
	symlinkSync(gitHere(), join(bin, 'git'));
	const env = { PATH: bin };
	await using cockpit = await openCockpit(weir, ['attach', name], { env });
	await cockpit.waitFor('ready');
	const { x, y } = wholePane(cockpit.terminal);
	expect(cockpit.cell(x, y).link).toBe(link);

	cockpit.key('O');
	await cockpit.waitFor('links of linker');
	expect(cockpit.screen().join('\n')).toMatch(/evil\.example {2}https:\/\/bank/);
	cockpit.key('enter');
	await cockpit.waitFor('no program opens links here');

	const opened = join(weir.folder, 'opened');
	for (const opener of ['xdg-open', 'open']) {
		const program = join(bin, opener);
		writeFileSync(program, `#!/bin/sh\nprintf '%s' "$#:$1" > ${opened}\n`);
		chmodSync(program, 0o755);
	}
	cockpit.key('O');
	await cockpit.waitFor('links of linker');
	cockpit.key('enter');
	await cockpit.waitFor('opened evil.example');
	// One that takes long is taken to have opened it.
	await expect
		.poll(() => existsSync(opened) && readFileSync(opened, 'utf8'))
		.toBe(`1:${link}`);
	await weir.json('kill', name);
});

function gitHere(): string {
	const folders = (process.env.PATH ?? '').split(':');
	const found = folders
		.map((folder) => join(folder, 'git'))
		.find((file) => existsSync(file));
	if (found === undefined) throw new Error('git is not on the PATH');
	return found;
}
