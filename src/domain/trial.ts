// What a demo asks to try: the words that the command line chooses and the panes show.

export interface TrialWish {
	/** What is tried: an action of the key table. */
	readonly action: string;
	/** `{agent}` is the agent that it is about, other names in braces are keys by their actions. */
	readonly text: string;
	/** It can be tried only on an agent that needs the user, that asks something, or that crashed. */
	readonly on?: 'needy' | 'asking' | 'crashed';
	/** What is said instead while there is no such agent. */
	readonly before?: string;
	/** What is said instead while that agent has not the focus. */
	readonly elsewhere?: string;
}

export interface Trial extends TrialWish {
	readonly done: boolean;
}
