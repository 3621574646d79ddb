import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Input, type InputEvent, KeyMode } from '../../../src/tui/input/input.ts';
import { makeScratch } from '../../support/scratch.ts';

test('the rest of a key that came while the process was held up is read before the key is cut', async () => {
	const { send, receive } = makePipe();
	const keys: string[] = [];
	const mode = new KeyMode((event: InputEvent) => {
		if (event.kind === 'key') keys.push(event.name);
	});
	using input = new Input({ escapeTimeMs: () => 20, mode: () => mode });
	receive((bytes) => input.feed(bytes));
	send('\x1b');
	await new Promise<void>((read) => receive(() => read()));
	// Long enough for the timer, which runs only once this process goes on.
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
	send('x');
	await expect.poll(() => keys).toHaveLength(1);
	expect(keys).toEqual(['alt+x']);
});

/** A pipe of the kernel, into which is written without a turn of the loop. */
function makePipe() {
	const path = join(makeScratch(), 'pipe');
	execFileSync('mkfifo', [path]);
	const reader = new Socket({
		fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK),
		readable: true,
	});
	const writer = openSync(path, constants.O_WRONLY);
	onTestFinished(() => {
		reader.destroy();
		closeSync(writer);
	});
	return {
		send: (text: string) => writeSync(writer, text),
		receive: (take: (bytes: Uint8Array) => void) => reader.on('data', take),
	};
}
