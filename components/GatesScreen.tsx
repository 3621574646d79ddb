import { useContext } from 'react';
import type { Area } from '../src/domain/area.ts';
import { untrustedLines, withoutTable } from '../src/tui/gates/empty-lines.ts';
import { failureAimedAt, reportAimedAt, tableOf } from '../src/tui/gates/gate-table.ts';
import { gatesPlace } from '../src/tui/gates/gates-place.ts';
import { reportLines, reportTitle } from '../src/tui/gates/report-lines.ts';
import { tableLines, tableTitle } from '../src/tui/gates/table-lines.ts';
import { observationOf, type Reflection } from '../src/tui/mirror.ts';
import { gatesOf } from '../src/tui/panes/gate-spans.ts';
import type { View } from '../src/tui/view.ts';
import { frameIndent, Heading } from './Heading.tsx';
import { LineStack } from './LineStack.tsx';
import { LookContext } from './look.ts';

export interface GatesScreenProps {
	readonly body: Area;
	readonly reflection: Reflection;
	readonly view: View;
}

/** What gates say of the work of agents, and the report of the one that is looked at. */
export function GatesScreen({ body, reflection, view }: GatesScreenProps) {
	const { glyphs } = useContext(LookContext);
	const { state } = reflection;
	const { now } = view;
	const place = gatesPlace(state, view, body);
	if (!place) return <LineStack area={body} lines={withoutTable(state, view, body)} />;
	const { list, detail, framed } = place;
	const table = tableOf(state, view);
	const chosen = table.agents[table.row];
	const observation = chosen && observationOf(reflection, chosen.agent.id);
	const gate =
		observation && gatesOf(chosen.agent, observation, table.gates)[table.column];
	const report = reportAimedAt(state, view);
	const trust = state.settingsTrusted ? [] : untrustedLines(detail.inner.width);
	const at = failureAimedAt(state, view)?.at ?? 0;
	const { width, height } = list.inner;
	return (
		<>
			<Heading
				area={list.outer}
				framed={framed}
				line={tableTitle(table, reflection, view.gates.slots, width - frameIndent)}
			/>
			<LineStack
				area={list.inner}
				lines={tableLines(table, { reflection, now, glyphs, width, height })}
			/>
			{gate && (
				<Heading
					area={detail.outer}
					framed={framed}
					line={reportTitle(chosen.number, chosen.agent.name, gate, now)}
				/>
			)}
			<LineStack
				area={detail.inner}
				lines={[
					...trust,
					...(report
						? reportLines(report, {
								...{ at, now, glyphs },
								width: detail.inner.width,
								height: detail.inner.height - trust.length,
							})
						: []),
				]}
			/>
		</>
	);
}
