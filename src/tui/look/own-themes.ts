// The theme files of the user, `themes/NAME.yaml` beside the settings: read at the start and again
// whenever one changes. A file with a fault is told with line and column, and left out.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isThemeName, themeNames } from '../../domain/theme-names.ts';
import { themeFiles, themeFolder } from '../../guard/theme-files.ts';
import type { Environment } from '../../lib/environment.ts';
import { errorCode } from '../../lib/error-words.ts';
import type { OwnTheme } from './theme-choice.ts';
import { checkThemeFile } from './theme-file.ts';

export interface OwnThemes {
	readonly own: Readonly<Record<string, OwnTheme>>;
	/** `FILE:LINE:COLUMN: what is wrong`; null where nothing is. */
	readonly fault: string | null;
}

export class ThemeReader {
	readonly #environment: Environment;
	#read = '';

	constructor(environment: Environment) {
		this.#environment = environment;
	}

	/** To be watched; it may not exist. */
	get folder(): string {
		return themeFolder(this.#environment);
	}

	async read(): Promise<OwnThemes> {
		const themes = await readThemes(this.#environment);
		this.#read = JSON.stringify(themes);
		return themes;
	}

	/** After a change. Says nothing where nothing changed. */
	async readAgain(tell: (themes: OwnThemes) => void): Promise<void> {
		const before = this.#read;
		const themes = await this.read();
		if (this.#read !== before) tell(themes);
	}
}

async function readThemes(environment: Environment): Promise<OwnThemes> {
	const folder = themeFolder(environment);
	const own: Record<string, OwnTheme> = {};
	const faults: string[] = [];
	for (const file of await themeFiles(environment)) {
		const read = await readTheme(join(folder, file));
		if ('fault' in read) faults.push(read.fault);
		else own[basename(file, '.yaml')] = read.theme;
	}
	const [first] = faults;
	const more = faults.length > 1 ? `; ${faults.length - 1} more` : '';
	return { own, fault: first === undefined ? null : `${first}${more}` };
}

async function readTheme(
	path: string,
): Promise<{ readonly theme: OwnTheme } | { readonly fault: string }> {
	const file = `themes/${basename(path)}`;
	const name = basename(path, '.yaml');
	if (!isThemeName(name))
		return { fault: `${file}:1:1: the name has lower case letters, digits and -` };
	if (themeNames.some((one) => one === name))
		return { fault: `${file}:1:1: weir has a theme ${name}: take another name` };
	const text = await readFile(path, 'utf8').catch((error: unknown) => {
		const code = errorCode(error);
		if (code === undefined) throw error;
		return { code };
	});
	if (typeof text !== 'string')
		return { fault: `${file}:1:1: it cannot be read: ${text.code}` };
	// Panes do not wait for a parser where there is nothing to parse.
	const { parseYaml } = await import('../../lib/yaml.ts');
	const parsed = parseYaml(text, file);
	if (!parsed.ok) return { fault: parsed.refusal.message };
	const { theme, faults } = checkThemeFile(parsed.value.value);
	const [first] = faults;
	if (!first) return { theme };
	const { line, column } = parsed.value.locate(first.path);
	return { fault: `${file}:${line}:${column}: ${first.message}` };
}
