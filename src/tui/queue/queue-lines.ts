// The list of the queue: a row an entry, the first to land first.
import { runsAt } from '../../domain/gates/gate.ts';
import { gatesOf as gatesOfSettings } from '../../domain/gates/gate-standing.ts';
import type { QueueEntry } from '../../domain/queue/queue.ts';
import { standingWords } from '../../domain/queue/standing.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { observationOf, type Reflection } from '../mirror.ts';
import {
	bold,
	fitLine,
	type Line,
	lineWidth,
	markSpan,
	padText,
	type Span,
	span,
} from '../paint/spans.ts';
import { gatesOf, signSpan } from '../panes/gate-spans.ts';
import { shownAgents } from '../view.ts';
import { firstShown, type ListedQueue } from './queue-list.ts';
import { predictedWords, standingRoles } from './queue-words.ts';

export interface QueueFacts {
	readonly reflection: Reflection;
	readonly now: number;
	readonly glyphs: Glyphs;
	readonly width: number;
	readonly height: number;
}

/** The line of the names of the columns. */
export const headRows = 1;

const gap = 2;
const leastName = 6;
const mostName = 16;
/** The bar of the cursor, the place in the queue and the number of the agent. */
const numberCells = 1 + 3 + 4;
const standingCells = 8;
const predictedCells = 28;
/** Less of it says nothing. */
const leastPredicted = 12;

/** Cells in which all could be said. */
export function wantedWidth(entries: readonly QueueEntry[], gates: number): number {
	const predicted = entries.map((entry) => predictedWords(entry).text.length);
	const words = Math.max(predictedCells, ...predicted);
	return (
		nameCells(entries, mostName) + gateCells(gates) + words + gap + standingCells + gap
	);
}

/** `queue  into main@9f2c1e1  2 ready  1 held  policy: green`: the policy whole or not at all. */
export function queueTitle(
	{ entries }: Pick<ListedQueue, 'entries'>,
	{ state, repository }: Reflection,
	width: number,
): Line {
	const base = repository?.base ?? null;
	const commit = base === null ? null : state.bases[base];
	const at = commit ? `@${commit.slice(0, 7)}` : '';
	const counts = standingWords.toReversed().flatMap((word): Span[] => {
		const count = entries.filter(({ standing }) => standing.word === word).length;
		return count === 0 ? [] : [span(` ${count} ${word} `, standingRoles[word])];
	});
	const title = [
		bold(' queue '),
		span(base === null ? '' : `into ${base}${at} `, 'dim'),
		...counts,
	];
	const whole = [...title, ...policySpans(state)];
	return lineWidth(whole) <= width ? whole : title;
}

/** What gates have to say before anything lands; nothing where there are none. */
function policySpans(state: Reflection['state']): Line {
	const { require } = state.settings.land;
	const decide = gatesOfSettings(state).some(([, gate]) => runsAt(gate, 'landing'));
	return decide ? [span(` policy: ${require.replaceAll('-', ' ')} `, 'dim')] : [];
}

export function queueLines(listed: ListedQueue, facts: QueueFacts): readonly Line[] {
	const shape = shapeOf(listed.entries, facts);
	const numbers = new Map(
		shownAgents(facts.reflection.state).map(({ id }, at) => [id, at + 1]),
	);
	const first = firstShown(listed, facts.height - headRows);
	const rows = listed.entries
		.slice(first, first + Math.max(0, facts.height - headRows))
		.map((entry, row) =>
			rowLine(entry, {
				...{ facts, shape, chosen: first + row === listed.at },
				number: numbers.get(entry.agent.id) ?? 0,
			}),
		);
	return [headLine(shape, facts), ...rows].map((line) =>
		fitLine(line, facts.width, facts.glyphs.ellipsis),
	);
}

interface Shape {
	readonly name: number;
	readonly gates: readonly string[];
	/** Null where there is no room for it. */
	readonly predicted: number | null;
}

function shapeOf(
	entries: readonly QueueEntry[],
	{ reflection, width }: QueueFacts,
): Shape {
	const all = Object.keys(reflection.state.settings.gates);
	const fixed = standingCells + gap;
	const fits = (name: number, gates: number) =>
		width - name - gateCells(gates) - fixed - gap;
	const wide = nameCells(entries, mostName);
	const name = fits(wide, all.length) >= leastPredicted ? wide : nameCells(entries, 10);
	const gates = fits(name, all.length) >= 0 ? all : [];
	const room = fits(name, gates.length);
	const predicted = room >= leastPredicted ? room : null;
	return { name: name - numberCells - gap, gates, predicted };
}

function nameCells(entries: readonly QueueEntry[], most: number): number {
	const names = entries.map(({ agent }) => agent.name.length);
	return numberCells + Math.min(most, Math.max(leastName, ...names)) + gap;
}

/** A sign a gate. */
function gateCells(gates: number): number {
	return gates === 0 ? 0 : Math.max('gates'.length, gates) + gap;
}

function headLine({ name, gates, predicted }: Shape, { glyphs }: QueueFacts): Line {
	const cell = (text: string, width: number) =>
		span(padText(text, width + gap, glyphs.ellipsis), 'dim');
	return [
		span(padText('   #', numberCells), 'dim'),
		cell('agent', name),
		...(gates.length === 0 ? [] : [cell('gates', gateCells(gates.length) - gap)]),
		...(predicted === null ? [] : [cell('predicted', predicted)]),
		span('stands', 'dim'),
	];
}

interface Row {
	readonly facts: QueueFacts;
	readonly shape: Shape;
	readonly number: number;
	readonly chosen: boolean;
}

function rowLine(entry: QueueEntry, { facts, shape, number, chosen }: Row): Line {
	const { glyphs } = facts;
	const { agent, position, standing } = entry;
	const name = padText(agent.name, shape.name + gap, glyphs.ellipsis);
	const predicted = predictedWords(entry);
	return [
		markSpan(glyphs.focusBar, chosen),
		span(String(position).padStart(3)),
		span(`${String(number).padStart(3)} `, 'dim'),
		chosen ? bold(name) : span(name),
		...gateSigns(entry, facts, shape.gates),
		...(shape.predicted === null
			? []
			: [
					span(
						padText(predicted.text, shape.predicted, glyphs.ellipsis) + ' '.repeat(gap),
						predicted.role,
					),
				]),
		span(standing.word, standingRoles[standing.word]),
	];
}

function gateSigns(
	{ agent }: QueueEntry,
	{ reflection, now, glyphs }: QueueFacts,
	names: readonly string[],
): Line {
	if (names.length === 0) return [];
	const gates = gatesOf(agent, observationOf(reflection, agent.id), names);
	const signs = gates.map((gate): Span => {
		const sign = signSpan(gate, now, glyphs);
		return { ...sign, text: gate.verdict === 'none' ? glyphs.unknown : head(sign.text) };
	});
	return [...signs, span(' '.repeat(gateCells(names.length) - names.length))];
}

function head(text: string): string {
	return Array.from(text)[0] ?? ' ';
}
