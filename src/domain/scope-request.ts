// An agent asks to write more than its scope: a question whose yes is the wider scope.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { Agent } from './agent.ts';
import type { Choice, QuestionShape } from './events/question-events.ts';
import { checkAddition } from './scope/checked-patterns.ts';
import { notCovered } from './scope/wider.ts';

/** The answer that widens the scope. */
export const widens: Choice = {
	key: 'y',
	label: 'yes, it may write that',
	free: false,
};
const refuses: Choice = { key: 'n', label: 'no, and why', free: true };

/** More are not read before they are answered. */
const mostPatterns = 20;

/** The question; null where there is nothing to ask for. */
export function scopeRequest(
	{ scope }: Pick<Agent, 'scope'>,
	patterns: readonly string[],
	why: string,
): Outcome<QuestionShape | null> {
	const again = `weir scope request ${patterns.map(shellWord).join(' ')} --why TEXT`;
	if (why.trim() === '')
		return refuse('scope.no-reason', 'say why you need to write there', again);
	if (patterns.length > mostPatterns)
		return refuse(
			'scope.many',
			`${patterns.length} patterns are too many to be judged`,
			'ask for the folders that hold them',
		);
	for (const pattern of patterns)
		if (pattern.startsWith('!'))
			return refuse(
				'scope.pattern',
				`${pattern} takes something out of a scope, and you ask for more`,
				`weir scope request ${shellWord(pattern.slice(1))} --why TEXT`,
			);
	// What the yes would be refused for is refused before anybody is asked.
	const fault = checkAddition(patterns, 0);
	if (!fault.ok) return fault;
	const more = notCovered(scope, patterns);
	const room = checkAddition(more, scope.length);
	if (!room.ok) return room;
	if (more.length === 0) return ok(null);
	return ok({
		wants: 'approval',
		text: `write ${more.join(', ')}`,
		detail: why,
		choices: [widens, refuses],
		via: { kind: 'verb' },
		scope: more,
	});
}
