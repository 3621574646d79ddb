// Tells a program something by typing, as a person would: never into a prompt, which would take the text
// for an answer; as one paste where the program knows pastes; Enter apart, since one write of both is a
// paste to some; and of a CLI whose ways are known it is seen that the text was taken.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent } from '../domain/agent.ts';
import { isBlocked, isShell } from '../domain/agent-state.ts';
import { openQuestions } from '../domain/question.ts';
import { type Outcome, ok, type Refusal, refusal } from '../lib/outcome.ts';
import { paneOf } from './program-effects.ts';
import type { Type } from './typing.ts';
import type { Perform, World } from './world.ts';

/** Codex takes what comes faster than a person types for a paste, Enter included. */
const enterMs = 150;
/** With the first Enter, and with the second: what it took a busy machine may say long after. */
const takenMs = [3000, 12_000] as const;
const lookMs = 50;

export interface Told {
	/** Its state has shown that it was taken; null where nothing would show it. */
	readonly taken: boolean | null;
}

export interface Message {
	readonly text: string;
	/** Without, the text is left standing. */
	readonly enter: boolean;
	/** What bears this name is typed the first time only. */
	readonly once?: string;
}

/** Whether a text for it is a message: to a shell it is a command. */
export function isTold(agent: Agent): boolean {
	return !isShell(agent.argv);
}

/** Types a message into an agent's pane. */
export async function tell(
	{ id }: Pick<Agent, 'id'>,
	message: Message,
	world: World,
): Promise<Outcome<Told>> {
	const before = world.state().agents[id];
	if (!before) return { ok: false, refusal: gone };
	const pane = paneOf(before);
	return world.fleet.typing.errand(pane, message.once, async (type) => {
		const no = await whyNotTold(before, world);
		if (no) return { ok: false, refusal: no };
		const screen = await world.fleet.ask(pane, 'text', { pane });
		if (!screen.ok) return screen;
		const typed = await type('text', typedAs(message.text, screen.value.pastes ?? false));
		if (!typed.ok) return typed;
		if (!message.enter) return ok({ taken: null });
		await sleep(enterMs);
		return enter(before, type, world);
	});
}

/** Types a prompt into the agent's pane. For a plain program it is a shell comment, which runs nothing. */
export const performPrompt: Perform<'prompt'> = async (effect, world) => {
	const agent = world.state().agents[effect.data.agent];
	if (!agent || agent.generation !== effect.data.generation)
		return { ok: false, refusal: gone };
	await world.fleet.quiet(paneOf(agent));
	const { text, message } = effect.data;
	const comment = `# ${text.replaceAll('\n', ' ')}`;
	// What the human writes to several agents is typed as they would type it.
	const line = agent.promptBy === 'comment' && message === undefined ? comment : text;
	const told = await tell(agent, { text: line, enter: true, once: effect.id }, world);
	return told.ok ? { ok: true, value: {} } : told;
};

/** Enter, and once more where nothing comes of it. */
async function enter(before: Agent, type: Type, world: World): Promise<Outcome<Told>> {
	// Who works takes it for later, and shows nothing.
	const shows = before.adapter !== null && before.report.state !== 'working';
	for (const [at, patienceMs] of takenMs.entries()) {
		const no = await whyNotTold(before, world);
		if (no) return { ok: false, refusal: halfTold(before, no) };
		const typed = await type(at === 0 ? 'enter' : 'enter again', '\r');
		if (!typed.ok) return typed;
		if (!shows) return ok({ taken: null });
		if (await isTaken(before, world, patienceMs)) return ok({ taken: true });
	}
	return {
		ok: false,
		refusal: refusal(
			'prompt.not-accepted',
			`${before.name} did not take what was typed: it stands in its pane`,
			`weir attach ${before.name}`,
		),
	};
}

async function whyNotTold(
	{ id, generation }: Agent,
	world: World,
): Promise<Refusal | null> {
	const agent = world.state().agents[id];
	if (!agent || agent.generation !== generation) return gone;
	const asks =
		isBlocked(agent.report.state) ||
		openQuestions(world.state(), id).length > 0 ||
		(await showsPrompt(agent, world));
	return asks
		? refusal(
				'agent.asks',
				`${agent.name} waits for an answer, and a text would be taken for one`,
				`weir inbox, or weir keys ${agent.name} KEY`,
			)
		: null;
}

/** What stands there may be newer than what was told of it. */
async function showsPrompt({ id, report }: Agent, world: World): Promise<boolean> {
	const word = (await world.readScreen(id))?.word;
	if (!word || !isBlocked(word.state)) return false;
	const unsure = report.inferred || report.state === 'unknown';
	return unsure || word.refines.includes(report.state);
}

function halfTold({ name }: Agent, { message }: Refusal): Refusal {
	return refusal(
		'prompt.interrupted',
		`the text was typed and not sent: ${message}`,
		`weir attach ${name}`,
	);
}

async function isTaken(
	{ id, generation, report }: Agent,
	world: World,
	patienceMs: number,
): Promise<boolean> {
	for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(lookMs)) {
		const now = world.state().agents[id];
		if (!now || now.generation !== generation) return false;
		const { state, since } = now.report;
		// Codex is idle, after it was done, with the first key.
		if (state !== 'idle' && state !== 'unknown' && since !== report.since) return true;
	}
	return false;
}

function typedAs(text: string, pastes: boolean): string {
	const plain = text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ');
	return pastes ? `\u001b[200~${plain}\u001b[201~` : plain;
}

const gone = refusal('agent.not-running', 'its program has ended', 'weir list');
