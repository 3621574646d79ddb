import { useContext } from 'react';
import type { Agent } from '../src/domain/agent.ts';
import type { StripsPlace } from '../src/domain/tile.ts';
import { counted } from '../src/lib/counted.ts';
import { askedBy } from '../src/tui/inbox/asked-by.ts';
import { type StripsLook, visibleStrips } from '../src/tui/layouts/strip-rows.ts';
import { stripColumns, stripLine } from '../src/tui/layouts/strips.ts';
import type { Reflection } from '../src/tui/mirror.ts';
import { bold } from '../src/tui/paint/spans.ts';
import type { View } from '../src/tui/view.ts';
import { LineStack } from './LineStack.tsx';
import { LookContext } from './look.ts';
import { Place } from './Place.tsx';
import { SpanLine } from './SpanLine.tsx';

export interface StripListProps {
	readonly place: StripsPlace;
	readonly agents: readonly Agent[];
	readonly reflection: Reflection;
	readonly look: StripsLook & Pick<View, 'calls'>;
	readonly now: number;
}

/** All agents as rows, in bays by what they are doing. */
export function StripList({ place, agents, reflection, look, now }: StripListProps) {
	const { glyphs } = useContext(LookContext);
	const { inner, outer, framed } = place;
	const { state } = reflection;
	const rows = visibleStrips(agents, look, inner, (id) => askedBy(state, id));
	const columns = stripColumns(agents, reflection, inner.width, glyphs);
	const { focus, calls } = look;
	const facts = { focus, calls, width: inner.width, columns, framed, now, glyphs };
	return (
		<>
			<LineStack
				area={inner}
				lines={rows.map((row) => stripLine(row, reflection, facts))}
			/>
			{framed && (
				<Place area={{ x: outer.x + 2, y: outer.y, width: outer.width - 4, height: 1 }}>
					<SpanLine solid line={[bold(` ${counted(agents.length, 'agent')} `)]} />
				</Place>
			)}
		</>
	);
}
