// What a user may set, and how files are laid over one another. Reading them is the supervisor's.
import type { AgentKind } from './agent-kinds.ts';
import type { CommandLine } from './command-line.ts';
import { type Limits, lowerLimits, noLimits, withLimits } from './cost/limits.ts';
import { type Prices, priceOf } from './cost/prices.ts';
import { type Gates, gateOf } from './gates/gate.ts';
import { defaultGuard, type GuardSettings, overlayGuard } from './guard.ts';
import type { NotifyWay } from './notify-way.ts';
import type { SettingsFile } from './settings-file.ts';

export interface Settings {
	readonly base: string | null;
	readonly branch: { readonly prefix: string };
	readonly worktree: {
		readonly root: string | null;
		readonly copy: readonly string[];
		readonly link: readonly string[];
		readonly linkBy: 'reflink' | 'hardlink' | 'symlink';
		readonly setup: CommandLine | null;
		readonly teardown: CommandLine | null;
		readonly ports: { readonly from: number; readonly each: number };
	};
	readonly holder: { readonly agents: number };
	readonly agents: Readonly<Record<string, AgentKind>>;
	/** Null: the first known CLI that is there, else the user's shell. */
	readonly defaultAgent: string | null;
	readonly guard: GuardSettings;
	/** By name, in the order of the settings. */
	readonly gates: Gates;
	/** How many of them run at a time, by weight; null is half of the processors. */
	readonly gateSlots: number | null;
	readonly land: {
		readonly strategy: MergeStrategy;
		readonly sign: boolean;
		readonly require: LandingRule;
		readonly after: AfterLanding;
		/** What its message says, see `fillTemplate`; null or absent is what weir proposes. */
		readonly message?: string | null;
	};
	/** Of each agent, and of all of them in a day. */
	readonly budget: {
		readonly agent: Limits;
		readonly day: Pick<Limits, 'usd' | 'tokens'>;
	};
	readonly prices: Prices;
	readonly snapshots: { readonly keepDays: number };
	readonly recordings: { readonly megabytesPerAgent: number };
	readonly attention: {
		readonly notify: NotifyWay;
		readonly notifyCmd: CommandLine | null;
		readonly bell: boolean;
		readonly quiet: string | null;
		readonly texts: boolean;
		/** In minutes. */
		readonly stuckAfter: number;
	};
	readonly layout: 'auto' | 'grid' | 'main-stack' | 'columns' | 'strips';
	readonly theme: string;
	readonly mouse: boolean;
	readonly reducedMotion: boolean;
}

/**
 * How a program of no known kind is treated. The ladder starts with HUP: an interactive bash
 * ignores INT and TERM and leaves on HUP at once.
 */
export const plainKind = {
	stop: ['SIGHUP', 'SIGTERM'],
	restart: 'never',
	prompt: 'comment',
	like: null,
	resume: null,
	rules: null,
} as const satisfies Omit<AgentKind, 'command'>;

export const defaultSettings: Settings = {
	base: null,
	branch: { prefix: 'weir/' },
	worktree: {
		root: null,
		copy: [],
		link: [],
		linkBy: 'reflink',
		setup: null,
		teardown: null,
		ports: { from: 42_000, each: 10 },
	},
	holder: { agents: 10 },
	// Those that weir knows by itself are laid below by whoever reads settings.
	agents: {},
	defaultAgent: null,
	guard: defaultGuard,
	gates: {},
	gateSlots: null,
	land: {
		strategy: 'squash',
		sign: false,
		require: 'green',
		after: 'keep',
		message: null,
	},
	budget: { agent: noLimits, day: { usd: null, tokens: null } },
	prices: {},
	snapshots: { keepDays: 14 },
	recordings: { megabytesPerAgent: 64 },
	attention: {
		notify: 'auto',
		notifyCmd: null,
		bell: false,
		quiet: null,
		texts: false,
		stuckAfter: 5,
	},
	layout: 'auto',
	theme: 'auto',
	mouse: true,
	reducedMotion: false,
};

/** Lays one file over what is set so far. */
export function overlay(below: Settings, file: SettingsFile, own = false): Settings {
	const { worktree = {}, land = {}, agents = {}, attention = {} } = file;
	const kinds = Object.fromEntries(
		Object.entries(agents).map(([name, kind]) => [
			name,
			{
				command: kind.command,
				stop: kind.stop ?? plainKind.stop,
				restart: kind.restart ?? plainKind.restart,
				prompt: kind.prompt ?? below.agents[kind.like ?? '']?.prompt ?? 'line',
				like: kind.like ?? null,
				resume: kind.resume ?? null,
				rules: kind.rules ?? kind.like ?? null,
				usage: kind.usage ?? null,
			},
		]),
	);
	return {
		base: file.base ?? below.base,
		branch: { prefix: file.branch?.prefix ?? below.branch.prefix },
		worktree: {
			root: worktree.root ?? below.worktree.root,
			copy: worktree.copy ?? below.worktree.copy,
			link: worktree.link ?? below.worktree.link,
			linkBy: worktree.link_by ?? below.worktree.linkBy,
			setup: worktree.setup ?? below.worktree.setup,
			teardown: worktree.teardown ?? below.worktree.teardown,
			ports: {
				from: worktree.ports?.from ?? below.worktree.ports.from,
				each: worktree.ports?.each ?? below.worktree.ports.each,
			},
		},
		holder: { agents: file.holder?.agents ?? below.holder.agents },
		agents: { ...below.agents, ...kinds },
		defaultAgent: file.default_agent ?? below.defaultAgent,
		guard:
			file.guard === undefined ? below.guard : overlayGuard(below.guard, file.guard, own),
		gates: {
			...below.gates,
			...Object.fromEntries(
				Object.entries(file.gates ?? {}).map(([name, gate]) => [name, gateOf(gate)]),
			),
		},
		gateSlots: file.gate_slots ?? below.gateSlots,
		land: {
			strategy: land.strategy ?? below.land.strategy,
			sign: land.sign ?? below.land.sign,
			require: own
				? (land.require ?? below.land.require)
				: stricterRule(below, land.require),
			after: land.after ?? below.land.after,
			message: land.message ?? below.land.message ?? null,
		},
		budget: overlayBudget(below, file, own),
		prices: overlayPrices(below, file, own),
		snapshots: { keepDays: file.snapshots?.keep_days ?? below.snapshots.keepDays },
		recordings: {
			megabytesPerAgent:
				file.recordings?.megabytes_per_agent ?? below.recordings.megabytesPerAgent,
		},
		attention: {
			notify: attention.notify ?? below.attention.notify,
			notifyCmd: attention.notify_cmd ?? below.attention.notifyCmd,
			bell: attention.bell ?? below.attention.bell,
			quiet: attention.quiet ?? below.attention.quiet,
			texts: attention.texts ?? below.attention.texts,
			stuckAfter: attention.stuck_after ?? below.attention.stuckAfter,
		},
		layout: file.layout ?? below.layout,
		theme: file.theme ?? below.theme,
		mouse: file.mouse ?? below.mouse,
		reducedMotion: file.reduced_motion ?? below.reducedMotion,
	};
}

/** The user's own file may say anything; what comes after it lowers and never raises. */
function overlayBudget(
	{ budget }: Settings,
	{ budget: said = {} }: SettingsFile,
	own: boolean,
): Settings['budget'] {
	const over = own ? withLimits : lowerLimits;
	const { usd, tokens } = over({ ...noLimits, ...budget.day }, said.day ?? {});
	return { agent: over(budget.agent, said.agent ?? {}), day: { usd, tokens } };
}

/** Who comes after the user's own file may name models that have no price, and make none cheaper. */
function overlayPrices(below: Settings, file: SettingsFile, own: boolean): Prices {
	const said = Object.fromEntries(
		Object.entries(file.prices ?? {}).map(([model, price]) => [model, priceOf(price)]),
	);
	return own ? { ...below.prices, ...said } : { ...said, ...below.prices };
}

/** What the gates have to say of a tree before it becomes the base's. */
export const landingRules = ['no-new-failures', 'green'] as const;
export type LandingRule = (typeof landingRules)[number];

/** How commits become the base's: as one, below a merge, or each anew on top of it. */
export const mergeStrategies = ['squash', 'merge', 'rebase'] as const;
export type MergeStrategy = (typeof mergeStrategies)[number];

/** What becomes of a worktree once its work has landed. */
export const afterLanding = ['keep', 'reset', 'remove'] as const;
export type AfterLanding = (typeof afterLanding)[number];

/** Who comes after the user's own file may ask for more, and never for less. */
function stricterRule(below: Settings, rule: LandingRule | undefined): LandingRule {
	return rule === 'green' ? rule : below.land.require;
}

/** Settings that name a command: what trust is about. */
export function namesCommands(file: SettingsFile): boolean {
	return (
		file.worktree?.setup !== undefined ||
		file.worktree?.teardown !== undefined ||
		Object.keys(file.agents ?? {}).length > 0 ||
		Object.keys(file.gates ?? {}).length > 0
	);
}
