// What agents ask of the human: opened by whoever asks, answered once, closed when the answer has
// arrived or nobody waits for it any more.
import { type Agent, isSpawning } from './agent.ts';
import { isBlocked } from './agent-state.ts';
import { withAsk, withoutAsk } from './asks.ts';
import type { CommandOf, EffectOutcome } from './command.ts';
import { type Decision, Draft, refused, unchanged, unknownAgent } from './decision.ts';
import type { EventData, EventOf } from './event.ts';
import type { QuestionShape } from './events/question-events.ts';
import { type AgentId, type QuestionId, questionId } from './ids.ts';
import { checkAddition } from './scope/checked-patterns.ts';
import { widens } from './scope-request.ts';
import type { PendingOf, Question, State } from './state.ts';
import type { StateWord } from './state-words.ts';
import { widen } from './widening.ts';

/** Of one agent at a time: nobody reads more, and a program that asks without end is none to listen to. */
const mostOpen = 20;

/** What an agent waits for an answer to, the oldest first. */
export function openQuestions(state: State, agent: AgentId): readonly Question[] {
	return questionsOf(state, agent).filter(({ answer }) => answer === null);
}

function questionsOf(state: State, agent: AgentId): readonly Question[] {
	return Object.values(state.questions).filter((question) => question.agent === agent);
}

/** The state of an agent that waits for the answer. */
export function stateOf({ wants }: Pick<Question, 'wants'>): StateWord {
	return wants === 'approval' ? 'needs-approval' : 'asks';
}

/** Somebody asks and waits: `weir ask`, or a hook of its CLI. */
export function decideOpen(state: State, command: CommandOf<'question.open'>): Decision {
	const { kind: _, ...question } = command;
	const agent = state.agents[question.agent];
	if (!agent) return unknownAgent(question.agent);
	// A program may ask before its start has been recorded.
	const speaks = agent.life.kind === 'running' || isSpawning(agent);
	if (agent.generation !== question.generation || !speaks)
		return refused({
			code: 'question.late',
			message: `${agent.name} does not run any more`,
		});
	if (openQuestions(state, agent.id).length >= mostOpen)
		return refused({
			code: 'question.many',
			message: `${agent.name} waits for ${mostOpen} answers already`,
			allow: 'wait until one of them has been given',
		});
	const draft = new Draft(state);
	// What its screen tells of it is the same question.
	closeSeen(draft, state, agent, 'replaced');
	return draft
		.add('question.opened', { question: questionId(draft.seq), ...question })
		.done();
}

/** What is seen on its screen: opened with its being blocked, closed when it is not. */
export function observePrompt(
	draft: Draft,
	state: State,
	agent: Agent,
	{ state: word, why, prompt }: CommandOf<'agent.observe'>,
): void {
	const open = openQuestions(state, agent.id);
	if (!isBlocked(word)) {
		for (const { id, via } of open)
			if (via.kind !== 'verb' && via.kind !== 'guard' && via.kind !== 'budget')
				draft.add('question.closed', { question: id, reason: 'gone' });
		return;
	}
	if (prompt === undefined || open.some(({ via }) => isWaitedFor(via))) return;
	const seen = prompt ?? shapeOf(word, why);
	const known = open.find(({ via }) => !isWaitedFor(via));
	if (known && isSamePrompt(known, seen)) return;
	closeSeen(draft, state, agent, 'replaced');
	const { id, generation } = agent;
	draft.add('question.opened', {
		question: questionId(draft.seq),
		agent: id,
		generation,
		...seen,
	});
}

/** All that is known of it is that it waits. */
function shapeOf(word: StateWord, why: string | null): QuestionShape {
	const wants = word === 'asks' ? 'answer' : 'approval';
	const text =
		why ?? (wants === 'answer' ? 'it asks something' : 'it asks for permission');
	return { wants, text, detail: null, choices: [], via: { kind: 'pane' } };
}

function isWaitedFor({ kind }: Question['via']): boolean {
	return kind === 'verb' || kind === 'hook' || kind === 'guard' || kind === 'budget';
}

/**
 * Whether what is seen is the known prompt: it asks the same, in the same words, however wide, and takes
 * the same answers; and the known one does not stand above it, answered.
 */
export function isSamePrompt(known: QuestionShape, seen: QuestionShape): boolean {
	return identityOf(known) === identityOf(seen) && !standsAbove(known, seen);
}

/** A prompt that is drawn anew leaves its place; one that was answered stays, and the next stands below. */
function standsAbove(
	{ via: known }: QuestionShape,
	{ via: seen }: QuestionShape,
): boolean {
	const before = known.kind === 'screen' ? known.at?.at(-1) : undefined;
	const lines = seen.kind === 'screen' ? (seen.at ?? []) : [];
	if (before === undefined || !lines.includes(before)) return false;
	return lines.some((line) => line > before);
}

function identityOf({ wants, text, detail, choices, via }: QuestionShape): string {
	// What moves the mark says only where it stands, which is for whoever looks to change.
	const keys = via.kind === 'screen' ? (via.enter ?? via.keys) : null;
	const words = [text, detail ?? ''].map((part) => part.replaceAll(/\s+/g, ' ').trim());
	return JSON.stringify([wants, words, choices, via.kind, keys]);
}

function closeSeen(
	draft: Draft,
	state: State,
	agent: Agent,
	reason: EventData<'question.closed'>['reason'],
): void {
	for (const { id, via } of openQuestions(state, agent.id))
		if (!isWaitedFor(via)) draft.add('question.closed', { question: id, reason });
}

/** Its program is gone: nobody waits for an answer. */
export function closeAll(draft: Draft, state: State, agent: AgentId): void {
	for (const { id } of questionsOf(state, agent))
		draft.add('question.closed', { question: id, reason: 'ended' });
}

/** Refused where the question is gone or the answer is none of those offered. */
export function decideAnswer(
	state: State,
	{ question: id, choice, text }: CommandOf<'question.answer'>,
): Decision {
	const question = state.questions[id];
	if (!question || question.answer)
		return refused({
			code: 'question.gone',
			message: question
				? `${id} has been answered already`
				: `nobody waits for an answer to ${id}`,
			allow: 'weir inbox',
		});
	const no = whyNotAnswer(question, choice, text);
	if (no) return refused(no);
	const draft = new Draft(state).add('question.answered', { question: id, choice, text });
	const { agent, generation, via, scope } = question;
	const asker = state.agents[agent];
	if (scope && asker && choice === widens.key) {
		const added = checkAddition(scope, asker.scope.length);
		if (!added.ok) return added;
		widen(draft, state, asker, {
			patterns: scope,
			why: question.detail ?? question.text,
			request: id,
		});
	}
	if (via.kind === 'screen')
		draft.add('answer.asked', { effect: draft.effect, agent, generation, question: id });
	return draft.done();
}

function whyNotAnswer(
	{ id, choices, via }: Question,
	choice: string | null,
	text: string | null,
) {
	if (via.kind === 'pane')
		return {
			code: 'question.pane',
			message: `${id} can only be answered in its pane: what it would take is not known`,
			allow: 'weir attach AGENT',
		};
	if (choice === null) {
		const free = choices.length === 0 && via.kind !== 'screen';
		return free && text !== null ? null : noChoice(id, choices);
	}
	const chosen = choices.find(({ key }) => key === choice);
	if (!chosen) return noChoice(id, choices);
	return text === null || chosen.free
		? null
		: {
				code: 'answer.text',
				message: `${chosen.label} takes no words of your own`,
				allow: `weir answer ${id} ${choice}`,
			};
}

function noChoice(id: QuestionId, choices: Question['choices']) {
	const known = choices.map(({ key, label }) => `${key} (${label})`).join(', ');
	return {
		code: 'answer.unknown',
		message: known === '' ? `${id} wants words: --text` : `${id} takes one of ${known}`,
		allow: `weir answer ${id} ${choices[0]?.key ?? '--text TEXT'}`,
	};
}

/** Typed, or not since another prompt stands there by now. */
export function settleAnswer(
	state: State,
	{ id: effect, data }: PendingOf<'answer'>,
	outcome: EffectOutcome<'answer'>,
): Decision {
	const { agent, question } = data;
	const draft = new Draft(state).add('answer.settled', {
		effect,
		agent,
		question,
		outcome,
	});
	if (state.questions[question])
		draft.add('question.closed', { question, reason: outcome.ok ? 'delivered' : 'gone' });
	return draft.done();
}

export function decideClose(
	state: State,
	{ question, reason }: CommandOf<'question.close'>,
): Decision {
	if (!state.questions[question]) return unchanged;
	return new Draft(state).add('question.closed', { question, reason }).done();
}

export function evolveOpened(state: State, event: EventOf<'question.opened'>): State {
	const { question: id, ...data } = event.data;
	const question: Question = { ...data, id, at: event.at, answer: null };
	const { text, wants } = data;
	const kind = wants === 'approval' ? 'approve' : 'ask';
	return {
		...state,
		questions: { ...state.questions, [id]: question },
		asks: withAsk(state.asks, { question: id, at: event.at, kind, text }),
	};
}

export function evolveAnswered(state: State, event: EventOf<'question.answered'>): State {
	const { question: id, choice, text } = event.data;
	const question = state.questions[id];
	if (!question) return state;
	const answered = { ...question, answer: { choice, text } };
	return { ...state, questions: { ...state.questions, [id]: answered } };
}

/** What went by itself before anybody could read it was asked of nobody. */
const fleetingMs = 1500;

export function evolveClosed(state: State, event: EventOf<'question.closed'>): State {
	const { question, reason } = event.data;
	const { [question]: _, ...questions } = state.questions;
	const asked = Date.parse(state.questions[question]?.at ?? event.at);
	const fleeting = Date.parse(event.at) - asked < fleetingMs;
	const nobodys = fleeting && (reason === 'replaced' || reason === 'gone');
	const asks = nobodys ? withoutAsk(state.asks, question) : state.asks;
	return { ...state, questions, asks };
}
