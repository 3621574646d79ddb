// How long a typed key takes to its glyph, alone and beside busy neighbours.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Measures, Scenario, Setting } from '../scenario.ts';
import { percentile } from '../statistics.ts';
import type { Pane } from '../tool.ts';
import { echoPane } from '../tool.ts';
import type { World } from '../world.ts';

const keys = { full: 200, quick: 30 };
// Nobody types a hundred keys and then no more, and the first ones go through code that is only being
// compiled. Letters: each glyph is there once.
const firstKeys = { full: 500, quick: 0 };
const firstGapMs = 20;
// Spinners and floods run for a while before the first key: caches are warm, rings are full.
const warmUpMs = { full: 2_000, quick: 1_000 };

export const echoIdle: Scenario = echoScenario(
	'echo-idle',
	'key echo, idle',
	0,
	() => [],
);

export const echoSpinners: Scenario = echoScenario(
	'echo-spinners',
	'key echo, 15 spinners',
	15,
	(world) =>
		Array.from({ length: 15 }, (_, at) => ({
			name: `spin${at + 1}`,
			argv: [world.programs.spinner, `spin${at + 1}`],
		})),
);

export const echoFlood = besideFloods('echo-flood', 'key echo, 1 flooding neighbour', 1);
export const echoFloods = besideFloods('echo-floods', 'key echo, 15 flooding', 15);

function besideFloods(id: string, title: string, count: number): Scenario {
	return echoScenario(id, title, count, (world, trigger) =>
		Array.from({ length: count }, (_, at) => ({
			name: `flood${at + 1}`,
			argv: [world.programs.flood, world.fresh('ready'), trigger, world.bigLog, '-'],
		})),
	);
}

function echoScenario(
	id: string,
	title: string,
	count: number,
	neighbours: (world: World, trigger: string) => Pane[],
): Scenario {
	return {
		id,
		title,
		panes: count + 1,
		limitMs: 90_000,
		stage: (world) => {
			const trigger = world.fresh('trigger');
			return {
				panes: [...neighbours(world, trigger), echoPane],
				measure: (setting) => measureEcho(setting, trigger),
			};
		},
	};
}

async function measureEcho(
	{ outer, run, quick }: Setting,
	trigger: string,
): Promise<Measures> {
	await outer.watch(false);
	// No mark is waited for: it only sets the flood going and lets it run for the warm-up.
	await outer.marks(trigger, ['\u0416'], quick ? warmUpMs.quick : warmUpMs.full);
	for (let count = quick ? firstKeys.quick : firstKeys.full; count > 0; count -= 1) {
		await outer.write('x');
		await sleep(firstGapMs);
	}
	const echo = await outer.echo(quick ? keys.quick : keys.full, run + 1);
	const times = echo.times.map((ns) => ns / 1e6);
	return {
		'p50 ms': percentile(times, 0.5),
		'p95 ms': percentile(times, 0.95),
		'p99 ms': percentile(times, 0.99),
		'keys lost': echo.missed,
		'kB/s out': echo.bytes / 1e3 / (echo.ns / 1e9),
	};
}
