import { Text } from 'ink';
import { useContext } from 'react';
import { asciiGlyphs } from '../src/tui/look/glyphs.ts';
import type { Role } from '../src/tui/look/theme.ts';
import { type Frame, frameRows } from '../src/tui/paint/frame-lines.ts';
import { framePieces } from '../src/tui/paint/frame-pieces.ts';
import { LookContext } from './look.ts';
import { Place } from './Place.tsx';

/** The frames of all panes, joined where they touch. */
export function Borders({ frames }: { readonly frames: readonly Frame<Role>[] }) {
	const { glyphs, theme } = useContext(LookContext);
	const rows = frameRows(frames, glyphs.vertical === asciiGlyphs.vertical);
	return framePieces(rows).map(({ x, y, width, lines, role }) => (
		<Place key={`${x} ${y}`} area={{ x, y, width, height: lines.length }}>
			<Text {...theme[role]}>{lines.join('\n')}</Text>
		</Place>
	));
}
