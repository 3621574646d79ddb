// Where `n` and `N` lead: to an alarm, which must not wait, and around the agents that need the human.
import type { InboxItem } from '../../domain/inbox.ts';
import { itemsAt, movedTo } from '../inbox/inbox-list.ts';
import type { ActionId } from '../keys/keys.ts';
import { needsHuman, nextNeedy } from '../look/state-signs.ts';
import { focusedAgent, shownAgents, type View } from '../view.ts';
import { type Act, type Controls, openNow } from './controls.ts';
import { focusOn } from './focus-actions.ts';
import { showScreen } from './inbox-actions.ts';

export const attentionActions = {
	'attention.next': (controls) => toNeedy(controls, 1),
	'attention.previous': (controls) => toNeedy(controls, -1),
} as const satisfies Readonly<Partial<Record<ActionId, Act>>>;

function toNeedy(controls: Controls, step: 1 | -1): void {
	const { state, view } = controls;
	const items = itemsAt(state, view);
	const alarms = items.filter(({ kind }) => kind === 'alarm');
	const fresh = alarms.find(({ id }) => !view.alarmsMet.includes(id));
	if (fresh) return toAlarm(controls, fresh);
	const here = step === 1 ? unmet(items, view) : undefined;
	if (here) return openNow(controls, { kind: 'question', item: here.id });
	toAgent(controls, step, items, alarms);
}

/** Alarms stand before the first of the agents: who goes around comes to them again. */
function toAgent(
	controls: Controls,
	step: 1 | -1,
	items: readonly InboxItem[],
	alarms: readonly InboxItem[],
): void {
	const { state, view, change } = controls;
	// What is put off is not gone to, unless it is all that is left.
	const off = new Set(
		items.filter(({ snoozed }) => snoozed !== null).map(({ agent }) => agent),
	);
	for (const { agent, snoozed } of items) if (snoozed === null) off.delete(agent);
	const all = shownAgents(state);
	const awake = all.filter(({ id }) => !off.has(id));
	const agents = awake.some(needsHuman) ? awake : all;
	const agent = nextNeedy(agents, view.focus, step);
	const alarm = alarms.at(step === 1 ? 0 : -1);
	if (alarm && (!agent || goesAround(controls, step, agent.id)))
		return toAlarm(controls, alarm);
	if (!agent) return;
	// A half-typed sentence must not answer its question.
	change({ kind: 'mode', mode: 'nav' });
	change({ kind: 'dialog', dialog: null });
	change({ kind: 'screen', screen: 'panes' });
	focusOn(controls, agent.id);
	const asked = items.find((item) => item.agent === agent.id && item.question !== null);
	if (asked) openNow(controls, { kind: 'question', item: asked.id });
}

/** The step leads from the last agent to the first, or the other way round. */
function goesAround({ state, view }: Controls, step: 1 | -1, to: string): boolean {
	const focused = focusedAgent(state, view);
	if (!focused || !needsHuman(focused)) return false;
	const first = nextNeedy(shownAgents(state), null, 1)?.id;
	return (step === 1 ? to : focused.id) === first;
}

/** To its item in the inbox, where all that can be done about it is at hand. */
function toAlarm(controls: Controls, { id }: InboxItem): void {
	const { change } = controls;
	change({ kind: 'mode', mode: 'nav' });
	change({ kind: 'dialog', dialog: null });
	change({ kind: 'alarm-met', alarm: id });
	showScreen(controls, 'inbox');
	controls.inbox.opened();
	const { state, view } = controls;
	const row = view.inbox.ranked.indexOf(id);
	change({ kind: 'inbox', inbox: movedTo(state, view, row) });
}

/** What the agent in focus asks, where nobody has looked at that: going on would pass it over. */
function unmet(items: readonly InboxItem[], view: View): InboxItem | undefined {
	if (view.screen !== 'panes' || view.mode !== 'nav' || view.dialog !== null)
		return undefined;
	const asked = items.find(
		({ agent, question, snoozed }) =>
			agent === view.focus && question !== null && snoozed === null,
	);
	return asked?.id === view.met ? undefined : asked;
}
