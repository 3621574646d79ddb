// Who else made what is squashed into one commit: authors of its commits, and those that they name themselves.
import { gitText } from './git.ts';
import type { Identity } from './identity.ts';
import type { Repository } from './repository.ts';

const commitsRead = 200;
const mostNamed = 20;

interface CommitRange {
	readonly base: string;
	readonly tip: string;
	/** Commits that count for the base as well. */
	readonly besides?: readonly string[];
}

/** Each once, by address, in the order in which they came; without `user`. */
export async function coAuthorsOf(
	{ place }: Pick<Repository, 'place'>,
	user: Identity,
	{ base, tip, besides = [] }: CommitRange,
): Promise<readonly Identity[]> {
	const named = '%(trailers:key=Co-authored-by,valueonly,unfold)';
	const format = `--format=%an <%ae>%n${named}`;
	const args = ['log', '--reverse', `--max-count=${commitsRead}`, format];
	const without = besides.map((commit) => `^${commit}`);
	const said = await gitText(place, [...args, `${base}..${tip}`, ...without, '--']);
	const found = new Map<string, Identity>();
	for (const line of said.split('\n')) {
		const [, name, email] = /^\s*([^<>]+?)\s*<([^<>\s]+)>\s*$/.exec(line) ?? [];
		if (!name || !email || email.toLowerCase() === user.email.toLowerCase()) continue;
		if (!found.has(email.toLowerCase())) found.set(email.toLowerCase(), { name, email });
	}
	return [...found.values()].slice(0, mostNamed);
}
