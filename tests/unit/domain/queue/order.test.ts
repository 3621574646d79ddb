// Laws of the order in which agents land.
import {
	array,
	assert,
	integer,
	nat,
	option,
	property,
	shuffledSubarray,
	tuple,
} from 'fast-check';
import { expect, test } from 'vitest';
import type { AgentId } from '../../../../src/domain/ids.ts';
import {
	inLandingOrder,
	orderAfterMove,
	type QueuePlace,
} from '../../../../src/domain/queue/order.ts';

const ids = Array.from({ length: 12 }, (_, at) => `a${at}` as AgentId);
const some = shuffledSubarray(ids);
const published = option(
	integer({ min: 0, max: 5 }).map((second) => ({ commit: 'c', at: `00:0${second}` })),
);
const agents = tuple(some, array(published, { minLength: 12, maxLength: 12 })).map(
	([all, times]) => all.map((id, at) => ({ id, published: times[at] ?? null })),
);

/** A queue, one of it and where that is to go. */
const moves = tuple(shuffledSubarray(ids, { minLength: 2 }), nat(), nat(), nat(3)).map(
	([among, one, other, kind]) => {
		const agent = among[one % among.length] as AgentId;
		const rest = among.filter((id) => id !== agent);
		const beside = rest[other % rest.length] as AgentId;
		const places: QueuePlace[] = [
			{ kind: 'first' },
			{ kind: 'last' },
			{ kind: 'before', other: beside },
			{ kind: 'after', other: beside },
		];
		return { among, agent, beside, place: places[kind] as QueuePlace };
	},
);

const idsOf = (all: readonly { readonly id: AgentId }[]) => all.map(({ id }) => id);

test('the order holds each agent once, those that were put in order first and as they were put', () => {
	assert(
		property(agents, some, (all, order) => {
			const inOrder = idsOf(inLandingOrder(all, order));
			expect(inOrder.toSorted()).toEqual(idsOf(all).toSorted());
			const put = order.filter((id) => inOrder.includes(id));
			expect(inOrder.slice(0, put.length)).toEqual(put);
		}),
	);
});

test('of the others none stands before one whose work is older, and what is unknown stands behind', () => {
	assert(
		property(agents, (all) => {
			const times = inLandingOrder(all, []).map((agent) => agent.published?.at ?? '~');
			expect(times).toEqual(times.toSorted());
		}),
	);
});

test('an agent that is put in order changes no place among the others', () => {
	assert(
		property(agents, some, (all, order) => {
			const [gone, ...rest] = inLandingOrder(all, order);
			expect(inLandingOrder(rest, order)).toEqual(
				inLandingOrder(all, order).filter((agent) => agent !== gone),
			);
		}),
	);
});

test('a move puts one where it is wanted, leaves the others as they were, and done again does nothing', () => {
	assert(
		property(moves, ({ among, agent, beside, place }) => {
			const moved = orderAfterMove(among, agent, place);
			const without = (list: readonly AgentId[]) => list.filter((id) => id !== agent);
			expect(without(moved)).toEqual(without(among));
			const at = moved.indexOf(agent);
			const wanted = {
				first: () => at === 0,
				last: () => at === moved.length - 1,
				before: () => moved[at + 1] === beside,
				after: () => moved[at - 1] === beside,
			};
			expect(wanted[place.kind]()).toBe(true);
			expect(orderAfterMove(moved, agent, place)).toEqual(moved);
		}),
	);
});

test('whatever order there is can be reached by moves', () => {
	assert(
		property(
			shuffledSubarray(ids, { minLength: ids.length }),
			shuffledSubarray(ids, { minLength: ids.length }),
			(from, wanted) => {
				const reached = wanted.reduce<readonly AgentId[]>(
					(order, id) => orderAfterMove(order, id, { kind: 'last' }),
					from,
				);
				expect(reached).toEqual(wanted);
			},
		),
	);
});
