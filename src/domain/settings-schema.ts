// The settings as a JSON Schema, for editors that complete and check YAML by one.
import { z } from 'zod';
import { faultInWords } from './schema-fault.ts';
import { settingsFile } from './settings.ts';

/** A schema of one settings file, draft 2020-12. */
export function settingsSchema(): Readonly<Record<string, unknown>> {
	return { title: 'weir settings', ...z.toJSONSchema(settingsFile, { io: 'input' }) };
}

/** The first fault of a value as a settings file, in words; null where there is none. */
export function faultOfSettings(value: unknown): string | null {
	const checked = settingsFile.safeParse(value);
	if (checked.success) return null;
	const [issue] = checked.error.issues;
	if (issue === undefined) return 'it is no settings file';
	const place = issue.path.join('.');
	if (issue.code === 'unrecognized_keys') {
		const keys = issue.keys.map((key) => [place, key].filter(Boolean).join('.'));
		return `there is no setting ${keys.join(', ')}`;
	}
	return `${place === '' ? 'a settings file' : place} ${faultInWords(issue)}`;
}
