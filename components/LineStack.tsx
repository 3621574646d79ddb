import type { Area } from '../src/domain/area.ts';
import type { Line } from '../src/tui/paint/spans.ts';
import { Place } from './Place.tsx';
import { SpanLine } from './SpanLine.tsx';

/** Lines one below the other from the top of a rectangle; what is too much is left out. */
export function LineStack({
	area,
	lines,
}: {
	readonly area: Area;
	readonly lines: readonly Line[];
}) {
	return (
		<Place area={area}>
			{lines.slice(0, area.height).map((line, at) => (
				<SpanLine key={at} line={line.length === 0 ? blank : line} />
			))}
		</Place>
	);
}

const blank: Line = [{ text: ' ' }];
