// The most that is sent to the terminal, whatever the panes do: a large screen, all of it other
// colours all the time.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';

const windows = { full: 10_000, quick: 3_000 };
const warmUpMs = 1_000;

export const colours: Scenario = {
	id: 'colours',
	title: 'all cells change colours, 240x67',
	panes: 1,
	size: { columns: 240, rows: 67 },
	unlimited: true,
	limitMs: 60_000,
	stage: (world) => ({
		panes: [{ name: 'colours', argv: [world.programs.colours] }],
		measure: async ({ outer, quick }) => {
			await outer.watch(false);
			await sleep(warmUpMs);
			const { bytes, ns, peak } = await outer.peak(quick ? windows.quick : windows.full);
			return {
				'kB in a second': peak / 1e3,
				'kB/s out': bytes / 1e3 / (ns / 1e9),
			};
		},
	}),
};
