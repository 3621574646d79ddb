// What one gate said of one agent's work: its word, its command, what failed, and the end of what it
// printed.
import { counted } from '../../lib/counted.ts';
import { fitText } from '../../lib/fit-text.ts';
import type { GateJson, GateReportJson } from '../../protocol/gates.ts';
import { ageOf } from '../chrome/age.ts';
import type { Glyphs } from '../look/glyphs.ts';
import type { Role } from '../look/theme.ts';
import { bold, fitLine, type Line, markSpan, span, wrapText } from '../paint/spans.ts';
import { durationText } from './cell-span.ts';
import type { CellReport } from './gates-view.ts';

export interface ReportFacts {
	/** Which failure is marked. */
	readonly at: number;
	readonly width: number;
	readonly height: number;
	readonly now: number;
	readonly glyphs: Glyphs;
}

const roles = {
	none: 'dim',
	waiting: 'dim',
	running: 'run',
	stale: 'dim',
	passed: 'good',
	failed: 'bad',
	broken: 'warn',
} as const satisfies Record<GateJson['verdict'], Role>;

/** `9 docs types failed exit 2, 8.1s, 3m` */
export function reportTitle(number: number, agent: string, gate: GateJson, now: number) {
	const { name, verdict, exit, took, at, flaky } = gate;
	const facts = [
		verdict === 'failed' && exit !== null && `exit ${exit}`,
		flaky && 'flaky',
		took !== null && verdict !== 'running' && durationText(took),
		at !== null && verdict !== 'running' && ageOf(at, now),
	].filter((text) => text !== false);
	return [
		bold(` ${number} ${agent} `),
		bold(`${name} `),
		span(verdict === 'none' ? 'not run yet' : verdict, roles[verdict]),
		span(facts.length === 0 ? ' ' : `  ${facts.join(', ')} `, 'dim'),
	];
}

/** What has no room is what it printed, from its beginning. */
export function reportLines(
	{ told, lines: printed }: CellReport,
	facts: ReportFacts,
): readonly Line[] {
	const { width, height } = facts;
	if (!told.ok) return wrapText(told.refusal.message, width).map((line) => [span(line)]);
	const report = told.value;
	const head = headLines(report, facts);
	const all = failureLines(report, facts);
	const room = Math.max(1, height - head.length - 1);
	const most = printed.length === 0 ? room : Math.max(1, Math.floor(room * 0.6));
	const failures = windowed(all, facts.at, most);
	const lines = [...head, ...spaced(failures)];
	return [...lines, ...printedLines(printed, height - lines.length, facts)];
}

function headLines(report: GateReportJson, facts: ReportFacts): Line[] {
	const { width, glyphs } = facts;
	const { leftOut } = report;
	const lost =
		leftOut > 0 ? `${counted(leftOut, 'character')} of what it printed not kept` : '';
	const said = [saidOf(report.gate), countsOf(report), lost].filter(
		(text) => text !== '',
	);
	return [
		[span(fitText(`$ ${report.command}`, width, glyphs.ellipsis), 'dim')],
		...said.flatMap((text) => wrapText(text, width).map((line): Line => [span(line)])),
	];
}

function saidOf({ verdict, last, why, flaky }: GateJson): string {
	const of = { none: '', waiting: 'it waits for a slot', running: '' } as const;
	const stale = last === null ? '' : `of an earlier tree it said: ${last}`;
	const words = verdict === 'stale' ? stale : verdict in of ? of[verdict as 'none'] : '';
	const comes = flaky ? 'red and green on the very same files' : '';
	return [words, why ?? '', comes].filter((text) => text !== '').join('; ');
}

/** `3 new, 7 also on the base; 120 passed, 10 failed, 2 skipped` */
function countsOf({ gate, counts }: GateReportJson): string {
	const beside =
		gate.new === null ? '' : `${gate.new} new, ${gate.known ?? 0} also on the base`;
	const tests =
		counts === null
			? ''
			: [
					`${counts.passed} passed`,
					`${counts.failed} failed`,
					counts.skipped > 0 ? `${counts.skipped} skipped` : '',
				]
					.filter((text) => text !== '')
					.join(', ');
	return [beside, tests].filter((text) => text !== '').join('; ');
}

/** Each failure with the lines that it takes: the one that is marked says all. */
function failureLines(
	{ failures, dropped }: GateReportJson,
	{ at, width, glyphs }: ReportFacts,
): Line[][] {
	const lines = failures.map((failure, index): Line[] => {
		const marked = index === at;
		const { file, line, name, message, known } = failure;
		const where = file === null ? '' : `${file}${line === null ? '' : `:${line}`} `;
		const lead = markSpan(`${glyphs.cursor} `, marked);
		const role: Role = known === true ? 'dim' : 'bad';
		const old = known === true ? [span('old ', 'dim')] : [];
		const what = name === null ? message : `${name}: ${message}`;
		const first: Line = [lead, ...old, span(where, role), span(what)];
		if (!marked) return [fitLine(first, width, glyphs.ellipsis)];
		const text = `${known === true ? 'old ' : ''}${where}${what}`;
		return wrapText(text, width - 2)
			.slice(0, mostOfOne)
			.map((part, row): Line => [row === 0 ? lead : span('  '), bold(part, role)]);
	});
	const more =
		dropped > 0 ? [[[span(`  and ${counted(dropped, 'failure')} more`, 'dim')]]] : [];
	return [...lines, ...more];
}

/** Lines of the failure that is marked. */
const mostOfOne = 4;

/** Those around the one that is marked, in so many lines. */
function windowed(
	all: readonly (readonly Line[])[],
	at: number,
	most: number,
): readonly Line[] {
	let first = Math.max(0, Math.min(at, all.length - 1));
	let end = first + 1;
	const lines = () => all.slice(first, end).flat();
	const fits = (one: number, other: number) =>
		all.slice(one, other).flat().length <= most;
	for (;;) {
		if (first > 0 && at - first < end - at && fits(first - 1, end)) first -= 1;
		else if (end < all.length && fits(first, end + 1)) end += 1;
		else if (first > 0 && fits(first - 1, end)) first -= 1;
		else return lines().slice(0, most);
	}
}

function spaced(lines: readonly Line[]): readonly Line[] {
	return lines.length === 0 ? [] : [[], ...lines];
}

/** Fewer lines say nothing. */
const leastPrinted = 2;

function printedLines(
	printed: readonly string[],
	room: number,
	{ width, glyphs }: ReportFacts,
): readonly Line[] {
	if (printed.length === 0 || room < leastPrinted) return [];
	return [
		[],
		...printed
			.slice(-(room - 1))
			.map((line): Line => [span(fitText(line, width, glyphs.ellipsis), 'dim')]),
	];
}
