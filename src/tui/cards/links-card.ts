// The card of the links that a pane shows. Whom a link leads to stands first and whole: what a program
// shows in its place, and what stands before the host in an address, may say anything.

import type { Situation } from '../keys/key-row.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { bold, type Line, span } from '../paint/spans.ts';
import { type CardContent, cardRows } from './card.ts';
import type { Dialog } from './dialog.ts';

export function linksCard(
	{ name, links, at }: Extract<Dialog, { kind: 'links' }>,
	{ view }: Situation,
	glyphs: Glyphs,
): CardContent {
	const rows = Math.max(1, Math.min(links.length, cardRows(view.rows)));
	const first = Math.max(0, Math.min(at - rows + 1, links.length - rows));
	return {
		title: `links of ${name}`,
		width: Math.min(view.columns - 8, 110),
		lines: links
			.slice(first, first + rows)
			.map(({ host, address, label }, index): Line => {
				const marked = first + index === at;
				return [
					marked ? bold(`${glyphs.cursor} `, 'accent') : span('  '),
					bold(host, marked ? 'accent' : undefined),
					span(`  ${address}`, 'dim'),
					...(label === '' ? [] : [span(`  shown as ${label}`)]),
				];
			}),
	};
}
