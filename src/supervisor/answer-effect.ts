// Types the answer to a prompt of a screen where the very prompt still stands.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent } from '../domain/agent.ts';
import { isSamePrompt } from '../domain/question.ts';
import type { Question } from '../domain/state.ts';
import { type Outcome, refuse } from '../lib/outcome.ts';
import { paneOf } from './program-effects.ts';
import type { Perform, World } from './world.ts';

/** A screen that changes faster than it can be read so often is no prompt that waits. */
const mostTries = 10;

/** So long a program may take to show that its mark was moved. */
const movedMs = 2000;
const lookMs = 50;

/**
 * What moves beside the prompt on the screen does not matter: the prompt is read again, and its hash of this
 * moment and what is typed go to the holder together. After a crash it may have been typed, and then the
 * prompt is gone. Where a mark is moved to the choice first, that is taken only once the mark stands there.
 */
export const performAnswer: Perform<'answer'> = async (effect, world) => {
	const question = world.state().questions[effect.data.question];
	const agent = world.state().agents[effect.data.agent];
	const name = agent?.name ?? 'its pane';
	let gone = goneFrom(agent, `nothing was typed into ${name}`);
	const choice = question?.answer?.choice;
	if (!question || choice == null) return gone;
	for (let tries = 0; tries < mostTries; tries += 1) {
		const prompt = await promptOf(question, world);
		const typed = prompt?.keys[choice];
		if (!prompt || typed === undefined) return gone;
		const isThere = prompt.enter === undefined || typed === '';
		const keys = isThere ? typed + (prompt.enter ?? '') : typed;
		const written = await write(question, keys, prompt.hash, world);
		if (!written.ok) return written;
		if (!written.value.written) continue;
		if (isThere) return { ok: true, value: {} };
		gone = goneFrom(agent, `the mark was moved in ${name}, and nothing taken`);
		if (!(await hasMoved(question, choice, typed, world))) return gone;
	}
	return gone;
};

function goneFrom(agent: Agent | undefined, what: string): Outcome<never> {
	const look = agent && `weir screen ${agent.name}`;
	return refuse('prompt.changed', `the prompt changed, look: ${what}`, look);
}

type Shown = Extract<Question['via'], { kind: 'screen' }>;

/** What stands there now of the question; null where it is another. */
async function promptOf(question: Question, world: World): Promise<Shown | null> {
	const prompt = (await world.readScreen(question.agent))?.prompt;
	if (prompt?.via.kind !== 'screen' || !isSamePrompt(question, prompt)) return null;
	return prompt.via;
}

function write(
	{ agent }: Question,
	keys: string,
	screenHash: string,
	{ fleet }: World,
): Promise<Outcome<{ readonly written: boolean }>> {
	const pane = paneOf({ id: agent });
	const data = Buffer.from(keys).toString('base64');
	return fleet.ask(pane, 'writeIf', { pane, data, screenHash });
}

/** Typed twice it would move twice: it is waited for. */
async function hasMoved(
	question: Question,
	choice: string,
	from: string,
	world: World,
): Promise<boolean> {
	for (let waited = 0; waited < movedMs; waited += lookMs) {
		const prompt = await promptOf(question, world);
		if (!prompt) return false;
		if (prompt.keys[choice] !== from) return true;
		await sleep(lookMs);
	}
	return false;
}
