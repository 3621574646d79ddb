/* oxlint-disable no-underscore-dangle -- the private names of the library */
// DECALN (`ESC # 8`) sets the margins to the edges of the screen before it fills it (VT510 manual; xterm
// does the same). The library leaves them, and goes home with the origin at the upper one: the lower
// rows of its fill are then none of the screen's, and in a full ring they are the oldest saved lines
// (@xterm/headless 6.0.0, InputHandler.ts).
import type { Internals } from './internals.ts';
import type { Terminal } from './library.ts';

export function fillWholeScreens(internals: Internals, terminal: Terminal): void {
	terminal.parser.registerEscHandler({ intermediates: '#', final: '8' }, () => {
		const { active } = internals._bufferService.buffers;
		active.scrollTop = 0;
		active.scrollBottom = terminal.rows - 1;
		return false;
	});
}
