// The settings as a JSON Schema, for editors that complete and check YAML by one.
import * as z from 'zod/mini';
import { likeName, settingsFile } from './settings-file.ts';

/** A schema of one settings file, draft 2020-12, by the CLIs whose ways weir knows. */
export function settingsSchema(
	clis: readonly string[],
): Readonly<Record<string, unknown>> {
	const schema = z.toJSONSchema(settingsFile, {
		io: 'input',
		override: ({ zodSchema, jsonSchema }) => {
			if (zodSchema === likeName) jsonSchema.enum = [...clis];
		},
	});
	return { title: 'weir settings', ...schema };
}
