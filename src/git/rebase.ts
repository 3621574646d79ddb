// Replaying the commits of a branch on top of another commit, without a checkout and without moving
// anything. Author, date and message stay as they are; the committer is the user.
import { gitText } from './git.ts';
import { type Identity, identityEnv } from './identity.ts';
import { makeCommit, mergeTrees, weirIdentity } from './merge-tree.ts';
import type { Repository } from './repository.ts';

export interface Replayed {
	readonly commit: string;
	readonly tree: string;
	readonly commits: number;
}

export type Rebased =
	| ({ readonly kind: 'clean' } & Replayed)
	| {
			readonly kind: 'conflict';
			readonly files: readonly string[];
			readonly commit: string;
	  }
	/** Merges cannot be replayed. */
	| { readonly kind: 'merges'; readonly merge: string };

export interface RebasePlan {
	readonly tip: string;
	/** Commits that stay behind, with all they stand on. */
	readonly without: readonly string[];
	readonly onto: { readonly commit: string; readonly tree: string };
	readonly user: Identity;
	readonly sign: boolean;
}

/** A commit that changes nothing there is left out. */
export async function rebase(
	repository: Pick<Repository, 'place'>,
	{ tip, without, onto, user, sign }: RebasePlan,
): Promise<Rebased> {
	const range = await commitsIn(repository, tip, without);
	const merge = range.find(({ parents }) => parents.length !== 1);
	if (merge) return { kind: 'merges', merge: merge.id };
	let at: Replayed = { commit: onto.commit, tree: onto.tree, commits: 0 };
	for (const one of range) {
		const [parent = ''] = one.parents;
		// git 2.39 cannot be told a merge base; a commit that stands on the parent tells it.
		const ours = await makeCommit(repository, {
			tree: at.tree,
			parents: [parent],
			message: 'weir: base\n',
			env: weirIdentity,
		});
		const merged = await mergeTrees(repository, ours, one.id);
		if (merged.kind === 'conflict')
			return { kind: 'conflict', files: merged.files, commit: one.id };
		const { tree } = merged;
		if (tree === at.tree) continue;
		const env = { ...identityEnv(one.author, user), GIT_AUTHOR_DATE: `@${one.date}` };
		const { message } = one;
		const commit = await makeCommit(repository, {
			tree,
			parents: [at.commit],
			message,
			env,
			sign,
		});
		at = { commit, tree, commits: at.commits + 1 };
	}
	return { kind: 'clean', ...at };
}

interface Original {
	readonly id: string;
	readonly parents: readonly string[];
	readonly author: Identity;
	readonly date: string;
	readonly message: string;
}

/** The oldest first. */
async function commitsIn(
	{ place }: Pick<Repository, 'place'>,
	tip: string,
	without: readonly string[],
): Promise<readonly Original[]> {
	const format = '--format=%H%n%P%n%an%n%ae%n%ad%n%B';
	const args = ['log', '-z', '--reverse', '--topo-order', '--date=raw', format, tip];
	const said = await gitText(place, [
		...args,
		...without.map((commit) => `^${commit}`),
		'--',
	]);
	return said
		.split('\0')
		.filter(Boolean)
		.map((record) => {
			const [id = '', parents = '', name = '', email = '', date = '', ...lines] =
				record.split('\n');
			return {
				id,
				parents: parents.split(' ').filter(Boolean),
				author: { name, email },
				date,
				message: lines.join('\n'),
			};
		});
}
