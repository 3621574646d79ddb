// The benchmark: weir beside tmux, a bare pty and relays, in one interleaved run.
//   node bench/main.ts [--quick] [--json] [--only SCENARIO,...] [--tools NAME,...] [--runs N]
//                      [--rate MB_PER_SECOND] [--holder-agents N] [--no-start]
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { checkTool } from './gate.ts';
import { gateTable, measureGates } from './gates.ts';
import { measureHeld } from './held.ts';
import { landingTable, measureLanding } from './landing.ts';
import { measureOwnAgent } from './own-agent.ts';
import type { Row } from './report.ts';
import { figureTable, missedBars, table, withReference } from './report.ts';
import type { Measures, Scenario } from './scenario.ts';
import { colours } from './scenarios/colours.ts';
import { echoFlood, echoFloods, echoIdle, echoSpinners } from './scenarios/echo.ts';
import { historyHundred, historyThirty, resize, scroll } from './scenarios/history.ts';
import { hundredSpinners, liveSpinners, logs, spinners } from './scenarios/load.ts';
import { open, openCold } from './scenarios/open.ts';
import { throughputFour, throughputOne } from './scenarios/throughput.ts';
import { measureScopes } from './scopes.ts';
import { measureOnce } from './session.ts';
import { measureStart, startTable } from './start.ts';
import { median } from './statistics.ts';
import type { Tool } from './tool.ts';
import { nodeRelay, rawPty, relay } from './tools/plain.ts';
import { tmux, tmuxVersion } from './tools/tmux.ts';
import { weirAbsent, weirWith } from './tools/weir.ts';
import { measureWatching } from './watching.ts';
import type { World } from './world.ts';
import { openWorld } from './world.ts';

const { values: options } = parseArgs({
	options: {
		quick: { type: 'boolean', default: false },
		json: { type: 'boolean', default: false },
		only: { type: 'string' },
		tools: { type: 'string' },
		runs: { type: 'string' },
		rate: { type: 'string', default: '10' },
		'holder-agents': { type: 'string' },
		start: { type: 'boolean', default: true },
	},
	allowNegative: true,
});

const holderAgents = options['holder-agents'];
const weir = weirWith(holderAgents === undefined ? undefined : Number(holderAgents));
const bytesPerSecond = Number(options.rate) * 1e6;
const runs = Number(options.runs ?? (options.quick ? 2 : 5));
const scenarios = chosen(
	[
		echoIdle,
		echoSpinners,
		echoFlood,
		echoFloods,
		throughputOne,
		throughputFour,
		colours,
		liveSpinners,
		spinners,
		hundredSpinners,
		logs,
		historyThirty,
		historyHundred,
		scroll,
		resize,
		open,
		openCold,
	],
	options.only,
	(scenario) => scenario.id,
);
const remarks: string[] = [];
// An interrupted run ends the session at hand, so that no server and no folder stays behind.
const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
	process.once(name, () => interruption.abort(name));
using world = openWorld();
const tools = await usableTools(world);
const rows: Row[] = [];
for (const scenario of scenarios)
	if (!interruption.signal.aborted) rows.push(...(await runScenario(world, scenario)));
const start =
	options.start && !options.only && !weirAbsent() && !interruption.signal.aborted
		? [
				...(await measureStart(world, options.quick)),
				...(await measureHeld(world)),
				...measureScopes(),
			]
		: [];
const watching = start.length > 0 ? await measureWatching(world, options.quick) : [];
const gates = start.length > 0 ? await measureGates(world, options.quick) : [];
const ownAgent = start.length > 0 ? await measureOwnAgent(world, options.quick) : [];
const landing = start.length > 0 ? await measureLanding(world, options.quick) : [];
print();

async function usableTools(world: World): Promise<Tool[]> {
	const usable: Tool[] = [];
	for (const tool of chosen(
		[rawPty, relay, nodeRelay, tmux, weir],
		options.tools,
		(t) => t.name,
	)) {
		const reason = tool.absent() ?? (await failedGate(world, tool));
		if (reason) remark(`${tool.name} skipped: ${reason}`);
		else usable.push(tool);
	}
	return usable;
}

// tmux is the reference, not the candidate: what it shows otherwise is said, not refused.
async function failedGate(world: World, tool: Tool): Promise<string | undefined> {
	if (tool.limit < 2) return undefined;
	try {
		const { cells, wrong, examples } = await checkTool(world, tool);
		remark(
			`${tool.name} shows ${wrong} of ${cells} cells otherwise than they were printed`,
		);
		for (const example of examples) remark(`  ${example}`);
		return wrong > 0 && tool === weir ? 'its times would not count' : undefined;
	} catch (error) {
		return messageOf(error);
	}
}

async function runScenario(world: World, scenario: Scenario): Promise<Row[]> {
	const able = tools.filter(
		({ name, limit }) =>
			limit >= scenario.panes && (scenario.tools?.includes(name) ?? true),
	);
	const measured = new Map<string, Measures[]>(able.map((tool) => [tool.name, []]));
	for (let run = 0; run < runs; run += 1) {
		for (const tool of rotated(able, run)) {
			if (interruption.signal.aborted) break;
			progress(`${scenario.title}: ${tool.name}, run ${run + 1} of ${runs}`);
			try {
				const { signal } = interruption;
				const setting = { run, quick: options.quick, bytesPerSecond, signal };
				measured.get(tool.name)?.push(await measureOnce(world, tool, scenario, setting));
			} catch (error) {
				remark(`${tool.name}, ${scenario.title}, run ${run + 1}: ${messageOf(error)}`);
			}
		}
	}
	return medians(scenario, measured);
}

function medians(
	{ id, title }: Scenario,
	measured: ReadonlyMap<string, readonly Measures[]>,
): Row[] {
	const metrics = new Set([...measured.values()].flat().flatMap(Object.keys));
	return Array.from(metrics, (metric) => {
		const values: Record<string, number | null> = {};
		for (const [tool, all] of measured) {
			const known = all.flatMap((each) => each[metric] ?? []);
			values[tool] = known.length > 0 ? median(known) : null;
		}
		return { scenario: id, title, metric, values };
	});
}

// Each tool is first, second ... as often as the others, so that drift of the machine hits all alike.
function rotated(tools: readonly Tool[], by: number): Tool[] {
	const at = by % Math.max(tools.length, 1);
	return [...tools.slice(at), ...tools.slice(0, at)];
}

function chosen<T>(
	all: readonly T[],
	names: string | undefined,
	nameOf: (thing: T) => string,
) {
	if (names === undefined) return [...all];
	const wanted = names.split(',');
	const known = all.map(nameOf);
	const unknown = wanted.find((name) => !known.includes(name));
	if (unknown) throw new Error(`no such choice: ${unknown} (known: ${known.join(', ')})`);
	return all.filter((thing) => wanted.includes(nameOf(thing)));
}

function print(): void {
	const machine = {
		node: process.version,
		tmux: tmuxVersion().replace('tmux ', ''),
		load: loadavg()[0] ?? 0,
		runs,
		readLimit: `${options.rate} MB/s`,
	};
	const named = tools.map((tool) => tool.name);
	const complete = rows.map(withReference);
	const missed = complete.flatMap(missedBars);
	if (options.json) {
		console.log(
			JSON.stringify({
				...{ v: 1, machine, tools: named, rows: complete },
				...{ start, watching, gates, ownAgent, landing, missed, remarks },
			}),
		);
		return;
	}
	console.log(
		Object.entries(machine)
			.map(([name, value]) => `${name} ${value}`)
			.join(' · '),
	);
	console.log(`\n${table(complete, named)}`);
	if (missed.length > 0) console.log(`\nmissed:\n${missed.join('\n')}`);
	if (start.length > 0) console.log(`\n${startTable(start)}`);
	if (watching.length > 0) console.log(`\n${figureTable(watching)}`);
	if (gates.length > 0) console.log(`\n${gateTable(gates)}`);
	if (ownAgent.length > 0) console.log(`\n${figureTable(ownAgent)}`);
	if (landing.length > 0) console.log(`\n${landingTable(landing)}`);
	if (remarks.length > 0) console.log(`\n${remarks.join('\n')}`);
}

function remark(text: string): void {
	remarks.push(text);
	progress(text);
}

function progress(text: string): void {
	console.error(`bench: ${text}`);
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
