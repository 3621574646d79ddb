/** Variables as Node has them: one that is not set may be there as undefined. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that are set, as a program gets them. */
export function definedOnly(environment: Environment): Record<string, string> {
	const entries = Object.entries(environment);
	return Object.fromEntries(
		entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
	);
}
