// What became of a worktree once its work had landed, in words. Apart from the decisions: verbs say it too.
import type { Refusal } from '../lib/outcome.ts';

export interface AfterLanded {
	readonly how: 'reset' | 'remove';
	/** Why it stays as it is; null where it does not. */
	readonly refusal: Refusal | null;
}

export function afterSaid(name: string, { how, refusal }: AfterLanded): string {
	if (refusal !== null) {
		const allow = refusal.allow === undefined ? '' : `; ${refusal.allow}`;
		return `its worktree stays as it is: ${refusal.message}${allow}`;
	}
	return how === 'reset'
		? 'its worktree stands on what landed; a snapshot has what stood there'
		: `its worktree is gone; weir restore ${name} brings it back`;
}
