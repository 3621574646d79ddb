// Which themes there are: weir's, and the files of the user, `themes/NAME.yaml` beside the settings.
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { themeNames } from '../domain/theme-names.ts';
import type { Environment } from '../lib/environment.ts';
import { errorCode } from '../lib/error-words.ts';
import { configFolder } from '../lib/paths.ts';

/** More are no themes that somebody chooses from. */
const mostThemes = 100;

/** The folder to be watched; it may not exist. */
export function themeFolder(environment: Environment): string {
	return join(configFolder(environment), 'themes');
}

/** The files of the user's themes, by name, whatever they say. */
export async function themeFiles(environment: Environment): Promise<readonly string[]> {
	try {
		const names = await readdir(themeFolder(environment));
		return names
			.filter((name) => name.endsWith('.yaml'))
			.toSorted()
			.slice(0, mostThemes);
	} catch (error) {
		// Most people have none; whatever is wrong with the folder, there is none to be had from it.
		if (errorCode(error) === undefined) throw error;
		return [];
	}
}

/** All names that the setting `theme` may have on this machine. */
export async function namesOfThemes(
	environment: Environment,
): Promise<readonly string[]> {
	const files = await themeFiles(environment);
	return [...themeNames, ...files.map((file) => basename(file, '.yaml'))];
}
