// How long the 50 MB log takes through one pane, and through four at once.
import { untilAll } from '../files.ts';
import { cpuSeconds } from '../processes.ts';
import type { Measures, Scenario, Setting } from '../scenario.ts';
import { bigLogBytes } from '../world.ts';

// One glyph for each pane: a tool that sends only changed cells never sends a longer text in one
// piece. Cyrillic stands nowhere else on the screen.
const glyphs = ['Ж', 'Щ', 'Ю', 'Ы'];
const limitMs = 120_000;

export const throughputOne: Scenario = throughput('cat-1', '50 MB into one pane', 1);
export const throughputFour: Scenario = throughput('cat-4', '50 MB into each of four', 4);

function throughput(id: string, title: string, count: number): Scenario {
	return {
		id,
		title,
		panes: count,
		unlimited: true,
		limitMs: limitMs + 30_000,
		stage: (world) => {
			const trigger = world.fresh('trigger');
			const marks = glyphs.slice(0, count);
			const ready = marks.map(() => world.fresh('ready'));
			const panes = marks.map((mark, at) => ({
				name: `cat${at + 1}`,
				argv: [world.programs.flood, ready[at] ?? '', trigger, world.bigLog, mark],
			}));
			return {
				panes,
				measure: (setting) => measure(setting, { trigger, marks, ready }),
			};
		},
	};
}

interface Files {
	readonly trigger: string;
	readonly marks: readonly string[];
	readonly ready: readonly string[];
}

async function measure(
	{ outer, session }: Setting,
	{ trigger, marks, ready }: Files,
): Promise<Measures> {
	await untilAll('a pane starts its program', ready);
	await outer.settle();
	await outer.watch(false);
	const pids = session.processes(outer);
	const before = cpuSeconds(pids);
	const result = await outer.marks(trigger, marks, limitMs);
	const cpu = cpuSeconds(pids) - before;
	if (result.seen.includes(-1)) throw new Error('an end mark never came out');
	const seconds = Math.max(...result.seen) / 1e9;
	return {
		seconds,
		'MB/s in': (marks.length * bigLogBytes) / 1e6 / seconds,
		'MB out': result.bytes / 1e6,
		...(pids.length > 0 ? { 'CPU s': cpu } : {}),
		'longest gap ms': result.longestGap / 1e6,
	};
}
