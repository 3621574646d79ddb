// What agents and the hooks of their CLIs say: questions that wait, reports, and that a task is done.
import type { Answer } from '../agents/adapter.ts';
import { adapterOf } from '../agents/registry.ts';
import type { Agent } from '../domain/agent.ts';
import type { Choice, QuestionShape } from '../domain/events/question-events.ts';
import type { AgentId } from '../domain/ids.ts';
import { refuseOutside } from '../domain/outside.ts';
import { stateOf } from '../domain/question.ts';
import { type Outcome, ok, type Refusal, refuse } from '../lib/outcome.ts';
import { plainText } from '../lib/plain-text.ts';
import type {
	AgentWord,
	AgentWordAnswers,
	AgentWordRequest,
} from '../protocol/agent-door.ts';
import { outsideNow } from './scope-operations.ts';
import type { Desk } from './session.ts';
import type { Peer } from './sockets.ts';

type Answered<W extends AgentWord> = Promise<Outcome<AgentWordAnswers[W]>>;

/** Of a sentence that is shown to people, and lines of what it is about. */
const longestText = 1024;
const mostLines = 60;

/** `weir ask`: answers when somebody has, when the time is over, or ends with its connection. */
export async function hearAsk(
	agent: Agent,
	{ text, choices, timeoutMs }: AgentWordRequest<'ask'>,
	{ asking }: Desk,
	peer: Peer,
): Answered<'ask'> {
	const question = await asking.ask(agent, {
		wants: 'answer',
		text: plainText(text, longestText),
		detail: null,
		choices: choices.map((label, at) => choiceOf(label, at)),
		via: { kind: 'verb' },
	});
	if (!question.ok) return question;
	const answer = await asking.answerTo(question.value, peer, timeoutMs);
	return ok({ question: question.value, answer });
}

function choiceOf(label: string, at: number): Choice {
	return { key: String(at + 1), label: plainText(label, longestText), free: false };
}

/**
 * It says that its task is done; what it shows after that says more. Refused while it has changed what
 * lies outside its scope: that would not land, and it can still put it right. Refused as well where
 * nobody can tell whether it has.
 */
export async function hearDone(
	agent: Agent,
	{ note }: AgentWordRequest<'done'>,
	desk: Desk,
): Answered<'done'> {
	const { id, generation, name } = agent;
	const outside = await outsideNow(desk, agent);
	if (!outside.ok) return refuseUnread(name, outside.refusal);
	if (outside.value.length > 0)
		return { ok: false, refusal: refuseOutside(name, outside.value, 'agent') };
	const why = note === null ? 'says it is done' : plainText(note, longestText);
	desk.evidence.declare(id, generation, { state: 'done', why });
	void askGates(id, desk);
	return ok({});
}

function refuseUnread(name: string, { message, allow }: Refusal): Outcome<never> {
	return refuse(
		'done.unread',
		`${name} is not done yet: what it changed cannot be compared with its scope: ${message}`,
		allow ?? `weir done`,
	);
}

/** What it has done is looked at by the gates that wait for that. */
async function askGates(id: AgentId, { loop, world }: Desk): Promise<void> {
	await world.gates.look(id);
	if (loop.state.agents[id]?.tree)
		await loop.submit(
			{ kind: 'gate.run', agent: id, gates: null, why: 'done', anew: false },
			'weir',
		);
}

export async function hearReport(
	{ id, generation }: Agent,
	{ text }: AgentWordRequest<'report'>,
	{ evidence }: Desk,
): Answered<'report'> {
	evidence.declare(id, generation, {
		state: 'working',
		why: plainText(text, longestText),
	});
	return ok({});
}

/** A hook of its CLI: a word on its state, or questions that wait for the human. */
export async function hearHook(
	agent: Agent,
	{ payload }: AgentWordRequest<'hook'>,
	desk: Desk,
	peer: Peer,
): Answered<'hook'> {
	const report = adapterOf(agent.adapter)?.hook(payload);
	if (!report) return ok({ print: '' });
	const { id, generation } = agent;
	const { conversation, meaning } = report;
	if (conversation !== null && conversation !== agent.conversation)
		void desk.loop.submit({
			kind: 'agent.converse',
			agent: id,
			generation,
			conversation,
		});
	if (meaning?.kind === 'word') desk.evidence.hook(id, generation, meaning.word);
	if (meaning?.kind !== 'questions') return ok({ print: '' });
	const answers: Answer[] = [];
	for (const asked of meaning.questions) {
		const shown = plainQuestion(asked);
		desk.evidence.hook(id, generation, { state: stateOf(shown), why: shown.text });
		const question = await desk.asking.ask(agent, { ...shown, via: { kind: 'hook' } });
		if (!question.ok) return ok({ print: '' });
		const answer = await desk.asking.answerTo(question.value, peer, null);
		// What it is blocked by still stands in its pane, and can be answered there.
		if (!answer) return ok({ print: '' });
		answers.push(answer);
		if (answer.choice === 'n') break;
	}
	return ok({ print: meaning.print(answers) });
}

/** What an agent says is shown to people: no control character, and not without end. */
function plainQuestion(question: Omit<QuestionShape, 'via'>) {
	const { text, detail, choices } = question;
	const lines = detail?.split('\n', mostLines) ?? null;
	return {
		...question,
		text: plainText(text, longestText),
		detail: lines?.map((line) => plainText(line, longestText)).join('\n') ?? null,
		choices: choices.map((one) => ({ ...one, label: plainText(one.label, longestText) })),
	};
}
