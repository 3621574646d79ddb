// Requests on gates: how they stand, a run of them, what one said.
import type { Agent } from '../domain/agent.ts';
import { hasWorktree } from '../domain/agent.ts';
import { argvOf, type CommandLine } from '../domain/command-line.ts';
import { compareFailures, type GateFailure } from '../domain/gates/failure.ts';
import { noGate } from '../domain/gates/standing.ts';
import type { GateResult } from '../gates/gate-store.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { plainText } from '../lib/plain-text.ts';
import { shellWord } from '../lib/shell-word.ts';
import {
	type AgentGatesJson,
	basesJson,
	type GateJson,
	type GateReportJson,
	gateJson,
	verdictJson,
} from '../protocol/gates.ts';
import { followEffects, followPending } from './follow-effects.ts';
import { gatesIn } from './found-gates.ts';
import { agentOf, type Desk, type Handler } from './session.ts';

export const handleGates: Handler<'gates'> = async ({ agent: name }, desk) => {
	const agent = name === null ? ok(null) : agentOf(desk, name);
	if (!agent.ok) return agent;
	const { state } = desk.loop;
	const agents = agent.value
		? [agent.value]
		: Object.values(state.agents).filter(hasWorktree);
	const { slots } = desk.world.gates.room;
	const none = Object.keys(state.settings.gates).length === 0;
	const suggested = none ? await gatesIn(desk.facts().root) : [];
	return ok({
		gates: Object.entries(state.settings.gates).map(([gate, { run, when }]) => ({
			name: gate,
			run: commandText(run),
			when,
		})),
		suggested,
		trusted: state.settingsTrusted,
		slots: { taken: slots.running, all: slots.all },
		agents: agents.map((one) => agentGates(desk, one)),
		bases: name === null ? basesJson(state) : [],
	});
};

export const handleGateRun: Handler<'gate.run'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	return agent.ok ? runGates(agent.value, request, 'human', desk) : agent;
};

/** Runs what has to be run, for whoever asks, and tells how they stand. */
export async function runGates(
	agent: Agent,
	{ gates, anew, wait }: GateRun,
	actor: 'human' | 'weir',
	desk: Desk,
): Promise<Outcome<AgentGatesJson>> {
	const { id } = agent;
	const wish = { kind: 'gate.run', agent: id, gates, why: 'demand', anew } as const;
	const standing = () => desk.loop.state.agents[id]?.tree ?? null;
	const seen = standing();
	// As far as the watch has seen, that is what stands there: what a look finds otherwise calls off the run.
	const early = seen && !seen.moved ? await desk.loop.submit(wish, actor) : null;
	if (early && !early.ok) return early;
	await desk.world.gates.look(id);
	const isSame = early && standing()?.tree === seen?.tree;
	const submitted = isSame ? early : await desk.loop.submit(wish, actor);
	if (!submitted.ok) return submitted;
	if (wait) await untilSaid(desk, agent, submitted.value);
	return ok(agentGates(desk, desk.loop.state.agents[id] ?? agent, gates));
}

interface GateRun {
	/** Null for all. */
	readonly gates: readonly string[] | null;
	readonly anew: boolean;
	readonly wait: boolean;
}

/** Until they have said it, and red ones stand beside the merge base. */
async function untilSaid(
	desk: Desk,
	{ id }: Agent,
	asked: Parameters<typeof followEffects>[1],
): Promise<void> {
	const under = () =>
		Object.values(desk.loop.state.effects).filter(
			(effect) =>
				(effect.kind === 'gate' || effect.kind === 'compare') && effect.data.agent === id,
		);
	// Those that were under way for the same tree are waited for as well.
	await Promise.all([followEffects(desk.loop, asked), followPending(desk.loop, under())]);
	await followPending(
		desk.loop,
		under().filter(({ kind }) => kind === 'compare'),
	);
}

export const handleGateReport: Handler<'gate.report'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	if (request.landing === true) return landingReportOf(desk, agent.value, request.gate);
	return reportOf(desk, agent.value, request.gate);
};

export const handleGateTell: Handler<'gate.tell'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	const { id } = agent.value;
	let text = '';
	const stop = desk.loop.onEvents.on((events) => {
		for (const { kind, data } of events)
			if (kind === 'words.settled' && data.agent === id && data.outcome.ok)
				text = data.outcome.value.text;
	});
	try {
		const told = await desk.loop.submit(
			{ kind: 'gate.tell', agent: id, gate: request.gate },
			'human',
		);
		if (!told.ok) return told;
		const no = await followEffects(desk.loop, told.value);
		return no ? { ok: false, refusal: no } : ok({ text });
	} finally {
		stop();
	}
};

/** All that one gate said of an agent's files. */
export async function reportOf(
	desk: Desk,
	agent: Agent,
	name: string,
): Promise<Outcome<GateReportJson>> {
	const { gates: desks } = desk.world;
	const gate = desk.loop.state.settings.gates[name];
	const standing = agent.gates[name] ?? noGate;
	if (!gate && !standing.verdict)
		return refuse('gate.unknown', `there is no gate ${name}`, 'weir gates');
	const live = desks.runsOf(agent.id).find((run) => run.gate === name);
	const { verdict, compared } = standing;
	const result = verdict && (await desks.room.store.find(verdict.key));
	const { root } = desk.world.repository;
	const installedIn = root === null ? [] : [root];
	const base =
		gate && compared
			? await desks.room.find({ name, gate, tree: compared.base, installedIn })
			: null;
	const shown = live ? null : result;
	const printed = live
		? printedBy(live.output.end(rawCharacters + 1), live.output.leftOut)
		: printedBy(
				(verdict && (await desks.room.store.output(verdict.key))) ?? '',
				result?.leftOut ?? 0,
			);
	return ok({
		agent: agent.name,
		gate: gateOf(desk, agent, name),
		command: gate ? commandText(gate.run) : (result?.argv ?? []).map(shellWord).join(' '),
		format: shown?.findings.parsed ? shown.findings.format : null,
		counts: shown?.findings.counts ?? null,
		failures: shown ? sortedFailures(shown, base, compared?.fresh ?? null) : [],
		dropped: shown?.findings.dropped ?? 0,
		...printed,
	});
}

/** What was said of the files as they would have stood on the base. */
async function landingReportOf(
	desk: Desk,
	agent: Agent,
	name: string,
): Promise<Outcome<GateReportJson>> {
	const { landings, store } = desk.world.gates.room;
	const key = await landings.find(agent.id, name);
	const result = key === null ? null : await store.find(key);
	if (!result)
		return refuse(
			'gate.not-landed',
			`${name} has said nothing of a landing of ${agent.name} that is still kept`,
			`weir gates show ${agent.name} ${name}`,
		);
	return ok(reportAlone(agent.name, result, await store.output(result.verdict.key)));
}

/** What a gate said of files that stand in no worktree. */
export function reportAlone(
	of: string,
	{ gate, verdict, findings, argv, leftOut = 0 }: GateResult,
	printed: string | null,
): GateReportJson {
	return {
		agent: of,
		gate: verdictJson(gate, verdict),
		command: commandText(argv.length === 3 && argv[1] === '-c' ? (argv[2] ?? '') : argv),
		format: findings.parsed ? findings.format : null,
		counts: findings.counts,
		failures: findings.failures.map((failure) => ({ ...failure, known: null })),
		dropped: findings.dropped,
		...printedBy(printed ?? '', leftOut),
	};
}

/** Three bytes a character at most, and JSON's own escapes, must fit a bulk frame. */
const outputCharacters = 120_000;
/** What is looked through for them: the rest of two million would hold up all that the supervisor does. */
const rawCharacters = 4 * outputCharacters;

/** The end of what a gate printed, as it can be shown. */
function printedBy(
	text: string,
	leftOut: number,
): Pick<GateReportJson, 'output' | 'truncated' | 'leftOut'> {
	const output = plainOutput(text.slice(-rawCharacters));
	return {
		output: output.slice(-outputCharacters),
		truncated: text.length > rawCharacters || output.length > outputCharacters,
		leftOut,
	};
}

function plainOutput(text: string): string {
	return text
		.split('\n')
		.map((line) => plainText(line.slice(line.lastIndexOf('\r') + 1), 2000))
		.join('\n');
}

function sortedFailures(
	{ findings }: GateResult,
	base: GateResult | null,
	fresh: number | null,
): GateReportJson['failures'] {
	const mark = (failures: readonly GateFailure[], known: boolean | null) =>
		failures.map((failure) => ({ ...failure, known }));
	if (fresh === null) return mark(findings.failures, null);
	const all = compareFailures(findings.failures, base?.findings.failures ?? []);
	return [...mark(all.fresh, false), ...mark(all.known, true)];
}

/** How the gates of an agent stand; of those that are named, or of all. */
export function agentGates(
	desk: Desk,
	agent: Agent,
	names: readonly string[] | null = null,
): AgentGatesJson {
	const all = Object.keys(desk.loop.state.settings.gates);
	const wanted = names === null ? all : all.filter((name) => names.includes(name));
	return {
		agent: agent.name,
		tree: agent.tree?.tree ?? null,
		moved: agent.tree?.moved ?? false,
		gates: wanted.map((name) => gateOf(desk, agent, name)),
	};
}

function gateOf(desk: Desk, agent: Agent, name: string): GateJson {
	const { gates = {} } = desk.world.observatory.of(agent.id);
	return gateJson(agent, name, gates[name] ?? null);
}

function commandText(command: CommandLine): string {
	return typeof command === 'string' ? command : argvOf(command).map(shellWord).join(' ');
}
