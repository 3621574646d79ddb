// What a commit says that it does, in one line.
import { gitText } from './git.ts';
import type { Repository } from './repository.ts';

const longest = 200;

export async function commitSubject(
	{ place }: Repository,
	commit: string,
): Promise<string> {
	const args = ['log', '-1', '--no-show-signature', '--format=%s', commit, '--'];
	return (await gitText(place, args)).trim().slice(0, longest);
}
