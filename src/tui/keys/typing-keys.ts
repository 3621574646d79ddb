// Which keys are weir's while a pane is typed into: the leader always, chords unless its program has the
// whole keyboard for itself.
import { PaneMode } from '../../protocol/rows.ts';
import { chosenIn, type Keymap } from './keymap.ts';
import { type BoundKey, rowsOf } from './keys.ts';

/**
 * vim, emacs, less, tmux and their like take the other screen and the keypad together, and mean
 * something of their own by Alt and a letter. Agents that draw on the other screen leave the keypad
 * alone.
 */
export function hasOwnChords(modes: number): boolean {
	const whole = PaneMode.alternateScreen | PaneMode.applicationKeypad;
	return (modes & whole) === whole;
}

/** The rows of chords with the keys that are weir's in such a pane; who binds one means it always. */
export function chordRows(keymap: Keymap, modes: number): readonly BoundKey[] {
	const rows = rowsOf(keymap, 'type');
	if (!hasOwnChords(modes)) return rows;
	const chosen = chosenIn(keymap, 'type');
	return rows.map((row) => {
		return { ...row, keys: row.keys.filter((key) => chosen.has(key)) };
	});
}

export function typingKeys(keymap: Keymap, modes: number) {
	const chords = new Set(chordRows(keymap, modes).flatMap(({ keys }) => keys));
	return { leader: keymap.leader, chords };
}
