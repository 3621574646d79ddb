// What a pane's frame says: number, name, state and since when, branch, size of its diff.
import type { Agent } from '../../domain/agent.ts';
import { shortLayer, shortScope } from '../../domain/layers.ts';
import { recordingFault } from '../../domain/recording-fault.ts';
import { trespassWords } from '../../domain/trespass.ts';
import { triesWord } from '../../domain/tries.ts';
import { textWidth } from '../../lib/cell-width.ts';
import { fitText } from '../../lib/fit-text.ts';
import type { GateJson } from '../../protocol/gates.ts';
import type { Call, Observation } from '../../protocol/observation.ts';
import { ageOf } from '../chrome/age.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { signOf, wordOf, wordRole } from '../look/state-signs.ts';
import { bold, fitLine, type Line, lineWidth, type Span, span } from '../paint/spans.ts';
import type { Scrolled } from '../view.ts';
import { gateSpans } from './gate-spans.ts';
import type { ShownTerminal } from './live-pane.ts';
import { costSpans, type ShownCost } from './shown-cost.ts';

export interface TitleFacts {
	readonly agent: Agent;
	readonly number: number;
	readonly observation: Observation;
	/** What gates say of its work. */
	readonly gates: readonly GateJson[];
	readonly focused: boolean;
	readonly now: number;
	readonly glyphs: Glyphs;
	readonly scrolled: Scrolled | undefined;
	/** What its program said while it was not in focus. */
	readonly call: Call | undefined;
	/** The first line of what it asks; null where it asks nothing. */
	readonly asked: string | null;
	/** Who resolves its conflict; null where nobody does. */
	readonly resolver: string | null;
	/** Through whom it landed; null where it landed by itself, or not. */
	readonly through: string | null;
	/** What it used; null where nothing tells. */
	readonly cost: ShownCost | null;
	/** The size of its terminal; null while nothing of it can be shown. */
	readonly terminal: ShownTerminal | null;
	readonly inner: { readonly width: number; readonly height: number };
}

/** A program's own title tells what it is about in its first words. */
const titleCells = 40;
const scopeCells = 28;
/** Fewer cells of a sentence say nothing. */
const leastCut = 16;

/** In at most `width` cells; what tells less goes first. */
export function paneTitle(facts: TitleFacts, width: number): Line {
	const { agent, number, observation, focused, now, glyphs } = facts;
	// In themes with few colours or none, nothing else tells the focus at a glance.
	const role: Partial<Span> = focused ? { role: 'accent', inverse: true } : {};
	const name: Line = [{ text: ` ${nameText(agent, number)} `, bold: true, ...role }];
	const state = stateSpans(agent, now, glyphs);
	const end = endSpans(agent);
	const parts: Line[] = [
		[...state, ...progressSpans(agent, observation)],
		askedSpans(facts),
		limitSpans(agent),
		triesSpans(agent),
		trespassSpans(agent, glyphs),
		recordingSpans(agent, observation),
		callSpans(facts.call, glyphs),
		historySpans(facts),
		sizeSpans(facts),
		end,
		conflictSpans(facts),
		outsideSpans(agent, observation, glyphs),
		gateSpans(facts.gates, now, glyphs),
		costSpans(facts.cost),
		diffSpans(observation),
		uncommittedSpans(observation),
		mergedSpans(facts),
		layerSpans(agent, glyphs),
		scopeSpans(agent, glyphs),
		directorySpans(agent, observation),
		unwatchedSpans(observation),
		titleSpans(facts),
		branchSpans(agent),
	].filter((part) => part.length > 0);
	if (lineWidth(name) > width) return fitLine(name, width, glyphs.ellipsis);
	let line = name;
	for (const part of parts) {
		const joined = [...line, span(line === name ? ' ' : '  '), ...part];
		if (lineWidth(joined) + 1 <= width) line = joined;
		// The beginning of why it ended tells more than all that follows.
		else if (part === end && lineWidth(line) + leastCut < width)
			return [...fitLine(joined, width - 1, glyphs.ellipsis), span(' ')];
	}
	return line === name ? name : [...line, span(' ')];
}

/** Until when its service gives it nothing. */
function limitSpans({ report }: Agent): Line {
	const isLimited = report.source === 'records' && report.why !== null;
	return isLimited ? [span(report.why.split(': ')[0] ?? '', 'warn')] : [];
}

/** That it is not the first program at its task. */
function triesSpans({ tries }: Agent): Line {
	const word = triesWord(tries);
	return word === null ? [] : [span(word, 'dim')];
}

/** The branch of most bears their name, and says nothing more. */
function branchSpans({ branch, name }: Agent): Line {
	return branch.endsWith(name) ? [] : [span(branch, 'dim')];
}

/** So far behind the corner of its frame a title begins. */
export const titleIndent = 2;

/** Where the sign of the state stands in the frame, if there is room for it. */
export function signColumn(agent: Agent, number: number): number {
	return titleIndent + textWidth(` ${nameText(agent, number)}  `);
}

function nameText({ name }: Agent, number: number): string {
	return `${number} ${name}`;
}

export function stateSpans(agent: Agent, now: number, glyphs: Glyphs): Line {
	const sign = signOf(agent);
	const age = ageOf(agent.report.since, now);
	return [
		span(`${glyphs[sign.glyph]} `, sign.role),
		span(wordOf(agent, glyphs), wordRole(sign)),
		span(` ${age}`, 'dim'),
	];
}

/** What a program says of its own progress (OSC 9;4). */
function progressSpans({ report }: Agent, { words }: Observation): Line {
	const progress = words?.progress;
	if (!progress || report.state === 'idle') return [];
	const role = ({ running: 'run', failed: 'bad', paused: 'warn' } as const)[
		progress.tone
	];
	return [span(` ${progress.percent}%`, role)];
}

/** That something was written outside its scope. */
export function trespassSpans({ trespasses }: Agent, glyphs: Glyphs): Line {
	if (!trespasses) return [];
	const text = `${glyphs.scope} ${trespassWords(trespasses)} outside`;
	return fitLine([span(text, 'warn')], titleCells, glyphs.ellipsis);
}

/** That such a write is seen late, or not at all. */
function unwatchedSpans({ unwatched }: Observation): Line {
	return unwatched === undefined ? [] : [span(`writes polled: ${unwatched}`, 'warn')];
}

/** That what it prints is missing from its history. */
export function recordingSpans({ name }: Agent, { recording }: Observation): Line {
	const fault = recordingFault(name, recording);
	return fault ? [span(`not recorded: ${fault.why}`, 'bad')] : [];
}

/** That a program rang, or what it said, until its pane has the focus. */
export function callSpans(call: Call | undefined, glyphs: Glyphs): Line {
	if (!call) return [];
	return fitLine(
		[span(`${glyphs.call} ${call.text ?? 'rang'}`, 'warn')],
		titleCells,
		glyphs.ellipsis,
	);
}

/** Where a program says that it is, where that is not the worktree itself. */
function directorySpans({ path }: Agent, { words }: Observation): Line {
	const directory = words?.directory ?? path;
	if (directory === path) return [];
	if (directory.startsWith(`${path}/`))
		return [span(`in ${directory.slice(path.length + 1)}`, 'dim')];
	return [span(`outside, in ${directory}`, 'warn')];
}

function askedSpans({ asked, glyphs }: TitleFacts): Line {
	return asked === null ? [] : fitLine([span(asked)], titleCells, glyphs.ellipsis);
}

function titleSpans({ observation, glyphs }: TitleFacts): Line {
	const title = observation.words?.title ?? '';
	return title === '' ? [] : fitLine([span(title)], titleCells, glyphs.ellipsis);
}

function historySpans({ scrolled, glyphs }: TitleFacts): Line {
	if (!scrolled) return [];
	const fresh = scrolled.fresh > 0 ? ` ${glyphs.more} ${scrolled.fresh} new` : '';
	const dropped = scrolled.dropped > 0 ? `, ${scrolled.dropped} older dropped` : '';
	return [bold(`history, ${scrolled.above} above${dropped}${fresh}`, 'warn')];
}

function endSpans({ life, report }: Agent): Line {
	if (life.kind === 'backing-off') return [span('starts again by itself', 'warn')];
	return life.kind === 'ended' && report.why !== null ? [span(report.why)] : [];
}

/** The smallest client in use gives the size; where nobody is, a part is shown. */
function sizeSpans({ terminal, inner }: TitleFacts): Line {
	if (!terminal) return [];
	const cropped = terminal.columns > inner.width || terminal.rows > inner.height;
	if (terminal.boxed)
		return [
			span(`${terminal.columns}x${terminal.rows}: smaller in another client`, 'dim'),
		];
	return cropped ? [span(`a part of ${terminal.columns}x${terminal.rows}`, 'dim')] : [];
}

export function diffSpans({ diff }: Observation): Line {
	if (!diff || (diff.added === 0 && diff.removed === 0)) return [];
	const added = span(`+${diff.added}`, 'added');
	const removed = span(`-${diff.removed}`, 'removed');
	if (diff.removed === 0) return [added];
	return diff.added === 0 ? [removed] : [added, span(' '), removed];
}

function uncommittedSpans({ diff }: Observation): Line {
	if (!diff || diff.uncommitted === 0) return [];
	return [span(`${diff.uncommitted} uncommitted`, 'dim')];
}

function conflictSpans({ observation, resolver, glyphs }: TitleFacts): Line {
	const { conflicts } = observation;
	if (!conflicts || conflicts.length === 0) return [];
	return resolver === null
		? [span(`${glyphs.conflict} conflict`, 'need')]
		: [span(`${glyphs.conflict} ${resolver}`, 'run')];
}

/** What of its commits its scope keeps from landing. */
function outsideSpans(
	{ trespasses }: Agent,
	{ outside }: Observation,
	glyphs: Glyphs,
): Line {
	if (!outside || trespasses) return [];
	return [span(`${glyphs.scope} ${outside.count} outside`, 'warn')];
}

/** What holds it to its scope, marked where nothing stops a write. */
function layerSpans({ guard }: Agent, glyphs: Glyphs): Line {
	if (guard === null) return [];
	const word = span(shortLayer(guard), 'dim');
	return guard.prevention === 'none' ? [span(`${glyphs.scope} `, 'warn'), word] : [word];
}

function scopeSpans({ scope }: Agent, glyphs: Glyphs): Line {
	const files = fitText(shortScope(scope), scopeCells, glyphs.ellipsis);
	return files === '' ? [] : [span(files, 'dim')];
}

function mergedSpans({ agent, observation, through, glyphs }: TitleFacts): Line {
	if (!agent.landed || observation.ahead !== 0) return [];
	const word = through === null ? 'merged' : `landed through ${through}`;
	return [span(`${glyphs.merged} ${word}`, 'good')];
}
