// Percentiles by nearest rank, and medians over runs.

export function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((first, second) => first - second);
	const rank = Math.max(1, Math.ceil(share * sorted.length));
	return sorted[rank - 1] ?? Number.NaN;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
	const sorted = values.toSorted((first, second) => first - second);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1
		? upper
		: ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
