// The thread that reads what gates printed: two megabytes of it take up to a second.
import { parentPort } from 'node:worker_threads';
import type { GateFormat } from '../domain/gates/format.ts';
import type { GateOutput } from './parsers/gate-output.ts';
import { parseOutput } from './parsers/parse.ts';

export interface ToRead {
	readonly id: number;
	readonly format: GateFormat;
	readonly output: GateOutput;
}

parentPort?.on('message', ({ id, format, output }: ToRead) => {
	const findings = parseOutput(format, output);
	// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
	parentPort?.postMessage({ id, findings });
});
