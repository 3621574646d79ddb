// The files of rules: weir's own in the package, the user's beside the settings, `rules/NAME.yaml`, which
// stand in for those of the same name.
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { noRules, type Rules, rulesFile } from '../domain/screen-rules.ts';
import type { Environment } from '../lib/environment.ts';
import { errorCode } from '../lib/error-words.ts';
import { packageRoot } from '../lib/package-root.ts';
import { configFolder } from '../lib/paths.ts';
import { readIfThere } from '../lib/read-if-there.ts';
import { firstFault } from '../lib/schema-words.ts';
import { parseYaml, type TextPosition, yamlFault } from '../lib/yaml.ts';

/** Where any program is read by, whose own file says nothing. */
const generic = 'generic';

export interface RulesProblem extends TextPosition {
	readonly file: string;
	readonly message: string;
}

export interface LoadedRules {
	/** Those of a kind, before those of any program. */
	readonly of: (name: string | null) => Rules;
	/** What is wrong with files, a sentence each; they are left out. */
	readonly problems: readonly RulesProblem[];
}

/** The folder of the user's own rules; it may not exist. */
export function rulesFolder(environment: Environment): string {
	return join(configFolder(environment), 'rules');
}

/** Reads all files of rules. */
export async function loadRules(environment: Environment): Promise<LoadedRules> {
	const files = new Map<string, Rules>();
	const problems: RulesProblem[] = [];
	for (const folder of [join(packageRoot(), 'rules'), rulesFolder(environment)])
		for (const name of await yamlIn(folder)) {
			const path = join(folder, name);
			const text = await readIfThere(path);
			if (text === null) continue;
			const read = readRules(text, path);
			if (read.ok) files.set(basename(name, '.yaml'), read.rules);
			else problems.push({ file: path, ...read.fault });
		}
	const common = files.get(generic) ?? noRules;
	const joined = new Map([...files].map(([name, own]) => [name, together(own, common)]));
	return { of: (name) => joined.get(name ?? generic) ?? common, problems };
}

function together(own: Rules, common: Rules): Rules {
	if (own === common) return own;
	return {
		screen: [...(own.screen ?? []), ...(common.screen ?? [])],
		title: [...(own.title ?? []), ...(common.title ?? [])],
	};
}

type Read =
	| { readonly ok: true; readonly rules: Rules }
	| { readonly ok: false; readonly fault: Omit<RulesProblem, 'file'> };

/** The rules of a file, or what is wrong with it. */
function readRules(text: string, path: string): Read {
	const parsed = parseYaml(text, path);
	if (!parsed.ok) return { ok: false, fault: yamlFault(parsed.refusal.message) };
	const checked = rulesFile.safeParse(parsed.value.value ?? {});
	if (checked.success) return { ok: true, rules: checked.data };
	const [issue] = checked.error.issues;
	const at = parsed.value.locate((issue?.path ?? []) as (string | number)[]);
	return { ok: false, fault: { ...at, message: firstFault(checked.error.issues) } };
}

async function yamlIn(folder: string): Promise<readonly string[]> {
	try {
		const names = await readdir(folder);
		return names.filter((name) => name.endsWith('.yaml')).toSorted();
	} catch (error) {
		// Most people have none of their own.
		if (errorCode(error) === undefined) throw error;
		return [];
	}
}
