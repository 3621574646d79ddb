// What a commit that a remote has is to one that is to be pushed there.
import { candidateRef } from './candidate.ts';
import { gitText } from './git.ts';
import { isAncestor, readCommit } from './refs.ts';
import type { Repository } from './repository.ts';

/** `own` was the agent's, which has rewritten it since; what is `foreign` somebody else put there. */
export type Theirs = 'same' | 'behind' | 'own' | 'foreign';

/** `theirs` is an id. What an agent has rewritten is kept, and so is known again. */
export async function theirsBeside(
	{ place }: Repository,
	agent: string,
	commit: string,
	theirs: string,
): Promise<Theirs> {
	if (theirs === commit) return 'same';
	if ((await readCommit(place, theirs)) === null) return 'foreign';
	if (await isAncestor(place, theirs, commit)) return 'behind';
	const refs = await gitText(place, [
		...['for-each-ref', '--format=%(refname)', '--contains', theirs],
		...[`refs/weir/kept/${agent}/`, candidateRef('')],
	]);
	const own = refs
		.split('\n')
		.some((ref) => ref !== '' && (isKept(ref) || ref.startsWith(pushedRef(agent))));
	return own ? 'own' : 'foreign';
}

function isKept(ref: string): boolean {
	return ref.startsWith('refs/weir/kept/');
}

/** Of the candidates that were made to be pushed. */
function pushedRef(agent: string): string {
	return candidateRef(pushId(agent, ''));
}

/** The id of a candidate that is to be pushed and not to land. */
export function pushId(agent: string, word: string): string {
	return `push-${agent}-${word}`;
}
