import { useContext } from 'react';
import type { Area } from '../src/domain/area.ts';
import { inboxPlace } from '../src/domain/inbox-place.ts';
import { type Listed, listedIn } from '../src/tui/inbox/inbox-list.ts';
import { detailLines, detailTitle } from '../src/tui/inbox/item-detail.ts';
import { itemRows, listTitle } from '../src/tui/inbox/item-rows.ts';
import type { Reflection } from '../src/tui/mirror.ts';
import { fitLine, type Line, lineWidth, span } from '../src/tui/paint/spans.ts';
import { shownAgents, type View } from '../src/tui/view.ts';
import { LineStack } from './LineStack.tsx';
import { LookContext } from './look.ts';
import { Place } from './Place.tsx';
import { SpanLine } from './SpanLine.tsx';

export interface InboxScreenProps {
	readonly body: Area;
	readonly reflection: Reflection;
	readonly view: View;
}

/** What needs somebody, and the question that is looked at. */
export function InboxScreen({ body, reflection, view }: InboxScreenProps) {
	const { glyphs } = useContext(LookContext);
	const { state } = reflection;
	const { now, keymap } = view;
	const listed = listedIn(state, view);
	const item = listed.items[listed.at];
	const { list, detail, framed } = inboxPlace(body, listed.items.length);
	const title = item ? detailTitle(item, shownAgents(state), now, glyphs) : [];
	const { shown } = view.inbox;
	const facts = {
		reflection,
		listed,
		shown,
		keymap,
		now,
		glyphs,
		...sizeOf(detail.inner),
	};
	return (
		<>
			<Heading area={list.outer} framed={framed} line={listTitle(listed)} />
			<LineStack
				area={list.inner}
				lines={
					item
						? itemRows(listed, { state, now, glyphs, ...sizeOf(list.inner) })
						: nothing(listed)
				}
			/>
			{item && <Heading area={detail.outer} framed={framed} line={title} />}
			{item && <LineStack area={detail.inner} lines={detailLines(item, facts)} />}
		</>
	);
}

/** In the line of a frame, or with a line of its own behind it. */
function Heading({
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

function sizeOf({ width, height }: Area): Pick<Area, 'width' | 'height'> {
	return { width, height };
}

function nothing({ snoozed }: Listed): readonly Line[] {
	const rest = snoozed > 0 ? [[span(` ${snoozed} put off`, 'dim')]] : [];
	return [[span(' nobody needs you', 'dim')], ...rest];
}
