// Agents that have printed 5,000 lines of 200 columns each, all of which can be looked at: what they
// take of memory, and how long looking at them and sizing them anew holds up the rest.
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { untilAll } from '../files.ts';
import type { Outer, ScreenSize } from '../outer.ts';
import { memoryOf } from '../processes.ts';
import type { Measures, Scenario, Setting } from '../scenario.ts';
import type { Circumstances, Session } from '../tool.ts';
import { historyLines } from '../world.ts';

/** V8 gives back late what parsing took. */
const restMs = { full: 10_000, quick: 3_000 };
/** A pane of 200 columns and its frame. */
const wide: ScreenSize = { columns: 202, rows: 50 };
const small: ScreenSize = { columns: 248, rows: 62 };
const large: ScreenSize = { columns: 260, rows: 68 };
const sizings = { full: 10, quick: 4 };
/** As a held key repeats. */
const keyGapMs = 33;
const mostKeys = 400;
/** Prints once all panes have the sizes that the tool gives them. */
const script =
	'until test -e "$1"; do sleep 0.1; done; cat "$0"; : > "$2"; exec cat > /dev/null';
const pageUp = '\x1b[5~';

export const historyThirty = history('history-30', 30);
export const historyHundred = history('history-100', 100);

export const scroll: Scenario = historyScenario(
	{ id: 'scroll', title: '5,000 lines looked through', panes: 1 },
	{ watchLoops: true, size: wide },
	async ({ outer, session }) => {
		await outer.waitFor('the end', (lines) =>
			lines.join('\n').includes(named(historyLines)),
		);
		await session.longestTurns?.(outer);
		for (let keys = 0; keys < mostKeys && !isAtTop(outer); keys += 1) {
			await outer.write(pageUp);
			await sleep(keyGapMs);
		}
		await outer.waitFor('the first lines', () => isAtTop(outer));
		return await turnsOf(session, outer);
	},
);

export const resize: Scenario = historyScenario(
	{ id: 'resize', title: '16 panes, all sized anew', panes: 16 },
	{ watchLoops: true, size: large },
	async ({ outer, session, quick }) => {
		const ends = (lines: readonly string[]) =>
			lines.join('\n').split(named(historyLines)).length > 16;
		await outer.waitFor('sixteen ends', ends);
		// An emulator that parses the same frames beside it would take a core from it.
		await outer.watch(false);
		await session.longestTurns?.(outer);
		for (let count = 0; count < (quick ? sizings.quick : sizings.full); count += 1) {
			await outer.resize(count % 2 === 0 ? small : large);
			await outer.settle();
		}
		const turns = await turnsOf(session, outer);
		await outer.watch(true);
		await outer.resize(small);
		await outer.waitFor('sixteen ends', ends);
		return turns;
	},
);

function history(id: string, panes: number): Scenario {
	return historyScenario(
		{ id, title: `${panes} agents with 5,000 lines each`, panes },
		{ shown: 'last' },
		async ({ outer, session, quick }) => {
			await outer.watch(false);
			await sleep(quick ? restMs.quick : restMs.full);
			const { rss, pss } = memoryOf(session.processes(outer));
			// Memory that does not hold the lines is no figure. What tmux keeps is its own affair.
			await outer.watch(true);
			await session.showOldest?.(outer);
			if (session.showOldest)
				await outer.waitFor('the first lines', () => isAtTop(outer));
			return { 'RSS MB': rss, 'PSS MB': pss };
		},
	);
}

function historyScenario(
	{ id, title, panes }: Pick<Scenario, 'id' | 'title' | 'panes'>,
	circumstances: Circumstances,
	measure: (setting: Setting) => Promise<Measures>,
): Scenario {
	return {
		...{ id, title, panes, limitMs: 180_000 },
		...circumstances,
		...(circumstances.watchLoops && { tools: ['weir'] }),
		stage: (world) => {
			const trigger = world.fresh('trigger');
			const printed = Array.from({ length: panes }, () => world.fresh('printed'));
			return {
				panes: printed.map((file) => ({
					name: 'history',
					argv: ['sh', '-c', script, world.history, trigger, file],
				})),
				measure: async (setting) => {
					await setting.outer.settle();
					writeFileSync(trigger, '');
					await untilAll('a pane prints its lines', printed);
					await setting.outer.settle();
					return await measure(setting);
				},
			};
		},
	};
}

async function turnsOf(session: Session, outer: Outer): Promise<Measures> {
	const turns = await session.longestTurns?.(outer);
	if (!turns) throw new Error('its event loops are not watched');
	const { client, holder } = turns;
	return {
		...{ 'client blocked ms': client.time, 'client busy ms': client.busy },
		...{ 'holder blocked ms': holder.time, 'holder busy ms': holder.busy },
	};
}

/** The first hundred lines may be gone: 5,000 are to be kept. */
function isAtTop(outer: Outer): boolean {
	return /line 0000\d\d /.test(outer.screen.lines().join('\n'));
}

function named(line: number): string {
	return `line ${String(line).padStart(6, '0')} `;
}
