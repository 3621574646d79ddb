// The rows of the key table for the merge card, and for a conflict that it met.
import { conflictTaken, isByHand, resolverOf } from '../../../domain/resolving.ts';
import type { Refusal } from '../../../lib/outcome.ts';
import {
	type MergeDialog,
	whyNoDiff,
	whyNoMessage,
	whyNotHandOff,
	whyNotInclude,
	whyNotLand,
	whyNotPrepare,
	whyNotWiden,
} from '../../cards/merge-choice.ts';
import { whyNotOverrideCard } from '../../cards/override-choice.ts';
import type { KeyRow, Situation } from '../key-row.ts';

export const mergeKeys = [
	{
		action: 'merge.land',
		contexts: ['merge'],
		keys: ['y'],
		help: 'merge',
		hint: 'merge',
		weight: 90,
		whyNot: onMerge(whyNotLand),
		keyOnly: true,
	},
	{
		action: 'merge.message',
		contexts: ['merge'],
		keys: ['e'],
		help: 'write another message',
		hint: 'message',
		weight: 80,
		whyNot: onMerge(whyNoMessage),
		keyOnly: true,
	},
	{
		action: 'merge.strategy',
		contexts: ['merge'],
		keys: ['s'],
		help: 'squash, keep the commits below a merge, or put each on top of the base',
		hint: 'strategy',
		weight: 70,
		whyNot: onMerge(whyNotPrepare),
		keyOnly: true,
	},
	{
		action: 'merge.after',
		contexts: ['merge'],
		keys: ['a'],
		help: 'what becomes of the worktree then: kept, set on the new base, removed',
		hint: 'after',
		weight: 55,
		whyNot: onMerge(whyNotPrepare),
		keyOnly: true,
	},
	{
		action: 'merge.include',
		contexts: ['merge'],
		keys: ['c'],
		help: 'commit the uncommitted files, or leave them',
		hint: 'uncommitted files',
		weight: 60,
		whyNot: onMerge(whyNotInclude),
		keyOnly: true,
	},
	{
		action: 'merge.diff',
		contexts: ['merge'],
		keys: ['d'],
		help: 'read the diff first',
		hint: 'diff',
		weight: 50,
		whyNot: onMerge(whyNoDiff),
		keyOnly: true,
	},
	{
		action: 'gate.override',
		contexts: ['merge'],
		keys: ['O'],
		help: 'land it although gates are red, once; asks why',
		hint: 'override gates',
		weight: 52,
		whyNot: whyNotOverrideCard,
		keyOnly: true,
	},
	{
		action: 'scope.widen',
		contexts: ['merge'],
		keys: ['w', 'W'],
		help: 'let it write what its scope keeps from landing',
		hint: 'let it write that',
		weight: 86,
		whyNot: onMerge(whyNotWiden),
		keyOnly: true,
	},
	{
		action: 'conflict.hand-off',
		contexts: ['conflict', 'merge'],
		keys: ['f'],
		help: 'hand the conflict to the agent: the base comes into its worktree',
		hint: 'hand to the agent',
		weight: 85,
		whyNot: whyNotGive,
		keyOnly: true,
	},
	{
		action: 'conflict.integrate',
		contexts: ['conflict', 'merge'],
		keys: ['i'],
		help: 'start another agent with both sides, which resolves the conflict',
		hint: 'another agent',
		weight: 84,
		whyNot: whyNotGive,
		keyOnly: true,
	},
	{
		action: 'conflict.resolve',
		contexts: ['conflict', 'merge'],
		keys: ['r'],
		help: 'resolve the conflict yourself, in your editor, or go on with that',
		hint: 'by hand',
		weight: 83,
		whyNot: whyNotByHand,
		keyOnly: true,
	},
	{
		action: 'dialog.close',
		contexts: ['merge', 'conflict'],
		keys: ['escape', 'n', 'q'],
		help: 'cancel',
		hint: 'cancel',
		weight: 20,
		keyOnly: true,
	},
] as const satisfies readonly KeyRow[];

/** It goes to one: who has it, keeps it. */
function whyNotGive({ state, view: { dialog } }: Situation): Refusal | null {
	if (dialog?.kind !== 'merge' && dialog?.kind !== 'conflict') return null;
	const agent = state.agents[dialog.agent];
	const clean = dialog.kind === 'merge' ? whyNotHandOff(dialog) : null;
	return clean ?? (agent ? conflictTaken(state, agent) : null);
}

/** Who has begun goes on. */
function whyNotByHand(situation: Situation): Refusal | null {
	const { state, view } = situation;
	const { dialog } = view;
	if (dialog?.kind !== 'merge' && dialog?.kind !== 'conflict') return null;
	const resolver = resolverOf(state, dialog.agent);
	return resolver && isByHand(resolver) ? null : whyNotGive(situation);
}

function onMerge(whyNot: (dialog: MergeDialog) => Refusal | null) {
	return ({ view }: Situation): Refusal | null =>
		view.dialog?.kind === 'merge' ? whyNot(view.dialog) : null;
}
