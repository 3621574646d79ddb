// A command as settings write it.

export type CommandLine = string | readonly string[];

/** A string is trusted text for `sh -c`, a list is an argument vector. */
export function argvOf(command: CommandLine): readonly string[] {
	return typeof command === 'string' ? ['sh', '-c', command] : command;
}
