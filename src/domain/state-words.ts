// The words for what an agent is doing, for JSON and `--until`. Apart from the schemas, so that who
// only speaks them loads no zod.

export const stateWords = [
	'starting',
	'working',
	'needs-approval',
	'asks',
	'waiting',
	'paused',
	'idle',
	'done',
	'failed',
	'stuck',
	'interrupted',
	'unknown',
] as const;
export type StateWord = (typeof stateWords)[number];

/** Lives that say more than the last report of the program. */
export const lifeWords = {
	stopping: 'stopping',
	'backing-off': 'crashed',
	removing: 'removing',
	restoring: 'restoring',
} as const;
export type LifeWord = (typeof lifeWords)[keyof typeof lifeWords];

/** The one word that people see for an agent, in lists and on the screen. */
export function shownWord<S extends string>(life: string, state: S): S | LifeWord {
	const words: Readonly<Record<string, LifeWord>> = lifeWords;
	return words[life] ?? state;
}
