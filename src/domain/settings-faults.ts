// What is wrong with the value of a settings file, each fault with the place where it stands.
import { noSuch } from '../lib/nearest-word.ts';
import { meantForm, type SchemaIssue, schemaWords } from '../lib/schema-words.ts';
import { parsePattern } from './scope/pattern.ts';
import { noSetting } from './setting-keys.ts';
import { type SettingsFile, settingsFile } from './settings-file.ts';

export interface SettingsFault {
	readonly path: readonly (string | number)[];
	/** Names the setting. */
	readonly message: string;
}

export type CheckedSettings =
	| { readonly ok: true; readonly file: SettingsFile }
	| { readonly ok: false; readonly faults: readonly SettingsFault[] };

/** Whose file it is. */
export interface SettingsReader {
	/** The names that there are; null for a file that others read, who have themes of their own. */
	readonly themes: readonly string[] | null;
	/** The CLIs whose ways weir knows. */
	readonly clis: readonly string[];
	/** It lies in the user's own folder, where no repository and no agent writes. */
	readonly own: boolean;
}

/** The value of a settings file, checked. Unknown keys are told with the nearest there is. */
export function checkSettingsFile(
	value: unknown,
	{ themes, clis, own }: SettingsReader,
): CheckedSettings {
	const checked = settingsFile.safeParse(value ?? {}, { reportInput: true });
	if (!checked.success)
		return { ok: false, faults: checked.error.issues.flatMap(faultsOf) };
	const { theme } = checked.data;
	const foreign = own ? null : foreignIn(checked.data);
	if (foreign) return { ok: false, faults: [foreign] };
	const named = [...noiseFaults(checked.data), ...likeFaults(checked.data, clis)];
	if (named.length > 0) return { ok: false, faults: named };
	if (themes === null || theme === undefined || themes.includes(theme))
		return { ok: true, file: checked.data };
	const message = `theme: ${noSuch('theme', theme, themes)}`;
	return { ok: false, faults: [{ path: ['theme'], message }] };
}

/** What runs or opens something for every agent is the user's own to say. */
const ownOnly = [
	['attention', 'notify_cmd'],
	['guard', 'caches'],
	['guard', 'sockets'],
] as const;

function foreignIn(file: SettingsFile): SettingsFault | null {
	const own = 'only your own settings may';
	const theirs = '~/.config/weir/config.yaml';
	const named = ownOnly.find((path) => isNamed(file, path));
	if (named)
		return { path: named, message: `${named.join('.')}: ${own} name it, ${theirs}` };
	const { guard } = file;
	const word = typeof guard === 'string';
	if ((word ? guard : guard?.mode) !== 'detect') return null;
	const path = word ? ['guard'] : ['guard', 'mode'];
	return { path, message: `${path.join('.')}: ${own} say detect, ${theirs}` };
}

function noiseFaults({ guard }: SettingsFile): SettingsFault[] {
	const noise = typeof guard === 'object' ? (guard.noise ?? []) : [];
	return noise.flatMap((text, at) => {
		const read = parsePattern(text);
		if (read.ok) return [];
		const { message, allow } = read.refusal;
		const path = ['guard', 'noise', at];
		return [{ path, message: `guard.noise: ${message}; ${allow}` }];
	});
}

function likeFaults(
	{ agents = {} }: SettingsFile,
	clis: readonly string[],
): SettingsFault[] {
	return Object.entries(agents).flatMap(([name, { like }]) => {
		if (like === undefined || clis.includes(like)) return [];
		const path = ['agents', name, 'like'];
		const known = `known are ${clis.join(', ')}`;
		return [
			{ path, message: `${path.join('.')}: ${noSuch('CLI', like, clis)}; ${known}` },
		];
	});
}

function isNamed(file: SettingsFile, path: readonly string[]): boolean {
	let value: unknown = file;
	for (const key of path)
		value =
			typeof value === 'object' && value !== null
				? (value as Readonly<Record<string, unknown>>)[key]
				: undefined;
	return value !== undefined;
}

const otherKeys = 'unrecognized_keys';

function faultsOf(issue: SchemaIssue): SettingsFault[] {
	const path = issue.path.filter((part) => typeof part !== 'symbol');
	const meant = issue.code === 'invalid_union' ? meantForm(issue) : null;
	// The fault stands inside of it.
	if (meant?.some(({ path: inner, code }) => inner.length > 0 || code === otherKeys))
		return meant.flatMap((one) => faultsOf({ ...one, path: [...path, ...one.path] }));
	if (issue.code === otherKeys) {
		return (issue.keys ?? []).map((key) => {
			const place = [...path, key];
			return { path: place, message: noSetting(place.join('.')) };
		});
	}
	const name = path.length === 0 ? 'the settings' : path.join('.');
	return [{ path, message: `${name}: ${schemaWords(issue)}` }];
}
