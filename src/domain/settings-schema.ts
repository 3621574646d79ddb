// The settings as a JSON Schema, for editors that complete and check YAML by one.
import * as z from 'zod/mini';
import { settingsFile } from './settings-file.ts';

/** A schema of one settings file, draft 2020-12. */
export function settingsSchema(): Readonly<Record<string, unknown>> {
	return { title: 'weir settings', ...z.toJSONSchema(settingsFile, { io: 'input' }) };
}
