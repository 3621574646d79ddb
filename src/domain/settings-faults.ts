// What is wrong with the value of a settings file, each fault with the place where it stands.
import { noSuch } from '../lib/nearest-word.ts';
import { type SchemaIssue, schemaWords } from '../lib/schema-words.ts';
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
	/** It lies in the user's own folder, where no repository and no agent writes. */
	readonly own: boolean;
}

/** The value of a settings file, checked. Unknown keys are told with the nearest there is. */
export function checkSettingsFile(
	value: unknown,
	{ themes, own }: SettingsReader,
): CheckedSettings {
	const checked = settingsFile.safeParse(value ?? {}, { reportInput: true });
	if (!checked.success)
		return { ok: false, faults: checked.error.issues.flatMap(faultsOf) };
	const { theme } = checked.data;
	const foreign = own ? undefined : ownOnly.find((path) => isNamed(checked.data, path));
	if (foreign) {
		const message = `${foreign.join('.')}: only your own settings may name it, ~/.config/weir/config.yaml`;
		return { ok: false, faults: [{ path: foreign, message }] };
	}
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

function isNamed(file: SettingsFile, path: readonly string[]): boolean {
	let value: unknown = file;
	for (const key of path)
		value =
			typeof value === 'object' && value !== null
				? (value as Readonly<Record<string, unknown>>)[key]
				: undefined;
	return value !== undefined;
}

function faultsOf(issue: SchemaIssue): SettingsFault[] {
	const path = issue.path.filter((part) => typeof part !== 'symbol');
	if (issue.code === 'unrecognized_keys') {
		return (issue.keys ?? []).map((key) => {
			const place = [...path, key];
			return { path: place, message: noSetting(place.join('.')) };
		});
	}
	const name = path.length === 0 ? 'the settings' : path.join('.');
	return [{ path, message: `${name}: ${schemaWords(issue)}` }];
}
