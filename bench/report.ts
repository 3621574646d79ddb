// The table that a person reads.

import { type Bar, bars } from './bars.ts';
import type { Reference } from './prototype.ts';
import { prototype } from './prototype.ts';

/** One metric of one scenario: medians over the runs, null where a tool has none. */
export interface Row {
	readonly scenario: string;
	readonly title: string;
	readonly metric: string;
	readonly values: Readonly<Record<string, number | null>>;
}

export interface RowWithReference extends Row {
	readonly reference: Reference;
	/** weir's figure divided by tmux's of the same run. */
	readonly toTmux: number | null;
	/** weir's figure divided by the prototype's, as `daemon` where it is known. */
	readonly toPrototype: number | null;
	/** The same, each first divided by tmux's of its own run: takes machine and load out. */
	readonly adjusted: number | null;
	/** What it must be. */
	readonly bars: readonly JudgedBar[];
}

export interface JudgedBar extends Bar {
	/** weir's figure, or its ratio; null where one of them was not measured. */
	readonly is: number | null;
	readonly met: boolean | null;
}

/** Adds what the prototype measured, and the ratios. */
export function withReference(row: Row): RowWithReference {
	const reference = prototype[row.scenario]?.[row.metric] ?? {};
	const own = row.values.weir ?? null;
	const then = reference.daemon ?? reference.single ?? null;
	const toTmux = ratio(own, row.values.tmux ?? null);
	return {
		...row,
		reference,
		toTmux,
		toPrototype: ratio(own, then),
		adjusted: ratio(toTmux, ratio(then, reference.tmux ?? null)),
		bars: (bars[row.scenario]?.[row.metric] ?? []).map((bar) => {
			const is = bar.of ? ratio(own, row.values[bar.of] ?? null) : own;
			return { ...bar, is, met: is === null ? null : is <= bar.atMost };
		}),
	};
}

/** A sentence for each figure of the row that is not what it must be. */
export function missedBars({ title, metric, bars: all }: RowWithReference): string[] {
	return all
		.filter(({ met }) => met === false)
		.map((bar) => `${title}, ${metric}: ${figure(bar.is)}, must be ${barText(bar)}`);
}

/** One line a metric, grouped by scenario; columns for the tools that were measured. */
export function table(
	rows: readonly RowWithReference[],
	tools: readonly string[],
): string {
	const head = [
		'',
		...tools,
		'weir:tmux',
		'must be',
		'',
		'BD/BDF',
		'B/BFs',
		'tmux then',
		'weir:prototype',
	];
	const lines: string[][] = [];
	let scenario = '';
	for (const row of rows) {
		if (row.scenario !== scenario) lines.push([row.title]);
		scenario = row.scenario;
		const { daemon, single, tmux } = row.reference;
		lines.push([
			`  ${row.metric}`,
			...tools.map((tool) => figure(row.values[tool])),
			figure(row.toTmux),
			row.bars.map(barText).join(', '),
			row.bars.map(verdict).join(', '),
			...[daemon, single, tmux].map(figure),
			figure(row.toPrototype),
			figure(row.adjusted),
		]);
	}
	return alignColumns([head, ...lines]);
}

function barText({ of, atMost }: Bar): string {
	return of ? `<= ${atMost} of ${of}` : `<= ${atMost}`;
}

function verdict({ met }: JudgedBar): string {
	if (met === null) return '–';
	return met ? 'met' : 'MISSED';
}

/** Pads columns: the first to the left, figures to the right. */
export function alignColumns(lines: readonly (readonly string[])[]): string {
	const widths: number[] = [];
	for (const line of lines.filter(({ length }) => length > 1))
		line.forEach((text, at) => {
			widths[at] = Math.max(widths[at] ?? 0, text.length);
		});
	return lines
		.map((line) =>
			line
				.map((text, at) =>
					at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0),
				)
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

/** Three digits that matter; a dash for what was not measured. */
export function figure(value: number | null | undefined): string {
	if (value === null || value === undefined || Number.isNaN(value)) return '–';
	if (value === 0 || Math.abs(value) >= 100) return value.toFixed(0);
	return value.toPrecision(3);
}

function ratio(own: number | null, other: number | null): number | null {
	return own === null || other === null || other === 0 ? null : own / other;
}

export interface FigureRow {
	readonly what: string;
	readonly figure: number;
	readonly unit: string;
	/** Null is measured for comparison alone. */
	readonly bar: number | null;
}

/** Figures of weir alone, each beside its bar. */
export function figureTable(rows: readonly FigureRow[]): string {
	const lines = rows.map(({ what, figure: value, unit, bar }) => [
		what,
		figure(value),
		bar === null ? '' : String(bar),
		unit,
	]);
	return alignColumns([['', 'weir', 'bar', 'unit'], ...lines]);
}
