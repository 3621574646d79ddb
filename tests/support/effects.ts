// What a journal says of effects.
import type { WeirEvent } from '../../src/domain/event.ts';

/** Each effect that was asked for, by what, and how often it has settled. */
export function effectsOf(
	events: readonly WeirEvent[],
): { readonly effect: string; readonly asked: string; readonly settled: number }[] {
	const told = events.flatMap(({ kind, data }) =>
		'effect' in data ? [{ kind, effect: data.effect }] : [],
	);
	const [asked = [], settled = []] = [true, false].map((isAsked) =>
		told.filter(({ kind }) => kind.endsWith('.asked') === isAsked),
	);
	const times = Map.groupBy(settled, ({ effect }) => effect);
	const unasked = new Set(times.keys()).difference(
		new Set(asked.map(({ effect }) => effect)),
	);
	if (unasked.size > 0) throw new Error(`${[...unasked].join()} settled unasked`);
	return asked.map(({ effect, kind }) => ({
		effect,
		asked: kind,
		settled: times.get(effect)?.length ?? 0,
	}));
}
