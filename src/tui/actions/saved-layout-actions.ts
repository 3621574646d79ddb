// Choosing a layout by its name, saving the present one, deleting one.
import { layoutKinds } from '../../domain/layout.ts';
import type { Dialog } from '../cards/dialog.ts';
import { refusalMessage } from '../chrome/message-line.ts';
import { emptyField } from '../chrome/text-field.ts';
import { layoutChoices } from '../layouts/layout-choices.ts';
import { layoutOf } from '../layouts/remembered-view.ts';
import { whyNotName } from '../layouts/saved-layouts.ts';
import { type Controls, done, openNow, remark } from './controls.ts';
import { setLayout } from './layout-actions.ts';

type Layouts = Extract<Dialog, { kind: 'layouts' }>;

export function openLayouts(controls: Controls): void {
	const choices = layoutChoices(controls.savedLayouts.all());
	const at = choices.findIndex(({ name }) => name === controls.view.layout);
	openNow(controls, { kind: 'layouts', at: Math.max(0, at), choices, doomed: null });
}

export function chooseLayout(controls: Controls, { choices, at }: Layouts): void {
	const { change } = controls;
	change({ kind: 'dialog', dialog: null });
	const choice = choices[at];
	if (!choice) return;
	if (choice.kind === 'own') return setLayout(controls, choice.name);
	const { name, shape } = choice;
	change({ kind: 'shape', shape });
	const { kind } = controls.arrangement;
	const fits = shape.kind === 'auto' || shape.kind === kind || kind === 'empty';
	remark(controls, `layout ${name}${fits ? '' : `: ${kind} fits this screen`}`);
}

/** The first time it asks, on the row itself. */
export function deleteLayout(controls: Controls, dialog: Layouts): void {
	const { choices, at, doomed } = dialog;
	const choice = choices[at];
	if (choice?.kind !== 'saved')
		return remark(controls, `${choice?.name ?? 'this'} is a layout of weir: it stays`);
	if (doomed !== choice.name)
		return openNow(controls, { ...dialog, doomed: choice.name });
	const removed = controls.savedLayouts.remove(choice.name);
	if (!removed.ok) return controls.say(refusalMessage(removed.refusal));
	const left = layoutChoices(controls.savedLayouts.all());
	const last = Math.min(at, left.length - 1);
	openNow(controls, { ...dialog, choices: left, at: last, doomed: null });
	done(controls, `deleted the layout ${choice.name}`);
}

export function openSaveLayout(controls: Controls): void {
	openNow(controls, {
		kind: 'save-layout',
		field: emptyField,
		problem: null,
		replaces: null,
	});
}

/** A name that is taken is asked for once more. */
export function saveLayout(
	controls: Controls,
	dialog: Extract<Dialog, { kind: 'save-layout' }>,
): void {
	const { savedLayouts, view, change } = controls;
	const name = dialog.field.text.trim();
	const no = (problem: string, replaces: string | null) =>
		openNow(controls, { ...dialog, problem, replaces });
	const why = whyNotName(name);
	if (why !== null) return no(why, null);
	if (layoutKinds.some((kind) => kind === name))
		return no(`${name} is a layout of weir`, null);
	const taken = savedLayouts.all().some((saved) => saved.name === name);
	if (taken && dialog.replaces !== name)
		return no(`there is a layout ${name}: once more replaces it`, name);
	const saved = savedLayouts.save(name, layoutOf(view));
	if (!saved.ok) return no(saved.refusal.message, null);
	change({ kind: 'dialog', dialog: null });
	done(controls, `saved the layout ${name}`, '{layout.pick} chooses it');
}
