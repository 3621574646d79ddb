// A command line as its words.

/** Words as a shell would part them, quotation marks and backslashes included; null if one is open. */
export function commandWords(line: string): string[] | null {
	const words: string[] = [];
	let word: string | null = null;
	let quote: string | null = null;
	for (let at = 0; at < line.length; at += 1) {
		const one = line.charAt(at);
		if (one === '\\' && quote !== "'" && at + 1 < line.length) {
			at += 1;
			word = (word ?? '') + line.charAt(at);
		} else if (quote !== null) {
			if (one === quote) quote = null;
			else word = (word ?? '') + one;
		} else if (one === '"' || one === "'") {
			quote = one;
			word ??= '';
		} else if (/\s/.test(one)) {
			if (word !== null) words.push(word);
			word = null;
		} else word = (word ?? '') + one;
	}
	if (quote !== null) return null;
	if (word !== null) words.push(word);
	return words;
}
