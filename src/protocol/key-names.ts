// Names of keys and the bytes that a terminal in its default modes sends for them, for scripts
// that type into panes. Sources: ECMA-48, the xterm control sequences document.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';

const esc = '\u001b';

const named: Readonly<Record<string, string>> = {
	enter: '\r',
	tab: '\t',
	'shift+tab': `${esc}[Z`,
	esc,
	escape: esc,
	space: ' ',
	backspace: '\u007f',
	delete: `${esc}[3~`,
	insert: `${esc}[2~`,
	up: `${esc}[A`,
	down: `${esc}[B`,
	right: `${esc}[C`,
	left: `${esc}[D`,
	home: `${esc}[H`,
	end: `${esc}[F`,
	pageup: `${esc}[5~`,
	pagedown: `${esc}[6~`,
	f1: `${esc}OP`,
	f2: `${esc}OQ`,
	f3: `${esc}OR`,
	f4: `${esc}OS`,
	f5: `${esc}[15~`,
	f6: `${esc}[17~`,
	f7: `${esc}[18~`,
	f8: `${esc}[19~`,
	f9: `${esc}[20~`,
	f10: `${esc}[21~`,
	f11: `${esc}[23~`,
	f12: `${esc}[24~`,
	'ctrl+space': '\u0000',
	'ctrl+\\': '\u001c',
	'ctrl+]': '\u001d',
	'ctrl+^': '\u001e',
	'ctrl+_': '\u001f',
};

export const keyNames: readonly string[] = Object.keys(named);

/** The bytes of keys typed one after the other; a single character stands for itself. */
export function bytesOfKeys(keys: readonly string[]): Outcome<string> {
	let bytes = '';
	for (const key of keys) {
		const one = bytesOfKey(key);
		if (one === null) {
			return refuse(
				'key.unknown',
				`there is no key ${JSON.stringify(key)}; keys are single characters, ${keyNames.slice(0, 12).join(', ')} …, ctrl+a, alt+x`,
				'weir help keys',
			);
		}
		bytes += one;
	}
	return ok(bytes);
}

function bytesOfKey(key: string): string | null {
	if (key.length === 1 || (key.length === 2 && (key.codePointAt(0) ?? 0) > 0xffff))
		return key;
	const name = key.toLowerCase().replace(/^c-/, 'ctrl+').replace(/^m-/, 'alt+');
	const known = named[name];
	if (known !== undefined) return known;
	const control = /^ctrl\+([a-z])$/.exec(name)?.[1];
	if (control) return String.fromCharCode(control.charCodeAt(0) - 96);
	if (name.startsWith('alt+')) {
		const rest = bytesOfKey(key.slice(key.indexOf('+') + 1));
		return rest === null ? null : esc + rest;
	}
	return null;
}
