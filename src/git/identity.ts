// Whose name stands on a commit.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { runGit } from './git.ts';
import type { Repository } from './repository.ts';

export interface Identity {
	readonly name: string;
	readonly email: string;
}

/** The user as git knows them for this repository. Refuses with `git.no-identity`. */
export async function userIdentity(repository: Repository): Promise<Outcome<Identity>> {
	const result = await runGit(repository.place, ['var', 'GIT_COMMITTER_IDENT']);
	const match = /^(.*) <(.*)> \d+ [+-]\d+\n?$/.exec(result.stdout.toString('utf8'));
	if (result.code === 0 && match?.[1] && match[2] !== undefined) {
		return ok({ name: match[1], email: match[2] });
	}
	return refuse(
		'git.no-identity',
		'git does not know your name and address, which a commit needs',
		"git config --global user.name 'NAME' && git config --global user.email 'ADDRESS'",
	);
}

/** Environment for a commit by `author`, committed by `committer`. */
export function identityEnv(
	author: Identity,
	committer: Identity,
): Record<string, string> {
	return {
		GIT_AUTHOR_NAME: author.name,
		GIT_AUTHOR_EMAIL: author.email,
		GIT_COMMITTER_NAME: committer.name,
		GIT_COMMITTER_EMAIL: committer.email,
	};
}
