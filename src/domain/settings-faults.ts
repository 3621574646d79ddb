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
	const { theme, attention } = checked.data;
	if (!own && attention?.notify_cmd !== undefined) {
		const message =
			'attention.notify_cmd: only your own settings may name it, ~/.config/weir/config.yaml';
		return { ok: false, faults: [{ path: ['attention', 'notify_cmd'], message }] };
	}
	if (themes === null || theme === undefined || themes.includes(theme))
		return { ok: true, file: checked.data };
	const message = `theme: ${noSuch('theme', theme, themes)}`;
	return { ok: false, faults: [{ path: ['theme'], message }] };
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
