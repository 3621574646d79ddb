import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

const library = new URL('../../../src/terminal/xterm/library.ts', import.meta.url).href;

for (const used of [8, 3000, 5000])
	it(`the table of widths is right where Node's pool of buffers has ${used} bytes in use`, () => {
		const script = `
			while (Buffer.from('x').byteOffset > 8) {}
			Buffer.from('x'.repeat(${used}));
			const { newTerminal } = await import(${JSON.stringify(library)});
			const terminal = newTerminal(20, 2, 0);
			terminal.write('🚀漢', () => console.log(terminal.buffer.active.cursorX));
		`;
		const argv = ['--input-type=module', '--eval', script];
		expect(execFileSync(process.execPath, argv, { encoding: 'utf8' })).toBe('4\n');
	});
