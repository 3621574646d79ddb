import { useContext } from 'react';
import type { Area } from '../src/domain/area.ts';
import { inboxPlace } from '../src/domain/list-place.ts';
import { type Listed, listedIn } from '../src/tui/inbox/inbox-list.ts';
import { detailLines, detailTitle } from '../src/tui/inbox/item-detail.ts';
import { itemRows, listTitle } from '../src/tui/inbox/item-rows.ts';
import type { Reflection } from '../src/tui/mirror.ts';
import { type Line, span } from '../src/tui/paint/spans.ts';
import { shownAgents, type View } from '../src/tui/view.ts';
import { Heading } from './Heading.tsx';
import { LineStack } from './LineStack.tsx';
import { LookContext } from './look.ts';

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

function sizeOf({ width, height }: Area): Pick<Area, 'width' | 'height'> {
	return { width, height };
}

function nothing({ snoozed }: Listed): readonly Line[] {
	const rest = snoozed > 0 ? [[span(` ${snoozed} put off`, 'dim')]] : [];
	return [[span(' nobody needs you', 'dim')], ...rest];
}
