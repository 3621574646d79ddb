// The card after an absence: what landed, who needs the human, what failed, what was unexpected.
import type { AwayLine } from '../../domain/away.ts';
import { plainText } from '../../lib/plain-text.ts';
import type { Situation } from '../keys/key-row.ts';
import { keysLine } from '../keys/keys-line.ts';
import type { Glyphs } from '../look/glyphs.ts';
import type { Role } from '../look/theme.ts';
import { bold, type Line, padText, span } from '../paint/spans.ts';
import { type CardContent, cardRoom } from './card.ts';
import type { Dialog } from './dialog.ts';

const names: Readonly<Record<AwayLine['part'], readonly [string, Role]>> = {
	merged: ['merged', 'good'],
	needs: ['needs you', 'need'],
	failed: ['failed', 'bad'],
	surprise: ['surprise', 'warn'],
};

export function awayCard(
	{ lines, at }: Extract<Dialog, { kind: 'away' }>,
	situation: Situation,
	glyphs: Glyphs,
): CardContent {
	const width = cardRoom(90, situation.view);
	return {
		title: 'while you were away',
		width,
		lines: lines.map(({ part, text }, index): Line => {
			const marked = index === at;
			const [name, role] = names[part];
			const first = lines[index - 1]?.part !== part;
			const said = plainText(text, width);
			return [
				marked ? bold(`${glyphs.cursor} `, 'accent') : span('  '),
				span(padText(first ? name : '', 11), role),
				marked ? bold(said) : span(said),
			];
		}),
		footer: keysLine('away', situation),
	};
}
