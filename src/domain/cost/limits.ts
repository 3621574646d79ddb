// How much an agent may use, or all of them in a day, and who says so.

/** What is measured, and bounded where somebody says by how much. */
export const meters = ['usd', 'tokens', 'hours', 'tries'] as const;
export type Meter = (typeof meters)[number];

/** Null is no limit. */
export type Limits = Readonly<Record<Meter, number | null>>;

/** What of them somebody said. */
export type SomeLimits = { readonly [M in Meter]?: number | null | undefined };

export const noLimits: Limits = { usd: null, tokens: null, hours: null, tries: null };

/** Meters that a day of all agents has. */
export const dayMeters = ['usd', 'tokens'] as const satisfies readonly Meter[];

/** Later words before earlier ones. */
export function withLimits(below: Limits, said: SomeLimits): Limits {
	const of = (meter: Meter) => {
		const limit = said[meter];
		return limit === undefined ? below[meter] : limit;
	};
	return { usd: of('usd'), tokens: of('tokens'), hours: of('hours'), tries: of('tries') };
}

/** Who comes after the user's own file may lower a limit, and never raise one. */
export function lowerLimits(below: Limits, said: SomeLimits): Limits {
	const of = (meter: Meter) => {
		const limit = said[meter] ?? null;
		const before = below[meter];
		if (limit === null || before === null) return limit ?? before;
		return Math.min(limit, before);
	};
	return { usd: of('usd'), tokens: of('tokens'), hours: of('hours'), tries: of('tries') };
}
