// The terminal interface of a scratch as a person has it: opened in a terminal, with keys for what
// tests do in it again and again.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Area } from '../../src/domain/area.ts';
import { arrange } from '../../src/domain/layout.ts';
import { openProgram, type Program, type ProgramOptions } from './terminal-driver.ts';
import type { ScreenCell, TerminalScreen } from './terminal-screen.ts';
import { patienceMs, type ScratchWeir, weirProgram } from './weir.ts';

/** Opens `weir`, or `weir attach api` by its words, and waits until the chrome is there. */
export async function openCockpit(
	weir: ScratchWeir,
	words: readonly string[] = [],
	options: ProgramOptions = {},
): Promise<Program> {
	const cockpit = openProgram([process.execPath, weirProgram, ...words], {
		cwd: weir.repo,
		...options,
		env: { ...weir.env, COLORTERM: 'truecolor', ...options.env },
	});
	await cockpit.waitFor(/^ (NAV|need 40x15)/m);
	return cockpit;
}

/** Enters TYPE in the focused pane. */
export async function startTyping(cockpit: Program): Promise<void> {
	cockpit.key('i');
	await cockpit.waitFor(/^ TYPE/);
}

/** Leaves TYPE by the leader. */
export async function stopTyping(cockpit: Program): Promise<void> {
	cockpit.key('ctrl+space', 'escape');
	await cockpit.waitFor(/^ NAV/);
}

/** Detaches and waits for the end; fails where it does not leave with 0. */
export async function detach(cockpit: Program): Promise<void> {
	cockpit.key('Q');
	await cockpit.waitFor('d detach');
	await answer(cockpit, 'd');
	const code = await left(cockpit);
	if (code !== 0) throw new Error(`weir left with ${code}`);
}

/** Answers a dialog about a loss, which hears nothing for its first 400 ms. */
export async function answer(cockpit: Program, key: string): Promise<void> {
	await sleep(450);
	cockpit.key(key);
}

/** Waits until weir has ended and gives its exit code. */
export async function left(cockpit: Program, limitMs = patienceMs): Promise<number> {
	const late = sleep(limitMs, null, { ref: false });
	const exit = await Promise.race([cockpit.exit, late]);
	if (!exit) throw new Error(`weir did not end:\n${cockpit.screen().join('\n')}`);
	return exit.code;
}

/** Where the inside of a pane stands that has the screen for itself. */
export function wholePane({ columns, rows }: TerminalScreen): Area {
	const panes = ['only'];
	const arrangement = arrange({
		...{
			columns,
			rows,
			panes,
			listed: 1,
			focus: null,
			zoom: false,
			kind: 'auto',
			shares: {},
		},
		checklist: false,
	});
	const [tile] = arrangement.tiles;
	if (!tile) throw new Error(`no pane fits ${columns}x${rows}`);
	return tile.inner;
}

/**
 * The cells of an area, comparable: a cell never written and a blank look the same, whatever the colour of
 * the letters that are not there.
 */
export function cellsOf(screen: TerminalScreen, area: Area): ScreenCell[][] {
	return screen
		.cells()
		.slice(area.y, area.y + area.height)
		.map((row) => row.slice(area.x, area.x + area.width).map(asSeen));
}

/** The text of an area, one string a row, without blanks at the ends. */
export function textOf(screen: TerminalScreen, area: Area): string[] {
	return cellsOf(screen, area).map((row) =>
		row
			.map(({ text }) => text)
			.join('')
			.trimEnd(),
	);
}

/** The first cells that differ, as a sentence each; none where both look the same. */
export function differences(
	one: readonly (readonly ScreenCell[])[],
	other: readonly (readonly ScreenCell[])[],
): string[] {
	const found: string[] = [];
	for (const [y, row] of one.entries()) {
		for (const [x, cell] of row.entries()) {
			const wanted = JSON.stringify(other[y]?.[x]);
			const is = JSON.stringify(cell);
			if (is !== wanted && found.length < 5)
				found.push(`${x},${y}: ${is} and not ${wanted}`);
		}
	}
	if (one.length !== other.length) found.push(`${one.length} rows, not ${other.length}`);
	return found;
}

function asSeen(cell: ScreenCell): ScreenCell {
	const blank = cell.width === 1 && (cell.text === '' || cell.text === ' ');
	if (!blank) return cell;
	const { inverse, underline, strike, overline } = cell;
	const drawn = inverse || underline || strike || overline;
	return { ...cell, text: ' ', ...(drawn ? {} : unseenOnBlanks) };
}

const unseenOnBlanks = {
	foreground: 'default',
	bold: false,
	dim: false,
	italic: false,
	blink: false,
	invisible: false,
} as const;
