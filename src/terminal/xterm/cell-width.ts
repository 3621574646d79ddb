// Cells that a character takes on its own, by the emulator's own table.
import { newTerminal } from './library.ts';

/** Cells of each character of `characters`. Makes a terminal: not for a hot path. */
export function cellWidths(characters: readonly string[]): number[] {
	const terminal = newTerminal(16, 1, 0);
	const widths = characters.map((character) => {
		// `input` makes the library parse the next write at once.
		terminal.input('', true);
		terminal.write(`\r${character}`);
		return terminal.buffer.active.cursorX;
	});
	terminal.dispose();
	return widths;
}
