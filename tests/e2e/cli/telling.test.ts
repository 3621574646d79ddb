// What is typed into agents that are no shells: whole, as one paste where they know pastes, and never
// into a prompt.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { scratchWeir } from '../../support/weir.ts';

/** Says what it reads up to each Enter, escapes visible; begins with its second word. */
const reader = `
process.stdin.setRawMode(true);
process.stdout.write(process.argv[2] + 'ready\\r\\n');
let text = '';
process.stdin.setEncoding('utf8').on('data', (more) => {
	text += more;
	if (!text.endsWith('\\r')) return;
	process.stdout.write('got ' + JSON.stringify(text) + '\\r\\n');
	text = '';
});
`;

/** Asks, as a program that reports does, and says which bytes it was given. */
const asker = `#!/bin/sh
stty raw -echo
printf '\\033]7501;state=blocked:kind=permission\\033\\\\'
printf 'may I? '
byte=$(dd bs=1 count=1 2>/dev/null)
printf '\\033]7501;state=working\\033\\\\was told %s' "$byte"
sleep 100
`;

function scratch(name: string, program: string) {
	const weir = scratchWeir();
	onTestFinished(() => weir.close());
	const path = join(weir.folder, name);
	writeFileSync(path, program);
	chmodSync(path, 0o755);
	return { weir, path };
}

test('a message of several lines is one paste where the program knows pastes', async () => {
	const { weir, path } = scratch('reader.cjs', reader);
	await weir.json('new', 'a', '--', process.execPath, path, '\u001b[?2004h');
	await weir.shows('a', 'ready');
	const sent = await weir.json('send', 'a', 'one\ntwo \u001b[201~ three');
	expect(sent).toMatchObject({ queued: false });
	await weir.shows('a', 'got "\\u001b[200~one\\ntwo  [201~ three\\u001b[201~\\r"');
});

test('a message is typed as it is where the program knows no pastes', async () => {
	const { weir, path } = scratch('reader.cjs', reader);
	await weir.json('new', 'a', '--', process.execPath, path, '');
	await weir.shows('a', 'ready');
	expect(await weir.json('send', 'a', 'one\ntwo')).toMatchObject({ taken: null });
	await weir.shows('a', 'got "one\\ntwo\\r"');
});

test('nothing is typed into an agent that waits for an answer', async () => {
	const { weir, path } = scratch('asker', asker);
	await weir.json('new', 'a', '--', path);
	await weir.json('wait', 'a', '--until', 'needs-approval');
	for (const how of [[], ['--no-enter']]) {
		const sent = await weir.run('send', 'a', 'yes', ...how);
		expect(sent.code).toBe(3);
		expect(sent.stderr).toContain('a waits for an answer');
		expect(sent.stderr).toContain('weir inbox');
	}
	// A key is meant for it.
	await weir.json('keys', 'a', 'n');
	await weir.shows('a', 'was told n');
});

/** Reports as Codex does, and begins to work with the Enter of this number, so long after it. */
const slow = (enters: number, lateMs: number) => `
const say = (state) => process.stdout.write('\\u001b]7501;state=' + state + '\\u001b\\\\');
process.stdin.setRawMode(true);
process.stdout.write('\\u001b[?2004hready');
say('idle');
let enters = 0;
process.stdin.setEncoding('utf8').on('data', (text) => {
	enters += text.split('\\r').length - 1;
	if (enters !== ${enters} || !text.includes('\\r')) return;
	setTimeout(() => {
		say('working');
		process.stdout.write(' took it');
	}, ${lateMs});
});
`;

async function startLikeCodex(enters: number, lateMs = 0) {
	const { weir, path } = scratch('slow.cjs', slow(enters, lateMs));
	const folder = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder, { recursive: true });
	const command = JSON.stringify([process.execPath, path]);
	const settings = `agents:\n  slow: {like: codex, command: ${command}}\n`;
	writeFileSync(join(folder, 'config.yaml'), settings);
	await weir.json('new', 'a', '--agent', 'slow');
	await weir.json('wait', 'a', '--until', 'idle');
	return weir;
}

test.each([1, 2])('a CLI is seen to take a message with Enter %d', async (enters) => {
	const weir = await startLikeCodex(enters);
	expect(await weir.json('send', 'a', 'go on')).toMatchObject({ taken: true });
	await weir.shows('a', 'took it');
});

test('a CLI that took a message and is slow to say so is not given up', async () => {
	const weir = await startLikeCodex(1, 8000);
	expect(await weir.json('send', 'a', 'go on')).toMatchObject({ taken: true });
});

test('a CLI that takes no message is named, with where to look', async () => {
	const weir = await startLikeCodex(99);
	const sent = await weir.run('send', 'a', 'go on');
	expect(sent.code).toBe(3);
	expect(sent.stderr).toContain('a did not take what was typed');
	expect(sent.stderr).toContain('weir attach a');
});
