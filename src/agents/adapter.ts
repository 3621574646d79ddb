// What weir knows of a CLI that it does not know of any program: how it is started so that it asks
// nothing but what concerns its task, how it goes on with a conversation, and what its hooks mean.
import type { AgentKind } from '../domain/agent-kinds.ts';
import type { Word } from '../domain/agent-state.ts';
import type { QuestionShape } from '../domain/events/question-events.ts';
import type { UsageRecords } from './usage.ts';

/** What is known when a program is started. */
export interface LaunchContext {
	/** The kind's command; options that stand in it already are the user's and stay. */
	readonly command: readonly string[];
	/** What it is to do, or is told at a resume; null leaves it at its prompt. */
	readonly prompt: string | null;
	/** The conversation that it goes on with; null begins one. */
	readonly resume: string | null;
	readonly worktree: string;
	/** Where its git keeps the commits of the worktree. */
	readonly gitDir: string;
	/** The user's checkout: some trust is kept by it. */
	readonly repository: string;
	/** Of this generation alone, 0700; `files` are put there. */
	readonly folder: string;
	/** What every agent is told of weir. */
	readonly instructions: string;
	/** Runs a hook: a program and its arguments, which reads the payload from its input. */
	readonly hook: readonly string[];
	/**
	 * Runs one before a write: it prints nothing where the write may be, and what `writes.refused` makes of
	 * the reason where it may not; it ends with 2 where weir cannot be asked.
	 */
	readonly guardHook: readonly string[];
	/** Runs the MCP server that has the agent's words as tools: a program and its arguments. */
	readonly tools: readonly string[];
	/** Names a conversation, for CLIs that are told how to call it. A UUID. */
	readonly newConversation: () => string;
	readonly environment: Readonly<Record<string, string>>;
}

export interface Launch {
	readonly argv: readonly string[];
	/** Beside the environment that every agent gets; null takes a variable away. */
	readonly env: Readonly<Record<string, string | null>>;
	/** By name, to be written before the start, readable by the user alone. */
	readonly files: Readonly<Record<string, string>>;
	/** How the conversation is called; null where its hooks will tell. */
	readonly conversation: string | null;
}

export interface Answer {
	readonly choice: string | null;
	readonly text: string | null;
}

/** What a hook tells: what the agent does now, or that it waits for answers. */
export type HookMeaning =
	| { readonly kind: 'word'; readonly word: Word }
	| {
			readonly kind: 'questions';
			/** Asked one after another; a choice `n` ends them. */
			readonly questions: readonly Omit<QuestionShape, 'via'>[];
			/** What the hook prints for the answers. */
			readonly print: (answers: readonly Answer[]) => string;
	  };

export interface HookReport {
	readonly meaning: HookMeaning | null;
	/** Where the payload names it. */
	readonly conversation: string | null;
}

/** What one of its tools is about to write. */
export interface WriteAsked {
	readonly tool: string;
	/** As they stand in the payload; none where it does not tell, and then no scope covers it. */
	readonly paths: readonly string[];
	/** Where relative ones begin; null for the worktree. */
	readonly folder: string | null;
}

/** How its hook before a write speaks. */
export interface WriteHook {
	/** Its tools that ask weir before they write. */
	readonly tools: readonly string[];
	/** What a payload wants to write; null where its tool writes nothing by itself. */
	asked(payload: unknown): WriteAsked | null;
	/** What the hook prints, so that the tool does not run and its model reads why. */
	refused(reason: string): string;
}

/** What is known of a CLI beside how it is driven: for whoever wants to know whether it will work here. */
export interface Sheet {
	/** The version by which its ways were found; null where they are those of its documentation. */
	readonly tried: string | null;
	/** The first version that reports its state by itself (OSC 7501); null where none does. */
	readonly reportsSince: string | null;
	/** What tells its state, the best first. */
	readonly signals: readonly string[];
	/** Of one that waits at its prompt, its share of what processes have in common included. */
	readonly idleMegabytes: number;
	/** Files that hold a login: one of them is there where it is logged in. */
	loginFiles(
		home: string,
		environment: Readonly<Record<string, string | undefined>>,
	): readonly string[];
	readonly logIn: string;
}

export interface Adapter {
	readonly name: string;
	/** How people call it. */
	readonly title: string;
	/** What of its kind is not as of most: a prompt by its start, its name as its command and its rules. */
	readonly kind?: Partial<AgentKind>;
	launch(context: LaunchContext): Launch;
	/**
	 * Whether it runs commands in a sandbox of its own: there they do not reach weir, so that it must have
	 * the tools, and within Landlock it cannot be made.
	 */
	boxes(command: readonly string[]): boolean;
	/** Whether it asks leave for `weir ask` as for any command, so that it is told of the tools in its place. */
	readonly shellAsks: boolean;
	/**
	 * Folders of the worktree that its own sandbox covers, and makes where they are not there: it cannot
	 * within ours. Empty they are nothing to git.
	 */
	readonly folders: readonly string[];
	/** Null where nothing of it can ask weir before it writes. */
	readonly writes: WriteHook | null;
	/** Null for what is no payload of its hooks. */
	hook(payload: unknown): HookReport | null;
	/** Where it records what its replies used; null where it does not. */
	readonly usage: UsageRecords | null;
	/** Variables by which it logs in: no other agent's business. */
	readonly logins: readonly string[];
	readonly sheet: Sheet;
	/** What it must be able to write below the user's home: transcripts, logins, caches. */
	writable(
		home: string,
		environment: Readonly<Record<string, string | undefined>>,
	): readonly string[];
	/** What in that decides what the CLI runs, also for the user: no agent's to write. */
	fixed(
		home: string,
		environment: Readonly<Record<string, string | undefined>>,
	): readonly string[];
}

/** What the MCP server is called in a CLI's settings, and its tools begin with. */
export const serverName = 'weir';

/** Whether a command has one of these options already, also as `--name=value`. */
export function hasOption(
	command: readonly string[],
	...names: readonly string[]
): boolean {
	return command.some((word) =>
		names.some((name) => word === name || word.startsWith(`${name}=`)),
	);
}

/** A field of a payload, where it is a text. */
export function textIn(payload: unknown, name: string): string | null {
	if (typeof payload !== 'object' || payload === null) return null;
	const value: unknown = Reflect.get(payload, name);
	return typeof value === 'string' ? value : null;
}

/** A field of a payload, whatever it is. */
export function fieldIn(payload: unknown, name: string): unknown {
	if (typeof payload !== 'object' || payload === null) return undefined;
	return Reflect.get(payload, name);
}

/** A field of a payload, where it is a list; else none. */
export function listIn(payload: unknown, name: string): readonly unknown[] {
	const value = fieldIn(payload, name);
	return Array.isArray(value) ? value : [];
}
