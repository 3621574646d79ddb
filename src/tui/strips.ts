// All agents as rows, grouped by what they are doing. The order within a group is that of the panes: a
// row moves only when its agent's state does, or the user swaps it.
import type { Agent } from '../domain/agent.ts';
import type { AgentId } from '../domain/ids.ts';
import { ageOf } from './age.ts';
import type { Glyphs } from './glyphs.ts';
import { observationOf, type Reflection } from './mirror.ts';
import { inOrder } from './pane-order.ts';
import { diffSpans } from './pane-title.ts';
import { bold, fitLine, type Line, lineWidth, padText, span, spread } from './spans.ts';
import { bays, bayTitles, signOf, wordOf } from './state-signs.ts';

export type StripRow =
	| { readonly kind: 'bay'; readonly title: string; readonly count: number }
	| { readonly kind: 'agent'; readonly agent: Agent; readonly number: number }
	| { readonly kind: 'more'; readonly above: number; readonly below: number };

/** How the user looks at the rows. */
export interface StripsLook {
	readonly focus: AgentId | null;
	readonly order: readonly AgentId[];
}

/** Bays with their agents; without titles where only the agents' own rows have room. */
export function stripRows(
	agents: readonly Agent[],
	{ order }: StripsLook,
	titles: boolean,
): readonly StripRow[] {
	const numbers = new Map(agents.map(({ id }, at) => [id, at + 1]));
	const numbered = inOrder(agents, order).map((agent) => {
		return { agent, number: numbers.get(agent.id) ?? 0 };
	});
	return bays.flatMap((bay): StripRow[] => {
		const some = numbered.filter(({ agent }) => signOf(agent).bay === bay);
		if (some.length === 0) return [];
		const rows = some.map((one): StripRow => ({ kind: 'agent', ...one }));
		const title: StripRow = { kind: 'bay', title: bayTitles[bay], count: some.length };
		return titles ? [title, ...rows] : rows;
	});
}

/** The agents in the order of their strips. */
export function stripOrder(
	agents: readonly Agent[],
	look: StripsLook,
): readonly AgentId[] {
	return stripRows(agents, look, false).flatMap((row) =>
		row.kind === 'agent' ? [row.agent.id] : [],
	);
}

/** The rows that fit, around the one in focus; the last one counts those that do not. */
export function visibleStrips(
	agents: readonly Agent[],
	look: StripsLook,
	height: number,
): readonly StripRow[] {
	const titled = stripRows(agents, look, true);
	if (titled.length <= height) return titled;
	if (agents.length <= height) return stripRows(agents, look, false);
	const at = titled.findIndex(
		(row) => row.kind === 'agent' && row.agent.id === look.focus,
	);
	const room = Math.max(1, height - 1);
	const last = titled.length - room;
	const above = Math.max(0, Math.min(at - Math.floor(room / 2), last));
	const rows = titled.slice(above, above + room);
	return [...rows, { kind: 'more', above, below: last - above }];
}

/** Cells of the columns, so that words and ages stand below each other. */
export interface StripColumns {
	readonly name: number;
	readonly word: number;
}

/** Cells of the cursor, the sign, the number and the age, with the blanks between. */
const fixedCells = 11;

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
	const free = width - fixedCells - word - Math.max(0, ...changes) - 2;
	const room = Math.max(free, Math.min(20, Math.floor(width * 0.28)));
	const longest = Math.max(0, ...agents.map(({ name }) => name.length));
	return { name: Math.max(8, Math.min(longest, room, Math.floor(width / 2))), word };
}

export function stripLine(
	row: StripRow,
	reflection: Reflection,
	facts: {
		readonly focus: AgentId | null;
		readonly width: number;
		readonly columns: StripColumns;
		readonly now: number;
		readonly glyphs: Glyphs;
	},
): Line {
	const { width, columns, now, glyphs } = facts;
	if (row.kind === 'bay') {
		const title = ` ${row.title} ${row.count} `;
		const rest = glyphs.horizontal.repeat(Math.max(0, width - title.length));
		return fitLine([bold(title, 'dim'), span(rest, 'border')], width);
	}
	if (row.kind === 'more') {
		const counts = [
			row.above > 0 && `${row.above} above`,
			row.below > 0 && `${row.below} below`,
		];
		return [span(` ${counts.filter((text) => text !== false).join(', ')}`, 'dim')];
	}
	const { agent, number } = row;
	const sign = signOf(agent);
	const focused = agent.id === facts.focus;
	const left: Line = [
		focused ? bold(glyphs.cursor, 'accent') : span(' '),
		span(glyphs[sign.glyph], sign.role),
		span(` ${String(number).padEnd(3)}`, 'dim'),
		focused
			? bold(padText(agent.name, columns.name))
			: span(padText(agent.name, columns.name)),
		span(` ${padText(wordOf(agent, glyphs), columns.word)}`, sign.role),
		span(ageOf(agent.report.since, now).padStart(4), 'dim'),
	];
	const diff = diffSpans(observationOf(reflection, agent.id));
	const why =
		width >= 64 && agent.report.why ? [span(`  ${agent.report.why}`, 'dim')] : [];
	const line = spread(
		[...left, ...why],
		diff.length > 0 ? [...diff, span(' ')] : [],
		width,
	);
	return focused ? line.map((piece) => ({ ...piece, bold: true })) : line;
}
