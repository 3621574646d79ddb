// What a user may set. A schema only: reading files is the supervisor's, merging is here.
import { z } from 'zod';
import { isThemeName, themeNames } from './theme-names.ts';

const command = z.union([z.string().min(1), z.array(z.string()).min(1)]);
const relativePattern = z
	.string()
	.min(1)
	.max(512)
	.refine((text) => !text.startsWith('/') && !text.split('/').includes('..'), {
		message: 'must be a path inside the repository, without ".."',
	});

const agentKind = z.strictObject({
	/** The program and its first arguments. */
	command: z.array(z.string().min(1)).min(1),
	/** First signals of a stop; KILL always comes last. */
	stop: z
		.array(z.enum(['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGQUIT']))
		.max(4)
		.optional(),
	/** `on-failure` starts it again after a crash, with back-off. */
	restart: z.enum(['never', 'on-failure']).optional(),
	/** How weir may type a prompt: as a line, as a shell comment, or not at all. */
	prompt: z.enum(['line', 'comment', 'none']).optional(),
});

/** One settings file. Every key is optional: files are merged, later ones win. */
export const settingsFile = z.strictObject({
	base: z.string().min(1).optional(),
	branch: z
		.strictObject({
			prefix: z
				.string()
				.regex(/^[a-z0-9][a-z0-9/_-]*$/)
				.optional(),
		})
		.optional(),
	worktree: z
		.strictObject({
			/** `~/` is the user's home; a relative path begins at the main checkout. */
			root: z.string().min(1).optional(),
			copy: z.array(relativePattern).max(200).optional(),
			link: z.array(relativePattern).max(50).optional(),
			link_by: z.enum(['reflink', 'hardlink', 'symlink']).optional(),
			setup: command.optional(),
			teardown: command.optional(),
			ports: z
				.strictObject({
					from: z.int().min(1024).max(65_000).optional(),
					each: z.int().min(1).max(100).optional(),
				})
				.optional(),
		})
		.optional(),
	holder: z.strictObject({ agents: z.int().min(1).max(64).optional() }).optional(),
	agents: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,31}$/), agentKind).optional(),
	default_agent: z.string().optional(),
	land: z
		.strictObject({
			strategy: z.enum(['squash', 'merge']).optional(),
			sign: z.boolean().optional(),
		})
		.optional(),
	snapshots: z
		.strictObject({ keep_days: z.int().min(1).max(3650).optional() })
		.optional(),
	recordings: z
		.strictObject({ megabytes_per_agent: z.int().min(1).max(100_000).optional() })
		.optional(),
	layout: z.enum(['auto', 'grid', 'main-stack', 'columns', 'strips']).optional(),
	/** One of weir's, or the name of a file in the user's folder `themes`. */
	theme: z
		.string()
		.refine(isThemeName, {
			message: 'must be auto, dark, light, or another theme by its name',
		})
		.meta({ examples: [...themeNames] })
		.optional(),
	mouse: z.boolean().optional(),
	reduced_motion: z.boolean().optional(),
});
export type SettingsFile = z.infer<typeof settingsFile>;

export type CommandLine = string | readonly string[];

export interface AgentKind {
	readonly command: readonly string[];
	readonly stop: readonly ('SIGHUP' | 'SIGINT' | 'SIGTERM' | 'SIGQUIT')[];
	readonly restart: 'never' | 'on-failure';
	readonly prompt: 'line' | 'comment' | 'none';
}

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
	readonly defaultAgent: string;
	readonly land: { readonly strategy: 'squash' | 'merge'; readonly sign: boolean };
	readonly snapshots: { readonly keepDays: number };
	readonly recordings: { readonly megabytesPerAgent: number };
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
	agents: {},
	defaultAgent: 'shell',
	land: { strategy: 'squash', sign: false },
	snapshots: { keepDays: 14 },
	recordings: { megabytesPerAgent: 64 },
	layout: 'auto',
	theme: 'auto',
	mouse: true,
	reducedMotion: false,
};

/** Lays one file over what is set so far. */
export function overlay(below: Settings, file: SettingsFile): Settings {
	const { worktree = {}, land = {}, agents = {} } = file;
	const kinds = Object.fromEntries(
		Object.entries(agents).map(([name, kind]) => [
			name,
			{
				command: kind.command,
				stop: kind.stop ?? plainKind.stop,
				restart: kind.restart ?? plainKind.restart,
				prompt: kind.prompt ?? 'line',
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
		land: {
			strategy: land.strategy ?? below.land.strategy,
			sign: land.sign ?? below.land.sign,
		},
		snapshots: { keepDays: file.snapshots?.keep_days ?? below.snapshots.keepDays },
		recordings: {
			megabytesPerAgent:
				file.recordings?.megabytes_per_agent ?? below.recordings.megabytesPerAgent,
		},
		layout: file.layout ?? below.layout,
		theme: file.theme ?? below.theme,
		mouse: file.mouse ?? below.mouse,
		reducedMotion: file.reduced_motion ?? below.reducedMotion,
	};
}

/** Settings that name a command: what trust is about. */
export function namesCommands(file: SettingsFile): boolean {
	return (
		file.worktree?.setup !== undefined ||
		file.worktree?.teardown !== undefined ||
		Object.keys(file.agents ?? {}).length > 0
	);
}

/** A string is trusted text for `sh -c`, a list is an argument vector. */
export function argvOf(command: CommandLine): readonly string[] {
	return typeof command === 'string' ? ['sh', '-c', command] : command;
}
