// A file as it is on one side of a comparison.
/** One side of a file, by what git calls its mode and its content. */
export interface FileSide {
	readonly mode: string;
	readonly object: string;
}

/** The same as long as both sides of a file have the same contents. */
export function contentsOf({
	old,
	new: now,
}: {
	readonly old: FileSide | null;
	readonly new: FileSide | null;
}): string {
	const side = (one: FileSide | null) =>
		one ? `${one.mode} ${one.object.slice(0, 12)}` : '-';
	return `${side(old)} ${side(now)}`;
}
