// One row of the list of agents, as text.
import type { Agent } from '../../domain/agent.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Call, Observation } from '../../protocol/observation.ts';
import { ageOf } from '../chrome/age.ts';
import { askedBy } from '../inbox/asked-by.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { bayTitles, signOf, wordOf, wordRole } from '../look/state-signs.ts';
import { observationOf, type Reflection } from '../mirror.ts';
import {
	bold,
	fitLine,
	type Line,
	lineWidth,
	markSpan,
	padText,
	span,
	spread,
} from '../paint/spans.ts';
import {
	callSpans,
	diffSpans,
	recordingSpans,
	trespassSpans,
} from '../panes/pane-title.ts';
import { type StripRow, wideList } from './strip-rows.ts';

/** Cells of the columns, so that words and ages stand below each other. */
export interface StripColumns {
	readonly number: number;
	readonly name: number;
	readonly word: number;
	/** None where there is no room for all of them: the title of the pane tells it. */
	readonly age: number;
	/** Of the lines that were taken away, at the end of the row. */
	readonly removed: number;
}

const ageCells = 4;
const leastName = 8;
/** The words of most states; the few that are longer take room from what follows them. */
const wordCells = 9;
/** The changes of most agents, with a blank before them. */
const diffCells = 4;

/**
 * Names have all the room that words, ages and changes leave. In a narrow list no column depends on
 * what agents do: it would move under the eye.
 */
export function stripColumns(
	agents: readonly Agent[],
	reflection: Reflection,
	width: number,
	glyphs: Glyphs,
): StripColumns {
	const words =
		width < wideList ? [] : agents.map((agent) => wordOf(agent, glyphs).length);
	const word = Math.max(wordCells, ...words);
	const number = String(agents.length).length;
	const longest = Math.max(leastName, ...agents.map(({ name }) => name.length));
	// The bar, the sign, the number between blanks, the cell of a call.
	const free = width - (2 + number + 2 + 1) - word - diffCells;
	const age = free - 1 - ageCells >= Math.min(longest, 12) ? ageCells : 0;
	const room = Math.max(
		leastName,
		Math.min(free - (age && age + 1), Math.floor(width / 2)),
	);
	const removed = Math.max(
		...agents.map(({ id }) => removedCells(observationOf(reflection, id))),
	);
	return { number, name: Math.min(longest, room), word, age, removed };
}

export interface StripFacts {
	readonly focus: AgentId | null;
	readonly calls: Readonly<Record<AgentId, Call>>;
	readonly width: number;
	readonly columns: StripColumns;
	/** In a frame, whose lines are enough of them. */
	readonly framed: boolean;
	readonly now: number;
	readonly glyphs: Glyphs;
}

export function stripLine(
	row: StripRow,
	reflection: Reflection,
	facts: StripFacts,
): Line {
	if (row.kind === 'bay' || row.kind === 'folded') return bayLine(row, facts);
	if (row.kind === 'more') {
		const counts = [
			row.above > 0 && `${row.above} above`,
			row.below > 0 && `${row.below} below`,
		];
		return [span(` ${counts.filter((text) => text !== false).join(', ')}`, 'dim')];
	}
	const line = facts.width < wideList ? narrowLine : wideLine;
	const { id } = row.agent;
	if (row.kind === 'asked') return askedLine(row, facts);
	const asked = askedBy(reflection.state, id);
	return line(row, observationOf(reflection, id), { ...facts, asked });
}

/** `asked` is the first line of what it asks. */
type RowFacts = StripFacts & { readonly asked: string | null };

/** Below the name. */
function askedLine(
	{ agent, text }: Extract<StripRow, { kind: 'asked' }>,
	{ focus, width, columns, glyphs }: StripFacts,
): Line {
	const bar = agent.id === focus ? glyphs.focusBar : ' ';
	const line = [span(bar, 'accent'), span(' '.repeat(columns.number + 3)), span(text)];
	return fitLine(line, width, glyphs.ellipsis);
}

type AgentRow = Extract<StripRow, { kind: 'agent' }>;

function wideLine(row: AgentRow, observation: Observation, facts: RowFacts): Line {
	const diff = diffSpans(observation);
	const { removed } = facts.columns;
	// What was added stands below each other, whether lines were taken away or not.
	const after = removed - removedCells(observation) + 1;
	return spread(
		[
			...nameSpans(row, facts),
			...ageSpans(row, facts),
			...aboutSpans(row, observation, facts),
		],
		diff.length > 0 ? [...diff, span(' '.repeat(after))] : [],
		facts.width,
	);
}

/**
 * Where not all has room: that it is not recorded, since when somebody is waited for, or else what was
 * changed.
 */
function narrowLine(row: AgentRow, observation: Observation, facts: RowFacts): Line {
	const left = nameSpans(row, facts);
	const age = ageSpans(row, facts);
	const { width } = facts;
	const word = left.at(-1);
	const bare = word ? [...left.slice(0, -1), { ...word, text: word.text.trimEnd() }] : [];
	const fits = (some: Line, right: Line) =>
		lineWidth(some) + 1 + lineWidth(right) <= width;
	if (recordingSpans(row.agent, observation).length > 0) {
		const marks = unrecordedMarks.map((text) => [span(text, 'bad')]);
		for (const mark of marks)
			for (const some of [[...left, ...age], bare])
				if (fits(some, mark)) return spread(some, mark, width);
		return fitLine([...(marks.at(-1) ?? []), ...bare], width);
	}
	const diff = diffSpans(observation);
	const all = [...left, ...age];
	if (diff.length === 0 || fits(all, diff)) return spread(all, diff, width);
	return isWanted(row.agent) ? all : spread(bare, diff, width);
}

/** The longest that fits is said; the title of the pane says why. */
const unrecordedMarks = ['not recorded', 'no record', 'no rec'] as const;

function isWanted(agent: Agent): boolean {
	return ['needs', 'failing'].includes(signOf(agent).bay);
}

function nameSpans({ agent, number }: AgentRow, facts: StripFacts): Line {
	const { columns, glyphs } = facts;
	const sign = signOf(agent);
	const focused = agent.id === facts.focus;
	const name = padText(agent.name, columns.name);
	return [
		markSpan(glyphs.focusBar, focused),
		span(glyphs[sign.glyph], sign.role),
		span(` ${String(number).padStart(columns.number)} `, 'dim'),
		focused ? bold(name) : span(name),
		span(markOf(agent, facts), 'warn'),
		span(wordOf(agent, glyphs).padEnd(columns.word), wordRole(sign)),
	];
}

/** In one cell: that it wrote outside its scope, or else that it called. */
function markOf({ id, trespasses }: Agent, { calls, glyphs }: StripFacts): string {
	if (trespasses) return glyphs.scope;
	return calls[id] ? glyphs.call : ' ';
}

function ageSpans({ agent }: AgentRow, { columns, now, glyphs }: StripFacts): Line {
	if (columns.age === 0) return [];
	const over = wordOf(agent, glyphs).length - columns.word;
	const room = columns.age - Math.max(0, over);
	return [span(` ${ageOf(agent.report.since, now).padStart(room)}`, 'dim')];
}

/**
 * That it is not recorded, what it asks, what it wrote outside its scope, or what its program called
 * out; or else, of one that wants somebody, why, and of the others what they are about.
 */
function aboutSpans(
	{ agent }: AgentRow,
	observation: Observation,
	facts: RowFacts,
): Line {
	const unrecorded = recordingSpans(agent, observation);
	if (unrecorded.length > 0) return [span('  '), ...unrecorded];
	if (facts.asked !== null) return [span(`  ${facts.asked}`)];
	const trespass = trespassSpans(agent, facts.glyphs);
	if (trespass.length > 0) return [span('  '), ...trespass];
	const call = facts.calls[agent.id];
	if (call) return [span('  '), ...callSpans(call, facts.glyphs)];
	const { why } = agent.report;
	const title = observation.words?.title || null;
	const about = isWanted(agent) ? (why ?? title) : (title ?? why);
	return about === null ? [] : [span(`  ${about}`, 'dim')];
}

/** Of the lines that were taken away, and the blank before them. */
function removedCells({ diff }: Observation): number {
	return diff && diff.removed > 0 ? ` -${diff.removed}`.length : 0;
}

function bayLine(
	row: Extract<StripRow, { kind: 'bay' | 'folded' }>,
	{ focus, width, framed, glyphs }: StripFacts,
): Line {
	const focused = row.kind === 'folded' && row.agent.id === focus;
	const title = `${bayTitles[row.bay]} ${row.count} `;
	const name = focused ? [bold(`${row.agent.name} `)] : [];
	const left: Line = [
		markSpan(glyphs.focusBar, focused),
		bold(title, focused ? 'accent' : 'dim'),
		...name,
	];
	const right: Line = row.kind === 'folded' ? [span(' folded ', 'dim')] : [];
	if (framed) return fitLine([...left, ...right], width);
	const free = width - lineWidth(left) - lineWidth(right);
	const rule = span(glyphs.horizontal.repeat(Math.max(0, free)), 'border');
	return fitLine([...left, rule, ...right], width);
}
