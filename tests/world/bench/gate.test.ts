import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkTool } from '../../../bench/gate.ts';
import type { Tool } from '../../../bench/tool.ts';
import { waitForLastPane } from '../../../bench/tool.ts';
import type { World } from '../../../bench/world.ts';
import { openWorld } from '../../../bench/world.ts';

let world: World;
beforeAll(() => {
	world = openWorld();
});
afterAll(() => world[Symbol.dispose]());

/** A terminal that passes the first pane through a filter and pretends that the other is there. */
const filtered = (filter: string): Tool => ({
	name: filter,
	limit: 2,
	absent: () => undefined,
	prepare: async (_, panes) => ({
		argv: [
			'sh',
			'-c',
			`echo echo-ready; "$@" ${filter}`,
			'sh',
			...(panes[0]?.argv ?? []),
		],
		ready: (outer) => waitForLastPane(outer, panes),
		processes: () => [],
		close: async () => {},
	}),
});

test('a tool that shows what was printed passes', async () => {
	expect(await checkTool(world, filtered(''))).toMatchObject({ cells: 10_000, wrong: 0 });
});

test.each([
	['another digit', '| stdbuf -o0 tr 6 7'],
	['escape sequences in the open', '| stdbuf -o0 tr -d "\\033"'],
])('a tool that shows %s does not', async (_, filter) => {
	const { wrong, examples } = await checkTool(world, filtered(filter));
	expect(wrong).toBeGreaterThan(0);
	expect(examples[0]).toContain('shown as');
});
