// The keys that can act now, as a line.

import { bold, type Line, span } from '../paint/spans.ts';
import type { KeyContext } from './key-contexts.ts';
import type { Situation } from './key-row.ts';
import { type ActionId, isHinted, keyLabel, rowsOf } from './keys.ts';

/** The weightiest first; `names` call an action by what it does here. */
export function keysLine(
	context: KeyContext,
	situation: Situation,
	names: { readonly [A in ActionId]?: string } = {},
): Line {
	return rowsOf(situation.view.keymap, context)
		.filter((row) => isHinted(row) && row.whyNot?.(situation) == null)
		.toSorted((one, other) => (other.weight ?? 0) - (one.weight ?? 0))
		.flatMap(({ action, keys, hint }, at) => [
			span(at === 0 ? '' : '   '),
			bold(keyLabel(keys[0] ?? ''), 'accent'),
			span(` ${names[action] ?? hint}`),
		]);
}
