// Landing in spite of gates, once, with a reason.
import type { Dialog } from '../cards/dialog.ts';
import { whyNotLand } from '../cards/merge-choice.ts';
import { refusalMessage } from '../chrome/message-line.ts';
import { emptyField } from '../chrome/text-field.ts';
import { type Controls, openLate, openNow } from './controls.ts';
import { landMerge, proposeMerge } from './landing-actions.ts';

/** From the merge card as it is chosen there, else of the agent that keys are about, as proposed. */
export async function openOverride(controls: Controls): Promise<void> {
	const { dialog } = controls.view;
	if (dialog?.kind === 'merge')
		return openNow(controls, {
			...{ kind: 'override', merge: dialog, field: emptyField, said: null },
			back: dialog,
		});
	const asked = controls.view;
	const merge = await proposeMerge(controls);
	if (!merge) return;
	const no = whyNotLand(merge);
	if (no) return controls.say(refusalMessage(no));
	const empty = { field: emptyField, said: null, back: null };
	openLate(controls, asked, { kind: 'override', merge, ...empty });
}

/** Without a reason it stays open. */
export function landOverride(
	controls: Controls,
	{ merge, field }: Extract<Dialog, { kind: 'override' }>,
): Promise<void> | void {
	const why = field.text.trim();
	if (why === '')
		return controls.say({
			text: 'the journal and the commit keep why it lands all the same',
			allow: 'type a few words',
			tone: 'bad',
		});
	return landMerge(controls, merge, why);
}
