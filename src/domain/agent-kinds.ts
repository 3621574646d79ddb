// A kind of agents: what decides how they are started and ended. All else about a CLI is its adapter's.

export interface AgentKind {
	readonly command: readonly string[];
	readonly stop: readonly ('SIGHUP' | 'SIGINT' | 'SIGTERM' | 'SIGQUIT')[];
	readonly restart: 'never' | 'on-failure';
	/** How a prompt reaches it: as an argument of its start, typed as a line or a comment, or not. */
	readonly prompt: 'argument' | 'line' | 'comment' | 'none';
	/** The CLI whose ways it has; null where nothing is known of it. */
	readonly like: string | null;
	/** Its command to go on with a conversation, `{conversation}` in it; null where it cannot. */
	readonly resume: readonly string[] | null;
	/** The file of rules by which its screen is read; null for those of any program. */
	readonly rules: string | null;
	/** Where it records what it uses; null for where the CLI whose ways it has does, or nowhere. */
	readonly usage?: UsagePlaces | null;
}

/** How records of replies are written: each CLI has its own, and `weir` is one that any program may have. */
export const usageFormats = ['claude', 'codex', 'weir'] as const;

export interface UsagePlaces {
	readonly format: (typeof usageFormats)[number];
	/** A path below the worktree or `~/`; `*` is any part of a name, `**` any folders. */
	readonly files: string;
}

/** As a settings file would say it, of a CLI whose ways weir knows; it may have some of that otherwise. */
export function kindOf(name: string, otherwise: Partial<AgentKind> = {}): AgentKind {
	return {
		command: [name],
		// All of them end in half a second by themselves, and tell their hooks.
		stop: ['SIGHUP', 'SIGTERM'],
		restart: 'never',
		prompt: 'argument',
		like: name,
		resume: null,
		rules: name,
		...otherwise,
	};
}
