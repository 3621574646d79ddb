// Requests that tell: state, status, log, diff, settings; and those on the supervisor itself.
import { type Agent, hasProgram } from '../domain/agent.ts';
import { parseEvent, type WeirEvent } from '../domain/event.ts';
import type { AgentId } from '../domain/ids.ts';
import type { Shell } from '../domain/state.ts';
import { diffText } from '../git/diff.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { clientProtocol } from '../protocol/client.ts';
import { basesJson } from '../protocol/gates.ts';
import { type DiffJson } from '../protocol/merge-preview.ts';
import { type StatusJson } from '../protocol/status.ts';
import { itemsOf } from './attention-operations.ts';
import { queueNow } from './queue-operations.ts';
import { outsideOf } from './scope-operations.ts';
import { agentOf, type Desk, type Handler, jsonOf } from './session.ts';
import { flatten } from './settings-files.ts';
import { standingOf } from './worktree-look.ts';

export const handleHello: Handler<'hello'> = async (_request, desk, session) => {
	session.greeted = true;
	return ok({
		protocol: clientProtocol,
		version: desk.version,
		identity: session.identity,
		pid: process.pid,
		repository: desk.facts(),
	});
};

/** The state and all events after it: nothing can happen between the two in one turn. */
export const handleAttach: Handler<'attach'> = async (_request, desk, session) => {
	if (!session.attached) {
		session.attached = true;
		session.onClose(
			desk.loop.onEvents.on((events) => {
				for (const some of inFrames(events))
					session.push({ push: 'events', events: some });
			}),
		);
		session.onClose(
			desk.world.observatory.onTell.on(({ agent, observation }) =>
				session.push({ push: 'observed', agent, observation }),
			),
		);
	}
	const { state } = desk.loop;
	return ok({
		seq: state.seq,
		state,
		observed: desk.world.observatory.all,
		repository: desk.facts(),
	});
};

export const handleStatus: Handler<'status'> = async (_request, desk) =>
	ok(await statusOf(desk));

async function statusOf(desk: Desk): Promise<StatusJson> {
	const { state } = desk.loop;
	return {
		v: 1,
		supervisor: {
			pid: process.pid,
			since: desk.since,
			version: desk.version,
			protocol: clientProtocol,
		},
		repository: desk.facts(),
		journal: { seq: state.seq, ok: desk.journal.reserveKept() },
		holders: desk.world.fleet.holders,
		strays: await desk.world.fleet.strays(),
		queue: queueNow(desk),
		inbox: itemsOf(desk),
		bases: basesJson(state),
		agents: Object.values(state.agents)
			.filter((agent) => agent.life.kind !== 'removed')
			.map(({ id }) => jsonOf(desk, id)),
	};
}

export const handleDiff: Handler<'diff'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	return agent.ok ? readDiff(desk, agent.value, request.stat) : agent;
};

/** What the agent changed since it left the base, uncommitted files included. */
export async function readDiff(
	desk: Desk,
	agent: Agent,
	stat: boolean,
): Promise<Outcome<DiffJson>> {
	const standing = await standingOf(desk.world, desk.loop, agent);
	if (!standing.ok) return standing;
	const { worktree, from, tip } = standing.value;
	const [diff, outside] = await Promise.all([
		diffText(worktree, from, tip, stat),
		outsideOf(desk, agent, standing.value),
	]);
	const truncated = diff.cut || diff.text.length > diffCharacters;
	const text = diff.text.slice(0, diffCharacters);
	return ok({ text, truncated, ...(outside.ok && { outside: outside.value }) });
}

/** Three bytes a character at most, and JSON's own escapes, must fit a bulk frame. */
const diffCharacters = 240_000;

export const handleLog: Handler<'log'> = async (request, desk) => {
	const agent = request.agent === null ? null : agentOf(desk, request.agent);
	if (agent && !agent.ok) return agent;
	const events = [];
	let more = false;
	let size = 0;
	for (const row of desk.journal.read(Math.max(1, request.from))) {
		const event = parseEvent(row);
		if (agent && agentIn(event.data) !== agent.value.id) continue;
		size += JSON.stringify(event).length;
		if (events.length >= request.limit || size > logBytes) {
			more = true;
			break;
		}
		events.push(event);
	}
	return ok({ events, more });
};

function agentIn(data: WeirEvent['data']): AgentId | null {
	if ('agent' in data) return data.agent;
	return 'whose' in data ? data.whose : null;
}

export const handleSettings: Handler<'settings.get'> = async (_request, desk) => {
	const { settings, origins } = desk.settings.current();
	return ok({ values: flatten(settings), origins });
};

export const handleReload: Handler<'settings.reload'> = async (_request, desk) => {
	const { problems } = await desk.settings.reload();
	await desk.rules.reload();
	return ok({ problems: [...problems, ...desk.rules.problems] });
};

export const handleTrustPending: Handler<'trust.pending'> = async (_request, desk) => {
	const { trusted, hash, commandFiles } = await desk.settings.reload();
	return ok(trusted ? { hash: null, files: [] } : { hash, files: commandFiles });
};

export const handleTrustGrant: Handler<'trust.grant'> = async (request, desk) => {
	const { hash, commandFiles } = await desk.settings.reload();
	if (hash === null || hash !== request.hash) {
		return refuse(
			'trust.changed',
			hash === null
				? 'the settings of this repository name no commands'
				: 'the files have another content than the one you looked at',
			'weir trust',
		);
	}
	await desk.settings.trust(hash, commandFiles);
	const files = commandFiles.map(({ path }) => path);
	const granted = await desk.loop.submit({ kind: 'trust.grant', hash, files }, 'human');
	if (!granted.ok) return granted;
	await desk.settings.reload();
	return ok({ hash });
};

export const handleDown: Handler<'down'> = async (request, desk) => {
	const running = Object.values(desk.loop.state.agents).filter(
		(agent) => hasProgram(agent) || agent.life.kind === 'preparing',
	);
	const named = [
		...running.map(({ name }) => name),
		...Object.values(desk.loop.state.shells).map((shell) => nameOfShell(desk, shell)),
	];
	if (named.length > 0 && !request.now) {
		return refuse(
			'down.agents-run',
			`${named.join(', ')} ${named.length === 1 ? 'runs' : 'run'}, and nobody would look after ${named.length === 1 ? 'it' : 'them'}`,
			'weir down --now, which takes snapshots and ends all of it',
		);
	}
	await desk.endAgents();
	desk.end();
	return ok({ agents: running.length });
};

export const handleRestart: Handler<'restart'> = async (_request, desk) => {
	desk.end();
	return ok({ pid: process.pid });
};

const logBytes = 700_000;
const eventsAFrame = 40;

function nameOfShell(desk: Desk, { id, agent }: Shell): string {
	const beside = desk.loop.state.agents[agent]?.name ?? agent;
	return `the shell ${id} beside ${beside}`;
}

/** Pushes are control frames of 64 KB; events are small. */
function* inFrames<T>(events: readonly T[]): Generator<readonly T[]> {
	for (let at = 0; at < events.length; at += eventsAFrame) {
		yield events.slice(at, at + eventsAFrame);
	}
}
