// What an agent may do without being told to. A mode is the user's choice for the whole conversation; a
// yes for always is one for what is alike.
import type { Plan, Risk } from './tools/tool.ts';

export const permissionModes = ['ask', 'edits', 'all', 'read'] as const;
export type PermissionMode = (typeof permissionModes)[number];

/** In the words of the status line. */
export const modeWords: Readonly<Record<PermissionMode, string>> = {
	ask: 'asks before edits and commands',
	edits: 'asks before commands',
	all: 'asks nothing',
	read: 'changes nothing',
};

/** Whether a plan may be done, must be asked about, or may not be. */
export type Leave = 'yes' | 'ask' | 'no';

const leaves: Readonly<Record<PermissionMode, Readonly<Record<Risk, Leave>>>> = {
	ask: { none: 'yes', edit: 'ask', run: 'ask' },
	edits: { none: 'yes', edit: 'yes', run: 'ask' },
	all: { none: 'yes', edit: 'yes', run: 'yes' },
	read: { none: 'yes', edit: 'no', run: 'no' },
};

/** What the human said to a plan. */
export interface Verdict {
	readonly yes: boolean;
	/** And to all that is like it. */
	readonly always: boolean;
	/** For the model, with a no. */
	readonly words: string | null;
}

export class Permissions {
	readonly mode: PermissionMode;
	readonly #always = new Set<string>();

	constructor(mode: PermissionMode) {
		this.mode = mode;
	}

	leaveFor({ risk, like }: Plan): Leave {
		const leave = leaves[this.mode][risk];
		return leave === 'ask' && this.#always.has(like) ? 'yes' : leave;
	}

	grantAlways({ like }: Plan): void {
		this.#always.add(like);
	}
}
