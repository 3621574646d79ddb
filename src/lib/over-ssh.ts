// Whether this process talks with its user over ssh, where every answer takes a while.

export function isOverSsh(env: Readonly<Record<string, string | undefined>>): boolean {
	return Boolean(env['SSH_CONNECTION'] || env['SSH_TTY']);
}
