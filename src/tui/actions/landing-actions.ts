// Merging, and handing a conflict over.

import { afterSaid } from '../../domain/after-words.ts';
import { keptBackSaid } from '../../domain/kept-back.ts';
import type { Observation } from '../../protocol/observation.ts';
import type { MergeDialog } from '../cards/merge-choice.ts';
import { gateFilesIn, whyNotLand } from '../cards/merge-choice.ts';
import { refusalMessage } from '../chrome/message-line.ts';
import { emptyField, fieldOf } from '../chrome/text-field.ts';
import {
	attend,
	type Controls,
	done,
	focusedIn,
	forCard,
	openLate,
	openNow,
	remark,
} from './controls.ts';

export async function openMerge(controls: Controls): Promise<void> {
	const asked = controls.view;
	const proposed = await proposeMerge(controls);
	if (proposed) openLate(controls, asked, proposed);
}

/** The merge of the agent that keys are about, as its card would show it first. */
export async function proposeMerge(controls: Controls): Promise<MergeDialog | null> {
	const agent = focusedIn(controls);
	if (!agent) return null;
	const seen = controls.observed(agent.id);
	const preview = await forCard(
		controls,
		`looking at the merge of ${agent.name}`,
		controls.ask('merge.preview', { agent: agent.name, into: null }),
	);
	if (!preview) return null;
	return {
		...{ kind: 'merge', agent: agent.id, preview, seen, include: 'committed' },
		strategy: preview.strategy,
		after: preview.after ?? 'keep',
		message: fieldOf(preview.message),
		editing: false,
	};
}

/**
 * Keeps an open card true: where the agent has committed, changed files or come into conflict since,
 * it is asked for anew. What the user has chosen and written stays.
 */
export async function renewMerge(controls: Controls): Promise<void> {
	const { dialog } = controls.view;
	if (dialog?.kind !== 'merge') return;
	const seen = controls.observed(dialog.agent);
	if (sameWork(seen, dialog.seen)) return;
	controls.change({ kind: 'dialog', dialog: { ...dialog, seen } });
	const about = { agent: dialog.preview.name, into: null };
	const answer = await controls.ask('merge.preview', about);
	const now = controls.view.dialog;
	if (!answer.ok || now?.kind !== 'merge' || now.agent !== dialog.agent) return;
	const preview = answer.value;
	const written = now.editing || now.message.text !== now.preview.message;
	const message = written ? now.message : fieldOf(preview.message);
	controls.change({ kind: 'dialog', dialog: { ...now, preview, message } });
}

function sameWork(one: Observation, other: Observation): boolean {
	const work = ({ head, diff, conflicts, ahead, predicted }: Observation) =>
		JSON.stringify([head, diff, conflicts, ahead, predicted]);
	return work(one) === work(other);
}

/** With a reason, whatever gates say; without one, where they are red that is asked for. */
export async function landMerge(
	controls: Controls,
	dialog: MergeDialog,
	override: string | null = null,
): Promise<void> {
	const why = whyNotLand(dialog);
	if (why !== null) return controls.say(refusalMessage(why));
	const { preview, include, strategy, after, message } = dialog;
	const { name, base } = preview;
	controls.change({ kind: 'dialog', dialog: null });
	const landed = await attend(
		controls,
		`merging ${name} into ${base}`,
		controls.ask('merge', {
			agent: name,
			wait: true,
			into: null,
			strategy,
			message: message.text.trim() === '' ? null : message.text,
			include,
			accept: [...gateFilesIn(dialog)],
			after,
			override,
		}),
		({ refusal: { code, message: said } }) => {
			if (code !== 'gate.red' && code !== 'gate.broken') return false;
			const about = { merge: dialog, field: emptyField, said, back: null };
			openNow(controls, { kind: 'override', ...about });
			return true;
		},
	);
	if (!landed) return;
	if (landed.phase === 'conflicted')
		return openNow(controls, {
			kind: 'conflict',
			agent: dialog.agent,
			name,
			...{ base, include, files: landed.files },
		});
	const then = landed.after && afterSaid(name, landed.after);
	if (then && landed.after?.refusal)
		return remark(
			controls,
			`merged ${name} into ${base}; ${then}`,
			'{undo.open} takes it back',
		);
	if (landed.kept) {
		const { text, allow } = keptBackSaid(landed.kept);
		return remark(controls, `merged ${name} into ${base}; ${text}`, allow);
	}
	const checkout =
		landed.checkout === 'updated'
			? '; your checkout was updated'
			: landed.checkout === 'pending'
				? '; your checkout waits, see weir status'
				: '';
	const tree = then ? `; ${then}` : '';
	done(
		controls,
		`merged ${name} into ${base}${checkout}${tree}`,
		'{undo.open} takes it back',
	);
}

export async function handOff(controls: Controls, name: string): Promise<void> {
	controls.change({ kind: 'dialog', dialog: null });
	const answer = await attend(
		controls,
		`handing the conflict to ${name}`,
		controls.ask('hand-off', { agent: name, wait: true, into: null }),
	);
	if (!answer) return;
	const { files, told } = answer;
	if (files.length === 0)
		return done(
			controls,
			`the base is in the worktree of ${name} now, without a conflict`,
		);
	const where = files.length === 1 ? files[0] : `${files.length} files`;
	const has = `${name} has the conflict in ${where} now`;
	return told
		? done(controls, `${has} and was told to resolve it`)
		: remark(controls, `${has}; nobody was told`, `in a shell: weir shell ${name}`);
}
