// What is wrong with the value of a settings file, each fault with the place where it stands.
import { type SchemaIssue, schemaWords } from '../lib/schema-words.ts';
import { noSetting } from './setting-keys.ts';
import { type SettingsFile, settingsFile } from './settings.ts';

export interface SettingsFault {
	readonly path: readonly (string | number)[];
	/** Names the setting. */
	readonly message: string;
}

export type CheckedSettings =
	| { readonly ok: true; readonly file: SettingsFile }
	| { readonly ok: false; readonly faults: readonly SettingsFault[] };

/** The value of a settings file, checked. Unknown keys are told with the nearest there is. */
export function checkSettingsFile(value: unknown): CheckedSettings {
	const checked = settingsFile.safeParse(value ?? {}, { reportInput: true });
	return checked.success
		? { ok: true, file: checked.data }
		: { ok: false, faults: checked.error.issues.flatMap(faultsOf) };
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
