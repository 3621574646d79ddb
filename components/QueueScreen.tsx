import { useContext } from 'react';
import type { Area } from '../src/domain/area.ts';
import type { Reflection } from '../src/tui/mirror.ts';
import { withoutEntries } from '../src/tui/queue/empty-queue.ts';
import { entryLines, entryTitle } from '../src/tui/queue/entry-lines.ts';
import { queueLines, queueTitle } from '../src/tui/queue/queue-lines.ts';
import { listedQueue } from '../src/tui/queue/queue-list.ts';
import { queuePlace } from '../src/tui/queue/queue-place.ts';
import { shownAgents, type View } from '../src/tui/view.ts';
import { frameIndent, Heading } from './Heading.tsx';
import { LineStack } from './LineStack.tsx';
import { LookContext } from './look.ts';

export interface QueueScreenProps {
	readonly body: Area;
	readonly reflection: Reflection;
	readonly view: View;
}

/** What waits to land, in its order, and the entry that is looked at. */
export function QueueScreen({ body, reflection, view }: QueueScreenProps) {
	const { glyphs } = useContext(LookContext);
	const { state } = reflection;
	const { now, keymap } = view;
	const place = queuePlace(state, view, body);
	if (!place)
		return <LineStack area={body} lines={withoutEntries(state, view, body.width)} />;
	const { list, detail, framed } = place;
	const listed = listedQueue(view);
	const entry = listed.entries[listed.at];
	const number = shownAgents(state).findIndex(({ id }) => id === entry?.agent.id) + 1;
	const facts = { reflection, now, glyphs };
	return (
		<>
			<Heading
				area={list.outer}
				framed={framed}
				line={queueTitle(listed, reflection, list.inner.width - frameIndent)}
			/>
			<LineStack
				area={list.inner}
				lines={queueLines(listed, { ...facts, ...list.inner })}
			/>
			{entry && (
				<Heading
					area={detail.outer}
					framed={framed}
					line={entryTitle(entry, number, glyphs)}
				/>
			)}
			{entry && (
				<LineStack
					area={detail.inner}
					lines={entryLines(entry, { ...facts, keymap, ...detail.inner })}
				/>
			)}
		</>
	);
}
