// The demo asks: an approval on a screen and a question by `weir ask`, both answered from the inbox; one
// agent crashes, and one looks stuck for a while.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { InboxItemJson } from '../../src/protocol/status.ts';
import { answer, left } from '../support/cockpit.ts';
import { openProgram, type Program } from '../support/terminal-driver.ts';
import {
	patienceMs,
	type ScratchWeir,
	scratchWeir,
	weirProgram,
} from '../support/weir.ts';

let weir: ScratchWeir;
let ground: string;
beforeEach(() => {
	weir = scratchWeir();
	ground = join(weir.folder, 'ground');
});
afterEach(() => weir.close());

/** A verb, as somebody types it in the repository of the demo. */
function inDemo(...words: string[]) {
	const xdg = (name: string) => join(ground, name);
	return weir.runWith(
		{
			cwd: join(ground, 'shelf'),
			env: {
				XDG_DATA_HOME: xdg('data'),
				XDG_CONFIG_HOME: xdg('config'),
				XDG_RUNTIME_DIR: xdg('run'),
			},
		},
		...words,
	);
}

/** Waits for an item of the agent, which can be answered where it is a question. */
async function item(agent: string, kind: string): Promise<InboxItemJson> {
	let seen: readonly InboxItemJson[] = [];
	for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(200)) {
		if (!existsSync(join(ground, 'run', 'weir'))) continue;
		const { stdout, code } = await inDemo('inbox', '--json');
		if (code !== 0) continue;
		seen = (JSON.parse(stdout) as { items: InboxItemJson[] }).items;
		const found = seen.find((one) => one.name === agent && one.kind === kind);
		if (found && (found.question === null || found.answerable)) return found;
	}
	throw new Error(`no ${kind} of ${agent} among ${JSON.stringify(seen)}`);
}

async function shows(agent: string, text: string): Promise<void> {
	let screen = '';
	for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(200)) {
		screen = (await inDemo('screen', agent, '--history')).stdout;
		if (screen.includes(text)) return;
	}
	throw new Error(`${agent} never showed ${text} but:\n${screen}`);
}

async function endDemo(demo: Program): Promise<void> {
	demo.key('Q');
	await demo.waitFor('y end the demo   Esc cancel');
	await answer(demo, 'y');
	expect(await left(demo)).toBe(0);
}

test('an approval and a question of the demo are answered from the inbox', async () => {
	mkdirSync(ground);
	const argv = [process.execPath, weirProgram, 'demo', '--dir', ground, '--speed', '8'];
	await using demo = openProgram(argv, {
		columns: 120,
		rows: 36,
		cwd: weir.folder,
		env: weir.env,
	});
	const asked = await item('docs', 'ask');
	expect(asked).toMatchObject({
		text: 'Shall the README show the calls with `curl`, or in plain words only?',
		choices: [{ label: 'curl' }, { label: 'plain words' }],
		inferred: false,
	});
	expect((await inDemo('answer', asked.id, '2')).code).toBe(0);
	await shows('docs', 'Plain words, then.');
	const wanted = await item('api', 'approve');
	expect(wanted).toMatchObject({
		text: 'May I run node scripts/types.ts?',
		choices: [{ key: 'y' }, { key: 'n' }],
	});
	expect((await inDemo('answer', wanted.id, 'y')).code).toBe(0);
	await shows('api', '--disable-warning=ExperimentalWarning');
	expect((await item('flaky', 'fail')).text).toBe('exit code 1');
	expect(await item('stubborn', 'stuck')).toMatchObject({ inferred: true });
	await endDemo(demo);
});
