/** The human does not want an agent's work to land yet. */
export interface Hold {
	readonly at: string;
	readonly actor: string;
	readonly why: string | null;
}
