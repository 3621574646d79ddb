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
