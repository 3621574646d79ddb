import { useContext } from 'react';
import type { Agent } from '../src/domain/agent.ts';
import type { Tile } from '../src/domain/tile.ts';
import type { Call, Observation } from '../src/protocol/client.ts';
import type { Keymap } from '../src/tui/keys/keymap.ts';
import { lineWidth } from '../src/tui/paint/spans.ts';
import type { ShownTerminal } from '../src/tui/panes/live-pane.ts';
import { paneNote } from '../src/tui/panes/pane-note.ts';
import { paneTitle, titleIndent } from '../src/tui/panes/pane-title.ts';
import type { Scrolled } from '../src/tui/view.ts';
import { LineStack } from './LineStack.tsx';
import { LookContext } from './look.ts';
import { Place } from './Place.tsx';
import { SpanLine } from './SpanLine.tsx';

export interface PaneChromeProps {
	readonly agent: Agent;
	readonly number: number;
	readonly observation: Observation;
	readonly tile: Tile;
	readonly focused: boolean;
	readonly scrolled: Scrolled | undefined;
	readonly call: Call | undefined;
	/** The size of its terminal; null while nothing of it can be shown. */
	readonly terminal: ShownTerminal | null;
	readonly now: number;
	readonly keymap: Keymap;
}

/** What belongs to a pane: the title in its frame, and a note where it has no screen. */
export function PaneChrome(props: PaneChromeProps) {
	const { agent, observation, tile, terminal, keymap } = props;
	const { glyphs } = useContext(LookContext);
	const { inner, outer } = tile;
	const title = paneTitle(
		{ ...props, glyphs, inner },
		Math.max(0, outer.width - 2 * titleIndent),
	);
	const note = terminal ? [] : paneNote(agent, observation, inner.width, glyphs, keymap);
	const noteWidth = Math.min(Math.max(0, ...note.map(lineWidth)), inner.width);
	return (
		<>
			<Place
				area={{
					x: outer.x + titleIndent,
					y: outer.y,
					width: lineWidth(title),
					height: 1,
				}}
			>
				<SpanLine line={title} />
			</Place>
			{note.length > 0 && (
				<LineStack
					area={{
						x: inner.x + Math.floor((inner.width - noteWidth) / 2),
						y: inner.y + Math.max(0, Math.floor((inner.height - note.length) / 2)),
						width: noteWidth,
						height: Math.min(note.length, inner.height),
					}}
					lines={note}
				/>
			)}
		</>
	);
}
