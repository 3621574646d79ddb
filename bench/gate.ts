// Before any time is taken: does the tool show what its pane printed, cell by cell, colours and
// all? A fast tool that shows something else is not fast.
import { readFileSync } from 'node:fs';
import type { ScreenCell } from '../tests/support/terminal-screen.ts';
import { TerminalScreen } from '../tests/support/terminal-screen.ts';
import { openOuter } from './outer.ts';
import type { Tool } from './tool.ts';
import { echoPane } from './tool.ts';
import type { World } from './world.ts';

export interface Verdict {
	/** Cells compared, and how many of them differ. */
	readonly cells: number;
	readonly wrong: number;
	/** The first few differences, for a person. */
	readonly examples: readonly string[];
}

const mark = 'Ж';

/** Shows 20 KB of the coloured log in one of two panes and compares that pane with an emulator. */
export async function checkTool(world: World, tool: Tool): Promise<Verdict> {
	const [ready, trigger] = [world.fresh('ready'), world.fresh('trigger')];
	const argv = [world.programs.flood, ready, trigger, world.smallLog, mark];
	const session = await tool.prepare(world, [{ name: 'log', argv }, echoPane]);
	try {
		await using outer = await openOuter(world, session.argv, {
			...session,
			bytesPerSecond: 10_000_000,
		});
		await session.ready(outer);
		await outer.settle();
		await outer.marks(trigger, [mark], 20_000);
		await outer.waitFor('the end of the log', (lines) =>
			lines.some((line) => line.includes(mark)),
		);
		await outer.settle();
		const [columns = 0, rows = 0] = readFileSync(ready, 'utf8').split(' ').map(Number);
		return compare(outer.screen, await expectedPane(world, columns, rows));
	} finally {
		await session.close();
	}
}

async function expectedPane(
	world: World,
	columns: number,
	rows: number,
): Promise<TerminalScreen> {
	const pane = new TerminalScreen({ columns, rows });
	const log = readFileSync(world.smallLog, 'utf8').replaceAll('\n', '\r\n');
	await pane.write(log + mark);
	return pane;
}

// The tool does not say where it drew the pane: the place is where the fewest cells differ.
function compare(screen: TerminalScreen, pane: TerminalScreen): Verdict {
	const shown = screen.cells();
	const expected = pane.cells();
	const place = findPane(shown, expected);
	const wrong: string[] = [];
	expected.forEach((row, y) => {
		row.forEach((cell, x) => {
			const seen = shown[place.y + y]?.[place.x + x];
			// The block cursor of a pane without focus may be drawn as an inverse cell.
			if (seen && (same(seen, cell) || isCursor(pane, x, y))) return;
			wrong.push(`${x},${y}: ${JSON.stringify(cell)} shown as ${JSON.stringify(seen)}`);
		});
	});
	const cells = pane.columns * pane.rows;
	return { cells, wrong: wrong.length, examples: wrong.slice(0, 3) };
}

function findPane(
	shown: readonly ScreenCell[][],
	expected: readonly ScreenCell[][],
): { x: number; y: number } {
	const height = expected.length;
	const width = expected[0]?.length ?? 0;
	const wanted = expected.map((row) => textOf(row));
	let best = { x: 0, y: 0, hits: -1 };
	for (let y = 0; y + height <= shown.length; y += 1) {
		for (let x = 0; x + width <= (shown[0]?.length ?? 0); x += 1) {
			const hits = wanted.filter(
				(text, at) => text === textOf(shown[y + at]?.slice(x, x + width) ?? []),
			).length;
			if (hits > best.hits) best = { x, y, hits };
		}
	}
	return best;
}

function textOf(row: readonly ScreenCell[]): string {
	return row.map((cell) => cell.text || ' ').join('');
}

function isCursor(pane: TerminalScreen, x: number, y: number): boolean {
	return pane.cursor.x === x && pane.cursor.y === y;
}

// A blank cell shows its background only.
function same(seen: ScreenCell, expected: ScreenCell): boolean {
	if (seen.background !== expected.background || seen.inverse !== expected.inverse)
		return false;
	const blank = expected.text.trim() === '' && seen.text.trim() === '';
	if (blank) return seen.underline === expected.underline;
	return (
		seen.text === expected.text &&
		seen.width === expected.width &&
		seen.foreground === expected.foreground &&
		seen.bold === expected.bold &&
		seen.dim === expected.dim &&
		seen.italic === expected.italic &&
		seen.underline === expected.underline
	);
}
