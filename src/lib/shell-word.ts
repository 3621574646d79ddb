/** A path as a POSIX shell reads it, for the commands that refusals name. */
export function shellWord(path: string): string {
	return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
