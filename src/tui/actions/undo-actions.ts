// Taking back the newest step, after it has been shown.
import type { LandingId } from '../../domain/ids.ts';
import { type KeptBack, keptBackSaid } from '../../domain/kept-back.ts';
import type { Undoable } from '../../domain/state.ts';
import { sameStep } from '../../domain/undo-steps.ts';
import { nameOfStep, whatToUndo } from '../../domain/undoing.ts';
import type { Refusal } from '../../lib/outcome.ts';
import { attend, type Controls, done, openNow, remark } from './controls.ts';

/** Shows what would be taken back. */
export function openUndo(controls: Controls): void {
	const step = controls.state.undoable.at(-1);
	if (step) openNow(controls, { kind: 'undo', step });
}

/**
 * Takes back the step that was shown. Where another one came meanwhile, that is shown first, unless it was
 * this one that somebody named.
 */
export async function takeBack(
	controls: Controls,
	step: Undoable,
	named: boolean,
): Promise<void> {
	const newest = sameStep(controls.state.undoable.at(-1), step);
	if (!newest && !named) return openUndo(controls);
	controls.change({ kind: 'dialog', dialog: null });
	const name = nameOfStep(controls.state, step);
	const landing = step.kind === 'landing' ? step.landing : null;
	const undone = await attend(
		controls,
		`taking back the ${name}`,
		controls.ask('undo', { landing, revert: false, wait: true }),
		({ refusal }) => {
			if (landing !== null && ['undo.built-on', 'undo.pushed'].includes(refusal.code)) {
				openNow(controls, { kind: 'revert', landing, why: refusal.message });
				return true;
			}
			return newest && goesOn(controls, step, refusal);
		},
	);
	if (undone) tellDone(controls, `took back the ${name}`, undone.kept);
}

export async function revertLanding(
	controls: Controls,
	landing: LandingId,
): Promise<void> {
	controls.change({ kind: 'dialog', dialog: null });
	const name = nameOfStep(controls.state, { kind: 'landing', landing });
	const reverted = await attend(
		controls,
		`reverting the ${name}`,
		controls.ask('undo', { landing, revert: true, wait: true }),
	);
	if (reverted) tellDone(controls, `reverted the ${name}`, reverted.kept);
}

function tellDone(controls: Controls, what: string, kept: KeptBack | null): void {
	if (!kept) return done(controls, what);
	const { text, allow } = keptBackSaid(kept, 'what the branch has');
	remark(controls, `${what}; ${text}`, allow);
}

/** A step that can never be taken back was set aside: the one before it is next. */
function goesOn({ state, say }: Controls, step: Undoable, { message }: Refusal): boolean {
	if (sameStep(state.undoable.at(-1), step)) return false;
	const next = whatToUndo(state);
	const allow = next === null ? 'in a shell: weir log' : `{undo.open} shows the ${next}`;
	say({ text: message, allow, tone: 'plain' });
	return true;
}
