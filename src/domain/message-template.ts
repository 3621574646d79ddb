// The setting `land.message`: what the message of a landing says, with words for what it holds.

/** Each stands in braces; `message` is what weir proposes by itself. */
const words = ['agent', 'subject', 'commits', 'message'] as const;
type Word = (typeof words)[number];

const placeholder = /\{([^{}\n]*)\}/g;

/** Whether every word in braces is one that can be filled in. */
export function isMessageTemplate(text: string): boolean {
	const known: ReadonlySet<string> = new Set(words);
	return [...text.matchAll(placeholder)].every(([, word = '']) => known.has(word));
}

export function fillTemplate(
	template: string,
	filling: Readonly<Record<Word, string>>,
): string {
	const filled = template.replaceAll(placeholder, (whole, word: string) =>
		Object.hasOwn(filling, word) ? filling[word as Word] : whole,
	);
	return filled.trim();
}
