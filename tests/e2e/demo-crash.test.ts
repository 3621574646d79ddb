// The demo goes on when its supervisor is killed, and leaves nothing behind.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WeirEvent } from '../../src/domain/event.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
});
afterEach(() => weir.close());

test('a headless demo whose supervisor is killed three times lands all its agents', async () => {
	// Of several kinds: what happens while this test is held up has happened before the next kill.
	const deadly = [
		['worktree.settled'],
		['agent.started', 'agent.state', 'agent.exited'],
		['merge.asked', 'merge.landed'],
	];
	let killed = 0;
	let dead = 0;
	let taken = 0;
	let supervisor = 0;
	const killAtEvents = (stdout: string) => {
		const lines = stdout.slice(0, stdout.lastIndexOf('\n') + 1).split('\n');
		for (const line of lines.slice(taken, -1)) {
			taken += 1;
			const event = eventOf(line);
			if (!event) continue;
			if (event.kind === 'supervisor.started') supervisor = event.data.pid;
			// What the dead one had still told is read after its end.
			if (supervisor === dead || !deadly[killed]?.includes(event.kind)) continue;
			killed += 1;
			dead = supervisor;
			process.kill(supervisor, 'SIGKILL');
			break;
		}
		return false;
	};
	const folder = join(weir.folder, 'demo');
	const words = ['demo', '--headless', '--json', '--agents', '2', '--speed', '20'];
	const ran = await weir.runWith({ until: killAtEvents }, ...words, '--dir', folder);
	if (ran.code !== 0) throw new Error(ran.stdout.trim().split('\n').at(-1));
	expect(ran).toMatchObject({ code: 0, stderr: '' });
	expect(killed).toBe(3);
	const events = ran.stdout
		.trim()
		.split('\n')
		.flatMap((line) => eventOf(line) ?? []);
	expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
	expect(events.filter(({ kind }) => kind === 'merge.landed')).toHaveLength(2);
	expect(existsSync(join(folder, 'shelf'))).toBe(true);
	expect(weir.processes()).toEqual([]);
});

// Printed by the program itself, one event a line, and at last a refusal where it comes to that.
const eventOf = (line: string) => (JSON.parse(line) as { event?: WeirEvent }).event;
