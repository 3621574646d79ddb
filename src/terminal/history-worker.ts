// The thread of `history`: answers one request at a time with one reader.
import { parentPort } from 'node:worker_threads';
import type { HistoryAnswer } from './history.ts';
import { HistoryReader, type HistoryRequest } from './history-reader.ts';

const reader = new HistoryReader();

parentPort?.on('message', ({ id, request }: { id: number; request: HistoryRequest }) => {
	// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
	parentPort?.postMessage(answer(id, request));
});

function answer(id: number, request: HistoryRequest): HistoryAnswer {
	try {
		return { id, lines: reader.read(request) };
	} catch (error) {
		return { id, error: error instanceof Error ? error.message : String(error) };
	}
}
