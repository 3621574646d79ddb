// A gate: a command that says of a tree whether it is good.
import type { CommandLine } from '../command-line.ts';
import type { GateFormat } from './format.ts';

/** From when on it runs by itself; each one holds for those after it as well. */
export const gateMoments = ['settle', 'done', 'landing', 'demand'] as const;
export type GateMoment = (typeof gateMoments)[number];

export interface Gate {
	readonly run: CommandLine;
	readonly when: GateMoment;
	/** In seconds. */
	readonly timeout: number;
	readonly parse: GateFormat;
	/** Files that it writes reports to, or patterns of them, relative to the worktree; else it is its output. */
	readonly report: readonly string[];
	/** How often it is run again on the same tree when it is red, to find what comes and goes. */
	readonly retries: number;
	/** How many slots it takes. */
	readonly weight: number;
	/** How often the agent is told by weir itself what is newly red, until it is green again. */
	readonly tell: number;
	/** Variables whose values decide what it says. */
	readonly env: readonly string[];
	/** Patterns of files by which it judges, beside those that weir knows. */
	readonly config: readonly string[];
}

export type Gates = Readonly<Record<string, Gate>>;

/** What one settings file says of a gate; text or a list is its command. */
export type GateFile =
	| CommandLine
	| ({ readonly run: CommandLine } & {
			readonly [K in Exclude<keyof Gate, 'run' | 'report'>]?: Gate[K] | undefined;
	  } & { readonly report?: string | readonly string[] | undefined });

const usual: Omit<Gate, 'run'> = {
	when: 'settle',
	timeout: 600,
	parse: 'auto',
	report: [],
	retries: 0,
	weight: 1,
	tell: 0,
	env: [],
	config: [],
};

export function gateOf(file: GateFile): Gate {
	if (typeof file === 'string' || isList(file)) return { run: file, ...usual };
	const { report = [] } = file;
	const reports = typeof report === 'string' ? [report] : report;
	const said = Object.entries({ ...file, report: reports }).filter(
		([, value]) => value !== undefined,
	);
	return { ...usual, ...(Object.fromEntries(said) as { readonly run: CommandLine }) };
}

/** Whether it runs by itself at that moment. */
export function runsAt({ when }: Gate, moment: Exclude<GateMoment, 'demand'>): boolean {
	return gateMoments.indexOf(when) <= gateMoments.indexOf(moment);
}

/** What of a gate decides what it says of a tree, in words. */
export function definitionOf(gate: Gate): string {
	const { run, timeout, parse, report, retries, env } = gate;
	return JSON.stringify([run, timeout, parse, report, retries, env]);
}

function isList(file: GateFile): file is readonly string[] {
	return Array.isArray(file);
}
