// The thread of `syntax`: answers one question at a time.
import { parentPort } from 'node:worker_threads';
import type { ColourAnswer, ColourQuestion } from './colours.ts';
import { highlight } from './highlighting.ts';

parentPort?.on('message', ({ id, path, texts }: ColourQuestion) => {
	const answer: ColourAnswer = { id, texts: highlight(path, texts) };
	// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
	parentPort?.postMessage(answer);
});
