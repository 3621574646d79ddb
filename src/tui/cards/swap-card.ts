// The card that asks for the direction of a swap: what stands in each.
import { directions } from '../../domain/neighbour.ts';
import type { Situation } from '../keys/key-row.ts';
import { keyLabel, rowsOf } from '../keys/keys.ts';
import { swapPartner } from '../layouts/swap.ts';
import { bold, type Line, padText, span } from '../paint/spans.ts';
import { focusedAgent } from '../view.ts';
import type { CardContent } from './card.ts';

export function swapCard(situation: Situation): CardContent {
	const name = focusedAgent(situation.state, situation.view)?.name ?? '';
	const rows = rowsOf(situation.view.keymap, 'swap');
	const lines = directions.map((direction): Line => {
		const keys = rows.find(({ action }) => action === `swap.${direction}`)?.keys ?? [];
		const partner = swapPartner(situation, direction);
		return [
			bold(padText(keys.map(keyLabel).join(' '), 9), 'accent'),
			partner.ok ? span(partner.value.name) : span(partner.refusal.message, 'dim'),
		];
	});
	return { title: `swap ${name} with`, width: 60, corner: 'bottom', lines };
}
