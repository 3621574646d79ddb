// The chrome as a person would see it: the real view, drawn by Ink, composited and shown by an
// emulator, over a state played by the pure core.
import type { AgentId } from '../../src/domain/ids.ts';
import type { State } from '../../src/domain/state.ts';
import type { Observation } from '../../src/protocol/observation.ts';
import { Chrome } from '../../src/tui/chrome/chrome.ts';
import {
	backdropOf,
	type ChromePart,
	partsOf,
} from '../../src/tui/chrome/chrome-parts.ts';
import { asciiGlyphs, unicodeGlyphs } from '../../src/tui/look/glyphs.ts';
import { plainChoice, type ThemeChoice } from '../../src/tui/look/theme-choice.ts';
import type { Reflection } from '../../src/tui/mirror.ts';
import { Compositor } from '../../src/tui/paint/compositor.ts';
import { Emitter, fullTerminal } from '../../src/tui/paint/emit.ts';
import { drawPicture } from '../../src/tui/paint/picture.ts';
import { titleSpinners } from '../../src/tui/panes/title-spinner.ts';
import { initialView, shownAgents, type View } from '../../src/tui/view.ts';
import { changeView, type ViewChange } from '../../src/tui/view-change.ts';
import { TerminalScreen } from './terminal-screen.ts';

export interface ChromeSetting {
	readonly columns: number;
	readonly rows: number;
	readonly state: State;
	readonly observed?: Readonly<Record<AgentId, Observation>>;
	readonly changes?: readonly ViewChange[];
	readonly now?: number;
	readonly theme?: Partial<ThemeChoice>;
	readonly ascii?: boolean;
	/** Agents whose screens are shown. */
	readonly live?: readonly AgentId[];
	/** How often signs that turn have turned; none without it. */
	readonly turns?: number;
}

export function viewOf({
	columns,
	rows,
	state,
	changes = [],
	now = 0,
	theme,
}: ChromeSetting): View {
	const agents = shownAgents(state);
	const first = changeView(
		{ ...initialView({ columns, rows }, now), theme: { ...plainChoice, ...theme } },
		{
			kind: 'agents',
			agents,
		},
	);
	return changes.reduce(changeView, first);
}

export function reflectionOf(
	state: State,
	observed: Readonly<Record<AgentId, Observation>> = {},
): Reflection {
	return {
		state,
		observed,
		repository: {
			root: '/work/shelf',
			commonDir: '/work/shelf/.git',
			base: 'main',
			trusted: true,
		},
		link: 'live',
	};
}

/** What stands on the screen once the chrome is drawn. The caller disposes it. */
export async function chromeScreen(setting: ChromeSetting): Promise<TerminalScreen> {
	const { columns, rows, state } = setting;
	const view = viewOf(setting);
	const glyphs = setting.ascii ? asciiGlyphs : unicodeGlyphs;
	const shown = new Set(setting.live);
	const picture = drawPicture(
		reflectionOf(state, setting.observed),
		view,
		glyphs,
		(agent) =>
			shown.has(agent) ? { columns: 2, rows: 1, boxed: false, modes: 0 } : null,
	);
	const { mountRoot } = await import('../../layouts/mount.tsx');
	using compositor = new Compositor(columns, rows);
	using emitter = new Emitter(compositor.table, fullTerminal);
	const drawn = Promise.withResolvers<void>();
	const chrome = new Chrome<ChromePart>({
		grid: compositor.chrome,
		mount: (first, options) => mountRoot(first, glyphs, options),
		onChange: (changed) => {
			compositor.chromeChanged(changed);
			drawn.resolve();
		},
	});
	chrome.show(partsOf(picture), backdropOf(picture, glyphs));
	await drawn.promise;
	chrome[Symbol.dispose]();
	if (setting.turns !== undefined) compositor.spinners(titleSpinners(picture, glyphs));
	for (let turn = 0; turn < (setting.turns ?? 0); turn += 1) compositor.spin();
	const { grid, rows: composed } = compositor.compose();
	const bytes = emitter.frame(grid, composed, null);
	const screen = new TerminalScreen({ columns, rows });
	if (bytes) await screen.write(bytes);
	return screen;
}
