// Work that waits to land on the pure core: commits that come, and what is seen of worktrees.

import type { Prediction } from '../../src/domain/queue/prediction.ts';
import { queueOf } from '../../src/domain/queue/queue.ts';
import type { Sight } from '../../src/domain/queue/sight.ts';
import type { Core } from './domain.ts';

/** Agents that run and are idle, each with a commit that its base does not have, in this order. */
export function committing(core: Core, ...names: readonly string[]): void {
	for (const name of names) {
		core.running(name);
		saysItIs(core, name, 'idle');
		commits(core, name, `${name}1`);
	}
}

export function saysItIs(core: Core, name: string, state: 'idle' | 'working'): void {
	const { id, generation } = core.agent(name);
	core.submit({
		...{ kind: 'agent.observe', agent: id, generation, state },
		...{ source: 'osc7501', inferred: false, why: null },
	});
}

export function commits(core: Core, name: string, commit: string): void {
	core.submit({ kind: 'agent.publish', agent: core.id(name) });
	core.settle('publish', { ok: true, value: { old: null, new: commit } });
}

/** On the base from which agents of tests start. */
export function predictionOf(head: string, more: Partial<Prediction> = {}): Prediction {
	return { head, base: 'c0ffee', withBase: null, clashes: [], ...more };
}

/** What is seen of an agent whose head is known to be clean. */
export function sightOf(head: string, more: Partial<Sight> = {}): Sight {
	return { head, ahead: 1, conflicts: [], predicted: predictionOf(head), ...more };
}

/** As if each pair of heads had been merged: those of `pairs` conflict. */
export function sightsOf(
	core: Core,
	heads: Readonly<Record<string, string>>,
	...pairs: readonly (readonly [one: string, other: string])[]
): Record<string, Sight> {
	const base = core.state.bases.main ?? 'c0ffee';
	const seen = Object.entries(heads).map(([name, head]): [string, Sight] => {
		const others = pairs
			.filter((pair) => pair.includes(name))
			.map(([one, other]) => (one === name ? other : one));
		const clashes = others.map((other) => ({
			agent: core.id(other),
			head: heads[other] ?? '',
			files: ['src/queue.ts'],
			count: 1,
			withoutRenames: false,
		}));
		return [
			core.id(name),
			sightOf(head, { predicted: predictionOf(head, { base, clashes }) }),
		];
	});
	return Object.fromEntries(seen);
}

/** One line an entry: `1 api ready`. */
export function standings(core: Core, seen: Record<string, Sight>): string[] {
	return queueOf(core.state, seen).map(
		({ position, agent, standing }) => `${position} ${agent.name} ${standing.word}`,
	);
}
