// In which words a gate's program tells what failed. Its exit code decides, whatever the format.

/** What a gate's setting `parse` may say. */
export const gateFormats = [
	'auto',
	'exit',
	'tap',
	'junit',
	'vitest',
	'jest',
	'mocha',
	'node',
	'pytest',
	'go',
	'cargo',
	'tsc',
	'eslint',
	'problems',
] as const;

export type GateFormat = (typeof gateFormats)[number];

/** A format that says what is read; `auto` only says that it is to be found out. */
export type NamedFormat = Exclude<GateFormat, 'auto'>;
