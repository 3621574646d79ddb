import { useContext } from 'react';
import { type Frame, frameRows } from '../src/tui/frame-lines.ts';
import { asciiGlyphs } from '../src/tui/glyphs.ts';
import type { Role } from '../src/tui/theme.ts';
import { LookContext } from './look.ts';
import { Place } from './Place.tsx';
import { SpanLine } from './SpanLine.tsx';

/** The frames of all panes, joined where they touch. */
export function Borders({
	frames,
	columns,
}: {
	readonly frames: readonly Frame<Role>[];
	readonly columns: number;
}) {
	const { glyphs } = useContext(LookContext);
	const rows = frameRows(frames, glyphs.vertical === asciiGlyphs.vertical);
	return rows.map(({ y, runs }) => (
		<Place key={y} area={{ x: 0, y, width: columns, height: 1 }}>
			<SpanLine line={runs.map(({ text, role }) => ({ text, role: role ?? 'text' }))} />
		</Place>
	));
}
