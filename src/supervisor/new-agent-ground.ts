// What new agents stand on: the base, a branch of the user's, or what stands in a worktree of theirs.
import { adoptBranch } from '../git/adopt-branch.ts';
import type { Base } from '../git/base.ts';
import { readStanding } from '../git/standing.ts';
import { counted } from '../lib/counted.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { ClientRequest } from '../protocol/client.ts';
import type { Remark } from '../protocol/requests/agent-requests.ts';
import type { Desk } from './session.ts';

export interface Ground extends Base {
	/** The branch of the user's that one agent is to have. */
	readonly adopt: string | null;
	/** Where the worktree starts, if not at the base. */
	readonly start: Start | null;
	readonly remark: Remark | null;
}

interface Start {
	readonly commit: string;
	/** A commit with files on top that are not committed; null for none. */
	readonly files: string | null;
}

export async function groundOf(
	{ agents, branch = null, worktree = null }: ClientRequest<'new'>,
	base: Base,
	{ world }: Desk,
): Promise<Outcome<Ground>> {
	const plain = { ...base, adopt: null, start: null, remark: null };
	if (branch === null && worktree === null) return ok(plain);
	if (branch !== null && worktree !== null)
		return refuse(
			'new.two-starts',
			'--branch and --worktree each say where to start',
			'leave one of them out',
		);
	if (worktree !== null) {
		const standing = await readStanding(world.repository, worktree, base);
		if (!standing.ok) return standing;
		const { commit, files, fork, path, count } = standing.value;
		const taken = count === 0 ? null : takenAlong(path, count);
		return ok({ ...plain, commit: fork, start: { commit, files }, remark: taken });
	}
	if (agents.length > 1)
		return refuse(
			'branch.one',
			'a branch can be that of one agent only',
			`weir new ${agents[0]?.name} --branch ${branch}`,
		);
	const adopt = (branch ?? '').replace(/^refs\/heads\//, '');
	const left = await adoptBranch(world.repository, adopt, base);
	return left.ok ? ok({ ...plain, commit: left.value, adopt }) : left;
}

function takenAlong(path: string, count: number): Remark {
	return {
		text: `${counted(count, 'uncommitted file')} of ${path} taken along; there ${count === 1 ? 'it stays' : 'they stay'} as before`,
		allow: 'weir diff AGENT',
	};
}
