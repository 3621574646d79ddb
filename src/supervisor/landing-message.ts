// The proposed message of a landing, from the commits that it holds.

/** One commit speaks for itself; several are listed under the agent's name. Newest first in. */
export function landingMessage(
	agent: string,
	commits: readonly { readonly subject: string }[],
): string {
	const subjects = commits.map(({ subject }) => subject).toReversed();
	const [only] = subjects;
	if (subjects.length === 1 && only) return only;
	if (subjects.length === 0) return `Work of ${agent}`;
	const list = subjects.slice(0, 50).map((subject) => `- ${subject}`);
	const more = subjects.length > 50 ? [`- and ${subjects.length - 50} more`] : [];
	return [`${agent}: ${subjects.at(-1)}`, '', ...list, ...more].join('\n');
}
