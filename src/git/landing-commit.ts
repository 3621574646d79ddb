// The commit by which a candidate lands: who made it, and what it says.
import { type Identity, identityEnv } from './identity.ts';
import { makeCommit } from './merge-tree.ts';
import type { Repository } from './repository.ts';

export interface LandingText {
	readonly message: string;
	/** Author of the commit; null is the user. */
	readonly author: Identity | null;
	readonly coAuthors: readonly Identity[];
	/** Further trailers, such as agent, gates and overrides. */
	readonly trailers: readonly (readonly [key: string, value: string])[];
	readonly sign: boolean;
}

export interface LandingCommit extends LandingText {
	/** `merge` keeps the commits of the candidate below it. */
	readonly strategy: 'squash' | 'merge';
	readonly onto: string;
	readonly candidate: string;
	readonly tree: string;
}

export async function commitLanding(
	repository: Pick<Repository, 'place'>,
	user: Identity,
	{ strategy, onto, candidate, tree, ...text }: LandingCommit,
): Promise<string> {
	const trailers = [...text.trailers];
	for (const { name, email } of text.coAuthors) {
		trailers.push(['Co-authored-by', `${name} <${email}>`]);
	}
	return makeCommit(repository, {
		tree,
		parents: strategy === 'merge' ? [onto, candidate] : [onto],
		message: withTrailers(text.message, trailers),
		env: identityEnv(text.author ?? user, user),
		sign: text.sign,
	});
}

/** `message` with trailers, set off from the text unless it ends with trailers already. */
export function withTrailers(
	message: string,
	trailers: readonly (readonly [key: string, value: string])[],
): string {
	const text = message.trimEnd();
	const lines = trailers.map(([key, value]) => `${key}: ${value.replace(/\s+/g, ' ')}\n`);
	if (lines.length === 0) return `${text}\n`;
	const paragraphs = text.split(/\n\s*\n/);
	const last = paragraphs.at(-1)?.split('\n') ?? [];
	const joined = paragraphs.length > 1 && last.every((line) => trailerLine.test(line));
	return `${text}${joined ? '\n' : '\n\n'}${lines.join('')}`;
}

const trailerLine = /^[A-Za-z0-9][A-Za-z0-9-]*: \S/;
