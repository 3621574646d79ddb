// What a terminal answers to queries, told apart from keys.
import type { InputToken } from '../input/input-tokens.ts';

export type TerminalReply =
	/** OSC 10, 11, 12 and 4, whose colours have numbers; each part 0 to 255. */
	| {
			readonly kind: 'colour';
			readonly of: 'foreground' | 'background' | 'cursor' | number;
			readonly rgb: readonly [number, number, number];
	  }
	/** DECRQM: 0 unknown, 1 set, 2 reset, 3 always set, 4 always reset. */
	| { readonly kind: 'mode'; readonly mode: number; readonly value: number }
	/** Kitty's keyboard flags. */
	| { readonly kind: 'keyboard'; readonly flags: number }
	/** Counted from 1. */
	| { readonly kind: 'cursor'; readonly row: number; readonly column: number }
	/** XTVERSION: name and version. */
	| { readonly kind: 'version'; readonly text: string }
	/** It answers to OSC 99: it shows notifications by it. */
	| { readonly kind: 'notifications' }
	/** It answers to OSC 7501: it hears what programs say of themselves. */
	| { readonly kind: 'status' }
	/** What the terminal was set to: told when it changes, and when it is asked by CSI ? 996 n. */
	| { readonly kind: 'scheme'; readonly background: 'dark' | 'light' }
	/** DA1, the last answer to a round of queries. */
	| { readonly kind: 'attributes' }
	| { readonly kind: 'other' };

/** The reply in a token; undefined where it is a key, a mouse report or text. */
export function replyOf(token: InputToken): TerminalReply | undefined {
	if (token.kind === 'string') return stringReply(token.introducer, token.text);
	if (token.kind !== 'sequence' || token.introducer !== '[') return undefined;
	const { parameters, final } = token;
	if (parameters.startsWith('?')) return privateReply(parameters.slice(1), final);
	if (parameters.startsWith('>') || parameters.startsWith('=')) return { kind: 'other' };
	const place = final === 'R' ? /^(\d+);(\d+)$/.exec(parameters) : null;
	// In row 1 it cannot be told from F3 with modifiers; we never ask there.
	if (!place || place[1] === '1') return final === 't' ? { kind: 'other' } : undefined;
	return { kind: 'cursor', row: Number(place[1]), column: Number(place[2]) };
}

function privateReply(parameters: string, final: string): TerminalReply {
	if (final === 'c') return { kind: 'attributes' };
	if (final === 'u' && /^\d+$/.test(parameters))
		return { kind: 'keyboard', flags: Number(parameters) };
	if (final === 'n' && /^997;[12]$/.test(parameters))
		return { kind: 'scheme', background: parameters.endsWith('2') ? 'light' : 'dark' };
	const mode = final === 'y' ? /^(\d+);(\d+)\$$/.exec(parameters) : null;
	if (mode) return { kind: 'mode', mode: Number(mode[1]), value: Number(mode[2]) };
	return { kind: 'other' };
}

function stringReply(introducer: string, text: string): TerminalReply {
	if (introducer === 'P' && text.startsWith('>|'))
		return { kind: 'version', text: text.slice(2, 202).replaceAll(/[^ -~]/g, '') };
	if (introducer === ']' && /^99;(?:[^;]*:)?p=\?/.test(text))
		return { kind: 'notifications' };
	if (introducer === ']' && text === '7501;?') return { kind: 'status' };
	const colour = introducer === ']' ? /^(10|11|12|4;\d{1,3});(.*)$/.exec(text) : null;
	const rgb = colour ? parseColour(colour[2] ?? '') : undefined;
	if (!colour || !rgb) return { kind: 'other' };
	const code = colour[1] ?? '';
	return { kind: 'colour', of: special[code] ?? Number(code.slice(2)), rgb };
}

const special: Readonly<Record<string, 'foreground' | 'background' | 'cursor'>> = {
	10: 'foreground',
	11: 'background',
	12: 'cursor',
};

// `rgb:` or `rgba:` with one to four hexadecimal digits a part, or `#rrggbb` (XParseColor).
function parseColour(text: string): readonly [number, number, number] | undefined {
	const parts = /^rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})/i.exec(text);
	const short = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text);
	const found = parts ?? short;
	if (!found) return undefined;
	const part = (index: number) => {
		const digits = found[index] ?? '0';
		return Math.round((Number.parseInt(digits, 16) / (16 ** digits.length - 1)) * 255);
	};
	return [part(1), part(2), part(3)];
}
