// A terminal as it was before a program took it over.
import type { Program } from './terminal-driver.ts';

export const restored = {
	alternate: false,
	cursorVisible: true,
	cursorShape: 0,
	paste: false,
	mouse: 'none',
	keys: { kitty: 0, otherKeys: 0 },
	keypad: false,
	focus: false,
	wraparound: true,
	lineEditing: ['icanon', 'echo', 'isig', 'opost'],
};

/** What a program that has ended left of its terminal, of which `stty -a` has told since. */
export function leftBehind(program: Program): typeof restored {
	const { modes, alternate, cursor, keys } = program.terminal;
	const flags = new Set(
		program
			.screen()
			.join(' ')
			.split(/[\s;]+/),
	);
	return {
		alternate,
		cursorVisible: cursor.visible,
		cursorShape: cursor.shape,
		paste: modes.bracketedPasteMode,
		mouse: modes.mouseTrackingMode,
		keys,
		keypad: modes.applicationKeypadMode,
		focus: modes.sendFocusMode,
		wraparound: modes.wraparoundMode,
		lineEditing: restored.lineEditing.filter((flag) => flags.has(flag)),
	};
}
