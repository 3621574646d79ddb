// The control sequences by which weir takes over a terminal and gives it back. Meanings: xterm's
// ctlseqs, kitty's keyboard protocol.

import { statusCleared } from './outer-status.ts';

/** Which mouse events the terminal reports. */
export type MouseReporting = 'off' | 'drag' | 'any';

/** The mouse is left to the terminal until panes are there to be clicked. */
export const enterSequence = [
	'\x1b[22;0t', // keep the title
	'\x1b[?1049h', // alternate screen
	'\x1b[?7l', // no wrapping at the right edge
	'\x1b[?1l', // cursor keys in their normal form
	'\x1b[>0u', // keys as bytes, not as codes, whatever ran before asked for
	'\x1b[?2004h', // marked pastes
	'\x1b[?1004h', // focus reports
	'\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?1006l',
	'\x1b[?25l',
	'\x1b[2J',
].join('');

/** Undoes everything, whatever was half written before. */
export function leaveSequence(): string {
	return [
		'\x1b\\', // ends a sequence that was cut
		'\x1b]8;;\x1b\\',
		statusCleared,
		'\x1b[>4m', // before the styles: who does not know it takes it for one
		'\x1b[m',
		'\x1b[<u', // the form of keys that was there before
		'\x1b>', // the keypad types digits
		mouseSequence('off'),
		'\x1b[?2031l',
		'\x1b[?1004l',
		'\x1b[?2004l',
		'\x1b[?7h',
		'\x1b[0 q',
		'\x1b[?25h',
		'\x1b[?2026l',
		'\x1b[?1049l',
		'\x1b[23;0t',
	].join('');
}

/** Says from now on when the terminal turns dark or light; for terminals that know it. */
export const schemeSequence = '\x1b[?2031h';

export function mouseSequence(mouse: MouseReporting): string {
	const off = '\x1b[?1003l\x1b[?1002l\x1b[?1000l';
	if (mouse === 'off') return `${off}\x1b[?1006l`;
	const tracking = mouse === 'any' ? '\x1b[?1003h' : '\x1b[?1002h';
	return `${off}\x1b[?1000h${tracking}\x1b[?1006h`;
}
