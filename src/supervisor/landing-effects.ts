// Effects on the base: merge and undo. Landings that wait are tried together, in the order asked for; a
// base that moved meanwhile is merged onto anew and never overwritten.
import { revertLanding, undoLanding } from '../git/undo.ts';
import { Lane } from '../lib/lane.ts';
import { checkoutOf, keptIn } from './landing-report.ts';
import { MergeTrain } from './merge-train.ts';
import type { Perform, World } from './world.ts';

/** The base is moved by one at a time; who waits for gates holds up no undo. */
const moves = new Lane(1);

const train = new MergeTrain(moves);

export const performMerge: Perform<'merge'> = async (effect, world) => {
	const outcome = await train.board(effect, world);
	const moved = outcome.ok && outcome.value.kind === 'landed';
	const { agent, through } = effect.data;
	if (moved) world.observatory.stir(agent);
	if (moved && through) world.observatory.stir(through.agent);
	tellEnded(world, moved);
	return outcome;
};

export const performUndo: Perform<'undo'> = ({ id, data }, world) =>
	moves.run(async () => {
		const landing = world.state().landings[data.landing];
		if (!landing) {
			return { ok: false, refusal: { code: 'undo.unknown', message: 'no such landing' } };
		}
		const plan = { id: `u${id}`, landing: landing.id, base: landing.branch };
		const undone = data.revert
			? await revertLanding(world.repository, plan, `Revert "${landing.subject ?? ''}"`)
			: await undoLanding(world.repository, plan);
		if (!undone.ok) return undone;
		tellEnded(world, true);
		const { kind: how, old, new: now, kept: files } = undone.value;
		const checkout = await checkoutOf(world, landing.branch);
		const kept = await keptIn(world, { checkout, files, commit: now });
		return { ok: true, value: { how, old, new: now, ...kept } };
	});

function tellEnded(world: World, moved: boolean): void {
	const present = () =>
		Object.values(world.state().agents)
			.filter(({ life }) => life.kind !== 'removed')
			.map(({ id }) => id);
	// The last of those who wait looks for all.
	const more = train.busy || moves.length > 1;
	world.observatory.landingEnded({ moved, more }, present);
}
