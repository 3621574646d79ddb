// Requests about what agents do and what they need: the inbox, answers, and why a state is shown.
import { words } from '../domain/agent-state.ts';
import { alarmsIn } from '../domain/alarm/alarms.ts';
import { proposalOf } from '../domain/asks.ts';
import type { AgentId, QuestionId } from '../domain/ids.ts';
import { inboxOf, nameOfItem } from '../domain/inbox.ts';
import { ok, refuse } from '../lib/outcome.ts';
import type { InboxItemJson } from '../protocol/status.ts';
import { answerAlarm } from './base-operations.ts';
import { usedBy } from './cost-operations.ts';
import { followEffects } from './follow-effects.ts';
import { scopeOfAgent } from './scope-operations.ts';
import { agentOf, carryOutOn, type Desk, type Handler, jsonOf } from './session.ts';

export const handleInbox: Handler<'inbox'> = async (_request, desk) =>
	ok({ items: itemsOf(desk), proposal: proposalOf(desk.loop.state.asks, Date.now()) });

/** The inbox as scripts see it. */
export function itemsOf({ loop }: Desk): readonly InboxItemJson[] {
	const { state } = loop;
	return inboxOf(state, new Date().toISOString()).map((item) => ({
		...item,
		name: nameOfItem(state, item),
	}));
}

export const handleAnswer: Handler<'answer'> = async (request, desk, session) => {
	const alarm = alarmsIn(desk.loop.state).find(({ id }) => id === request.question);
	if (alarm) return answerAlarm(alarm, request, desk, session);
	const { choice, text, wait } = request;
	const question = request.question as QuestionId;
	const answered = await desk.loop.submit(
		{ kind: 'question.answer', question, choice, text },
		'human',
	);
	if (!answered.ok) return answered;
	if (!wait) return ok({ delivered: false });
	const no = await followEffects(desk.loop, answered.value);
	// A wider scope holds from now on, though its program may have to start again for it.
	if (no && !no.code.startsWith('widen.')) return { ok: false, refusal: no };
	return ok({ delivered: await isFetched(desk, question) });
};

/** Whoever asked hears the answer at once, unless it looks for its supervisor just now. */
const fetchMs = 2000;

/** Resolves once the question is closed, false where nobody fetched its answer in time. */
function isFetched({ loop }: Desk, question: QuestionId): Promise<boolean> {
	const isClosed = () => !(question in loop.state.questions);
	if (isClosed()) return Promise.resolve(true);
	return new Promise((resolve) => {
		const finish = (fetched: boolean) => {
			stop();
			clearTimeout(timer);
			resolve(fetched);
		};
		const stop = loop.onEvents.on(() => {
			if (isClosed()) finish(true);
		});
		const timer = setTimeout(() => finish(false), fetchMs);
	});
}

export const handleSnooze: Handler<'snooze'> = async ({ item, minutes }, desk) => {
	const until =
		minutes === null ? null : new Date(Date.now() + minutes * 60_000).toISOString();
	const done = await desk.loop.submit({ kind: 'inbox.snooze', item, until }, 'human');
	if (!done.ok) return done;
	const [event] = done.value;
	return ok({ until: event?.kind === 'inbox.snoozed' ? event.data.until : null });
};

export const handleSee: Handler<'see'> = (request, desk) =>
	carryOutOn(desk, request.agent, false, ({ id }) => ({ kind: 'agent.see', agent: id }));

export const handleMessage: Handler<'message'> = async (
	{ agents: names, text },
	desk,
) => {
	const agents = new Set<AgentId>();
	for (const name of names) {
		const found = agentOf(desk, name);
		if (!found.ok) return found;
		agents.add(found.value.id);
	}
	const command = { kind: 'message.send', agents: [...agents], text } as const;
	const sent = await desk.loop.submit(command, 'human');
	if (!sent.ok) return sent;
	const [event] = sent.value;
	if (event?.kind !== 'message.queued') throw new Error('a message was not queued');
	return ok({ message: event.data.message });
};

export const handlePresence: Handler<'presence'> = async (presence, desk, session) => {
	desk.attention.present(session, presence);
	return ok({});
};

export const handleOverride: Handler<'override'> = (request, desk) =>
	carryOutOn(desk, request.agent, true, ({ id }) => ({
		kind: 'agent.override',
		agent: id,
		state: request.state,
	}));

export const handleExplain: Handler<'explain'> = async (request, desk) => {
	const found = agentOf(desk, request.agent);
	if (!found.ok) return found;
	const { id, life } = found.value;
	const scope = await scopeOfAgent(desk, found.value, []);
	const used = usedBy(desk.loop.state, found.value);
	const known = desk.evidence.of(id);
	if (life.kind !== 'running' || !known)
		return ok({
			agent: jsonOf(desk, id),
			words: [],
			overridden: false,
			screen: [],
			used,
			scope,
		});
	await desk.evidence.look(id);
	const agent = desk.loop.state.agents[id];
	const { evidence, said, reading } = desk.evidence.of(id) ?? known;
	if (!agent) return refuse('agent.unknown', `${request.agent} is gone`);
	return ok({
		agent: jsonOf(desk, id),
		words: words(evidence).map((word) => ({
			...word,
			at: said[word.source] ?? null,
			rule: ruleOf(evidence, word.source),
		})),
		overridden: agent.overridden !== null,
		screen: reading?.lines ?? [],
		used,
		scope,
	});
};

function ruleOf(
	{ title, screen }: Parameters<typeof words>[0],
	source: string,
): string | null {
	if (source === 'title') return title?.rule ?? null;
	return source === 'screen' ? (screen?.rule ?? null) : null;
}
