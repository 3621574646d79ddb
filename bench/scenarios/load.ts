// What the tool itself costs while thirty agents think: CPU, memory, bytes to the terminal.
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds, memoryOf } from '../processes.ts';
import type { Measures, Scenario, Setting } from '../scenario.ts';
import type { World } from '../world.ts';

const windows = {
	// Agents spin for hours: what the first seconds cost, while the program is compiled, is not it.
	full: { warmUpMs: 20_000, measuredMs: 10_000 },
	quick: { warmUpMs: 2_000, measuredMs: 3_000 },
};

export const spinners: Scenario = load(
	'spinners-30',
	'30 spinning agents',
	30,
	(world, at) => [world.programs.spinner, `spin${at}`],
);

// As many as weir shows live on the outer screen; thirty are a list beside one live pane there.
export const liveSpinners: Scenario = load(
	'spinners-12',
	'12 spinning agents, all live',
	12,
	(world, at) => [world.programs.spinner, `spin${at}`],
);

export const hundredSpinners: Scenario = {
	...load('spinners-100', '100 spinning agents, one shown', 100, (world, at) => [
		world.programs.spinner,
		`spin${at}`,
	]),
	shown: 'last',
};

export const logs: Scenario = load(
	'logs-16',
	'16 agents, 200 lines/s each',
	16,
	(world, at) => [world.programs['ansi-log'], '0', String(at), '200'],
);

function load(
	id: string,
	title: string,
	count: number,
	argv: (world: World, at: number) => string[],
): Scenario {
	return {
		id,
		title,
		panes: count,
		limitMs: 120_000,
		stage: (world) => ({
			panes: Array.from({ length: count }, (_, at) => ({
				name: `load${at + 1}`,
				argv: argv(world, at + 1),
			})),
			measure,
		}),
	};
}

async function measure({ outer, session, quick }: Setting): Promise<Measures> {
	const { warmUpMs, measuredMs } = quick ? windows.quick : windows.full;
	await outer.watch(false);
	await sleep(warmUpMs);
	const pids = session.processes(outer);
	const from = {
		at: performance.now(),
		cpu: cpuSeconds(pids),
		bytes: await outer.bytes(),
	};
	await sleep(measuredMs);
	const seconds = (performance.now() - from.at) / 1000;
	const memory = memoryOf(pids);
	return {
		'CPU %': ((cpuSeconds(pids) - from.cpu) / seconds) * 100,
		'RSS MB': memory.rss,
		'PSS MB': memory.pss,
		processes: pids.length,
		'kB/s out': ((await outer.bytes()) - from.bytes) / 1e3 / seconds,
	};
}
