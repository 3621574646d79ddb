import { useContext } from 'react';
import type { Area } from '../src/domain/area.ts';
import { fitLine, type Line, lineWidth, span } from '../src/tui/paint/spans.ts';
import { LookContext } from './look.ts';
import { Place } from './Place.tsx';
import { SpanLine } from './SpanLine.tsx';

/** What a heading in a frame takes more than lines in it. */
export const frameIndent = 2;

/** In the line of a frame, or with a line of its own behind it. */
export function Heading({
	area,
	framed,
	line,
}: {
	readonly area: Area;
	readonly framed: boolean;
	readonly line: Line;
}) {
	const { glyphs } = useContext(LookContext);
	const indent = framed ? 2 : 0;
	const fitted = fitLine(line, area.width - 2 * indent, glyphs.ellipsis);
	const width = framed ? lineWidth(fitted) : area.width;
	const rule = glyphs.horizontal.repeat(Math.max(0, width - lineWidth(fitted)));
	return (
		<Place area={{ x: area.x + indent, y: area.y, width, height: 1 }}>
			<SpanLine line={[...fitted, span(rule, 'border')]} />
		</Place>
	);
}
