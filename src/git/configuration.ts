// What the configuration of user and repository says to git, as far as weir has to know.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type GitPlace, gitList } from './git.ts';

/** Keys in lower case with their values as written; of several for one key the last counts. */
export type Configuration = readonly (readonly [key: string, value: string])[];

/** Effective configuration, user's and repository's. */
export async function readConfiguration(place: GitPlace): Promise<Configuration> {
	const entries = await gitList(place, ['config', '--list', '--includes', '-z']);
	return entries.map((entry) => {
		const at = entry.indexOf('\n');
		return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
	});
}

export function configured(config: Configuration, name: string): string | undefined {
	return config.findLast(([key]) => key === name)?.[1];
}

/** Whether files may be missing that git would fetch when they are asked for. */
export function isPartialClone(config: Configuration): boolean {
	return config.some(
		([key]) => key === 'extensions.partialclone' || /^remote\..*\.promisor$/.test(key),
	);
}

/**
 * Settings that take away the programs that configuration names. Read once, when the repository is
 * opened: a filter that the user configures later counts from the next opening on. External diffs
 * and text conversions are refused by flags where a diff is made.
 */
export function neutralSettings(config: Configuration): string[] {
	const pairs = new Set<string>();
	for (const [key] of config) {
		const filter = /^(filter\..*)\.(clean|smudge|process)$/.exec(key);
		if (filter) pairs.add(`${key}=`).add(`${filter[1]}.required=false`);
		// An empty merge driver would quietly take our side; one that fails leaves a conflict.
		if (/^merge\..*\.driver$/.test(key)) pairs.add(`${key}=false`);
		if (key === 'core.alternaterefscommand') pairs.add(`${key}=true`);
	}
	return [...pairs];
}

/** The file of what the user excludes everywhere. */
export function excludesFileOf(config: Configuration): string {
	const value = configured(config, 'core.excludesfile');
	if (value) return value.replace(/^~(?=\/)/, homedir());
	return join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'git/ignore');
}
