// A heading and what stands under it, in two columns.

import type { Role } from '../look/theme.ts';
import { type Line, padText, span } from '../paint/spans.ts';

/** A heading and its entries in one column; what does not fit is counted. */
export function listed(
	heading: string,
	entries: readonly string[],
	role: Role,
	most: number,
): Line[] {
	const shown = entries.length > most ? entries.slice(0, most - 1) : entries;
	const lines = shown.map((entry, at): Line => {
		return [span(padText(at === 0 ? heading : '', 13)), span(entry, role)];
	});
	const more = entries.length - shown.length;
	return more === 0
		? lines
		: [...lines, [span(padText('', 13)), span(`and ${more} more`, 'dim')]];
}
