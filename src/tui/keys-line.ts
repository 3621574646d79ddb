// The keys that can act now, as a line.
import type { KeyContext, Situation } from './key-row.ts';
import { keyLabel, rowsOf } from './keys.ts';
import { bold, type Line, span } from './spans.ts';

/** The weightiest first. */
export function keysLine(context: KeyContext, situation: Situation): Line {
	return rowsOf(context)
		.filter((row) => row.hint !== undefined && row.whyNot?.(situation) == null)
		.toSorted((one, other) => (other.weight ?? 0) - (one.weight ?? 0))
		.flatMap(({ keys, hint }, at) => [
			span(at === 0 ? '' : '   '),
			bold(keyLabel(keys[0] ?? ''), 'accent'),
			span(` ${hint}`),
		]);
}
