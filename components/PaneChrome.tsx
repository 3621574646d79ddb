import { useContext } from 'react';
import type { PaneFacts } from '../src/tui/chrome/chrome-parts.ts';
import { lineWidth } from '../src/tui/paint/spans.ts';
import { paneNote } from '../src/tui/panes/pane-note.ts';
import { paneTitle, titleIndent } from '../src/tui/panes/pane-title.ts';
import { LineStack } from './LineStack.tsx';
import { LookContext } from './look.ts';
import { Place } from './Place.tsx';
import { SpanLine } from './SpanLine.tsx';

/** What belongs to a pane: the title in its frame, and a note where it has no screen. */
export function PaneChrome({ facts }: { readonly facts: PaneFacts }) {
	const { agent, observation, tile, terminal, keymap } = facts;
	const { glyphs } = useContext(LookContext);
	const { inner, outer } = tile;
	const title = paneTitle(
		{ ...facts, glyphs, inner },
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
				<SpanLine line={title} solid />
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
