// What was used, in a few letters: money where the price is known, else tokens.
import { type Money, moneyWords } from './prices.ts';
import { freshTokens, type Tokens, tokenWords } from './tokens.ts';

/** `$0.42`; `$0.42+` where there was more without a price; `12.3k tokens` where nothing has one. */
export function costWords({
	usd,
	unpriced,
	tokens,
}: Money & { readonly tokens: Tokens }): string {
	if (usd === null) return `${tokenWords(freshTokens(tokens))} tokens`;
	return unpriced.length > 0 ? `${moneyWords(usd)}+` : moneyWords(usd);
}
