// What keys do about writes outside a scope: show them, and put the files back.
import type { AgentId } from '../../domain/ids.ts';
import { counted } from '../../lib/counted.ts';
import { plainText } from '../../lib/plain-text.ts';
import type { ActionId } from '../keys/keys.ts';
import { showDiff } from './agent-actions.ts';
import {
	type Act,
	attend,
	type Controls,
	done,
	focusedIn,
	openNow,
	remark,
} from './controls.ts';

export const outsideActions = {
	'trespass.open': (controls) => {
		const agent = focusedIn(controls);
		if (agent) openNow(controls, { kind: 'outside', agent: agent.id, top: 0 });
	},
	'trespass.diff': (controls) => showDiff(controls, controls.view.dialog),
	'trespass.restore': (controls) => {
		const { dialog } = controls.view;
		return dialog?.kind === 'outside' ? putBack(controls, dialog.agent) : undefined;
	},
} as const satisfies Readonly<Partial<Record<ActionId, Act>>>;

async function putBack(controls: Controls, agent: AgentId): Promise<void> {
	const name = controls.state.agents[agent]?.name ?? '';
	controls.change({ kind: 'dialog', dialog: null });
	const answer = await attend(
		controls,
		`putting back what ${name} wrote outside its scope`,
		controls.ask('outside', { agent, how: 'restore' }),
	);
	if (!answer) return;
	const { settled = 0, left, kept } = answer;
	const what = `put back ${counted(settled, 'path')} of ${name}`;
	const [first] = left;
	if (first) {
		const others = left.length > 1 ? ` and ${counted(left.length - 1, 'other')}` : '';
		const path = plainText(first.path, longestPath);
		remark(controls, `${what}; ${path}${others} was left: ${first.why}`, inShell(name));
	} else
		done(controls, kept.length === 0 ? what : `${what}; copies are kept`, inShell(name));
}

/** Says where the copies lie. */
function inShell(name: string): string {
	return `in a shell: weir outside ${name}`;
}

const longestPath = 200;
