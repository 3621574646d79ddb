// The patterns by which files of rules read screens.
import * as z from 'zod/mini';

export const pattern = z
	.string()
	.check(
		z.minLength(1),
		z.maxLength(500),
		z.refine(isPattern, { message: 'must be a regular expression' }),
	);

/** For many lines: `^` and `$` stand at each. */
export function linePattern(source: string): RegExp {
	return new RegExp(source, 'imu');
}

export function isPattern(source: string): boolean {
	try {
		return linePattern(source) instanceof RegExp;
	} catch {
		return false;
	}
}
