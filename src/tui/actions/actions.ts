// What each action of the key table does.

import { hasProgram } from '../../domain/agent.ts';
import { readingRows } from '../cards/card.ts';
import type { Dialog, DialogKind } from '../cards/dialog.ts';
import { createAgent, openNew } from '../cards/new-agent.ts';
import { jumpTargets, paletteItems } from '../chrome/palette.ts';
import { emptyField } from '../chrome/text-field.ts';
import * as motion from '../copying/copy-motions.ts';
import { editText } from '../copying/edit-text.ts';
import { type ActionId, commandRows } from '../keys/keys.ts';
import { shownAgents } from '../view.ts';
import {
	killAgent,
	killNow,
	pauseAgent,
	removeAgent,
	removeNow,
	respawnAgent,
	respawnNow,
	showDiff,
} from './agent-actions.ts';
import { attend, type Controls, openNow, remark } from './controls.ts';
import {
	askSearch,
	enterCopy,
	leaveCopy,
	searchOn,
	startSearch,
	takeCopy,
	toPrompt,
	travel,
} from './copy-actions.ts';
import {
	askFilter,
	focusOn,
	followFocus,
	keepFilter,
	leaveFilter,
	moveFocus,
	orderOf,
	scrollFocus,
	startTyping,
	stepFocus,
	toNeedy,
} from './focus-actions.ts';
import { handOff, landMerge, openMerge } from './landing-actions.ts';
import {
	equalize,
	foldBay,
	resizeFocus,
	swapFocus,
	toNextLayout,
} from './layout-actions.ts';
import { followLink, openLinks } from './link-actions.ts';
import { moveList } from './list-actions.ts';
import {
	chooseLayout,
	deleteLayout,
	openLayouts,
	openSaveLayout,
	saveLayout,
} from './saved-layout-actions.ts';
import { keepTheme, leaveThemes, openThemes } from './theme-actions.ts';
import { openUndo, revertLanding, takeBack } from './undo-actions.ts';

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
	'agent.diff': (controls) => showDiff(controls),
	'agent.kill': killAgent,
	'agent.respawn': respawnAgent,
	'agent.remove': removeAgent,
	'agent.pause': pauseAgent,
	'agent.new': openNew,
	'undo.open': openUndo,

	'view.zoom': ({ change, view }) => change({ kind: 'zoom', zoom: !view.zoom }),
	'layout.next': toNextLayout,
	'layout.pick': openLayouts,
	'layout.save': openSaveLayout,
	'layout.delete': (controls) =>
		withDialog(controls, { layouts: (dialog) => deleteLayout(controls, dialog) }),
	'resize.left': (controls) => resizeFocus(controls, 'left'),
	'resize.down': (controls) => resizeFocus(controls, 'down'),
	'resize.up': (controls) => resizeFocus(controls, 'up'),
	'resize.right': (controls) => resizeFocus(controls, 'right'),
	'resize.equal': equalize,
	'bay.fold': foldBay,
	'swap.open': (controls) => openNow(controls, { kind: 'swap' }),
	'swap.left': (controls) => swapFocus(controls, 'left'),
	'swap.down': (controls) => swapFocus(controls, 'down'),
	'swap.up': (controls) => swapFocus(controls, 'up'),
	'swap.right': (controls) => swapFocus(controls, 'right'),
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
	'screen.panes': (controls) => {
		followFocus(controls);
		controls.change({ kind: 'zoom', zoom: false });
	},
	'view.redraw': ({ redraw }) => redraw(),
	'theme.pick': openThemes,
	'link.pick': openLinks,
	'hint.interrupt': (controls) =>
		remark(controls, 'agents go on whatever you do here', '{quit.open} leaves weir'),
	'view.filter': askFilter,
	'view.back': (controls) => {
		const { view, change } = controls;
		if (view.focus !== null && view.scrolled[view.focus]) followFocus(controls);
		else if (view.zoom) change({ kind: 'zoom', zoom: false });
		else if (view.filter !== '') change({ kind: 'filter', filter: '' });
		else if (view.message !== null) change({ kind: 'message', message: null });
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
	'copy.open': enterCopy,
	'copy.leave': leaveCopy,
	'copy.take': takeCopy,
	'copy.select': ({ copy }) => copy.select('characters'),
	'copy.select-lines': ({ copy }) => copy.select('lines'),
	'copy.search': (controls) => askSearch(controls, 'down'),
	'copy.search-back': (controls) => askSearch(controls, 'up'),
	'copy.next': (controls) => searchOn(controls, 'on'),
	'copy.previous': (controls) => searchOn(controls, 'back'),
	'copy.earlier': (controls) => travel(controls, 'earlier'),
	'copy.later': (controls) => travel(controls, 'later'),
	'copy.prompt-before': (controls) => toPrompt(controls, 'up'),
	'copy.prompt': (controls) => toPrompt(controls, 'down'),
	'copy.page-up': ({ copy }) => copy.page(-0.5),
	'copy.page-down': ({ copy }) => copy.page(0.5),
	'copy.left': ({ copy }) => copy.move(motion.left),
	'copy.down': ({ copy }) => copy.move(motion.byLines(1), true),
	'copy.up': ({ copy }) => copy.move(motion.byLines(-1), true),
	'copy.right': ({ copy }) => copy.move(motion.right),
	'copy.word': ({ copy }) => copy.move(motion.nextWord),
	'copy.word-before': ({ copy }) => copy.move(motion.wordBefore),
	'copy.word-end': ({ copy }) => copy.move(motion.wordEnd),
	'copy.line-start': ({ copy }) => copy.move(motion.toLineStart),
	'copy.line-end': ({ copy }) => copy.move(motion.toLineEnd),
	'copy.paragraph': ({ copy }) => copy.move(motion.nextParagraph),
	'copy.paragraph-before': ({ copy }) => copy.move(motion.paragraphBefore),
	'copy.first': ({ copy }) => copy.move(motion.toFirstLine),
	'copy.last': ({ copy }) => copy.move(motion.toLastLine),

	'palette.open': (controls) =>
		openNow(controls, { kind: 'palette', field: emptyField, at: 0 }),
	'help.open': (controls) => openNow(controls, { kind: 'help', top: 0 }),

	'dialog.close': (controls) => {
		const { dialog } = controls.view;
		const editing = dialog?.kind === 'merge' && dialog.editing;
		const back = dialog?.kind === 'text' ? dialog.back : null;
		if (dialog?.kind === 'themes') leaveThemes(controls, dialog);
		if (dialog?.kind === 'filter') return leaveFilter(controls, dialog.before);
		controls.change({
			kind: 'dialog',
			dialog: editing ? { ...dialog, editing: false } : back,
		});
	},
	'dialog.choose': (controls) => withDialog(controls, choices),
	'dialog.yes': (controls) => withDialog(controls, consents),
	'field.next': (controls) =>
		withDialog(controls, {
			new: (dialog) =>
				openNow(controls, { ...dialog, on: dialog.on === 'name' ? 'command' : 'name' }),
		}),
	'list.down': (controls) => moveList(controls, 1),
	'list.up': (controls) => moveList(controls, -1),
	'list.page-down': (controls) => moveList(controls, readingRows(controls.view)),
	'list.page-up': (controls) => moveList(controls, -readingRows(controls.view)),
	'list.first': (controls) => moveList(controls, Number.NEGATIVE_INFINITY),
	'list.end': (controls) => moveList(controls, Number.POSITIVE_INFINITY),

	'merge.land': (controls) =>
		withDialog(controls, { merge: (dialog) => landMerge(controls, dialog) }),
	'merge.message': (controls) =>
		withDialog(controls, {
			merge: (dialog) => openNow(controls, { ...dialog, editing: true }),
		}),
	'merge.strategy': (controls) =>
		withDialog(controls, {
			merge: (dialog) => {
				const strategy = dialog.strategy === 'squash' ? 'merge' : 'squash';
				openNow(controls, { ...dialog, strategy });
			},
		}),
	'merge.include': (controls) =>
		withDialog(controls, {
			merge: (dialog) => {
				if (dialog.preview.uncommitted.length === 0) return;
				const include = dialog.include === 'all' ? 'committed' : 'all';
				openNow(controls, { ...dialog, include });
			},
		}),
	'merge.diff': (controls) =>
		withDialog(controls, { merge: (dialog) => showDiff(controls, dialog) }),
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
		const row = commandRows(controls.view.keymap).find(
			({ action }) => action === item.action,
		);
		if (row) controls.run(row);
	},
	jump: ({ field, at }, controls) => {
		const agent = jumpTargets(controls, field.text)[at];
		controls.change({ kind: 'dialog', dialog: null });
		focusOn(controls, agent?.id);
	},
	filter: (_, controls) => keepFilter(controls),
	search: (dialog, controls) => startSearch(controls, dialog),
	links: ({ links, at }, controls) => followLink(controls, links[at]),
	layouts: (dialog, controls) => chooseLayout(controls, dialog),
	'save-layout': (dialog, controls) => saveLayout(controls, dialog),
	themes: ({ names, at }, controls) => keepTheme(controls, names[at]),
	new: (dialog, controls) => createAgent(controls, dialog),
	merge: (dialog, controls) => openNow(controls, { ...dialog, editing: false }),
};

const deeds = { kill: killNow, respawn: respawnNow, remove: removeNow } as const;

const consents: DialogActs = {
	loss: ({ deed, loss }, controls) => {
		controls.change({ kind: 'dialog', dialog: null });
		return deeds[deed](controls, loss.name);
	},
	undo: ({ step }, controls) => takeBack(controls, step),
	revert: ({ landing }, controls) => revertLanding(controls, landing),
	paste: ({ agent, bytes }, controls) => {
		controls.change({ kind: 'dialog', dialog: null });
		controls.type(agent, bytes);
	},
};
