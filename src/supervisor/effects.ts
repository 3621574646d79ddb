// Which module performs which effect. A thrown error is a broken assumption: it settles its effect
// as failed, with its message, and ends nothing else.

import type { Command, EffectOutcome } from '../domain/command.ts';
import type { EffectKind, PendingEffect, PendingOf } from '../domain/state.ts';
import { messageOf } from '../lib/error-words.ts';
import { saysDiskFull } from '../lib/full-disk.ts';
import { refuse } from '../lib/outcome.ts';
import { performAfter } from './after-effects.ts';
import { performAnswer } from './answer-effect.ts';
import { performBaseGates } from './base-gate-effects.ts';
import { performDiscard } from './discard-effects.ts';
import { performCompare, performGate, performWords } from './gate-effects.ts';
import { performMerge, performUndo } from './landing-effects.ts';
import type { Loop } from './loop.ts';
import {
	performHasten,
	performPause,
	performSetup,
	performShell,
	performSpawn,
	performStop,
	performWiden,
} from './program-effects.ts';
import { performRedress } from './redress-effects.ts';
import { performPrompt } from './telling.ts';
import {
	performConclude,
	performPublish,
	performRemove,
	performRestore,
	performSnapshot,
	performSync,
	performWorktree,
} from './worktree-effects.ts';
import type { World } from './world.ts';

/** Null: the effect settles by what happens next (the exit of a program). */
type Performer<K extends EffectKind> = (
	effect: PendingOf<K>,
	world: World,
) => Promise<EffectOutcome<K> | null>;

const performers: { [K in EffectKind]: Performer<K> } = {
	worktree: performWorktree,
	setup: performSetup,
	spawn: performSpawn,
	snapshot: performSnapshot,
	stop: performStop,
	hasten: performHasten,
	pause: performPause,
	publish: performPublish,
	prompt: performPrompt,
	remove: performRemove,
	restore: performRestore,
	sync: performSync,
	merge: performMerge,
	after: performAfter,
	undo: performUndo,
	shell: performShell,
	answer: performAnswer,
	widen: performWiden,
	redress: performRedress,
	gate: performGate,
	compare: performCompare,
	words: performWords,
	'base-gates': performBaseGates,
	discard: performDiscard,
	conclude: performConclude,
};

/** Performs an effect and reports how it went. Never throws. */
export async function perform(
	effect: PendingEffect,
	world: World,
	loop: Loop,
): Promise<void> {
	const outcome = await attempt(effect, world);
	if (outcome === null) return;
	const command = {
		kind: 'effect.settle',
		effectKind: effect.kind,
		effect: effect.id,
		outcome,
	};
	// The outcome is that of the effect's own performer.
	const settled = await loop.report(command as Command, `effect:${effect.id}`);
	// Found out by whoever performs it again after the next start.
	if (!settled.ok)
		console.error(`effect ${effect.id} is not recorded: ${settled.refusal.message}`);
}

async function attempt(effect: PendingEffect, world: World) {
	const first = await attemptOnce(effect, world);
	const isFull = first !== null && !first.ok && first.refusal.code === diskFull;
	// What an ending program has made is kept, as its end is recorded: from the reserve.
	if (!isFull || effect.kind !== 'snapshot' || !world.spendReserve()) return first;
	return attemptOnce(effect, world);
}

const diskFull = 'disk.full';

async function attemptOnce(effect: PendingEffect, world: World) {
	const performer = performers[effect.kind] as Performer<EffectKind>;
	try {
		return await performer(effect, world);
	} catch (error) {
		const message = messageOf(error);
		console.error(`effect ${effect.id} (${effect.kind}):`, error);
		return saysDiskFull(message)
			? refuse(diskFull, ...whatFullDiskMeans(effect))
			: refuse('internal', `${effect.kind} failed: ${message}`);
	}
}

/** What became of it, and what to do. */
function whatFullDiskMeans({ kind, data }: PendingEffect): [string, string] {
	if (kind === 'snapshot' && data.next.kind === 'stop') {
		return [
			'the disk is full: the program is ended without a snapshot; its files stay in its worktree',
			'free some space on that disk',
		];
	}
	return [
		`the disk is full: ${kind} could not be finished`,
		'free some space on that disk, then try again',
	];
}
