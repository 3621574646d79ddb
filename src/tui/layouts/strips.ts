// One row of the list of agents, as text.
import type { Agent } from '../../domain/agent.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Call, Observation } from '../../protocol/client.ts';
import { ageOf } from '../chrome/age.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { bayTitles, signOf, wordOf, wordRole } from '../look/state-signs.ts';
import { observationOf, type Reflection } from '../mirror.ts';
import {
	bold,
	fitLine,
	type Line,
	lineWidth,
	padText,
	span,
	spread,
} from '../paint/spans.ts';
import { callSpans, diffSpans, recordingSpans } from '../panes/pane-title.ts';
import type { StripRow } from './strip-rows.ts';

/** Cells of the columns, so that words and ages stand below each other. */
export interface StripColumns {
	readonly number: number;
	readonly name: number;
	readonly word: number;
	/** None where there is no room for all of them: the title of the pane tells it. */
	readonly age: number;
}

const ageCells = 4;
const leastName = 8;

/** Names have all the room that words, ages and changes leave. */
export function stripColumns(
	agents: readonly Agent[],
	reflection: Reflection,
	width: number,
	glyphs: Glyphs,
): StripColumns {
	const word = Math.max(9, ...agents.map((agent) => wordOf(agent, glyphs).length));
	const changes = agents.map(({ id }) =>
		lineWidth(diffSpans(observationOf(reflection, id))),
	);
	const number = String(agents.length).length;
	const longest = Math.max(leastName, ...agents.map(({ name }) => name.length));
	// The bar, the sign, the number and a blank before each column; the changes end in one.
	const fixed = 2 + 1 + number + 1 + 1 + word;
	const free = width - fixed - Math.max(0, ...changes.map((cells) => cells && cells + 2));
	const age = free - ageCells >= Math.min(longest, 12) ? ageCells : 0;
	const room = Math.max(leastName, Math.min(free - age, Math.floor(width / 2)));
	return { number, name: Math.min(longest, room), word, age };
}

export function stripLine(
	row: StripRow,
	reflection: Reflection,
	facts: {
		readonly focus: AgentId | null;
		readonly calls: Readonly<Record<AgentId, Call>>;
		readonly width: number;
		readonly columns: StripColumns;
		readonly now: number;
		readonly glyphs: Glyphs;
	},
): Line {
	const { width, columns, now, glyphs } = facts;
	if (row.kind === 'bay' || row.kind === 'folded')
		return bayLine(row, facts.focus, width, glyphs);
	if (row.kind === 'more') {
		const counts = [
			row.above > 0 && `${row.above} above`,
			row.below > 0 && `${row.below} below`,
		];
		return [span(` ${counts.filter((text) => text !== false).join(', ')}`, 'dim')];
	}
	const { agent, number } = row;
	const call = facts.calls[agent.id];
	const sign = signOf(agent);
	const focused = agent.id === facts.focus;
	const left: Line = [
		span(focused ? glyphs.focusBar : ' ', 'accent'),
		span(glyphs[sign.glyph], sign.role),
		span(` ${String(number).padStart(columns.number)} `, 'dim'),
		focused
			? bold(padText(agent.name, columns.name))
			: span(padText(agent.name, columns.name)),
		span(call ? glyphs.call : ' ', 'warn'),
		span(padText(wordOf(agent, glyphs), columns.word), wordRole(sign)),
		span(
			columns.age > 0 ? ageOf(agent.report.since, now).padStart(columns.age) : '',
			'dim',
		),
	];
	const observation = observationOf(reflection, agent.id);
	const diff = diffSpans(observation);
	const reason = reasonSpans(agent, observation, call, glyphs);
	return spread(
		[...left, ...(width >= 64 ? reason : [])],
		diff.length > 0 ? [...diff, span(' ')] : [],
		width,
	);
}

/** That it is not recorded, or what its program called out, or else why it is in its state. */
function reasonSpans(
	agent: Agent,
	observation: Observation,
	call: Call | undefined,
	glyphs: Glyphs,
): Line {
	const unrecorded = recordingSpans(agent, observation);
	if (unrecorded.length > 0) return [span('  '), ...unrecorded];
	if (call) return [span('  '), ...callSpans(call, glyphs)];
	return agent.report.why ? [span(`  ${agent.report.why}`, 'dim')] : [];
}

function bayLine(
	row: Extract<StripRow, { kind: 'bay' | 'folded' }>,
	focus: AgentId | null,
	width: number,
	glyphs: Glyphs,
): Line {
	const focused = row.kind === 'folded' && row.agent.id === focus;
	const title = `${bayTitles[row.bay]} ${row.count} `;
	const name = focused ? [bold(`${row.agent.name} `)] : [];
	const left: Line = [
		span(focused ? glyphs.focusBar : ' ', 'accent'),
		bold(title, focused ? 'accent' : 'dim'),
		...name,
	];
	const right: Line = row.kind === 'folded' ? [span(' folded ', 'dim')] : [];
	const free = width - lineWidth(left) - lineWidth(right);
	const rule = span(glyphs.horizontal.repeat(Math.max(0, free)), 'border');
	return fitLine([...left, rule, ...right], width);
}
