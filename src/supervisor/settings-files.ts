// The settings files of one repository: read, checked, laid over each other. A bad file is told
// with file, line and column, and the last good settings stay in force.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtInKinds, cliNames } from '../agents/registry.ts';
import { ownPrices, shippedPrices } from '../agents/shipped-prices.ts';
import type { settingKeys } from '../domain/setting-keys.ts';
import {
	defaultSettings,
	namesCommands,
	overlay,
	type Settings,
} from '../domain/settings.ts';
import { checkSettingsFile, type SettingsReader } from '../domain/settings-faults.ts';
import type { SettingsFile } from '../domain/settings-file.ts';
import { namesOfThemes } from '../guard/theme-files.ts';
import type { Environment } from '../lib/environment.ts';
import { configFolder, dataFolder } from '../lib/paths.ts';
import { makeFolders } from '../lib/private-folder.ts';
import { readIfThere } from '../lib/read-if-there.ts';
import { parseYaml, yamlFault } from '../lib/yaml.ts';

export interface Problem {
	readonly file: string;
	readonly line: number;
	readonly column: number;
	readonly message: string;
}

/** A file that names commands, word for word: what trust is given to. */
export interface CommandFile {
	readonly path: string;
	readonly text: string;
}

export interface LoadedSettings {
	readonly settings: Settings;
	/** Setting (`worktree.root`) -> file that set it. */
	readonly origins: Readonly<Record<string, string>>;
	readonly problems: readonly Problem[];
	readonly commandFiles: readonly CommandFile[];
	/** Of the command-bearing files of the repository; null where there are none. */
	readonly hash: string | null;
	readonly trusted: boolean;
}

/** Where the settings of a repository lie, the later ones win. */
export function settingsPaths(root: string, environment: Environment) {
	return [
		{ path: join(configFolder(environment), 'config.yaml'), of: 'user' },
		{ path: join(root, '.weir', 'config.yaml'), of: 'everyone' },
		{ path: join(root, '.weir', 'config.local.yaml'), of: 'checkout' },
	] as const;
}

/** Reads all settings files. Never runs anything that they name. */
export async function loadSettings(
	root: string,
	environment: Environment,
	/** What stands in the file that everyone has, if not what lies on the disk; null is no such file. */
	everyone?: string | null,
): Promise<LoadedSettings> {
	const prices = shippedPrices();
	let settings: Settings = { ...defaultSettings, agents: builtInKinds, prices };
	const origins: Record<string, string> = {};
	const problems: Problem[] = [];
	const commandFiles: CommandFile[] = [];
	const themes = await namesOfThemes(environment);
	for (const { path, of } of settingsPaths(root, environment)) {
		const given = of === 'everyone' && everyone !== undefined;
		const text = given ? everyone : await readIfThere(path);
		if (text === null) continue;
		const read = readSettings(text, path, {
			themes: of === 'everyone' ? null : themes,
			clis: cliNames,
			own: of === 'user',
		});
		if (!read.ok) {
			problems.push(...read.problems);
			continue;
		}
		const below = flatten(settings);
		settings = overlay(settings, read.file, of === 'user');
		const now = flatten(settings);
		// What would loosen the guard does not count, and so does not stand for what is in force.
		for (const key of keysOf(read.file))
			if (!tightening.has(key) || below[key] !== now[key] || !origins[key])
				origins[key] = path;
		if (of !== 'user' && namesCommands(read.file)) commandFiles.push({ path, text });
	}
	const hash = commandFiles.length === 0 ? null : hashOf(commandFiles);
	const trusted = hash === null || existsSync(trustFile(environment, hash));
	return { settings, origins, problems, commandFiles, hash, trusted };
}

/** Trusts exactly this content; a change of one byte asks again. */
export async function grantTrust(
	environment: Environment,
	hash: string,
	files: readonly CommandFile[],
): Promise<void> {
	const file = trustFile(environment, hash);
	makeFolders(join(dataFolder(environment), 'trust'));
	await writeFile(file, `${files.map(({ path }) => path).join('\n')}\n`, { mode: 0o600 });
}

const tightening: ReadonlySet<string> = new Set(['guard.mode', 'guard.on_write']);

type Read =
	| { readonly ok: true; readonly file: SettingsFile }
	| { readonly ok: false; readonly problems: readonly Problem[] };

/** One settings file, checked. Unknown keys are told with the nearest key there is. */
function readSettings(text: string, path: string, reader: SettingsReader): Read {
	const parsed = parseYaml(text, path);
	if (!parsed.ok)
		return {
			ok: false,
			problems: [{ file: path, ...yamlFault(parsed.refusal.message) }],
		};
	const yaml = parsed.value;
	const checked = checkSettingsFile(yaml.value, reader);
	if (checked.ok) return checked;
	const problems = checked.faults.map(({ path: place, message }) => ({
		file: path,
		...yaml.locate(place),
		message,
	}));
	return { ok: false, problems };
}

/** The settings in force by their dotted keys, as a settings file would name them. */
export function flatten(settings: Settings): Record<string, unknown> {
	const { worktree } = settings;
	return {
		base: settings.base,
		'branch.prefix': settings.branch.prefix,
		'worktree.root': worktree.root,
		'worktree.copy': worktree.copy,
		'worktree.link': worktree.link,
		'worktree.link_by': worktree.linkBy,
		'worktree.setup': worktree.setup,
		'worktree.teardown': worktree.teardown,
		'worktree.ports.from': worktree.ports.from,
		'worktree.ports.each': worktree.ports.each,
		'holder.agents': settings.holder.agents,
		agents: settings.agents,
		default_agent: settings.defaultAgent,
		gates: settings.gates,
		gate_slots: settings.gateSlots,
		'guard.mode': settings.guard.mode,
		'guard.on_write': settings.guard.onWrite,
		'guard.noise': settings.guard.noise,
		'guard.caches': settings.guard.caches,
		'guard.sockets': settings.guard.sockets,
		'land.strategy': settings.land.strategy,
		'land.sign': settings.land.sign,
		'land.require': settings.land.require,
		'land.after': settings.land.after,
		'land.message': settings.land.message,
		'budget.agent.usd': settings.budget.agent.usd,
		'budget.agent.tokens': settings.budget.agent.tokens,
		'budget.agent.hours': settings.budget.agent.hours,
		'budget.agent.tries': settings.budget.agent.tries,
		'budget.day.usd': settings.budget.day.usd,
		'budget.day.tokens': settings.budget.day.tokens,
		prices: ownPrices(settings.prices),
		'snapshots.keep_days': settings.snapshots.keepDays,
		'recordings.megabytes_per_agent': settings.recordings.megabytesPerAgent,
		'attention.notify': settings.attention.notify,
		'attention.notify_cmd': settings.attention.notifyCmd,
		'attention.bell': settings.attention.bell,
		'attention.quiet': settings.attention.quiet,
		'attention.texts': settings.attention.texts,
		'attention.stuck_after': settings.attention.stuckAfter,
		layout: settings.layout,
		theme: settings.theme,
		mouse: settings.mouse,
		reduced_motion: settings.reducedMotion,
	} satisfies Record<(typeof settingKeys)[number], unknown>;
}

function keysOf(file: SettingsFile): string[] {
	const walk = (value: unknown, path: string): string[] => {
		// A word for all of it is its mode.
		if (path === 'guard' && typeof value === 'string') return ['guard.mode'];
		return typeof value === 'object' &&
			value !== null &&
			!Array.isArray(value) &&
			path !== 'agents' &&
			path !== 'prices'
			? Object.entries(value).flatMap(([key, below]) =>
					walk(below, path === '' ? key : `${path}.${key}`),
				)
			: [path];
	};
	return walk(file, '');
}

function hashOf(files: readonly CommandFile[]): string {
	const hash = createHash('sha256');
	for (const { path, text } of files) hash.update(`${path}\0${text.length}\0${text}`);
	return hash.digest('hex');
}

function trustFile(environment: Environment, hash: string): string {
	return join(dataFolder(environment), 'trust', hash);
}
