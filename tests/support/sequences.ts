// Names the control sequences in a stream of terminal output, so that a test can hold a program to
// a list of those it may send. Sequence grammar: ECMA-48 section 5.
import { isUtf8 } from 'node:buffer';

const introducers: Record<string, string> = {
	']': 'OSC',
	P: 'DCS',
	_: 'APC',
	'^': 'PM',
	X: 'SOS',
};

/** All that a frame of the emitter is made of. */
export const frameSequences: ReadonlySet<string> = new Set([
	'CSI ?2026h',
	'CSI ?2026l',
	'CSI ?25h',
	'CSI ?25l',
	'CSI H',
	'CSI G',
	'CSI X',
	'CSI J',
	'CSI m',
	'CSI SP q',
	'OSC 8',
]);

/** All that weir sends to a terminal, from the first byte to the last. */
export const weirSequences: ReadonlySet<string> = new Set([
	// What frames are made of.
	...frameSequences,
	'ESC \\',
	// How keys are said, as the pane that is typed into wants them.
	...['CSI =u', 'CSI >m', 'ESC =', 'ESC >'],
	// Taking the terminal over and giving it back.
	...['CSI t', 'CSI ?1049h', 'CSI ?1049l', 'CSI ?7l', 'CSI ?7h', 'CSI ?1l', 'CSI >u'],
	'CSI <u',
	...['CSI ?2004h', 'CSI ?2004l', 'CSI ?1004h', 'CSI ?1004l'],
	...['CSI ?1000h', 'CSI ?1000l', 'CSI ?1002h', 'CSI ?1002l', 'CSI ?1003h', 'CSI ?1003l'],
	...['CSI ?1006h', 'CSI ?1006l', 'CSI ?2031h', 'CSI ?2031l'],
	// The title, and notices where somebody is to look.
	...['OSC 2', 'OSC 9', 'OSC 777', 'C0 07'],
	// Questions to it at the start.
	...[
		'CSI n',
		'OSC 4',
		'OSC 10',
		'OSC 11',
		'OSC 12',
		'CSI ?$p',
		'CSI ?u',
		'CSI >q',
		'OSC 99',
		'OSC 7501',
		'CSI c',
	],
]);

/**
 * How often each sequence occurs: `CSI m`, `CSI H`, `CSI ?2026h` (private modes with their numbers),
 * `CSI SP q`, `OSC 8`, `DCS`, `ESC 7`, and control characters as `C0 0a`, wherever they stand. A sequence
 * that is not finished counts as `unfinished`, a stream with bytes that are no UTF-8 as `no UTF-8`; controls
 * that are characters count by their number, as `U+009b`.
 */
export function sequencesIn(bytes: Uint8Array): Map<string, number> {
	const text = Buffer.from(bytes).toString('latin1');
	const found = new Map<string, number>();
	for (const match of text.matchAll(sequence)) {
		const name = nameOf(match);
		found.set(name, (found.get(name) ?? 0) + 1);
		for (const control of controlsWithin(match))
			found.set(control, (found.get(control) ?? 0) + 1);
	}
	for (const [character] of Buffer.from(bytes).toString().matchAll(unseen)) {
		const code = (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
		found.set(`U+${code}`, (found.get(`U+${code}`) ?? 0) + 1);
	}
	if (!isUtf8(bytes)) found.set('no UTF-8', 1);
	return found;
}

/** Controls of eight bits, and marks that turn the direction of a line. */
const unseen = /[\u0080-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** Those in the text of a string sequence, which a terminal may take for its end. */
function controlsWithin([, , , , , body = '']: RegExpMatchArray): string[] {
	// oxlint-disable-next-line no-control-regex
	return [...body.matchAll(/[\0-\x1f\x7f]/g)].map(([control]) => controlName(control));
}

function controlName(control: string): string {
	return `C0 ${control.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/** Names of sequences that are not allowed; a private mode is allowed by `CSI ?h` or in full. */
export function foreignSequences(
	bytes: Uint8Array,
	allowed: ReadonlySet<string>,
): string[] {
	return [...sequencesIn(bytes).keys()].filter((name) => {
		const family = name.replace(/^(CSI \?)[\d;]+/, '$1');
		return !allowed.has(name) && !allowed.has(family);
	});
}

// 1-3: parameters, intermediates and final of CSI; 4-5: introducer and text of a string sequence;
// 6: what follows a plain ESC; 7: a lone control character.
const sequence =
	// oxlint-disable-next-line no-control-regex
	/\x1b\[([0-?]*)([ -/]*)([@-~])|\x1b([\]PX^_])([^\x07\x1b]*)(?:\x07|\x1b\\)|\x1b([ -/]*[0-OQ-WYZ\\`-~])|([\0-\x1f\x7f])/g;

function nameOf(match: RegExpMatchArray): string {
	const [, parameters, intermediates, final, introducer, body, escape, control] = match;
	if (final !== undefined) return csiName(parameters ?? '', intermediates ?? '', final);
	if (introducer !== undefined) {
		const kind = introducers[introducer] ?? introducer;
		return kind === 'OSC' ? `OSC ${/^\d*/.exec(body ?? '')?.[0]}` : kind;
	}
	if (escape !== undefined) return `ESC ${escape}`;
	if (control === '\x1b') return 'unfinished';
	return controlName(control ?? '');
}

function csiName(parameters: string, intermediates: string, final: string): string {
	const spaced = intermediates.replaceAll(' ', 'SP ');
	const prefix = /^[<=>?]/.exec(parameters)?.[0] ?? '';
	const isMode = prefix === '?' && (final === 'h' || final === 'l');
	return `CSI ${isMode ? parameters : prefix}${spaced}${final}`;
}
