// Where the user looks: which pane has the focus, and which part of its history is shown.
import { whyNotType } from '../../domain/agent-refusals.ts';
import type { AgentId } from '../../domain/ids.ts';
import { type Direction, neighbour } from '../../domain/neighbour.ts';
import { fieldOf } from '../chrome/text-field.ts';
import { filtered, holds } from '../layouts/filter.ts';
import { stripOrder } from '../layouts/strip-rows.ts';
import { inOrder } from '../panes/pane-order.ts';
import { focusedAgent, shownAgents } from '../view.ts';
import { type Controls, openNow, remark } from './controls.ts';

export function startTyping(controls: Controls): void {
	const { state, view, arrangement, change } = controls;
	const agent = focusedAgent(state, view);
	if (!agent || whyNotType(agent)) return;
	if (!arrangement.tiles.some(({ pane }) => pane === agent.id))
		change({ kind: 'zoom', zoom: true });
	controls.pane(agent.id)?.follow();
	change({ kind: 'mode', mode: 'type' });
}

/** The agents as j and k walk through them. */
export function orderOf({ state, arrangement, view }: Controls): readonly AgentId[] {
	const agents = shownAgents(state);
	return arrangement.strips
		? stripOrder(agents, view)
		: inOrder(filtered(agents, view), view.order).map(({ id }) => id);
}

/** Asks for letters of the names of the agents to be seen. */
export function askFilter(controls: Controls): void {
	const { filter } = controls.view;
	openNow(controls, { kind: 'filter', field: fieldOf(filter), before: filter });
}

/** The first of those that are seen gets the focus, unless one of them has it. */
export function keepFilter(controls: Controls): void {
	controls.change({ kind: 'dialog', dialog: null });
	const { state, view } = controls;
	const matching = shownAgents(state).filter((agent) => holds(agent, view.filter));
	if (matching.length === 0) {
		controls.change({ kind: 'filter', filter: '' });
		return remark(controls, `no agent's name holds ${view.filter.trim()}`);
	}
	if (matching.some(({ id }) => id === view.focus)) return;
	const ids = new Set(matching.map(({ id }) => id));
	focusOn(
		controls,
		orderOf(controls).find((id) => ids.has(id)),
	);
}

export function leaveFilter(controls: Controls, before: string): void {
	controls.change({ kind: 'filter', filter: before });
	controls.change({ kind: 'dialog', dialog: null });
}

export function moveFocus(controls: Controls, direction: Direction): void {
	const { arrangement, view } = controls;
	if (view.focus === null) return;
	if (arrangement.strips) {
		if (direction === 'down' || direction === 'up')
			stepFocus(controls, direction === 'down' ? 1 : -1, false);
		return;
	}
	if (arrangement.kind === 'zoom')
		return stepFocus(controls, direction === 'left' || direction === 'up' ? -1 : 1);
	const next = neighbour(arrangement.tiles, view.focus, direction, view.previous);
	if (next !== null) focusOn(controls, next);
}

export function stepFocus(controls: Controls, step: 1 | -1, round = true): void {
	const order = orderOf(controls);
	const { focus } = controls.view;
	const at = focus === null ? -1 : order.indexOf(focus);
	const next = round ? (at + step + order.length) % order.length : at + step;
	focusOn(controls, order[next]);
}

export function focusOn(controls: Controls, agent: AgentId | undefined): void {
	if (agent === undefined || agent === controls.view.focus) return;
	controls.change({ kind: 'focus', agent });
	// Typing goes on in the other pane only where a program takes it.
	const target = controls.state.agents[agent];
	if (controls.view.mode === 'type' && (!target || whyNotType(target)))
		controls.change({ kind: 'mode', mode: 'nav' });
}

export function scrollFocus(controls: Controls, pages: 1 | -1): void {
	const { focus } = controls.view;
	const pane = focus === null ? undefined : controls.pane(focus);
	if (!pane?.area) return;
	pane.scroll(pages * Math.max(1, Math.floor(pane.area.height / 2)));
	if (pages < 0 && pane.scrolled === null) remark(controls, 'there is no history above');
}

export function followFocus(controls: Controls): void {
	const { focus } = controls.view;
	if (focus !== null) controls.pane(focus)?.follow();
}
