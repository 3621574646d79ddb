// What the actions of dialogs do, by the dialog that lies open.
import { afterLanding, mergeStrategies } from '../../domain/settings.ts';
import { readingRows } from '../cards/card.ts';
import type { Dialog, DialogKind } from '../cards/dialog.ts';
import { createAgent } from '../cards/new-agent.ts';
import { jumpTargets, paletteItems } from '../chrome/palette.ts';
import { type ActionId, commandRows } from '../keys/keys.ts';
import {
	killNow,
	removeNow,
	respawnNow,
	respawnOtherwiseNow,
	showDiff,
} from './agent-actions.ts';
import { keepComment, leaveComment } from './comment-actions.ts';
import { integrate, resolveByHand } from './conflict-actions.ts';
import { type Act, type Controls, openNow } from './controls.ts';
import { startSearch } from './copy-actions.ts';
import { focusOn, keepFilter, leaveFilter } from './focus-actions.ts';
import { sendReply, showScreen } from './inbox-actions.ts';
import { handOff, landMerge } from './landing-actions.ts';
import { swapFocus } from './layout-actions.ts';
import { followLink } from './link-actions.ts';
import { moveList } from './list-actions.ts';
import { sendMessage, tick, tickAll } from './message-actions.ts';

import { landOverride } from './override-actions.ts';

import { pushNow } from './pull-actions.ts';
import { hold, landAll } from './queue-actions.ts';

import {
	chooseLayout,
	deleteLayout,
	openSaveLayout,
	saveLayout,
} from './saved-layout-actions.ts';
import { widen } from './scope-actions.ts';
import { keepTheme, leaveThemes } from './theme-actions.ts';
import { revertLanding, takeBack } from './undo-actions.ts';

export const dialogActions = {
	'dialog.close': (controls) => {
		const { dialog } = controls.view;
		const editing = dialog?.kind === 'merge' && dialog.editing;
		const from =
			dialog?.kind === 'text' || dialog?.kind === 'widen' || dialog?.kind === 'override';
		const back = from ? dialog.back : null;
		if (dialog?.kind === 'themes') leaveThemes(controls, dialog);
		if (dialog?.kind === 'comment') return leaveComment(controls, dialog);
		if (dialog?.kind === 'filter') return leaveFilter(controls, dialog.before);
		if (dialog?.kind === 'files')
			controls.change({ kind: 'review', review: { filter: dialog.before } });
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
			widen: (dialog) =>
				openNow(controls, {
					...dialog,
					on: dialog.on === 'patterns' ? 'reason' : 'patterns',
				}),
		}),
	'message.tick': (controls) =>
		withDialog(controls, { compose: (dialog) => tick(controls, dialog) }),
	'message.tick-all': (controls) =>
		withDialog(controls, { compose: (dialog) => tickAll(controls, dialog) }),
	'list.down': (controls) => moveList(controls, 1),
	'list.up': (controls) => moveList(controls, -1),
	'list.page-down': (controls) => moveList(controls, readingRows(controls.view)),
	'list.page-up': (controls) => moveList(controls, -readingRows(controls.view)),
	'list.first': (controls) => moveList(controls, Number.NEGATIVE_INFINITY),
	'list.end': (controls) => moveList(controls, Number.POSITIVE_INFINITY),

	'layout.save': openSaveLayout,
	'layout.delete': (controls) =>
		withDialog(controls, { layouts: (dialog) => deleteLayout(controls, dialog) }),
	'swap.left': (controls) => swapFocus(controls, 'left'),
	'swap.down': (controls) => swapFocus(controls, 'down'),
	'swap.up': (controls) => swapFocus(controls, 'up'),
	'swap.right': (controls) => swapFocus(controls, 'right'),

	'merge.land': (controls) =>
		withDialog(controls, { merge: (dialog) => landMerge(controls, dialog) }),
	'merge.message': (controls) =>
		withDialog(controls, {
			merge: (dialog) => openNow(controls, { ...dialog, editing: true }),
		}),
	'merge.strategy': (controls) =>
		withDialog(controls, {
			merge: (dialog) => {
				const at = mergeStrategies.indexOf(dialog.strategy) + 1;
				const strategy = mergeStrategies[at % mergeStrategies.length] ?? 'squash';
				openNow(controls, { ...dialog, strategy });
			},
		}),
	'merge.after': (controls) =>
		withDialog(controls, {
			merge: (dialog) => {
				const at = afterLanding.indexOf(dialog.after) + 1;
				const after = afterLanding[at % afterLanding.length] ?? 'keep';
				openNow(controls, { ...dialog, after });
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
	'conflict.resolve': (controls) =>
		withDialog(controls, {
			conflict: ({ name, include }) => resolveByHand(controls, name, include),
			merge: ({ preview, include }) => resolveByHand(controls, preview.name, include),
		}),
	'conflict.integrate': (controls) =>
		withDialog(controls, {
			conflict: ({ name, include }) => integrate(controls, name, include),
			merge: ({ preview, include }) => integrate(controls, preview.name, include),
		}),
} as const satisfies Readonly<Partial<Record<ActionId, Act>>>;

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
		const item = paletteItems(controls, field.text)[at]?.item;
		if (!item) return;
		controls.change({ kind: 'dialog', dialog: null });
		if (item.kind === 'agent') {
			showScreen(controls, 'panes');
			return focusOn(controls, item.agent.id);
		}
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
	files: (_, { change }) => change({ kind: 'dialog', dialog: null }),
	search: (dialog, controls) => startSearch(controls, dialog),
	links: ({ links, at }, controls) => followLink(controls, links[at]),
	layouts: (dialog, controls) => chooseLayout(controls, dialog),
	'save-layout': (dialog, controls) => saveLayout(controls, dialog),
	themes: ({ names, at }, controls) => keepTheme(controls, names[at]),
	new: (dialog, controls) => createAgent(controls, dialog),
	widen: (dialog, controls) => widen(controls, dialog),
	override: (dialog, controls) => landOverride(controls, dialog),
	hold: (dialog, controls) => hold(controls, dialog),
	reply: (_, controls) => sendReply(controls),
	comment: (dialog, controls) => keepComment(controls, dialog),
	compose: (dialog, controls) => sendMessage(controls, dialog),
	away: ({ lines, at }, controls) => {
		controls.change({ kind: 'dialog', dialog: null });
		const agent = lines[at]?.agent ?? null;
		if (agent === null || !controls.state.agents[agent]) return;
		controls.change({ kind: 'screen', screen: 'panes' });
		focusOn(controls, agent);
	},
	merge: (dialog, controls) => openNow(controls, { ...dialog, editing: false }),
};

const deeds = {
	kill: killNow,
	respawn: respawnNow,
	'respawn otherwise': respawnOtherwiseNow,
	remove: removeNow,
} as const;

const consents: DialogActs = {
	loss: ({ deed, loss }, controls) => {
		controls.change({ kind: 'dialog', dialog: null });
		return deeds[deed](controls, loss.name);
	},
	undo: ({ step, named = false }, controls) => takeBack(controls, step, named),
	'land-all': (dialog, controls) => landAll(controls, dialog),
	pull: (dialog, controls) => pushNow(controls, dialog),
	revert: ({ landing }, controls) => revertLanding(controls, landing),
	paste: ({ agent, bytes }, controls) => {
		controls.change({ kind: 'dialog', dialog: null });
		controls.type(agent, bytes);
	},
};
