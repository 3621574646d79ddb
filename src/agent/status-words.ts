// The line below the box: which model, what it may do, how full it is, what was used.
import { moneyWords } from '../domain/cost/prices.ts';
import type { Opened } from './opened.ts';
import { modeWords } from './permission.ts';

export function statusWords({ model, options, conversation, budget }: Opened): string {
	const { filled } = conversation;
	const { usd, tokens } = budget;
	const full = Math.min(100, Math.round((filled / model.window) * 100));
	const parts = [
		model.name,
		modeWords[options.mode],
		...(filled > 0 ? [`${full}% full`] : []),
		...(tokens > 0
			? [usd === null ? `${shortNumber(tokens)} tokens` : moneyWords(usd)]
			: []),
		// Until it is known: later there is more to say than there is room.
		...(tokens > 0 ? [] : ['alt+enter: new line']),
	];
	return parts.join(' · ');
}

/** `950`, `14.2k`, `1.3M`. */
export function shortNumber(count: number): string {
	if (count < 1000) return String(count);
	if (count < 1_000_000) return `${(count / 1000).toFixed(1)}k`;
	return `${(count / 1_000_000).toFixed(1)}M`;
}
