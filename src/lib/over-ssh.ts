// Whether this process talks with its user over ssh, where every answer takes a while.
import type { Environment } from './environment.ts';

export function isOverSsh(env: Environment): boolean {
	return Boolean(env['SSH_CONNECTION'] || env['SSH_TTY']);
}
