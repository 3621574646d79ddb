import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type IPty, spawn } from 'node-pty';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from '../../support/repository.ts';

const fixture = new URL('../../fixtures/frame-writer.ts', import.meta.url).pathname;

describe('a terminal that reads slowly', () => {
	for (const kind of ['blocking', 'not blocking'])
		it(`makes frames drop and never holds the loop, its descriptor ${kind}`, async () => {
			const { output, code } = await readSlowly([kind, '600', '60000'], 80);
			const [, frames, dropped, held] =
				/frames (\d+) dropped (\d+) held (\d+) end/.exec(output)?.map(Number) ?? [];
			expect(code).toBe(0);
			expect(frames).toBeGreaterThan(0);
			expect(dropped).toBeGreaterThan(0);
			// A frame takes the reader's 15 pauses, 1200 ms, and the loop turned all the while.
			expect(held).toBe(0);
			// Each frame arrived whole and in order.
			const starts = Array.from(output.matchAll(/\x1b\[H(\d+)x/g), ([, count]) =>
				Number(count),
			);
			expect(starts).toEqual(
				Array.from({ length: frames ?? 0 }, (_, index) => index + 1),
			);
		});
});

describe('a terminal that goes away', () => {
	it('is reported', async () => {
		// What the program says at last cannot be read from the terminal any more.
		const errors = join(scratchFolder(), 'errors');
		const argv = ['blocking', '60000', '100', errors];
		const { code, output } = await readSlowly(argv, 'hang up');
		const said = existsSync(errors) ? readFileSync(errors, 'utf8') : '';
		const began = output.slice(0, 5);
		expect({ code, said, began }).toEqual({ code: 7, said: '', began: '\x1b[H1x' });
	});
});

// Reads 4 KB, then pauses, or closes the terminal.
function readSlowly(
	argv: readonly string[],
	after: number | 'hang up',
): Promise<{ output: string; code: number }> {
	const pty = spawn(process.execPath, [fixture, ...argv], {
		cols: 80,
		rows: 24,
		encoding: null,
	});
	const chunks: Buffer[] = [];
	let open = true;
	let answered = false;
	pty.onData((data: unknown) => {
		chunks.push(data as Buffer);
		// Once: node-pty writes by the descriptor's number, in a turn of its own, and what is typed after
		// the program's end would be typed into the next terminal.
		if (!answered && Buffer.concat(chunks.slice(-2)).includes(' end')) {
			answered = true;
			pty.write('\r');
		}
		if (after === 'hang up') return closeTerminal(pty);
		pty.pause();
		setTimeout(() => open && pty.resume(), after);
	});
	return new Promise((settle) => {
		pty.onExit(({ exitCode }) => {
			open = false;
			settle({ output: Buffer.concat(chunks).toString(), code: exitCode });
		});
	});
}

// Not in the public interface of node-pty: closes the master without asking the program to end.
function closeTerminal(pty: IPty): void {
	(pty as unknown as { destroy(): void }).destroy();
}
