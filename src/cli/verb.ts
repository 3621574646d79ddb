// What a verb is: a row of the table and a file that runs it.
import type { TrialWish } from '../domain/trial.ts';
import type { Environment } from '../lib/environment.ts';
import type { Outcome, Refusal } from '../lib/outcome.ts';

export interface Flag {
	readonly type: 'boolean' | 'string' | 'strings';
	/** How its value is called in the usage. */
	readonly value?: string;
	readonly help: string;
	/** Its verb's notes tell of it: it has no row on the screen of help. */
	readonly noted?: boolean;
}

export interface Verb {
	readonly summary: string;
	/** Arguments after the verb, as the usage shows them. */
	readonly usage: string;
	/** The smallest and the largest number of arguments before `--`. */
	readonly arguments: readonly [least: number, most: number];
	/** What may stand after `--`. */
	readonly rest?: string;
	readonly flags: Readonly<Record<string, Flag>>;
	/** Words that may come first, beside what the usage names. */
	readonly words?: readonly string[];
	/** What is to be known beside the flags, a line each. */
	readonly notes?: readonly string[];
	/** What `--json` prints, for people to read; null where the verb tells nothing. */
	readonly json: string | null;
	readonly examples: readonly string[];
	readonly load: () => Promise<{ readonly run: Run }>;
}

/** A verb's arguments, parsed by its row. */
export interface Call {
	readonly verb: string;
	readonly words: readonly string[];
	/** What stood after `--`, or null where there was none. */
	readonly rest: readonly string[] | null;
	readonly on: (flag: string) => boolean;
	readonly text: (flag: string) => string | null;
	readonly texts: (flag: string) => readonly string[];
	readonly json: boolean;
	/** The folder that `--repo` names, or the present one. */
	readonly folder: string;
	readonly environment: Environment;
}

/** The exit codes of all verbs. */
export const exitCodes = {
	ok: 0,
	failed: 1,
	usage: 2,
	refused: 3,
	unreachable: 4,
	timeout: 124,
} as const;

export type ExitCode = number;

export interface TuiOptions {
	readonly commonDir: string;
	readonly environment: Environment;
	readonly version: string;
	/** The agent to show alone; null shows all. */
	readonly attachTo: string | null;
	readonly appearance: Appearance;
	/** What the demo asks to try. */
	readonly checklist: readonly TrialWish[] | null;
}

/** How the panes are shown, by what was said for this one start. */
export interface Appearance {
	/** False drops every colour, agents' too. */
	readonly colours: boolean;
	/** No sign but those of ASCII. */
	readonly ascii: boolean;
	/** Nothing moves or blinks by itself. */
	readonly still: boolean;
	/** Lines to be read aloud instead of a screen. */
	readonly lines: boolean;
}

export interface KeymapWish {
	readonly deed: 'check' | 'echo';
	readonly json: boolean;
	/** The repository whose keys count as well; null outside of one. */
	readonly root: string | null;
	readonly environment: Environment;
}

/** How weir's own agent is to be run. */
export interface OwnAgentWish {
	readonly folder: string;
	readonly environment: Environment;
	readonly version: string;
	readonly prompt: string | null;
	readonly resume: string | null;
	readonly conversation: string | null;
	readonly print: boolean;
	readonly json: boolean;
	readonly mode: 'ask' | 'edits' | 'all' | 'read';
	readonly provider: string | null;
	readonly model: string | null;
	readonly baseUrl: string | null;
	readonly window: number | null;
	readonly maxTokens: number | null;
	readonly maxCost: number | null;
	readonly addDirs: readonly string[];
	readonly instructions: string | null;
}

/** For whom an agent's words are served as tools. */
export interface McpWish {
	readonly environment: Environment;
	readonly version: string;
}

/** A verb ends with an exit code, or asks for a door that it does not load itself. */
export type Ending =
	| { readonly code: ExitCode }
	| { readonly door: 'keymap'; readonly options: KeymapWish }
	| { readonly door: 'agent'; readonly options: OwnAgentWish }
	| { readonly door: 'mcp'; readonly options: McpWish }
	| {
			readonly door: 'tui';
			readonly options: TuiOptions;
			/** Runs when the TUI has been left. */
			readonly close?: () => Promise<void>;
	  };

export type Run = (call: Call) => Promise<Outcome<Ending>>;

export const done: Outcome<Ending> = { ok: true, value: { code: exitCodes.ok } };

/** The exit code that a refusal ends with. */
export function codeOf(refusal: Refusal): ExitCode {
	if (refusal.code.startsWith('usage.') || words.has(refusal.code))
		return exitCodes.usage;
	if (unreachable.has(refusal.code)) return exitCodes.unreachable;
	if (refusal.code === 'internal' || outside.test(refusal.code)) return exitCodes.failed;
	return exitCodes.refused;
}

/** Said by a program or a machine that is not weir's. */
const outside = /^(?:push|gh)\./;

/** Said by the supervisor, which knows the words that a command line may hold. */
const words: ReadonlySet<string> = new Set(['key.unknown', 'state.unknown']);

const unreachable = new Set([
	'supervisor.none',
	'supervisor.gone',
	'supervisor.died',
	'supervisor.slow',
	'supervisor.silent',
	'supervisor.other-version',
]);
