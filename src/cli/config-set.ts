// Writes one setting into a settings file. The file's comments and order stay; what would not be
// valid afterwards is refused and nothing is written.
import { rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cliNames } from '../agents/registry.ts';
import type { SettingsReader } from '../domain/settings-faults.ts';
import { namesOfThemes } from '../guard/theme-files.ts';
import { type Outcome, ok, type Refusal, refusal, refuse } from '../lib/outcome.ts';
import { configFolder } from '../lib/paths.ts';
import { makeFolders } from '../lib/private-folder.ts';
import { readIfThere } from '../lib/read-if-there.ts';
import { parseYaml, setInYaml, type YamlText } from '../lib/yaml.ts';
import { usage } from './arguments.ts';
import { print, printJson } from './print.ts';
import { repositoryOf } from './reach.ts';
import { type Call, done, type Ending } from './verb.ts';

/** `weir config set KEY VALUE`: the value is YAML. */
export async function setSetting(call: Call): Promise<Outcome<Ending>> {
	const [, key, text] = call.words;
	if (key === undefined || text === undefined)
		return usage('config', 'config set takes a key and a value');
	const file = await fileFor(call);
	if (!file.ok) return file;
	const value = parseYaml(text, 'value');
	if (!value.ok) return refuse('usage.value', `${text} is no YAML value`, 'quote it');
	const reader = {
		themes: call.on('shared') ? null : await namesOfThemes(call.environment),
		clis: cliNames,
		own: !call.on('shared') && !call.on('local'),
	};
	const written = await setInFile(file.value, key, value.value.value, reader);
	if (!written.ok) return written;
	if (call.json) printJson({ v: 1, file: file.value, key, value: value.value.value });
	else print(`${key} is set in ${file.value}`);
	return done;
}

async function fileFor(call: Call): Promise<Outcome<string>> {
	if (call.on('shared') && call.on('local'))
		return usage('config', 'say --shared or --local, not both');
	if (!call.on('shared') && !call.on('local'))
		return ok(join(configFolder(call.environment), 'config.yaml'));
	const repository = await repositoryOf(call);
	if (!repository.ok) return repository;
	const name = call.on('shared') ? 'config.yaml' : 'config.local.yaml';
	return ok(join(repository.value.root, '.weir', name));
}

async function setInFile(
	file: string,
	key: string,
	value: unknown,
	reader: SettingsReader,
): Promise<Outcome<void>> {
	const before = (await readIfThere(file)) ?? '';
	const readable = parseYaml(before, file);
	if (!readable.ok) return readable;
	if (!isMapping(readable.value.value))
		return refuse('settings.invalid', `${file} is no list of settings`, `edit ${file}`);
	const after = withSetting(before, readable.value.value, key, value);
	const fault = await faultIn(after, { file, key, before: readable.value, reader });
	if (fault !== null) return { ok: false, refusal: fault };
	makeFolders(dirname(file));
	await writeFile(`${file}.new`, after);
	await rename(`${file}.new`, file);
	return ok(undefined);
}

/** Groups of settings that one word may stand for, and which of them it is then. */
const byOneWord: Readonly<Record<string, string>> = { guard: 'mode' };

function withSetting(text: string, file: unknown, key: string, value: unknown): string {
	const path = key.split('.');
	const [group = ''] = path;
	const meant = byOneWord[group];
	const said = isGroup(file) ? file[group] : undefined;
	if (meant === undefined) return setInYaml(text, path, value);
	if (path.length === 1 && typeof value === 'string' && isGroup(said))
		return setInYaml(text, [group, meant], value);
	if (path.length === 1 || typeof said !== 'string') return setInYaml(text, path, value);
	return setInYaml(setInYaml(text, [group], { [meant]: said }), path, value);
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
	return value !== null && isMapping(value);
}

interface Change {
	readonly file: string;
	readonly key: string;
	readonly before: YamlText;
	readonly reader: SettingsReader;
}

/** What is wrong with the file as it would be: the value itself, or what stood there before. */
async function faultIn(
	text: string,
	{ file, key, before, reader }: Change,
): Promise<Refusal | null> {
	const parsed = parseYaml(text, file);
	if (!parsed.ok)
		return refusal('settings.invalid', parsed.refusal.message, `edit ${file}`);
	// zod is loaded by this deed alone.
	const { checkSettingsFile } = await import('../domain/settings-faults.ts');
	const checked = checkSettingsFile(parsed.value.value, reader);
	if (checked.ok) return null;
	const under = (path: readonly unknown[]) => `${key}.`.startsWith(`${path.join('.')}.`);
	const own = checked.faults.find(
		({ path }) => path.join('.').startsWith(key) || under(path),
	);
	if (own) {
		const unchanged = `${own.message}; ${file} was not changed`;
		return refusal('usage.setting', unchanged, 'weir config schema');
	}
	const [other] = checked.faults;
	const { line, column } = before.locate(other?.path ?? []);
	return refusal(
		'settings.invalid',
		`${file}:${line}:${column}: ${other?.message}; the file was not changed`,
		`edit ${file}`,
	);
}

function isMapping(value: unknown): boolean {
	return value === null || (typeof value === 'object' && !Array.isArray(value));
}
