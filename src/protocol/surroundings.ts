// What there is for a first agent in a repository: CLIs, checks, unsaved work.

export interface FoundCli {
	readonly name: string;
	readonly version: string | null;
}

export interface Surroundings {
	/** The kind of an agent where neither anybody nor the settings name one. */
	readonly usual: string;
	/** Those that weir knows and that are on the PATH. */
	readonly clis: readonly FoundCli[];
	/** By the words of the repository's own files; none was run. */
	readonly checks: readonly string[];
	/** Files of the checkout of the base that differ from its last commit. */
	readonly dirty: number;
}
