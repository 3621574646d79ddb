// Requests on panes: reading a screen, typing, a shell beside an agent.

import type { Agent } from '../domain/agent.ts';
import { isGone } from '../domain/agent.ts';
import { gone, whyNotType } from '../domain/agent-refusals.ts';
import { type Outcome, ok, type Refusal, refusal, refuse } from '../lib/outcome.ts';
import { bytesOfKeys } from '../protocol/key-names.ts';
import { rowAnsi, rowText } from '../terminal/screen-text.ts';
import { followEffects } from './follow-effects.ts';
import { paneOf } from './program-effects.ts';
import { agentOf, type Desk, type Handler } from './session.ts';
import { isTold, tell } from './telling.ts';

export const handlePane: Handler<'pane'> = async (request, desk) => {
	const shell = Object.values(desk.loop.state.shells).find(
		({ id }) => id === request.pane,
	);
	if (shell) return addressOf(desk, shell.id, 1);
	const agent = agentOf(desk, request.pane);
	if (!agent.ok) return agent;
	return addressOf(desk, paneOf(agent.value), agent.value.generation);
};

export const handleScreen: Handler<'screen'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	const pane = paneOf(agent.value);
	const screen = await desk.world.fleet.ask(pane, 'text', { pane, ansi: request.ansi });
	if (!screen.ok) return noScreen(agent.value, screen);
	const { lines, scrollback } = screen.value;
	return ok({ lines, above: scrollback ?? (await countAbove(desk, pane)) });
};

export const handleHistory: Handler<'history'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	const pane = paneOf(agent.value);
	const { from, count, ansi } = request;
	const page = await desk.world.fleet.askRows(pane, { pane, from, count });
	if (!page.ok) return noScreen(agent.value, page);
	const { rows, dropped } = page.value;
	const lines: string[] = [];
	let first = from;
	let size = 0;
	for (const row of rows?.changed ?? []) {
		if (lines.length === 0) first = from + row.row;
		const line = (ansi ? rowAnsi : rowText)(row);
		size += JSON.stringify(line).length;
		if (lines.length > 0 && size > historyCharacters) break;
		lines.push(line);
	}
	if (lines.length > 0) return ok({ from: first, lines, next: first + lines.length });
	// What is no longer kept is passed over.
	return ok({ from, lines, next: dropped > from ? dropped : null });
};

/** Three bytes a character at most must fit a bulk frame. */
const historyCharacters = 256 * 1024;

export const handleSend: Handler<'send'> = async (request, desk) => {
	const { text, enter } = request;
	let taken: boolean | null = null;
	const sent = await typeInto(desk, request.agent, async (agent) => {
		if (!isTold(agent)) return command(agent, text, enter, desk);
		const told = await tell(agent, { text, enter }, desk.world);
		if (told.ok) taken = told.value.taken;
		return told;
	});
	return sent.ok ? ok({ ...sent.value, taken }) : sent;
};

/** Several lines are one paste: a shell must not run each of them. */
function command(
	agent: Agent,
	text: string,
	enter: boolean,
	{ world }: Desk,
): Promise<Outcome<object>> {
	const pane = paneOf(agent);
	const typed = text.includes('\n') ? asPaste(text) : text;
	return enter
		? world.fleet.typing.line(pane, typed, { enterMs: enterPauseMs })
		: world.fleet.typing.text(pane, typed);
}

export const handleKeys: Handler<'keys'> = async (request, desk) => {
	const bytes = bytesOfKeys(request.keys);
	if (!bytes.ok) return bytes;
	return typeInto(desk, request.agent, (agent) =>
		desk.world.fleet.typing.text(paneOf(agent), bytes.value),
	);
};

export const handleShell: Handler<'shell'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	const { env, columns, rows } = request;
	const argv = request.argv ?? [env.SHELL ?? '/bin/sh'];
	if (!desk.world.environments.has(agent.value.id)) {
		desk.world.environments.bring(agent.value.id, env);
	}
	const submitted = await desk.loop.submit(
		{ kind: 'shell.open', agent: agent.value.id, argv, columns, rows },
		'human',
	);
	if (!submitted.ok) return submitted;
	const [asked] = submitted.value;
	if (asked?.kind !== 'shell.asked') throw new Error('shell.open asked for no shell');
	const refusal = await followEffects(desk.loop, submitted.value);
	if (refusal) return { ok: false, refusal };
	return ok({ shell: asked.data.shell });
};

const enterPauseMs = 60;
/** Text for an agent that starts; more is refused. */
const startingMs = 30_000;

/** Types once the program is there: what is sent to a starting agent waits, bounded in time. */
async function typeInto(
	desk: Desk,
	name: string,
	type: (agent: Agent) => Promise<Outcome<object>>,
): Promise<Outcome<{ queued: boolean }>> {
	const agent = agentOf(desk, name);
	if (!agent.ok) return agent;
	const { id } = agent.value;
	const queued = agent.value.life.kind === 'preparing';
	if (queued) await untilStarted(desk, id);
	const now = desk.loop.state.agents[id] ?? agent.value;
	// A set-up is a program too, and none that this text is for.
	const no = now.life.kind === 'preparing' ? stillPreparing(now) : whyNotType(now);
	if (no) return { ok: false, refusal: no };
	const typed = await type(now);
	return typed.ok ? ok({ queued }) : typed;
}

function stillPreparing({ name }: Agent): Refusal {
	return refusal(
		'agent.starting',
		`${name} was still being prepared after ${startingMs / 1000} s, so nothing was typed`,
		`weir attach ${name} shows what it waits for`,
	);
}

function untilStarted(desk: Desk, id: Agent['id']): Promise<void> {
	return new Promise((resolve) => {
		const finish = () => {
			stop();
			clearTimeout(timer);
			resolve();
		};
		const stop = desk.loop.onEvents.on(() => {
			if (desk.loop.state.agents[id]?.life.kind !== 'preparing') finish();
		});
		const timer = setTimeout(finish, startingMs);
	});
}

function asPaste(text: string): string {
	return `\u001b[200~${text.replaceAll('\u001b[201~', '')}\u001b[201~`;
}

/** An older holder does not tell it with the screen. */
async function countAbove(desk: Desk, pane: string): Promise<number> {
	const page = await desk.world.fleet.askRows(pane, { pane, from: 0, count: 1 });
	return page.ok ? page.value.total : 0;
}

function addressOf(desk: Desk, pane: string, generation: number) {
	const address = desk.world.fleet.address(pane);
	if (!address)
		return refuse('pane.unknown', `no program was started in the pane ${pane} yet`);
	return ok({ pane, generation, ...address });
}

function noScreen(agent: Agent, refused: Outcome<never>): Outcome<never> {
	if (refused.ok || refused.refusal.code !== 'pane.unknown') return refused;
	if (isGone(agent)) return { ok: false, refusal: gone(agent) };
	return refuse(
		'screen.none',
		`${agent.name} has no screen: ${agent.report.why ?? agent.report.state}`,
		`weir respawn ${agent.name}`,
	);
}
