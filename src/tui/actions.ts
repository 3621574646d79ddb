// What each action of the key table does.

import { hasProgram, whyNotType } from '../domain/agent.ts';
import type { AgentId } from '../domain/ids.ts';
import { type Direction, layoutKinds, neighbour } from '../domain/layout.ts';
import {
	createAgent,
	handOff,
	killAgent,
	killNow,
	landMerge,
	openMerge,
	openNew,
	pauseAgent,
	removeAgent,
	removeNow,
	respawnAgent,
	showDiff,
	undo,
} from './agent-actions.ts';
import { cardRows } from './card.ts';
import { attend, type Controls } from './controls.ts';
import type { Dialog, DialogKind } from './dialog.ts';
import { helpLines } from './dialog-cards.ts';
import { type ActionId, keyTable } from './keys.ts';
import { jumpTargets, paletteItems } from './palette.ts';
import { needsHuman } from './state-signs.ts';
import { stripOrder } from './strips.ts';
import { emptyField } from './text-field.ts';
import { focusedAgent, nextLayout, shownAgents } from './view.ts';

export type Act = (controls: Controls) => void | Promise<void>;

export const actions: Readonly<Record<ActionId, Act>> = {
	'pane.enter': (controls) => {
		const { arrangement, view } = controls;
		const live = arrangement.tiles.some(({ pane }) => pane === view.focus);
		if (live) startTyping(controls);
		else controls.change({ kind: 'zoom', zoom: true });
	},
	'pane.type': startTyping,
	'type.leave': ({ change }) => change({ kind: 'mode', mode: 'nav' }),
	'attention.next': (controls) => toNeedy(controls, 1),
	'attention.previous': (controls) => toNeedy(controls, -1),
	'agent.merge': openMerge,
	'agent.diff': showDiff,
	'agent.kill': killAgent,
	'agent.respawn': respawnAgent,
	'agent.remove': removeAgent,
	'agent.pause': pauseAgent,
	'agent.new': openNew,
	undo: (controls) => undo(controls, false),

	'view.zoom': ({ change, view }) => change({ kind: 'zoom', zoom: !view.zoom }),
	'layout.next': (controls) => setLayout(controls, nextLayout(controls.view.layout)),
	'layout.pick': (controls) => {
		const at = Math.max(0, layoutKinds.indexOf(controls.view.layout));
		show(controls, { kind: 'layouts', at, kinds: layoutKinds });
	},
	'split.wider': (controls) => moveSplit(controls, 0.05),
	'split.narrower': (controls) => moveSplit(controls, -0.05),
	'mouse.toggle': (controls) => {
		const mouse = !controls.view.mouse;
		controls.setMouse(mouse);
		controls.change({ kind: 'mouse', mouse });
		plain(
			controls,
			mouse
				? 'the mouse is on: click focuses, the wheel scrolls, Shift selects'
				: "the mouse is off: the terminal's own selection works",
		);
	},
	'screen.panes': (controls) => {
		followFocus(controls);
		controls.change({ kind: 'zoom', zoom: false });
	},
	redraw: ({ redraw }) => redraw(),
	'hint.interrupt': (controls) =>
		plain(controls, 'agents go on whatever you do here', 'Q leaves weir'),
	back: (controls) => {
		const { view, change } = controls;
		if (view.focus !== null && view.scrolled[view.focus]) followFocus(controls);
		else if (view.zoom) change({ kind: 'zoom', zoom: false });
		else if (view.message !== null) change({ kind: 'message', message: null });
	},
	quit: (controls) => {
		const running = shownAgents(controls.state)
			.filter((agent) => hasProgram(agent) || agent.life.kind === 'preparing')
			.map(({ name }) => name);
		if (running.length === 0) controls.leave(0);
		else show(controls, { kind: 'quit', running });
	},
	'quit.detach': ({ leave }) => leave(0),
	'quit.end': async (controls) => {
		controls.change({ kind: 'dialog', dialog: null });
		const ended = await attend(
			controls,
			'taking snapshots and ending all agents',
			controls.ask('down', { now: true }),
		);
		if (ended) controls.leave(0);
	},

	'focus.left': (controls) => moveFocus(controls, 'left'),
	'focus.right': (controls) => moveFocus(controls, 'right'),
	'focus.up': (controls) => moveFocus(controls, 'up'),
	'focus.down': (controls) => moveFocus(controls, 'down'),
	'focus.next': (controls) => stepFocus(controls, 1),
	'focus.previous': (controls) => stepFocus(controls, -1),
	'focus.first': (controls) => focusOn(controls, orderOf(controls).at(0)),
	'focus.end': (controls) => focusOn(controls, orderOf(controls).at(-1)),
	'focus.back': (controls) => focusOn(controls, controls.view.previous ?? undefined),
	'focus.jump': (controls) => show(controls, { kind: 'jump', field: emptyField, at: 0 }),
	'scroll.up': (controls) => scrollFocus(controls, -1),
	'scroll.down': (controls) => scrollFocus(controls, 1),

	'palette.open': (controls) =>
		show(controls, { kind: 'palette', field: emptyField, at: 0 }),
	'help.open': (controls) => show(controls, { kind: 'help', top: 0 }),

	'dialog.close': ({ view, change }) => {
		const { dialog } = view;
		const editing = dialog?.kind === 'merge' && dialog.editing;
		change({ kind: 'dialog', dialog: editing ? { ...dialog, editing: false } : null });
	},
	'dialog.choose': (controls) => withDialog(controls, choices),
	'dialog.yes': (controls) => withDialog(controls, consents),
	'field.next': (controls) =>
		withDialog(controls, {
			new: (dialog) =>
				show(controls, { ...dialog, on: dialog.on === 'name' ? 'command' : 'name' }),
		}),
	'list.down': (controls) => moveList(controls, 1),
	'list.up': (controls) => moveList(controls, -1),
	'list.page-down': (controls) => moveList(controls, cardRows(controls.view.rows)),
	'list.page-up': (controls) => moveList(controls, -cardRows(controls.view.rows)),
	'list.first': (controls) => moveList(controls, Number.NEGATIVE_INFINITY),
	'list.end': (controls) => moveList(controls, Number.POSITIVE_INFINITY),

	'merge.land': (controls) =>
		withDialog(controls, { merge: (dialog) => landMerge(controls, dialog) }),
	'merge.message': (controls) =>
		withDialog(controls, {
			merge: (dialog) => show(controls, { ...dialog, editing: true }),
		}),
	'merge.strategy': (controls) =>
		withDialog(controls, {
			merge: (dialog) => {
				const strategy = dialog.strategy === 'squash' ? 'merge' : 'squash';
				show(controls, { ...dialog, strategy });
			},
		}),
	'merge.include': (controls) =>
		withDialog(controls, {
			merge: (dialog) => {
				if (dialog.preview.uncommitted.length === 0) return;
				const include = dialog.include === 'all' ? 'committed' : 'all';
				show(controls, { ...dialog, include });
			},
		}),
	'merge.diff': (controls) => withDialog(controls, { merge: () => showDiff(controls) }),
	'conflict.hand-off': (controls) =>
		withDialog(controls, {
			conflict: ({ name }) => handOff(controls, name),
			merge: ({ preview }) =>
				preview.conflicts.length > 0 ? handOff(controls, preview.name) : undefined,
		}),
};

type DialogActs = {
	readonly [K in DialogKind]?: (
		dialog: Extract<Dialog, { kind: K }>,
		controls: Controls,
	) => void | Promise<void>;
};

function withDialog(controls: Controls, acts: DialogActs): void | Promise<void> {
	const { dialog } = controls.view;
	if (dialog === null) return undefined;
	// The table is keyed by the dialog's own kind.
	const act = acts[dialog.kind] as
		| ((dialog: Dialog, controls: Controls) => void | Promise<void>)
		| undefined;
	return act?.(dialog, controls);
}

const choices: DialogActs = {
	palette: ({ field, at }, controls) => {
		const item = paletteItems(controls, field.text)[at];
		if (!item) return;
		controls.change({ kind: 'dialog', dialog: null });
		if (item.kind === 'agent') return focusOn(controls, item.agent.id);
		const row = keyTable.find(({ action }) => action === item.action);
		if (row) controls.run(row);
	},
	jump: ({ field, at }, controls) => {
		const agent = jumpTargets(controls, field.text)[at];
		controls.change({ kind: 'dialog', dialog: null });
		focusOn(controls, agent?.id);
	},
	layouts: ({ kinds, at }, controls) => {
		controls.change({ kind: 'dialog', dialog: null });
		const kind = kinds[at];
		if (kind) setLayout(controls, kind);
	},
	new: (dialog, controls) => createAgent(controls, dialog),
	merge: (dialog, controls) => show(controls, { ...dialog, editing: false }),
};

const consents: DialogActs = {
	loss: ({ deed, loss }, controls) => {
		controls.change({ kind: 'dialog', dialog: null });
		return deed === 'kill'
			? killNow(controls, loss.name)
			: removeNow(controls, loss.name);
	},
	revert: (_dialog, controls) => {
		controls.change({ kind: 'dialog', dialog: null });
		return undo(controls, true);
	},
	paste: ({ agent, bytes }, controls) => {
		controls.change({ kind: 'dialog', dialog: null });
		controls.type(agent, bytes);
	},
};

function startTyping(controls: Controls): void {
	const { state, view, arrangement, change } = controls;
	const agent = focusedAgent(state, view);
	if (!agent || whyNotType(agent)) return;
	if (!arrangement.tiles.some(({ pane }) => pane === agent.id))
		change({ kind: 'zoom', zoom: true });
	controls.pane(agent.id)?.follow();
	change({ kind: 'mode', mode: 'type' });
}

function toNeedy(controls: Controls, step: 1 | -1): void {
	const { state, view, change } = controls;
	const agents = shownAgents(state);
	const start = agents.findIndex(({ id }) => id === view.focus);
	for (let away = 1; away <= agents.length; away += 1) {
		const at = (start + step * away + agents.length * 2) % agents.length;
		const agent = agents[at];
		if (!agent || !needsHuman(agent)) continue;
		// A half-typed sentence must not answer its question.
		change({ kind: 'mode', mode: 'nav' });
		return focusOn(controls, agent.id);
	}
}

/** The agents as j and k walk through them. */
function orderOf({ state, arrangement }: Controls): readonly AgentId[] {
	const agents = shownAgents(state);
	return arrangement.strips ? stripOrder(agents) : agents.map(({ id }) => id);
}

function moveFocus(controls: Controls, direction: Direction): void {
	const { arrangement, view } = controls;
	if (view.focus === null) return;
	if (arrangement.strips) {
		if (direction === 'down' || direction === 'up')
			stepFocus(controls, direction === 'down' ? 1 : -1, false);
		return;
	}
	if (arrangement.kind === 'zoom')
		return stepFocus(controls, direction === 'left' || direction === 'up' ? -1 : 1);
	const next = neighbour(arrangement.tiles, view.focus, direction);
	if (next !== null) focusOn(controls, next);
}

function stepFocus(controls: Controls, step: 1 | -1, round = true): void {
	const order = orderOf(controls);
	const { focus } = controls.view;
	const at = focus === null ? -1 : order.indexOf(focus);
	const next = round ? (at + step + order.length) % order.length : at + step;
	focusOn(controls, order[next]);
}

function focusOn(controls: Controls, agent: AgentId | undefined): void {
	if (agent === undefined || agent === controls.view.focus) return;
	controls.change({ kind: 'focus', agent });
	// Typing goes on in the other pane only where a program takes it.
	const target = controls.state.agents[agent];
	if (controls.view.mode === 'type' && (!target || whyNotType(target)))
		controls.change({ kind: 'mode', mode: 'nav' });
}

function setLayout(controls: Controls, layout: (typeof layoutKinds)[number]): void {
	controls.change({ kind: 'layout', layout });
	const { kind } = controls.arrangement;
	const why = layout === kind || kind === 'empty' ? '' : `: ${kind} fits this screen`;
	plain(controls, `layout ${layout}${why}`);
}

function moveSplit(controls: Controls, by: number): void {
	const { arrangement, view, change } = controls;
	const main = arrangement.tiles.find(({ pane }) =>
		arrangement.kind === 'strips' ? pane === view.focus : true,
	);
	if (!main || !['strips', 'main-stack'].includes(arrangement.kind)) {
		plain(controls, 'there is no main pane in this layout', 'v changes the layout');
		return;
	}
	change({ kind: 'split', split: (view.split ?? main.outer.width / view.columns) + by });
}

function scrollFocus(controls: Controls, pages: 1 | -1): void {
	const { focus } = controls.view;
	const pane = focus === null ? undefined : controls.pane(focus);
	if (!pane?.area) return;
	pane.scroll(pages * Math.max(1, Math.floor(pane.area.height / 2)));
	if (pages < 0 && pane.scrolled === null) plain(controls, 'there is no history above');
}

function followFocus(controls: Controls): void {
	const { focus } = controls.view;
	if (focus !== null) controls.pane(focus)?.follow();
}

function moveList(controls: Controls, by: number): void {
	const { dialog, rows } = controls.view;
	const clamp = (at: number, last: number) => Math.max(0, Math.min(at, last));
	const page = cardRows(rows);
	switch (dialog?.kind) {
		case 'text': {
			const top = clamp(dialog.top + by, Math.max(0, dialog.lines.length - page));
			return show(controls, { ...dialog, top });
		}
		case 'help': {
			const top = clamp(dialog.top + by, Math.max(0, helpLines().length - page));
			return show(controls, { ...dialog, top });
		}
		case 'layouts':
			return show(controls, {
				...dialog,
				at: clamp(dialog.at + by, dialog.kinds.length - 1),
			});
		case 'palette': {
			const count = paletteItems(controls, dialog.field.text).length;
			return show(controls, { ...dialog, at: clamp(dialog.at + by, count - 1) });
		}
		case 'jump': {
			const count = jumpTargets(controls, dialog.field.text).length;
			return show(controls, { ...dialog, at: clamp(dialog.at + by, count - 1) });
		}
		default:
	}
}

function show(controls: Controls, dialog: Dialog): void {
	controls.change({ kind: 'dialog', dialog });
}

function plain(controls: Controls, text: string, allow: string | null = null): void {
	controls.say({ text, allow, tone: 'plain' });
}
