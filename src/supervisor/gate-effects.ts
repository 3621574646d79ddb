// Gates of agents: run on what stood in the worktree when it was last quiet, and red ones beside the same
// gate on the merge base.
import type { Agent } from '../domain/agent.ts';
import { compareFailures } from '../domain/gates/failure.ts';
import { tellAll } from '../domain/gates/findings.ts';
import type { Gate } from '../domain/gates/gate.ts';
import { cancelled } from '../domain/gates/gate-standing.ts';
import type { Comparison } from '../domain/gates/verdict.ts';
import type { GateResult } from '../gates/gate-store.ts';
import { branchTip } from '../git/base.ts';
import { forkPoint } from '../git/diff.ts';
import { treeOf } from '../git/merge-tree.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { gateWords } from './gate-words.ts';
import { landedBefore } from './landed.ts';
import type { Perform, World } from './world.ts';

/** The greater, the sooner: whoever waits for an answer comes first. */
export const urgencies = {
	...{ demand: 30, landing: 25, done: 20, base: 15, settle: 10, watch: 5 },
} as const;

export const performGate: Perform<'gate'> = async ({ id, data }, world) => {
	const { agent: agentId, gate: name, tree, why, anew } = data;
	const agent = world.state().agents[agentId];
	const gate = world.state().settings.gates[name];
	if (!agent || !gate) return refuse(cancelled, `there is no ${name} for it any more`);
	const { gates, repository } = world;
	const run = gates.begin(id, { agent: agentId, gate: name, tree });
	try {
		const tip = await branchTip(repository, agent.branch);
		const result = await gates.room.run({
			name,
			gate,
			tree,
			parent: tip ?? agent.base.commit,
			installedIn: [agent.path, ...mainCheckout(world)],
			sameAs: agentId,
			urgency: urgencies[why],
			anew,
			signal: run.signal,
			onBegin: run.onBegin,
		});
		return result.ok ? ok(result.value.verdict) : result;
	} finally {
		run[Symbol.dispose]();
	}
};

export const performCompare: Perform<'compare'> = async ({ id, data }, world) => {
	const { agent: agentId, gate: name, tree } = data;
	const agent = world.state().agents[agentId];
	const gate = world.state().settings.gates[name];
	const verdict = agent?.gates[name]?.verdict;
	if (!agent || !gate || verdict?.tree !== tree)
		return refuse(cancelled, 'nobody asks for it any more');
	const now = await world.gates.room.store.find(verdict.key);
	if (!now) return refuse('gate.forgotten', `what ${name} said is not kept any more`);
	const run = world.gates.begin(id, { agent: agentId, gate: name, tree });
	try {
		const base = await baseOf(world, agent);
		if (!base.ok) return base;
		const of = { name, gate, ...base.value };
		const result = await runOnBase(world, of, run.signal);
		return result.ok ? ok(compare(now, result.value, base.value.tree)) : result;
	} finally {
		run[Symbol.dispose]();
	}
};

/** In words for an agent: what is new first, bounded, with the command to see it again. */
export const performWords: Perform<'words'> = async ({ data }, world) => {
	const { agent: agentId, gate: name } = data;
	const standing = world.state().agents[agentId]?.gates[name];
	const { room } = world.gates;
	const key = standing?.verdict?.key;
	const now = key === undefined ? null : await room.store.find(key);
	const gate = world.state().settings.gates[name];
	if (!standing || !now || !gate)
		return refuse('gate.forgotten', `what ${name} said is not kept any more`);
	const base = standing.compared && {
		...standing.compared,
		result: await room.find({
			...{ name, gate, tree: standing.compared.base },
			installedIn: mainCheckout(world),
		}),
	};
	const printed = (await room.store.output(now.verdict.key)) ?? '';
	return ok({ text: gateWords(now, base, printed) });
};

/** A gate on a tree that no agent has changed. */
function runOnBase(
	world: World,
	of: {
		readonly name: string;
		readonly gate: Gate;
		readonly tree: string;
		readonly commit: string;
	},
	signal: AbortSignal,
): Promise<Outcome<GateResult>> {
	return world.gates.room.run({
		...of,
		parent: of.commit,
		installedIn: mainCheckout(world),
		sameAs: null,
		urgency: urgencies.base,
		anew: false,
		signal,
		onBegin: () => undefined,
	});
}

/** Where the agent's work begins. */
async function baseOf(
	world: World,
	agent: Agent,
): Promise<Outcome<{ readonly commit: string; readonly tree: string }>> {
	const { repository } = world;
	const [tip, base] = await Promise.all([
		branchTip(repository, agent.branch),
		branchTip(repository, agent.base.branch),
	]);
	const onto = base ?? agent.base.commit;
	const before = await landedBefore(world, agent, onto);
	const from = await forkPoint(repository, onto, tip ?? agent.base.commit, before);
	if (!from.ok) return from;
	return ok({ commit: from.value, tree: await treeOf(repository, from.value) });
}

function compare(now: GateResult, base: GateResult, tree: string): Comparison {
	const { word } = base.verdict;
	const all = now.verdict.failures;
	if (word === 'passed') return { base: tree, fresh: all, known: 0, word };
	if (word === 'broken' || !tellAll(now.findings) || !tellAll(base.findings))
		return { base: tree, fresh: null, known: null, word };
	const { fresh, known } = compareFailures(now.findings.failures, base.findings.failures);
	return { base: tree, fresh: fresh.length, known: known.length, word };
}

function mainCheckout({ repository }: World): string[] {
	return repository.root === null ? [] : [repository.root];
}
