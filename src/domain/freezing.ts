// The strictest policy: a program that wrote outside its scope is stopped where it stands, and the human
// says how it goes on.
import type { Agent } from './agent.ts';
import { type Decision, Draft, refused } from './decision.ts';
import type { Choice } from './events/question-events.ts';
import { isFrozen } from './frozen.ts';
import { questionId } from './ids.ts';
import { askRedress, goOn } from './redress.ts';
import { checkAddition } from './scope/checked-patterns.ts';
import { patternOf } from './scope/path-pattern.ts';
import type { Question, State } from './state.ts';
import { askStop } from './stopping.ts';
import { type Trespass, trespassList, trespassWords } from './trespass.ts';
import { widen } from './widening.ts';

/** More paths than these are no list that anybody reads: a folder is named by hand. */
const mostAllowed = 20;

const ways = {
	resume: 'let it go on; the files stay as they are',
	restore: 'put the files back, keep a copy, and let it go on',
	allow: 'let it write there from now on',
	kill: 'kill its program',
} as const;

type Way = keyof typeof ways;

/** Stopped in the same turn. What waits for an answer already waits for this as well. */
export function freeze(
	draft: Draft,
	state: State,
	agent: Agent,
	found: {
		readonly paths: readonly Pick<Trespass, 'path' | 'how'>[];
		readonly more: number;
	},
): void {
	const { id, generation, life } = agent;
	if (life.kind !== 'running' || life.paused || isFrozen(state, id)) return;
	draft.add('pause.asked', { effect: draft.effect, agent: id, generation, paused: true });
	const at = '';
	const seen = { paths: found.paths.map((one) => ({ ...one, at })), more: found.more };
	draft.add('question.opened', {
		question: questionId(draft.seq),
		agent: id,
		generation,
		wants: 'approval',
		text: `it was stopped for writing ${trespassWords(seen)}, outside its scope`,
		detail: trespassList(seen, agent.scope),
		choices: Object.entries(ways)
			.filter(([way]) => way !== 'allow' || patternsFor(agent, seen) !== null)
			.map(([key, label]): Choice => ({ key, label, free: false })),
		via: { kind: 'guard' },
	});
}

/** What follows the answer, in the same turn as the answer itself. */
export function decideFrozen(
	state: State,
	{ id: question, agent: of }: Question,
	choice: string | null,
): Decision {
	const agent = state.agents[of];
	const way = choice as Way | null;
	const allowed = way === 'allow' ? (agent?.trespasses ?? null) : null;
	const patterns = agent && allowed ? patternsFor(agent, allowed) : [];
	if (agent && !patterns)
		return refused({
			code: 'trespass.many',
			message: `${agent.name} has written more outside its scope since, which no list of paths names`,
			allow: `weir scope add ${agent.name} GLOB --why TEXT, then weir resume ${agent.name}`,
		});
	const draft = new Draft(state);
	draft.add('question.answered', { question, choice, text: null });
	const why = 'it was written, and allowed then';
	if (agent && patterns && patterns.length > 0)
		widen(draft, state, agent, { patterns, why, request: question });
	if (agent && way === 'restore')
		askRedress(draft, agent, { how: 'restore', paths: null, resume: true });
	else if (agent && way === 'kill' && agent.life.kind === 'running')
		askStop(draft, agent, { kind: 'nothing' }, 'kill');
	else if (agent) goOn(draft, state, agent);
	return draft.add('question.closed', { question, reason: 'delivered' }).done();
}

/** Each path itself; null where they are too many, or no pattern can name one of them. */
function patternsFor(
	{ scope }: Agent,
	{ paths, more }: { readonly paths: readonly Trespass[]; readonly more: number },
): readonly string[] | null {
	if (more > 0 || paths.length > mostAllowed) return null;
	const patterns = paths.map(({ path }) => patternOf(path));
	return checkAddition(patterns, scope.length).ok ? patterns : null;
}
