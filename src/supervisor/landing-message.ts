// The proposed message of a landing, from the commits that it holds.
import { fillTemplate } from '../domain/message-template.ts';

type Commits = readonly { readonly subject: string }[];

/**
 * One commit speaks for itself; several are listed under the agent's name. Newest first in. A template of
 * the settings has the last word; where it comes to nothing it has none.
 */
export function landingMessage(
	agent: string,
	commits: Commits,
	template: string | null | undefined,
): string {
	const message = proposed(agent, commits);
	if (!template) return message;
	const subject = commits[0]?.subject ?? `Work of ${agent}`;
	const filled = fillTemplate(template, {
		...{ agent, subject, message },
		commits: listOf(commits).join('\n'),
	});
	return filled === '' ? message : filled;
}

function proposed(agent: string, commits: Commits): string {
	const [last] = commits;
	if (!last) return `Work of ${agent}`;
	if (commits.length === 1 && last.subject !== '') return last.subject;
	return [`${agent}: ${last.subject}`, '', ...listOf(commits)].join('\n');
}

/** A line each, the oldest first. */
export function listOf(commits: Commits): readonly string[] {
	const subjects = commits.map(({ subject }) => subject).toReversed();
	const list = subjects.slice(0, 50).map((subject) => `- ${subject}`);
	return subjects.length > 50 ? [...list, `- and ${subjects.length - 50} more`] : list;
}
