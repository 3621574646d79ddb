// What a terminal sends for a key, by the name that a person would write: `ctrl+space`, `shift+tab`,
// `alt+x`, `up`, `f5`, `q`. Legacy encoding of xterm (ctlseqs, "PC-Style Function Keys").

const modifierBits: Record<string, number> = { shift: 1, alt: 2, ctrl: 4 };
const letters: Record<string, string> = {
	up: 'A',
	down: 'B',
	right: 'C',
	left: 'D',
	end: 'F',
	home: 'H',
	f1: 'P',
	f2: 'Q',
	f3: 'R',
	f4: 'S',
};
const numbers: Record<string, number> = {
	insert: 2,
	delete: 3,
	pageup: 5,
	pagedown: 6,
	f5: 15,
	f6: 17,
	f7: 18,
	f8: 19,
	f9: 20,
	f10: 21,
	f11: 23,
	f12: 24,
};
const plain: Record<string, string> = {
	enter: '\r',
	escape: '\x1b',
	tab: '\t',
	backspace: '\x7f',
	space: ' ',
};

/** The bytes of a key; `application` is DECCKM, which changes the arrows. Throws for no such key. */
export function keyBytes(name: string, application = false): string {
	const parts = name === '+' ? ['+'] : name.split(/\+(?=.)/);
	const key = parts.at(-1) ?? '';
	const modifiers = parts.slice(0, -1).reduce((sum, word) => sum + bitOf(word, name), 0);
	const letter = letters[key];
	if (letter) return withLetter(key, letter, modifiers, application);
	const number = numbers[key];
	if (number) return `\x1b[${number}${modifiers ? `;${modifiers + 1}` : ''}~`;
	if (key === 'tab' && modifiers === 1) return '\x1b[Z';
	const text = plain[key] ?? key;
	if (Array.from(text).length !== 1) throw new Error(`no such key: ${name}`);
	const shifted = modifiers & 1 ? text.toUpperCase() : text;
	const controlled = modifiers & 4 ? control(shifted, name) : shifted;
	return modifiers & 2 ? `\x1b${controlled}` : controlled;
}

function bitOf(word: string, name: string): number {
	const bit = modifierBits[word];
	if (!bit) throw new Error(`no such modifier: ${word} in ${name}`);
	return bit;
}

function withLetter(
	key: string,
	letter: string,
	modifiers: number,
	application: boolean,
): string {
	if (modifiers) return `\x1b[1;${modifiers + 1}${letter}`;
	return key.startsWith('f') || application ? `\x1bO${letter}` : `\x1b[${letter}`;
}

function control(text: string, name: string): string {
	if (text === ' ') return '\0';
	const code = text.toUpperCase().charCodeAt(0);
	if (code < 0x40 || code > 0x5f) throw new Error(`no such control key: ${name}`);
	return String.fromCharCode(code & 0x1f);
}
