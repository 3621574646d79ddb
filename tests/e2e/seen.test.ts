// What an agent has done leaves the inbox once somebody has looked at it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InboxItemJson } from '../../src/protocol/status.ts';
import { eventsOf, start } from '../support/agents.ts';
import { openCockpit } from '../support/cockpit.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir();
});
afterAll(() => weir.close());

async function inbox(): Promise<string[]> {
	const { items } = await weir.json<{ items: InboxItemJson[] }>('inbox');
	return items.map(({ name, kind }) => `${name} ${kind}`);
}

test('a pane that has the focus was looked at once somebody was there', async () => {
	const done = String.raw`printf '\033]7501;state=done\033\\'; cat`;
	for (const name of ['api', 'docs']) await start(weir, name, ['sh', '-c', done]);
	await eventsOf(weir, 'agent.state', 2, ({ data }) => data.state === 'done');
	expect(await inbox()).toEqual(['api done', 'docs done']);
	await using cockpit = await openCockpit(weir, [], { columns: 140, rows: 30 });
	await cockpit.waitFor(/api/);
	cockpit.key('l');
	const [first] = await eventsOf(weir, 'agent.seen');
	expect(first?.actor).toBe('human');
	cockpit.key('h');
	const seen = await eventsOf(weir, 'agent.seen', 2);
	expect(new Set(seen.map(({ data }) => data.agent)).size).toBe(2);
	expect(await inbox()).toEqual([]);
}, 120_000);
