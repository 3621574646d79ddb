// What a settings file may hold, as a schema. Apart from the settings themselves: whoever only has
// them needs no schemas.
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
