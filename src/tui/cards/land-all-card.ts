// The card before all that is ready lands: how many, who, and what stays.
import { counted } from '../../lib/counted.ts';
import { listed } from '../chrome/listed.ts';
import type { Situation } from '../keys/key-row.ts';
import { keysLine } from '../keys/keys-line.ts';
import { type CardContent, sentence } from './card.ts';
import type { Dialog } from './dialog.ts';

const width = 66;

export function landAllCard(
	{ names, others, bases, uncommitted }: Extract<Dialog, { kind: 'land-all' }>,
	situation: Situation,
): CardContent {
	const { view } = situation;
	const more = others === 1 ? 'One more waits and is' : `${others} more wait and are`;
	const left = others === 0 ? '' : `${more} not ready. `;
	const stays =
		uncommitted === 0
			? ''
			: `${counted(uncommitted, 'uncommitted file')} ${uncommitted === 1 ? 'stays' : 'stay'} in the worktrees. `;
	return {
		title: `merge ${counted(names.length, 'agent')} into ${bases.join(', ')}?`,
		width,
		lines: [
			...listed('in order', names, 'good', Math.max(3, view.rows - 14)),
			[],
			...sentence(
				`${left}${stays}Each is gated as it will stand; what is red or conflicts by then does not land.`,
				width - 2,
				view,
				'dim',
			),
		],
		footer: keysLine('land-all', situation),
	};
}
