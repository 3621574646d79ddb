// For files of the user's that are checked by hand, entry by entry, and not by a schema.
import type { YamlPath } from './yaml.ts';

/** Hears what is wrong with a value of a file, and where it stands. */
export type TellFault = (path: YamlPath, message: string) => void;

/** The entries of a mapping; of anything else none, and that is told. */
export function mappingOf(
	value: unknown,
	path: YamlPath,
	name: string,
	fault: TellFault,
): Readonly<Record<string, unknown>> {
	if (typeof value === 'object' && value !== null && !Array.isArray(value))
		return Object.fromEntries(Object.entries(value));
	fault(path, `${name}: expected a mapping of keys to values`);
	return {};
}
