// Writes one setting into a settings file. The file's comments and order stay; what would not be
// valid afterwards is refused and nothing is written.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { configFolder } from '../lib/paths.ts';
import { parseYaml, setInYaml } from '../lib/yaml.ts';
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
	const written = await setInFile(file.value, key, value.value.value);
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
): Promise<Outcome<void>> {
	const before = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return '';
		throw error;
	});
	const readable = parseYaml(before, file);
	if (!readable.ok) return readable;
	if (!isMapping(readable.value.value))
		return refuse('settings.invalid', `${file} is no list of settings`, `edit ${file}`);
	const after = setInYaml(before, key.split('.'), value);
	const { faultOfSettings } = await import('../domain/settings-schema.ts');
	const parsed = parseYaml(after, file);
	const fault = parsed.ok ? faultOfSettings(parsed.value.value) : parsed.refusal.message;
	if (fault !== null)
		return refuse(
			'settings.invalid',
			`${fault}, so ${file} was not changed`,
			'weir config get',
		);
	await mkdir(dirname(file), { recursive: true });
	await writeFile(`${file}.new`, after);
	await rename(`${file}.new`, file);
	return ok(undefined);
}

function isMapping(value: unknown): boolean {
	return value === null || (typeof value === 'object' && !Array.isArray(value));
}
