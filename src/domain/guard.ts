// How an agent is held to its scope: what the operating system refuses its present program, and what
// happens to a write that it does not refuse.

/** What refuses a write before it happens, the strongest first. */
export const preventions = ['bubblewrap', 'landlock', 'none'] as const;
export type Prevention = (typeof preventions)[number];

/** Of one program, as it was started. */
export interface Guard {
	readonly prevention: Prevention;
	/** Why nothing stronger holds, or what it holds less than asked; null where there is nothing to say. */
	readonly reason: string | null;
	/** The command that would make it stronger; null where there is none. */
	readonly allow: string | null;
	/** How many paths beside the scope it can write all the same, as the scope is no whole folder. */
	readonly loose: number;
}

/** From the weakest to the strictest: a later settings file may only go on. */
export const guardModes = ['detect', 'auto', 'require'] as const;
export type GuardMode = (typeof guardModes)[number];

/** What is done about a write outside, in the same order. A copy is kept of whatever is taken away. */
export const trespassPolicies = ['report', 'quarantine', 'restore', 'freeze'] as const;
export type TrespassPolicy = (typeof trespassPolicies)[number];

/** Ways out of the sandbox that may be left open. */
export const guardSockets = [
	'ssh-agent',
	'gpg-agent',
	'docker',
	'dbus',
	'tmux',
	/** Of everybody, where Landlock cannot tell those that a program makes from them. */
	'terminals',
] as const;
export type GuardSocket = (typeof guardSockets)[number];

export interface GuardSettings {
	/** `require` refuses to start what nothing holds; `detect` prevents nothing. */
	readonly mode: GuardMode;
	readonly onWrite: TrespassPolicy;
	/** Patterns of what is made by builds: no write there is told. It cannot land all the same. */
	readonly noise: readonly string[];
	/** Folders outside the worktree that may be written; only the user's own settings name them. */
	readonly caches: readonly string[];
	readonly sockets: readonly GuardSocket[];
}

/** Where tools keep what they have fetched: without it no package is installed. No folder of programs. */
const usualCaches = [
	'~/.cache',
	'~/.npm/_cacache',
	'~/.yarn/berry',
	'~/.local/share/pnpm/store',
	'~/.bun/install/cache',
	'~/.cargo/registry',
	'~/.cargo/git',
	'~/go/pkg',
	'~/.gradle/caches',
	'~/.m2/repository',
	'~/.nuget/packages',
];

export const defaultGuard: GuardSettings = {
	mode: 'auto',
	onWrite: 'report',
	noise: [
		...['node_modules/', 'dist/', 'build/', 'target/', '.cache/', '__pycache__/'],
		// What vim keeps beside a file as long as it has it open.
		'.*.sw?',
	],
	caches: usualCaches,
	sockets: [],
};

/** What one settings file says of it; a word is the mode. */
type GuardFile =
	| GuardMode
	| {
			readonly mode?: GuardMode | undefined;
			readonly on_write?: TrespassPolicy | undefined;
			readonly noise?: readonly string[] | undefined;
			readonly caches?: readonly string[] | undefined;
			readonly sockets?: readonly GuardSocket[] | undefined;
	  };

/** The user's own file may say anything; what comes after it tightens and never loosens. */
export function overlayGuard(
	below: GuardSettings,
	file: GuardFile,
	own: boolean,
): GuardSettings {
	const said = typeof file === 'string' ? { mode: file } : file;
	return {
		mode: own ? (said.mode ?? below.mode) : stricter(guardModes, below.mode, said.mode),
		onWrite: stricter(trespassPolicies, below.onWrite, said.on_write),
		noise: said.noise ?? below.noise,
		caches: said.caches ?? below.caches,
		sockets: said.sockets ?? below.sockets,
	};
}

function stricter<T extends string>(
	order: readonly T[],
	one: T,
	other: T | undefined,
): T {
	if (other === undefined) return one;
	return order.indexOf(other) > order.indexOf(one) ? other : one;
}
