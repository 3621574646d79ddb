// What weir leaves in a repository under the numbers of its journal: refs are found by them again.
import { gitText } from './git.ts';
import type { Repository } from './repository.ts';

/**
 * The highest number in the names of weir's own refs, 0 without any. A journal that is begun anew must go
 * on above: a snapshot or a candidate of before would be taken for one of its own.
 */
export async function highestNumber(repository: Repository): Promise<number> {
	const args = ['for-each-ref', '--format=%(refname)', 'refs/weir/'];
	const numbers = (await gitText(repository.place, args))
		.split('\n')
		.flatMap((ref) => ref.split('/').slice(2))
		.flatMap((part) => /^[a-z](\d{1,12})$/.exec(part)?.[1] ?? [])
		.map(Number);
	return numbers.reduce((one, other) => Math.max(one, other), 0);
}
