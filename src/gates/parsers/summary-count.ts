// Numbers in lines such as `Tests  4 failed | 4 passed (8)`.

/** The number before a word; 0 where the word is not there. */
export function summaryCount(line: string, word: string): number {
	const words = line.split(/[\s,|()=]+/, 60);
	const at = words.findIndex((one) => one === word || one === `${word}s`);
	const count = Number(words[at - 1]);
	return at > 0 && Number.isSafeInteger(count) && count >= 0 ? count : 0;
}
