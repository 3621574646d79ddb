// Making room: the model itself says what matters of what was said, and that takes its place.
import type { Message } from '../models/model.ts';

/** Of the window: the rest is for one more turn and the summary itself. */
const share = 0.8;

export function isNearlyFull(filled: number, window: number): boolean {
	return filled > window * share;
}

export const summaryOrder = `Stop here. The conversation is about to exceed what you can hold, so that all of it is replaced by what you write now. Write for yourself, so that you can go on without asking:

- what the user wants, with every wish and constraint that they named
- what is done, with the paths of files and what changed in them
- what you found out and what you decided, and why
- what is left, and what you were about to do

No preface. Call no tool.`;

/**
 * The messages with less in the results of tools, the oldest first, so that about a share of them is
 * left: for a window that is exceeded already.
 */
export function shortened(
	messages: readonly Message[],
	left: number,
): readonly Message[] {
	const all = messages.reduce((sum, message) => sum + lengthOf(message), 0);
	let excess = all * (1 - left);
	return messages.map((message) => {
		if (excess <= 0 || message.by === 'model') return message;
		if (message.by === 'user') {
			const text = cut(message.text, longestWords);
			excess -= message.text.length - text.length;
			return { ...message, text };
		}
		const results = message.results.map((result) => {
			if (excess <= 0) return result;
			const text = cut(result.text, longestRemains);
			excess -= result.text.length - text.length;
			return { ...result, text };
		});
		return { ...message, results };
	});
}

const longestRemains = 200;
const longestWords = 8000;

function cut(text: string, limit: number): string {
	return text.length <= limit ? text : `${text.slice(0, limit)} [… cut]`;
}

function lengthOf(message: Message): number {
	switch (message.by) {
		case 'user':
			return message.text.length;
		case 'tools':
			return message.results.reduce((sum, { text }) => sum + text.length, 0);
		case 'model':
			return JSON.stringify(message.parts).length;
	}
}
