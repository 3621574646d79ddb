// What a run of a gate left to be read.

export interface GateOutput {
	/** What it printed, as text; where it was long, its head and its tail. */
	readonly output: string;
	/** Whether something between head and tail is missing. */
	readonly cut: boolean;
	/** Whether its exit code says that it failed. */
	readonly failed: boolean;
	/** The texts of the report files that the gate's setting names. */
	readonly reports: readonly string[];
	/** Where the tree lay that it ran on. */
	readonly root: string;
	/** Those that lie in the tree. */
	readonly goModules: readonly GoModule[];
}

/** A module of Go, by the path that its `go.mod` names. */
export interface GoModule {
	readonly name: string;
	/** Relative to the root; empty at the top. */
	readonly folder: string;
}
