// Whether the merge that a card shows can be done as it is chosen.
import { type Refusal, refusal } from '../../lib/outcome.ts';
import type { Dialog } from './dialog.ts';

export type MergeDialog = Extract<Dialog, { kind: 'merge' }>;

/** Why `y` cannot land it; null where it can. */
export function whyNotLand({ preview, include }: MergeDialog): Refusal | null {
	const { base, commits, conflicts, uncommitted, alreadyLanded } = preview;
	if (conflicts.length > 0)
		return refusal(
			'merge.conflict',
			`it conflicts with ${base}`,
			'{conflict.hand-off} hands it to the agent',
		);
	const nothing = commits.length === 0 || alreadyLanded;
	if (!nothing || (include === 'all' && uncommitted.length > 0)) return null;
	if (uncommitted.length === 0)
		return refusal(
			'merge.nothing',
			preview.untouched
				? 'it has no commits and no changes yet'
				: `${base} has all of it already`,
			'Esc closes this; {pane.type} asks the agent for more',
		);
	return refusal(
		'merge.nothing',
		'it has no new commits',
		'{merge.include} takes the uncommitted files',
	);
}

/** Why message and strategy make no difference: nothing here could be landed by them. */
export function whyNotPrepare(dialog: MergeDialog): Refusal | null {
	const all = whyNotLand({ ...dialog, include: 'all' });
	return all && whyNotLand(dialog);
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
