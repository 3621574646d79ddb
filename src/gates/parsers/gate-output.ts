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
	/** The path of Go's module, which its `go.mod` names; null where there is none. */
	readonly goModule: string | null;
}
