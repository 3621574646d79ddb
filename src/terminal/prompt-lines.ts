// What is asked for the lines at which prompts begin, and how one stretch of a recording answers it.

export interface PromptRequest {
	/** The directory of one recording. */
	readonly directory: string;
	/** The nearest one before it or after it. */
	readonly line: number;
	readonly direction: 'up' | 'down';
	/** Where the last answer said to go on; null to begin. */
	readonly from: number | null;
}

export interface PromptAnswer {
	readonly line: number | null;
	/** Where to go on; null where it was found, and at the end. */
	readonly next: number | null;
}
