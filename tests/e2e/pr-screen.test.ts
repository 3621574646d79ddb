// Pushing from the screen of the queue: shown first, done in the terminal that is lent, told when it is back.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventsOf, start } from '../support/agents.ts';
import { answer, openCockpit } from '../support/cockpit.ts';
import { type Forge, forge } from '../support/forge.ts';
import { commitFiles, gitIn, writeFiles } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
let site: Forge;
beforeEach(() => {
	weir = scratchWeir();
	site = forge(weir);
});
afterEach(() => weir.close());

test('a push is shown first, asks on the terminal what git asks, and its page can be opened', async () => {
	const { worktree } = await start(weir, 'api');
	commitFiles(worktree, { 'src/login.txt': 'one\n' }, 'Await the signer');
	writeFiles(worktree, { 'src/new.txt': 'new\n' });
	const hooks = join(weir.repo, '.git', 'hooks');
	mkdirSync(hooks, { recursive: true });
	const hook = join(hooks, 'pre-push');
	const asks = 'printf "Passphrase: " >/dev/tty; read said </dev/tty';
	writeFileSync(hook, `#!/bin/sh\n${asks}\n[ "$said" = right ]\n`);
	chmodSync(hook, 0o755);
	await using cockpit = await openCockpit(weir, [], {
		...{ columns: 120, rows: 36, env: site.env },
	});
	cockpit.key('6');
	await cockpit.waitFor(/1 +1 api +clean +ready/);
	cockpit.key('O');
	await cockpit.waitFor('no pull request of api is open');
	for (const [said, told] of [
		['wrong', 'your pre-push hook said no'],
		['right', 'pull request 7 of api is open'],
	] as const) {
		cockpit.key('P');
		await cockpit.waitFor('push api and open a pull request?');
		await cockpit.waitFor(/pushes +1 commit to origin weir\/api/);
		await cockpit.waitFor(/stays here +src\/new.txt/);
		expect(site.tip('weir/api')).toBeNull();
		await answer(cockpit, 'y');
		await cockpit.waitFor('Passphrase: ');
		cockpit.type(`${said}\r`);
		await cockpit.waitFor(told);
	}
	expect(site.tip('weir/api')).toBe(gitIn(worktree, 'rev-parse', 'HEAD'));
	const [opened] = await eventsOf(weir, 'pr.opened');
	expect(opened?.actor).toBe('human');
	await cockpit.waitFor('pull request 7 from origin');
	cockpit.key('O');
	await cockpit.waitFor('links of api');
	await cockpit.waitFor(/github\.example +https:\/\/github\.example\/acme\/app\/pull\/7/);
	cockpit.key('escape');
	await cockpit.waitFor(/^ m merge/m);
	cockpit.key('P');
	await cockpit.waitFor('push api and go on with its pull request?');
	await cockpit.waitFor(/pushes +nothing new/);
	cockpit.key('escape');
});

test('what its scope does not cover is told at the key, and nothing leaves', async () => {
	const { worktree } = await start(weir, 'api', undefined, '--scope', 'src/**');
	commitFiles(worktree, { 'docs/a.md': 'a' }, 'Write a manual');
	await using cockpit = await openCockpit(weir, [], {
		...{ columns: 120, rows: 36, env: site.env },
	});
	cockpit.key('6');
	await cockpit.waitFor(/1 +1 api +clean +outside/);
	cockpit.key('P');
	await cockpit.waitFor(/docs\/a\.md.*scope|scope.*docs\/a\.md/);
	expect(site.tip('weir/api')).toBeNull();
	expect(site.asked()).toEqual([]);
});
