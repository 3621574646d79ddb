// From a name to a running program: the worktree, its set-up, the start.
import { type Refusal, refusal } from '../lib/outcome.ts';
import type { Agent, Life, Report } from './agent.ts';
import { isGone, isSpawning, machineLost } from './agent.ts';
import type { AgentKind } from './agent-kinds.ts';
import type { CommandOf, EffectOutcome } from './command.ts';
import { argvOf } from './command-line.ts';
import { noBudget } from './cost/own-budget.ts';
import { noUsage, withClock } from './cost/usage.ts';
import { type Decision, Draft, refused } from './decision.ts';
import { noDenials } from './denial.ts';
import type { EventData, EventOf } from './event.ts';
import { type AgentId, agentId } from './ids.ts';
import { checkName } from './name.ts';
import { freePlace } from './place.ts';
import { isByHand } from './resolving.ts';
import { notReviewed } from './review/comment.ts';
import { checkScope } from './scope/checked-patterns.ts';
import { plainKind, type Settings } from './settings.ts';
import type { PendingOf, State } from './state.ts';

const graceMs = 5000;

export function decideNew(state: State, command: CommandOf<'agent.new'>): Decision {
	const name = checkName(command.name);
	if (!name.ok) return name;
	const living = Object.values(state.agents).filter((agent) => !isGone(agent));
	if (!nameIsFree(state, command.name, null)) {
		return refused({
			code: 'agent.exists',
			message: `an agent called ${command.name} is there already`,
			allow: `weir attach ${command.name}`,
		});
	}
	const byHand = command.resolves?.by === 'hand';
	const kind: KindOutcome = byHand ? { ok: true, value: nobody } : kindOf(state, command);
	if (!kind.ok) return kind;
	const scope = checkScope(command.scope ?? []);
	if (!scope.ok) return scope;
	const { worktree } = state.settings;
	const commanded = worktree.setup !== null || worktree.teardown !== null;
	if (!state.settingsTrusted && !byHand && (commanded || command.argv === null)) {
		return refused({
			code: 'trust.needed',
			message: "this repository's settings name commands that you have not trusted",
			allow: 'weir trust',
		});
	}
	const ports = worktree.ports;
	const own = freePlace(state, {
		name: command.name,
		root: command.root,
		prefix: state.settings.branch.prefix,
	});
	const { adopt = null } = command;
	const holder = living.find(({ branch }) => branch === adopt);
	if (holder) return refused(branchHeld(holder));
	const place = adopt === null ? own : { path: own.path, branch: adopt, adopted: true };
	const draft = new Draft(state);
	const agent = agentId(draft.seq);
	return draft
		.add('agent.created', {
			agent,
			name: command.name,
			kind: kind.value.name,
			argv: kind.value.argv,
			...place,
			base: command.base,
			columns: command.columns,
			rows: command.rows,
			ports: { first: freePorts(living, ports), count: ports.each },
			ladder: { signals: kind.value.stop, graceMs },
			restart: kind.value.restart,
			promptBy: kind.value.prompt,
			adapter: kind.value.like,
			prompt: command.prompt,
			scope: command.scope ?? [],
			start: command.start ?? null,
			...(command.resolves && { resolves: command.resolves }),
			setup: byHand || worktree.setup === null ? null : argvOf(worktree.setup),
			teardown: byHand || worktree.teardown === null ? null : argvOf(worktree.teardown),
		})
		.add('worktree.asked', { effect: draft.effect, agent })
		.done();
}

/** Two agents on one branch would write over one another's commits. */
export function branchHeld({ name, branch }: Agent): Refusal {
	return refusal(
		'branch.checked-out',
		`${branch} is the branch of the agent ${name}`,
		`weir remove ${name}; the branch stays`,
	);
}

export function settleWorktree(
	state: State,
	pending: PendingOf<'worktree'>,
	outcome: EffectOutcome<'worktree'>,
): Decision {
	const { agent: id } = pending.data;
	const draft = new Draft(state).add('worktree.settled', {
		effect: pending.id,
		agent: id,
		outcome,
	});
	const agent = state.agents[id];
	if (agent && outcome.ok && !isByHand(agent)) start(draft, agent);
	return draft.done();
}

/** Set-up has ended; its exit code is the outcome. The program follows. */
export function settleSetup(
	state: State,
	pending: PendingOf<'setup'>,
	outcome: EffectOutcome<'setup'>,
): Decision {
	const { agent: id, generation } = pending.data;
	const draft = new Draft(state).add('setup.settled', {
		effect: pending.id,
		agent: id,
		generation,
		outcome,
	});
	const agent = state.agents[id];
	if (agent && outcome.ok) spawn(draft, agent);
	return draft.done();
}

export function settleSpawn(
	state: State,
	pending: PendingOf<'spawn'>,
	outcome: EffectOutcome<'spawn'>,
): Decision {
	const { agent: id, generation } = pending.data;
	const draft = new Draft(state).add('spawn.settled', {
		effect: pending.id,
		agent: id,
		generation,
		outcome,
	});
	const agent = state.agents[id];
	if (!agent || !outcome.ok) return draft.done();
	if (agent.generation !== generation || !isSpawning(agent)) return draft.done();
	const { process, holder, conversation } = outcome.value;
	if (conversation !== undefined)
		draft.add('agent.conversation', { agent: id, generation, conversation });
	if (process === null) return draft.done();
	draft.add('agent.started', { agent: id, generation, ...process, holder });
	const text = typedAtStart(agent, pending.data);
	if (text !== null)
		draft.add('prompt.asked', { effect: draft.effect, agent: id, generation, text });
	return draft.done();
}

/** What is typed once the program runs; null where it had it as an argument, or knows it. */
function typedAtStart(agent: Agent, { resume, note }: Start): string | null {
	if (agent.promptBy === 'none' || agent.promptBy === 'argument') return null;
	const task = resume == null ? agent.prompt : null;
	// One line: to many programs each further one is a message of its own.
	return task !== null && note != null ? `${task} (${note})` : (task ?? note ?? null);
}

/** What an agent is told at a start; null where there is nothing to say. */
export function taskText(prompt: string | null, note: string | null): string | null {
	const parts = [prompt, note].filter((part) => part !== null);
	return parts.length === 0 ? null : parts.join('\n\n');
}

/** What a start is made of, beside the command. */
export type Start = Pick<EventData<'spawn.asked'>, 'resume' | 'note'>;

/** Asks for the next program of the agent: its set-up first where that is due. */
export function start(draft: Draft, agent: Agent, how: Start = {}): void {
	if (agent.setupDue && agent.setup !== null) {
		draft.add('setup.asked', {
			effect: draft.effect,
			agent: agent.id,
			generation: agent.generation + 1,
			argv: agent.setup,
		});
	} else {
		spawn(draft, agent, how);
	}
}

function spawn(draft: Draft, agent: Agent, { resume, note }: Start = {}): void {
	draft.add('spawn.asked', {
		...(resume == null ? {} : { resume }),
		...(note == null ? {} : { note }),
		effect: draft.effect,
		agent: agent.id,
		generation: agent.generation + 1,
		argv: agent.argv,
	});
}

export function evolveCreated(event: EventOf<'agent.created'>): Agent {
	const {
		agent: id,
		adapter = null,
		adopted = false,
		scope = [],
		start = null,
		resolves = null,
		...data
	} = event.data;
	return {
		...data,
		start,
		resolves,
		scope,
		widened: [],
		guard: null,
		trespasses: null,
		tree: null,
		gates: {},
		reviewed: notReviewed,
		usage: noUsage(event.at),
		budget: noBudget,
		denied: noDenials,
		id,
		adapter,
		adopted,
		tries: 0,
		conversation: null,
		former: null,
		resumedAt: null,
		overridden: null,
		seenAt: null,
		untold: null,
		generation: 0,
		setupDue: data.setup !== null,
		life: { kind: 'preparing', step: 'worktree' },
		report: reportOf(event, 'starting', 'creating the worktree'),
		lastExit: null,
		crashes: [],
		snapshot: null,
		published: null,
		held: null,
		pull: null,
		landed: null,
	};
}

/** A report of weir itself, which knows and does not guess. */
export function reportOf(
	event: { readonly at: string },
	state: Report['state'],
	why: string | null,
): Report {
	return { state, since: event.at, source: 'weir', inferred: false, why };
}

export function evolveAsked(
	agent: Agent,
	event: EventOf<'setup.asked'> | EventOf<'spawn.asked'>,
): Agent {
	const setup = event.kind === 'setup.asked';
	const own = setup ? {} : evolveTry(agent, event.data.resume ?? null, event.at);
	return {
		...agent,
		...own,
		overridden: null,
		generation: event.data.generation,
		life: { kind: 'preparing', step: setup ? 'setup' : 'spawn' },
		report: reportOf(event, 'starting', setup ? 'set-up runs' : null),
	};
}

function evolveTry(
	{ tries, conversation, former }: Agent,
	resume: string | null,
	at: string,
) {
	return resume === null
		? {
				tries: tries + 1,
				conversation: null,
				former: conversation ?? former,
				resumedAt: null,
				denied: noDenials,
			}
		: {
				tries: tries + 1,
				conversation: resume,
				former: null,
				resumedAt: at,
				denied: noDenials,
			};
}

export function evolveFailed(
	agent: Agent,
	event: { readonly at: string },
	life: Extract<Life, { kind: 'failed' }>,
): Agent {
	const state = life.refusal.code === machineLost ? 'interrupted' : 'failed';
	return { ...agent, life, report: reportOf(event, state, life.refusal.message) };
}

export function evolveStarted(agent: Agent, event: EventOf<'agent.started'>): Agent {
	const { pid, startTime, bootId, holder } = event.data;
	return {
		...agent,
		usage: withClock(agent.usage, { runs: true, at: event.at }),
		untold: null,
		life: {
			kind: 'running',
			process: { pid, startTime, bootId },
			holder,
			paused: false,
		},
		report: {
			state: 'unknown',
			since: event.at,
			source: 'process',
			inferred: false,
			why: 'started',
		},
	};
}

/** The lowest block of ports that no other agent has. Programs are told of it, not held to it. */
function freePorts(
	agents: readonly Agent[],
	ports: { readonly from: number; readonly each: number },
): number {
	const taken = new Set(agents.map((agent) => agent.ports.first));
	let first = ports.from;
	while (taken.has(first)) first += ports.each;
	return first;
}

interface Kind {
	readonly name: string;
	readonly argv: readonly string[];
	readonly stop: readonly string[];
	readonly restart: 'never' | 'on-failure';
	readonly prompt: AgentKind['prompt'];
	readonly like: string | null;
}

/** In a worktree where a person works. */
const nobody: Kind = { name: 'hand', argv: [], ...plainKind, prompt: 'none' };

type KindOutcome =
	| { readonly ok: true; readonly value: Kind }
	| Extract<Decision, { ok: false }>;

function kindOf(
	{ settings, settingsTrusted }: State,
	command: CommandOf<'agent.new'>,
): KindOutcome {
	const { argv } = command;
	if (argv !== null) {
		const named = settingsTrusted ? kindOfWords(settings, argv) : null;
		return { ok: true, value: named ?? { name: 'command', argv, ...plainKind } };
	}
	const name = command.agentKind ?? settings.defaultAgent ?? command.usualKind;
	if (name === 'shell') {
		return { ok: true, value: { name, argv: [command.shell], ...plainKind } };
	}
	const kind = Object.hasOwn(settings.agents, name) ? settings.agents[name] : undefined;
	if (kind) return { ok: true, value: { name, argv: kind.command, ...kind } };
	const known = ['shell', ...Object.keys(settings.agents)].join(', ');
	return {
		ok: false,
		refusal: {
			code: 'kind.unknown',
			message: `no agent kind is called ${name}; there are ${known}`,
			allow: `weir new ${command.name} -- ${name}`,
		},
	};
}

/** Who types the very words of a kind means that kind: `-- claude` is to be heard and resumed as well. */
function kindOfWords(settings: Settings, argv: readonly string[]): Kind | null {
	const words = JSON.stringify(argv);
	const found = Object.entries(settings.agents).find(
		([, { command }]) => JSON.stringify(command) === words,
	);
	return found ? { name: found[0], argv, ...found[1] } : null;
}

/** Whether a name is free for a new agent of this id or a renamed one. */
export function nameIsFree(state: State, name: string, besides: AgentId | null): boolean {
	return !Object.values(state.agents).some(
		(agent) => agent.name === name && agent.id !== besides && !isGone(agent),
	);
}
