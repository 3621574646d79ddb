// What each action of the key table does: those of the panes here, those of copy mode and of what lies
// over the panes each in a table of their own.
import { hasProgram } from '../../domain/agent.ts';
import { openNew } from '../cards/new-agent.ts';
import { emptyField } from '../chrome/text-field.ts';
import { editText } from '../copying/edit-text.ts';
import type { ActionId } from '../keys/keys.ts';
import { shownAgents } from '../view.ts';
import {
	killAgent,
	pauseAgent,
	removeAgent,
	respawnAgent,
	respawnOtherwise,
	resumeAll,
	showDiff,
} from './agent-actions.ts';
import { alarmActions } from './alarm-actions.ts';
import { attentionActions } from './attention-actions.ts';
import { commentActions } from './comment-actions.ts';
import { type Act, attend, type Controls, openNow, remark } from './controls.ts';
import { copyActions } from './copy-actions.ts';
import { dialogActions } from './dialog-actions.ts';
import {
	askFilter,
	focusOn,
	followFocus,
	moveFocus,
	orderOf,
	scrollFocus,
	startTyping,
	stepFocus,
} from './focus-actions.ts';
import { gateActions } from './gate-actions.ts';
import { inboxActions, recallAnswer, showScreen } from './inbox-actions.ts';
import { openMerge } from './landing-actions.ts';
import { equalize, foldBay, resizeFocus, toNextLayout } from './layout-actions.ts';
import { openLinks } from './link-actions.ts';
import { openCompose } from './message-actions.ts';
import { outsideActions } from './outside-actions.ts';
import { openPull } from './pull-actions.ts';
import { queueActions } from './queue-actions.ts';
import { reviewActions } from './review-actions.ts';
import { openLayouts } from './saved-layout-actions.ts';
import { openWiden, showExplanation } from './scope-actions.ts';
import { openThemes } from './theme-actions.ts';
import { openUndo } from './undo-actions.ts';

export const actions: Readonly<Record<ActionId, Act>> = {
	...copyActions,
	...dialogActions,
	'pull.open': openPull,

	'pane.enter': (controls) => {
		const { arrangement, view } = controls;
		const live = arrangement.tiles.some(({ pane }) => pane === view.focus);
		if (live) startTyping(controls);
		else controls.change({ kind: 'zoom', zoom: true });
	},
	'pane.type': startTyping,
	'type.leave': ({ change }) => change({ kind: 'mode', mode: 'nav' }),
	...attentionActions,
	'agent.merge': openMerge,
	'agent.diff': (controls) => showDiff(controls),
	'agent.explain': showExplanation,
	'scope.widen': openWiden,
	...outsideActions,
	'agent.kill': killAgent,
	'agent.respawn': respawnAgent,
	'agent.otherwise': respawnOtherwise,
	'agent.remove': removeAgent,
	'agent.pause': pauseAgent,
	'agents.resume': resumeAll,
	'agent.new': openNew,
	'message.open': openCompose,
	'undo.open': (controls) => (recallAnswer(controls) ? undefined : openUndo(controls)),

	'view.zoom': ({ change, view }) => change({ kind: 'zoom', zoom: !view.zoom }),
	'layout.next': toNextLayout,
	'layout.pick': openLayouts,
	'resize.left': (controls) => resizeFocus(controls, 'left'),
	'resize.down': (controls) => resizeFocus(controls, 'down'),
	'resize.up': (controls) => resizeFocus(controls, 'up'),
	'resize.right': (controls) => resizeFocus(controls, 'right'),
	'resize.equal': equalize,
	'bay.fold': foldBay,
	'swap.open': (controls) => openNow(controls, { kind: 'swap' }),
	'mouse.toggle': (controls) => {
		const mouse = !controls.view.mouse;
		controls.change({ kind: 'mouse', mouse });
		remark(
			controls,
			mouse
				? 'the mouse is on: click focuses, drag selects, the wheel scrolls'
				: "the mouse is off: the terminal's own selection works",
		);
	},
	...inboxActions,
	...queueActions,
	...reviewActions,
	...commentActions,
	...gateActions,
	...alarmActions,
	'screen.panes': (controls) => {
		if (controls.view.screen !== 'panes') return showScreen(controls, 'panes');
		followFocus(controls);
		controls.change({ kind: 'zoom', zoom: false });
	},
	'view.redraw': ({ redraw }) => redraw(),
	'theme.pick': openThemes,
	'link.pick': openLinks,
	'hint.interrupt': (controls) =>
		remark(controls, 'agents go on whatever you do here', '{quit.open} leaves weir'),
	'view.filter': askFilter,
	'view.back': (controls) => void goBack(controls),
	// Whoever comes from less or htop means to leave.
	'view.close': (controls) => {
		if (!goBack(controls))
			remark(controls, 'there is nothing to go back from', '{quit.open} leaves weir');
	},
	'quit.open': (controls) => {
		const running = shownAgents(controls.state)
			.filter((agent) => hasProgram(agent) || agent.life.kind === 'preparing')
			.map(({ name }) => name);
		if (running.length === 0) controls.leave(0);
		else openNow(controls, { kind: 'quit', running });
	},
	'quit.detach': ({ leave }) => leave(0),
	'demo.end': ({ leave }) => leave(0),
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
	'focus.jump': (controls) =>
		openNow(controls, { kind: 'jump', field: emptyField, at: 0 }),
	'scroll.up': (controls) => scrollFocus(controls, -1),
	'scroll.down': (controls) => scrollFocus(controls, 1),

	'text.edit': editText,

	'palette.open': (controls) =>
		openNow(controls, { kind: 'palette', field: emptyField, at: 0 }),
	'help.open': (controls) => openNow(controls, { kind: 'help', top: 0 }),
};

/** One step; false where there is none. */
function goBack(controls: Controls): boolean {
	const { view, change } = controls;
	if (view.screen === 'review' && view.review.alone)
		change({ kind: 'review', review: { alone: false } });
	else if (view.screen !== 'panes') showScreen(controls, 'panes');
	else if (view.focus !== null && view.scrolled[view.focus]) followFocus(controls);
	else if (view.zoom) change({ kind: 'zoom', zoom: false });
	else if (view.filter !== '') change({ kind: 'filter', filter: '' });
	else if (view.message !== null) change({ kind: 'message', message: null });
	else return false;
	return true;
}
