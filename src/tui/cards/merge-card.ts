// The card of a merge: all that decides whether to do it.

import { runsAt } from '../../domain/gates/gate.ts';
import { outsideWord } from '../../domain/outside.ts';
import { counted } from '../../lib/counted.ts';
import { gateJson } from '../../protocol/gates.ts';
import type { Situation } from '../keys/key-row.ts';
import { keysLine } from '../keys/keys-line.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { bold, type Line, padText, span } from '../paint/spans.ts';
import { gateSpans } from '../panes/gate-spans.ts';
import type { CardContent } from './card.ts';
import {
	gateFilesIn,
	type MergeDialog,
	outsideOf,
	whyNotLand,
	whyNotPrepare,
} from './merge-choice.ts';

const labelWidth = 13;

export function mergeCard(
	dialog: MergeDialog,
	situation: Situation,
	glyphs: Glyphs,
): CardContent {
	const { view } = situation;
	const { preview, include, strategy, after, message, editing } = dialog;
	const { name, base, commits, files, uncommitted, conflicts, dirty } = preview;
	const outside = outsideOf(dialog);
	const gateFiles = gateFilesIn(dialog);
	const gates = gateRow(situation, dialog, glyphs);
	const room = view.rows - 13 - gates.length;
	const head: Line[] = [
		row(
			'commits',
			commits.map(({ id, subject }) => `${id.slice(0, 8)}  ${subject}`),
			'none',
			5,
		),
		row('files', files.map(fileText), 'none', Math.max(3, Math.min(8, room - 8))),
		gates,
		uncommittedRow(uncommitted, include),
		conflicts.length > 0
			? row('conflicts', conflicts, '', 4, 'bad')
			: [[label('conflicts'), span(`none with ${base}`, 'good')] as Line],
		clashRow(preview.clashes ?? []),
		outside.length > 0 ? row('outside', outside.map(outsideWord), '', 4, 'bad') : [],
		gateFiles.length > 0
			? row('judged by', gateFiles.map(changedText), '', 4, 'warn')
			: [],
		dirty.length > 0
			? row(
					'your edits',
					dirty.map((path) => `${path} in your checkout`),
					'',
					3,
					'warn',
				)
			: [],
	].flat();
	const messageLines =
		strategy === 'rebase'
			? ['each commit keeps its own']
			: message.text.split('\n').slice(0, Math.max(1, room - head.length));
	const before = message.text.slice(0, message.at);
	const cursorRow = before.split('\n').length - 1;
	const no = whyNotLand(dialog);
	const how: Line[] = [
		[label('strategy'), span(strategyWords[strategy])],
		[label('after'), span(afterWords[after])],
		[],
		...messageLines.map(
			(text, at): Line => [
				at === 0 ? label('message', editing) : span(padText('', labelWidth)),
				span(text, editing ? undefined : 'text'),
			],
		),
	];
	// How it would be done is worth nothing where it cannot.
	const lines = whyNotPrepare(dialog) === null || editing ? [...head, ...how] : head;
	if (no !== null) lines.push([], [span(`${glyphs.fail} ${no.message}`, 'bad')]);
	return {
		title: `merge ${name} into ${base}?`,
		width: 76,
		tone: conflicts.length + outside.length > 0 ? 'bad' : 'borderFocus',
		lines,
		footer: keysLine(editing ? 'edit' : 'merge', situation),
		...(editing && {
			cursor: {
				x: labelWidth + before.slice(before.lastIndexOf('\n') + 1).length,
				y: head.length + 3 + cursorRow,
			},
		}),
	};
}

const strategyWords = {
	squash: 'squash into one commit',
	merge: 'merge commit',
	rebase: 'each commit on top of the base',
} as const satisfies Record<MergeDialog['strategy'], string>;

/** What becomes of the worktree. */
const afterWords = {
	keep: 'keep the worktree as it is',
	reset: 'set the worktree on the new base, after a snapshot',
	remove: 'remove the worktree, after a snapshot',
} as const satisfies Record<MergeDialog['after'], string>;

/** What they say of its own files; what it becomes with those of the base they have to say again. */
function gateRow(
	{ state }: Situation,
	{ agent: id, preview }: MergeDialog,
	glyphs: Glyphs,
): Line[] {
	const agent = state.agents[id];
	const names = Object.entries(state.settings.gates)
		.filter(([, gate]) => runsAt(gate, 'landing'))
		.map(([name]) => name);
	if (!agent || names.length === 0) return [];
	const said = gateSpans(
		names.map((name) => gateJson(agent, name, null)),
		0,
		glyphs,
	);
	const again = `${said.length === 0 ? '' : '  '}asked of what would stand on ${preview.base}`;
	return [[label('gates'), ...said, span(again, 'dim')]];
}

/** They wait to land as well, and have to make room once this has landed. */
function clashRow(clashes: NonNullable<MergeDialog['preview']['clashes']>): Line[] {
	return row(
		'in the queue',
		clashes.map(
			({ agent, count }) => `conflicts with ${agent} (${counted(count, 'file')})`,
		),
		'',
		3,
		'warn',
	).slice(0, clashes.length === 0 ? 0 : undefined);
}

function uncommittedRow(
	uncommitted: readonly string[],
	include: MergeDialog['include'],
): Line[] {
	if (uncommitted.length === 0) return [[label('uncommitted'), span('none', 'dim')]];
	const fate =
		include === 'all'
			? bold(`${uncommitted.length} taken into the merge`, 'good')
			: bold(`${uncommitted.length} left in the worktree`, 'warn');
	const shown = uncommitted.slice(0, 3).join(', ');
	const more = uncommitted.length > 3 ? ' …' : '';
	return [[label('uncommitted'), fate, span(`  ${shown}${more}`, 'dim')]];
}

function row(
	heading: string,
	entries: readonly string[],
	none: string,
	most: number,
	role?: 'bad' | 'warn',
): Line[] {
	if (entries.length === 0) return [[label(heading), span(none, 'dim')]];
	const shown = entries.length > most ? entries.slice(0, most - 1) : entries;
	const lines = shown.map((entry, at): Line => {
		return [at === 0 ? label(heading) : span(padText('', labelWidth)), span(entry, role)];
	});
	const more = entries.length - shown.length;
	if (more > 0)
		lines.push([span(padText('', labelWidth)), span(`and ${more} more`, 'dim')]);
	return lines;
}

function label(text: string, current = false) {
	return current
		? bold(padText(text, labelWidth), 'accent')
		: span(padText(text, labelWidth), 'dim');
}

function fileText({
	path,
	added,
	removed,
}: MergeDialog['preview']['files'][number]): string {
	return added === null || removed === null ? path : `${path}  +${added}-${removed}`;
}

function changedText(path: string): string {
	return `${path} is changed: gates judge by it`;
}
