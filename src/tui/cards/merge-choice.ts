// Whether the merge that a card shows can be done as it is chosen.
import { type Outside, patternsFor } from '../../domain/outside.ts';
import { type Refusal, refusal } from '../../lib/outcome.ts';
import type { Dialog } from './dialog.ts';

export type MergeDialog = Extract<Dialog, { kind: 'merge' }>;

/** Why `y` cannot land it; null where it can. */
export function whyNotLand(dialog: MergeDialog): Refusal | null {
	const { preview, include } = dialog;
	const { base, commits, conflicts, uncommitted, alreadyLanded } = preview;
	if (outsideOf(dialog).length > 0 && !alreadyLanded)
		return refusal(
			'scope.outside',
			'it changed what lies outside its scope, which does not land',
			'{scope.widen} lets it write that',
		);
	if (conflicts.length > 0)
		return refusal(
			'merge.conflict',
			`it conflicts with ${base}`,
			'{conflict.hand-off} hands it to the agent, {conflict.integrate} to another one, {conflict.resolve} to you',
		);
	const nothing = commits.length === 0 || alreadyLanded;
	if (!nothing || (include === 'all' && uncommitted.length > 0)) return null;
	const through = preview.landedThrough
		? `: it landed through ${preview.landedThrough}`
		: '';
	if (uncommitted.length === 0)
		return refusal(
			'merge.nothing',
			preview.untouched
				? 'it has no commits and no changes yet'
				: `${base} has all of it already${through}`,
			'Esc closes this; {pane.type} asks the agent for more',
		);
	return refusal(
		'merge.nothing',
		'it has no new commits',
		'{merge.include} takes the uncommitted files',
	);
}

/** What its scope keeps from landing as it is chosen. */
export function outsideOf({
	preview,
	include,
	strategy,
}: MergeDialog): readonly Outside[] {
	const { outside } = preview;
	if (!outside) return [];
	return [
		...outside.branch,
		...(strategy !== 'squash' ? withoutSame(outside.onTheWay, outside.branch) : []),
		...(include === 'all' ? withoutSame(outside.uncommitted, outside.branch) : []),
	];
}

/** What gates judge by and it changes as it is chosen: who lands it has seen that. */
export function gateFilesIn({ preview, include }: MergeDialog): readonly string[] {
	const { branch = [], uncommitted = [] } = preview.gateFiles ?? {};
	return include === 'all' ? [...new Set([...branch, ...uncommitted])] : branch;
}

function withoutSame(some: readonly Outside[], known: readonly Outside[]) {
	return some.filter(({ path }) => known.every((one) => one.path !== path));
}

/** Why message and strategy make no difference: nothing here could be landed by them. */
export function whyNotPrepare(dialog: MergeDialog): Refusal | null {
	const ways = (['committed', 'all'] as const).map((include) =>
		whyNotLand({ ...dialog, include, strategy: 'squash' }),
	);
	return ways.includes(null) ? null : whyNotLand(dialog);
}

/** Commits that land as they are have their own messages. */
export function whyNoMessage(dialog: MergeDialog): Refusal | null {
	return dialog.strategy === 'rebase'
		? refusal(
				'merge.own-messages',
				'each commit keeps its own message',
				'{merge.strategy} chooses another strategy',
			)
		: whyNotPrepare(dialog);
}

export function whyNoDiff(dialog: MergeDialog): Refusal | null {
	const no = whyNotPrepare(dialog);
	return no?.code === 'merge.nothing' ? no : null;
}

export function whyNotInclude({ preview }: MergeDialog): Refusal | null {
	return preview.uncommitted.length > 0
		? null
		: refusal(
				'merge.clean',
				'there are no uncommitted files to take or leave',
				'{merge.land} merges what is committed',
			);
}

export function whyNotHandOff({ preview }: MergeDialog): Refusal | null {
	return preview.conflicts.length > 0
		? null
		: refusal(
				'merge.clean',
				`it does not conflict with ${preview.base}: there is nothing to hand over`,
				'{merge.land} merges it',
			);
}

export function whyNotWiden(dialog: MergeDialog): Refusal | null {
	return patternsFor(outsideOf(dialog)).length > 0
		? null
		: refusal(
				'scope.inside',
				'its scope keeps nothing of this from landing that a wider one would let through',
				'{merge.land} merges it',
			);
}
