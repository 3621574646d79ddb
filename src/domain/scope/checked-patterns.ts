// Patterns at the door: what is taken here, every part of weir reads alike.
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import { parsePattern, type Segment } from './pattern.ts';

/** A folder above is one pattern; more than these nobody reads. */
const most = 100;

/** As the scope of a new agent. None at all is fine: it may write all but what must be named. */
export function checkScope(patterns: readonly string[]): Outcome<null> {
	const fault = firstFault(patterns);
	if (fault) return fault;
	if (patterns.length === 0 || patterns.some((text) => !text.startsWith('!')))
		return ok(null);
	return refuse(
		'scope.pattern',
		'all patterns of the scope begin with !, so that nothing is left to write',
		"begin it with '**' and take out of that",
	);
}

/** As what is added to the scope of an agent that has so many. */
export function checkAddition(added: readonly string[], before: number): Outcome<null> {
	const fault = firstFault(added, before);
	if (fault) return fault;
	const taking = added.find((text) => text.startsWith('!'));
	if (taking === undefined) return ok(null);
	return refuse(
		'scope.pattern',
		`${taking} takes out of a scope, and here is only added to it`,
		'name what is to be written',
	);
}

function firstFault(
	patterns: readonly string[],
	before = 0,
): Extract<Outcome<null>, { ok: false }> | null {
	if (before + patterns.length > most)
		return {
			ok: false,
			refusal: {
				code: 'scope.pattern',
				message: `a scope has at most ${most} patterns, and this makes ${before + patterns.length}`,
				allow: 'name the folders above',
			},
		};
	for (const text of patterns) {
		const read = parsePattern(text);
		if (!read.ok) return read;
		if (!read.value.negative && read.value.segments.some(isOfGit))
			return {
				ok: false,
				refusal: {
					code: 'scope.pattern',
					message: `${text} is in a folder of git, which no pattern gives`,
					allow: 'name files of the worktree',
				},
			};
	}
	return null;
}

function isOfGit(segment: Segment): boolean {
	return segment.kind === 'word' && segment.literal?.toLowerCase() === '.git';
}
