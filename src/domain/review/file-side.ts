// A file as it is on one side of a comparison.
/** One side of a file, by what git calls its mode and its content. */
export interface FileSide {
	readonly mode: string;
	readonly object: string;
}
