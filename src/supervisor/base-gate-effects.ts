// The gates of landings on a branch where those go, as it stands: what a landing has heard of the very same
// files is not asked again. What is red is asked of the branch as it was before, where nobody knows that.

import { hasWorktree } from '../domain/agent.ts';
import { type BaseVerdict, standingOfBase } from '../domain/alarm/base-gates.ts';
import type { EffectOutcome } from '../domain/command.ts';
import { argvOf } from '../domain/command-line.ts';
import { definitionOf, type Gate } from '../domain/gates/gate.ts';
import { cancelled } from '../domain/gates/gate-standing.ts';
import type { PendingOf } from '../domain/state.ts';
import type { GateResult } from '../gates/gate-store.ts';
import { commitSubject } from '../git/commit-subject.ts';
import { commitsAhead } from '../git/diff.ts';
import { treeOf } from '../git/merge-tree.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { urgencies } from './gate-effects.ts';
import { gatesAt } from './landing-gates.ts';
import type { Perform, World } from './world.ts';

export const performBaseGates: Perform<'base-gates'> = async (effect, world) => {
	const { branch, commit } = effect.data;
	const gates = await gatesAt(world, commit);
	if (!gates.ok) return gates;
	const tree = await treeOf(world.repository, commit);
	const asked = { effect, world, tree };
	const said = await Promise.all(gates.value.map((gate) => ask(asked, gate)));
	const no = said.find((one) => !one.ok);
	if (no && !no.ok) return no;
	const verdicts = said.flatMap((one) => (one.ok ? [one.value] : []));
	const red = verdicts.some(({ verdict }) => verdict?.word === 'failed');
	const others = red ? await foreignMoves(world, branch) : [];
	return ok({ tree, gates: verdicts, others });
};

interface Asked {
	readonly effect: PendingOf<'base-gates'>;
	readonly world: World;
	readonly tree: string;
}

/** Refuses where it was called off; a gate that cannot be run says nothing. */
async function ask(
	asked: Asked,
	[name, gate]: readonly [string, Gate],
): Promise<Outcome<BaseVerdict>> {
	const { effect, world, tree } = asked;
	const { branch, commit, before, anew } = effect.data;
	const definition = definitionOf(gate);
	const of = { gate: name, definition };
	const heard = anew ? null : await saidByLanding(asked, name, gate);
	const said = heard ? ok(heard) : await run(asked, [name, gate], { tree, commit, anew });
	if (!said.ok) {
		const { code, message } = said.refusal;
		if (code === cancelled) return said;
		return ok({ ...of, verdict: null, fault: message, failure: null, before: null });
	}
	const { verdict, findings } = said.value;
	const [first] = verdict.word === 'failed' && findings.parsed ? findings.failures : [];
	const answer = {
		...of,
		verdict,
		fault: null,
		failure: first ? failureOf(first) : null,
	};
	const former = standingOfBase(world.state(), branch).gates[name];
	const known = former?.definition === definition && former.known !== null;
	if (verdict.word !== 'failed' || known || before === null)
		return ok({ ...answer, before: null });
	const then = await treeOf(world.repository, before);
	const earlier = await run(asked, [name, gate], {
		...{ tree: then, commit: before, anew: false },
	});
	if (!earlier.ok && earlier.refusal.code === cancelled) return earlier;
	const word = earlier.ok ? earlier.value.verdict.word : 'broken';
	return ok({ ...answer, before: { commit: before, word } });
}

function failureOf({
	name,
	file,
	line,
	message,
}: GateResult['findings']['failures'][number]): BaseVerdict['failure'] {
	return { name, file, line, message };
}

/** Behind all that agents and landings wait for; nothing once the branch has moved on. */
async function run(
	{ effect, world }: Asked,
	[name, gate]: readonly [string, Gate],
	{ tree, commit, anew }: { tree: string; commit: string; anew: boolean },
): Promise<Outcome<GateResult>> {
	const { id, data } = effect;
	if (world.state().bases[data.branch] !== data.commit)
		return refuse(cancelled, `${data.branch} has moved on`);
	using begun = world.gates.begin(`${id} ${name} ${tree}`, {
		...{ agent: null, gate: name, tree },
		base: { branch: data.branch, effect: id },
	});
	return await world.gates.room.run({
		...{ name, gate, tree, parent: commit, installedIn: placesOf(world, data.branch) },
		...{ sameAs: null, urgency: anew ? urgencies.demand : urgencies.watch },
		anew: anew ? true : 'if-broken',
		signal: begun.signal,
		onBegin: begun.onBegin,
	});
}

/** Where the user has dependencies installed, else where those have whose work landed last. */
function placesOf({ repository, state }: World, branch: string): readonly string[] {
	const landers = landedOn(state(), branch).filter((agent) => hasWorktree(agent));
	const paths = landers.map(({ path }) => path);
	return [...(repository.root === null ? [] : [repository.root]), ...new Set(paths)];
}

/** What a landing heard of these files: with its own dependencies, where it has brought some. */
async function saidByLanding(
	{ effect, world, tree }: Asked,
	name: string,
	gate: Gate,
): Promise<GateResult | null> {
	const { landings, store } = world.gates.room;
	const argv = JSON.stringify(argvOf(gate.run));
	for (const { id } of landedOn(world.state(), effect.data.branch)) {
		const key = await landings.find(id, name);
		const said = key === null ? null : await store.find(key);
		if (!said || said.verdict.tree !== tree || said.verdict.word === 'broken') continue;
		if (JSON.stringify(said.argv) === argv) return said;
	}
	return null;
}

/** Whose work moved the branch, the latest first. */
function landedOn(state: ReturnType<World['state']>, branch: string) {
	return standingOfBase(state, branch)
		.moves.toReversed()
		.flatMap(({ by }) => {
			const landing = by.kind === 'landing' ? state.landings[by.landing] : undefined;
			return (landing && state.agents[landing.agent]) ?? [];
		});
}

type Others = Extract<EffectOutcome<'base-gates'>, { ok: true }>['value']['others'];

/** What others brought, as far as git still knows it. */
async function foreignMoves(
	{ repository, state }: World,
	branch: string,
): Promise<Others> {
	const moves = standingOfBase(state(), branch).moves.filter(
		({ by }) => by.kind === 'others',
	);
	return Promise.all(
		moves.map(async ({ old, commit }) => {
			const counted = old === null ? null : commitsAhead(repository, old, commit);
			const [commits, subject] = await Promise.all([
				Promise.resolve(counted).catch(() => null),
				commitSubject(repository, commit).catch(() => null),
			]);
			return { commit, commits, subject };
		}),
	);
}
