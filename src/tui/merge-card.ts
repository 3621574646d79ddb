// The card of a merge: all that decides whether to do it.
import type { CardContent } from './card.ts';
import type { Dialog } from './dialog.ts';
import type { Glyphs } from './glyphs.ts';
import { keyLabel, rowsOf, type Situation } from './keys.ts';
import { bold, type Line, padText, span } from './spans.ts';

type MergeDialog = Extract<Dialog, { kind: 'merge' }>;

const labelWidth = 13;

export function mergeCard(
	dialog: MergeDialog,
	{ view }: Situation,
	glyphs: Glyphs,
): CardContent {
	const { preview, include, strategy, message, editing } = dialog;
	const { name, base, commits, files, uncommitted, conflicts, dirty } = preview;
	const room = view.rows - 12;
	const head: Line[] = [
		row(
			'commits',
			commits.map(({ id, subject }) => `${id.slice(0, 8)}  ${subject}`),
			'none',
			5,
		),
		row('files', files.map(fileText), 'none', Math.max(3, Math.min(8, room - 8))),
		uncommittedRow(uncommitted, include),
		conflicts.length > 0
			? row('conflicts', conflicts, '', 4, 'bad')
			: [[label('conflicts'), span(`none with ${base}`, 'good')] as Line],
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
	const messageLines = message.text.split('\n').slice(0, Math.max(1, room - head.length));
	const before = message.text.slice(0, message.at);
	const cursorRow = before.split('\n').length - 1;
	const lines: Line[] = [
		...head,
		[
			label('strategy'),
			span(strategy === 'squash' ? 'squash into one commit' : 'merge commit'),
		],
		[],
		...messageLines.map(
			(text, at): Line => [
				at === 0 ? label('message', editing) : span(padText('', labelWidth)),
				span(text, editing ? undefined : 'text'),
			],
		),
	];
	return {
		title: `merge ${name} into ${base}?`,
		width: 76,
		tone: conflicts.length > 0 ? 'bad' : 'borderFocus',
		lines,
		footer: footer(dialog, glyphs),
		...(editing && {
			cursor: {
				x: labelWidth + before.slice(before.lastIndexOf('\n') + 1).length,
				y: head.length + 2 + cursorRow,
			},
		}),
	};
}

/** Why `y` cannot land it, said on the card itself. */
export function whyNotLand({ preview, include }: MergeDialog): string | null {
	if (preview.conflicts.length > 0) return 'it conflicts with the base';
	const nothing = preview.commits.length === 0 || preview.alreadyLanded;
	if (nothing && (include === 'committed' || preview.uncommitted.length === 0))
		return preview.uncommitted.length > 0
			? 'it has no commits that the base does not have; c takes the uncommitted files in'
			: 'the base has all of it already';
	return null;
}

function footer(dialog: MergeDialog, glyphs: Glyphs): Line {
	const why = whyNotLand(dialog);
	if (dialog.editing)
		return [
			bold('Enter', 'accent'),
			span(' keep   '),
			bold('Alt+Enter', 'accent'),
			span(' new line   '),
			bold('Esc', 'accent'),
			span(' close'),
		];
	const conflicted = dialog.preview.conflicts.length > 0;
	const usable = rowsOf('merge').filter(({ action, hint }) => {
		if (hint === undefined) return false;
		if (action === 'merge.land') return why === null;
		if (action === 'conflict.hand-off') return conflicted;
		return action !== 'merge.include' || dialog.preview.uncommitted.length > 0;
	});
	const keys = usable.flatMap(({ keys, hint }, at) => [
		span(at === 0 ? '' : '   '),
		bold(keyLabel(keys[0] ?? ''), 'accent'),
		span(` ${hint}`),
	]);
	return why === null ? keys : [span(`${glyphs.fail} ${why}   `, 'bad'), ...keys];
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
