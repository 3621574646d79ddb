// What agents and the hooks of their CLIs say: questions that wait, reports, and that a task is done.
import { adapterOf } from '../agents/registry.ts';
import type { Agent } from '../domain/agent.ts';
import type { Choice, QuestionShape } from '../domain/event.ts';
import type { QuestionId } from '../domain/ids.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import { plainText } from '../lib/plain-text.ts';
import type {
	AgentWord,
	AgentWordAnswers,
	AgentWordRequest,
} from '../protocol/agent-door.ts';
import type { Desk } from './session.ts';
import type { Peer } from './sockets.ts';

type Answered<W extends AgentWord> = Promise<Outcome<AgentWordAnswers[W]>>;

/** Of a sentence that is shown to people, and lines of what it is about. */
const longestText = 1024;
const mostLines = 60;

/** Node fires a longer timer at once. */
const longestTimerMs = 2 ** 31 - 1;

/** `weir ask`: answers when somebody has, when the time is over, or ends with its connection. */
export async function hearAsk(
	agent: Agent,
	{ text, choices, timeoutMs, question }: AgentWordRequest<'ask'>,
	desk: Desk,
	peer: Peer,
): Answered<'ask'> {
	const known = question !== null && isOwn(desk, agent, question as QuestionId);
	const id = known
		? ok(question as QuestionId)
		: await open(desk, agent, {
				wants: 'answer',
				text: plainText(text, longestText),
				detail: null,
				choices: choices.map((label, at) => choiceOf(label, at)),
				via: { kind: 'verb' },
			});
	if (!id.ok) return id;
	const answer = await answerTo(desk, id.value, peer, timeoutMs);
	return ok({ question: id.value, answer });
}

function choiceOf(label: string, at: number): Choice {
	return { key: String(at + 1), label: plainText(label, longestText), free: false };
}

function isOwn({ loop }: Desk, agent: Agent, question: QuestionId): boolean {
	const known = loop.state.questions[question];
	return known?.agent === agent.id && known.generation === agent.generation;
}

/** It says that its task is done; what it shows after that says more. */
export async function hearDone(
	{ id, generation }: Agent,
	{ note }: AgentWordRequest<'done'>,
	{ evidence }: Desk,
): Answered<'done'> {
	const why = note === null ? 'says it is done' : plainText(note, longestText);
	evidence.declare(id, generation, { state: 'done', why });
	return ok({});
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

/** A hook of its CLI: a word on its state, or a permission that waits for the human. */
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
	if (meaning?.kind !== 'question') return ok({ print: '' });
	const shown = plainQuestion(meaning.question);
	desk.evidence.hook(id, generation, { state: 'needs-approval', why: shown.text });
	const question = await open(desk, agent, { ...shown, via: { kind: 'hook' } });
	if (!question.ok) return ok({ print: '' });
	const answer = await answerTo(desk, question.value, peer, null);
	return ok({ print: answer ? meaning.print(answer.choice, answer.text) : '' });
}

/** What an agent says is shown to people: no control character, and not without end. */
function plainQuestion(question: Omit<QuestionShape, 'via'>) {
	const { text, detail } = question;
	const lines = detail?.split('\n', mostLines) ?? null;
	return {
		...question,
		text: plainText(text, longestText),
		detail: lines?.map((line) => plainText(line, longestText)).join('\n') ?? null,
	};
}

async function open(
	{ loop }: Desk,
	{ id: agent, generation }: Agent,
	shape: QuestionShape,
): Promise<Outcome<QuestionId>> {
	const opened = await loop.submit({
		kind: 'question.open',
		agent,
		generation,
		...shape,
	});
	if (!opened.ok) return opened;
	const event = opened.value.find((one) => one.kind === 'question.opened');
	if (!event) throw new Error('question.open opened no question');
	return ok(event.data.question);
}

/** The human's answer; null where there will be none. Closes the question. */
async function answerTo(
	{ loop }: Desk,
	question: QuestionId,
	peer: Peer,
	timeoutMs: number | null,
): Promise<AgentWordAnswers['ask']['answer']> {
	const ending = await new Promise<'answered' | 'closed' | 'late' | 'left'>((resolve) => {
		const finish = (how: 'answered' | 'closed' | 'late' | 'left') => {
			stop();
			left();
			clearTimeout(timer);
			resolve(how);
		};
		const look = () => {
			const now = loop.state.questions[question];
			if (!now) finish('closed');
			else if (now.answer) finish('answered');
		};
		const stop = loop.onEvents.on(look);
		const left = peer.channel.onClose.on(() => finish('left'));
		const timer =
			timeoutMs === null
				? undefined
				: setTimeout(() => finish('late'), Math.min(timeoutMs, longestTimerMs));
		look();
	});
	const answer = loop.state.questions[question]?.answer ?? null;
	const reasons = {
		answered: 'delivered',
		closed: 'gone',
		late: 'timeout',
		left: 'gone',
	} as const;
	await loop.submit({ kind: 'question.close', question, reason: reasons[ending] });
	return ending === 'answered' ? answer : null;
}
