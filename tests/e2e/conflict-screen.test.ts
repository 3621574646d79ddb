// A conflict on the screen: given to another agent, or resolved in the terminal that is lent.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { idle, start } from '../support/agents.ts';
import { openCockpit } from '../support/cockpit.ts';
import { commitFiles, gitIn } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir({ 'a.txt': 'one\n', bin: 'one\0' });
});
afterEach(() => weir.close());

/** An editor that waits for what is typed, and writes it. */
function editor(): Record<string, string> {
	const program = join(weir.folder, 'editor.sh');
	writeFileSync(
		program,
		'#!/bin/sh\necho "EDITING $*"\nread -r said\n[ "$said" = "" ] || echo "$said" > "$1"\n',
	);
	chmodSync(program, 0o755);
	return { VISUAL: '', EDITOR: program };
}

async function conflicted(): Promise<void> {
	const { worktree } = await start(weir, 'api', idle);
	commitFiles(worktree, { 'a.txt': 'agent\n', bin: 'agent\0' }, 'Say agent');
	commitFiles(weir.repo, { 'a.txt': 'base\n', bin: 'base\0' }, 'Say base');
}

test('r opens the editor in this terminal, asks what no marker shows, and lands it', async () => {
	await conflicted();
	await using cockpit = await openCockpit(weir, [], {
		...{ columns: 120, rows: 36, env: editor() },
	});
	cockpit.key('6');
	await cockpit.waitFor(/1 +1 api +conflicts with main/);
	cockpit.key('f');
	await cockpit.waitFor('r by hand');
	cockpit.key('r');
	await cockpit.waitFor(/EDITING \S+\/api-hand\/a\.txt/);
	cockpit.type('\r');
	await cockpit.waitFor("bin (both changed, binary): b main's, a api's");
	cockpit.type('b\r');
	await cockpit.waitFor('o open again, l leave it for later');
	cockpit.type('l\r');
	await cockpit.waitFor('not resolved yet: a.txt');
	await cockpit.waitFor('resolving by hand, in');
	cockpit.key('f');
	await cockpit.waitFor('what lands of that is the work');
	// It is nobody else's now.
	await cockpit.waitFor(/│ r by hand +Esc cancel/);
	cockpit.key('r');
	// The first one stands there still.
	await cockpit.waitFor(/EDITING [^]*EDITING \S+\/api-hand\/a\.txt/);
	cockpit.type('by hand\r');
	await cockpit.waitFor('merged api into main, as you resolved it');
	expect(gitIn(weir.repo, 'show', 'main:a.txt')).toBe('by hand');
	expect(gitIn(weir.repo, 'show', 'main:bin')).toBe('base\0');
	cockpit.key('escape');
	await cockpit.waitFor('landed through api-hand');
});

test('i starts another agent with both sides, and the author says so', async () => {
	await conflicted();
	await using cockpit = await openCockpit(weir, [], { columns: 120, rows: 36 });
	await cockpit.waitFor('conflict');
	cockpit.key('m');
	await cockpit.waitFor('i another agent');
	cockpit.key('i');
	await cockpit.waitFor('api-int has the conflict of api and is told to resolve it');
	await cockpit.waitFor('api-int resolves it');
	const { worktree, scope } = await weir.agent('api-int');
	expect(scope).toEqual([]);
	expect(gitIn(worktree, 'status', '--porcelain')).toContain('UU a.txt');
});
