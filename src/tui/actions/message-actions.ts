// A message to several agents: who gets it is ticked off in a list, and each gets it when it is idle.
import type { Agent } from '../../domain/agent.ts';
import type { AgentId } from '../../domain/ids.ts';
import { addressees, isIdle, whyNotTold } from '../../domain/message.ts';
import type { Dialog } from '../cards/dialog.ts';
import { emptyField } from '../chrome/text-field.ts';
import { filtered } from '../layouts/filter.ts';
import { attend, type Controls, openNow, remark } from './controls.ts';

type Compose = Extract<Dialog, { kind: 'compose' }>;

/** Ticked are those that are idle, of the agents that are to be seen. */
export function openCompose(controls: Controls): void {
	const { state, view } = controls;
	const ticked = filtered(addressees(state), view)
		.filter((agent) => isIdle(state, agent))
		.map(({ id }) => id);
	openNow(controls, { kind: 'compose', field: view.draft, at: 0, ticked });
}

export function tick(controls: Controls, dialog: Compose): void {
	const agent = addressees(controls.state)[dialog.at];
	if (!agent) return;
	const no = whyNotTold(controls.state, agent);
	if (no && !dialog.ticked.includes(agent.id)) return;
	openNow(controls, { ...dialog, ticked: toggled(dialog.ticked, agent) });
}

/** All that can get it, or none where all of them are ticked. */
export function tickAll(controls: Controls, dialog: Compose): void {
	const able = addressees(controls.state).filter(
		(agent) => whyNotTold(controls.state, agent) === null,
	);
	const all = able.every(({ id }) => dialog.ticked.includes(id));
	openNow(controls, { ...dialog, ticked: all ? [] : able.map(({ id }) => id) });
}

function toggled(ticked: readonly AgentId[], { id }: Agent): readonly AgentId[] {
	return ticked.includes(id) ? ticked.filter((one) => one !== id) : [...ticked, id];
}

/** Those that came to ask something meanwhile are left out, as the list shows. */
export async function sendMessage(controls: Controls, dialog: Compose): Promise<void> {
	const { state } = controls;
	const agents = addressees(state)
		.filter((agent) => dialog.ticked.includes(agent.id))
		.filter((agent) => whyNotTold(state, agent) === null)
		.map(({ id }): string => id);
	const text = dialog.field.text.trim();
	if (text === '' || agents.length === 0)
		return remark(
			controls,
			text === '' ? 'there is nothing to send yet' : 'nobody is ticked who could get it',
		);
	const sent = await attend(
		controls,
		'sending',
		controls.ask('message', { agents, text }),
	);
	if (!sent || controls.view.dialog?.kind !== 'compose') return;
	openNow(controls, { ...controls.view.dialog, field: emptyField });
	controls.change({ kind: 'dialog', dialog: null });
}
