// The first row: mode, counts by state, where we are.
import type { Agent } from '../../domain/agent.ts';
import { openAlarms } from '../../domain/alarm/alarms.ts';
import { lately } from '../../domain/asks.ts';
import type { State } from '../../domain/state.ts';
import { plainText } from '../../lib/plain-text.ts';
import { filtered } from '../layouts/filter.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { type StateSign, signOf, wordRole } from '../look/state-signs.ts';
import type { Reflection } from '../mirror.ts';
import { bold, type Line, lineWidth, type Span, span, spread } from '../paint/spans.ts';
import { todaySpans } from '../panes/shown-cost.ts';
import type { View } from '../view.ts';

export function headerLine(
	reflection: Reflection,
	agents: readonly Agent[],
	view: View,
	glyphs: Glyphs,
): Line {
	const focus = agents.find(({ id }) => id === view.focus);
	const badge = [...modeBadge(view, focus?.name ?? ''), ...filterSpans(agents, view)];
	const place = [
		...todaySpans(reflection.state, view.now),
		...askRate(reflection.state, view),
		...whereWeAre(reflection),
	];
	const alarms = alarmSpans(reflection.state, glyphs);
	const room = view.columns - lineWidth([...badge, ...alarms, ...place]) - 4;
	const worded = counts(agents, glyphs, true);
	const shown = lineWidth(worded) <= room ? worded : counts(agents, glyphs, false);
	return spread(
		[...badge, span('  '), ...alarms, ...shown],
		[...place, span(' ')],
		view.columns,
	);
}

/** What must not wait comes before all counts: `!! main red`. */
function alarmSpans(state: State, glyphs: Glyphs): Line {
	const branches = [...new Set(openAlarms(state).map(({ branch }) => branch))];
	const [first, ...others] = branches;
	if (first === undefined) return [];
	const which = others.length === 0 ? plainText(first, longestBranch) : branches.length;
	return [span(`${glyphs.alarm} ${which} red`, 'alarm'), span('   ')];
}

const longestBranch = 24;

/** That some agents are not to be seen, and how many are. */
function filterSpans(agents: readonly Agent[], view: View): Line {
	if (view.filter === '') return [];
	const seen = filtered(agents, view).length;
	return [span(`  /${view.filter} ${seen} of ${agents.length}`, 'warn')];
}

function modeBadge(view: View, name: string): Line {
	if (view.mode === 'type' && view.dialog === null)
		return [{ text: ` TYPE > ${name} `, role: 'accent', bold: true, inverse: true }];
	if (view.mode === 'copy' && (view.dialog === null || view.dialog.kind === 'search')) {
		const { selecting, doing, asOf } = view.copy;
		const then = asOf === null ? '' : `, as of ${clockTime(asOf)}`;
		const selects = selecting === null ? '' : `, selecting ${selecting}`;
		const does = doing === null ? selects : `, ${doing.what} ${doing.percent} %`;
		const text = ` COPY > ${name}${then}${does} `;
		return [{ text, role: 'warn', bold: true, inverse: true }];
	}
	return [span(' '), bold('NAV', 'accent'), span(' ')];
}

const order: readonly StateSign['bay'][] = [
	'needs',
	'failing',
	'running',
	'waiting',
	'done',
];

/**
 * One entry for each word that is there: `▸ 3 working`; for each sign where there is no room: `▸3`.
 * Agents that were lost are counted apart from those that were killed.
 */
function counts(agents: readonly Agent[], glyphs: Glyphs, words: boolean): Line {
	const signs = Map.groupBy(agents.map(signOf), ({ word, glyph, role, bay }) =>
		words ? `${bay} ${word}` : `${bay} ${glyph} ${role}`,
	);
	const entries = [...signs.values()]
		.flatMap((some) => (some[0] ? [{ sign: some[0], count: some.length }] : []))
		.toSorted(
			(one, other) => order.indexOf(one.sign.bay) - order.indexOf(other.sign.bay),
		);
	return entries.flatMap(({ sign, count }, at): Span[] => {
		const glyph = glyphs[sign.glyph];
		const text = words ? ` ${count} ${sign.word}` : String(count);
		return [
			span(at === 0 ? '' : words ? '   ' : ' '),
			span(glyph, sign.role),
			span(text, wordRole(sign)),
		];
	});
}

function whereWeAre({ repository, link }: Reflection): Line {
	if (link === 'lost') return [bold('supervisor gone, looking for it', 'bad')];
	if (!repository) return [span('connecting', 'dim')];
	const name = repository.root.split('/').at(-1) ?? '';
	const base = repository.base === null ? '' : ` on ${repository.base}`;
	return [span(`${name}${base}`, 'dim')];
}

/** How often agents ask, against what a person can answer beside other work. */
function askRate({ asks }: State, { now }: View): Line {
	const rate = lately(asks, now).length;
	if (rate === 0) return [];
	const text =
		rate > bearableRate ? `asks ${rate}/h of ${bearableRate}` : `asks ${rate}/h`;
	return [span(text, rate > bearableRate ? 'warn' : 'dim'), span('   ')];
}

const bearableRate = 6;

function clockTime(time: number): string {
	return new Date(time).toTimeString().slice(0, 8);
}
