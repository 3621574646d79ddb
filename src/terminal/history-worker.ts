// The thread of `history`: answers one request at a time with one reader.
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../lib/error-words.ts';
import type { HistoryAnswer, HistoryQuestion } from './history.ts';
import { HistoryReader } from './history-reader.ts';

const reader = new HistoryReader();

parentPort?.on(
	'message',
	({ id, question }: { id: number; question: HistoryQuestion }) => {
		// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
		parentPort?.postMessage(answer(id, question));
	},
);

function answer(id: number, question: HistoryQuestion): HistoryAnswer {
	try {
		if (!isCounted(question)) return { id, again: true };
		if ('lines' in question) return { id, lines: reader.read(question.lines) };
		if ('screen' in question) return { id, screen: reader.screen(question.screen) };
		if ('prompt' in question) return { id, prompt: reader.prompt(question.prompt) };
		if ('search' in question) return { id, found: reader.search(question.search) };
		return { id, end: reader.end(question.end) };
	} catch (error) {
		return { id, error: messageOf(error) };
	}
}

/** Lines that are wrapped anew have to be counted up to the one that is asked for. */
function isCounted(question: HistoryQuestion): boolean {
	if ('lines' in question) {
		const { directory, from, reflow } = question.lines;
		return !reflow || reader.count(directory, from);
	}
	if ('search' in question) {
		const { directory, from, reflow } = question.search;
		return !reflow || reader.count(directory, from.line);
	}
	if (!('prompt' in question)) return true;
	const { directory, line, reflow } = question.prompt;
	return !reflow || reader.count(directory, line);
}
