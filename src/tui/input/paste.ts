// Pasted text on its way into a pane.

const start = '\x1b[200~';
const end = '\x1b[201~';

/**
 * Text as a terminal pastes it: line ends become CR, the marks of a bracketed paste are taken out
 * (nested ones too, and their 8-bit forms), and are put around it where the program asked for them
 * (mode 2004). Without them every other escape is taken out as well: it would be a key.
 */
export function pasteBytes(text: string, bracketed: boolean): Uint8Array {
	const lines = text.replaceAll(/\r\n|\n/g, '\r');
	if (bracketed) return Buffer.from(start + withoutMarks(lines) + end);
	return Buffer.from(withoutMarks(lines).replaceAll('\x1b', ''));
}

/** Lines of a paste: one more than its line ends, not counting one at the very end. */
export function pastedLines(bytes: Uint8Array): number {
	const text = Buffer.from(bytes)
		.toString('latin1')
		.replace(/[\r\n]+$/, '');
	return text.split(/\r\n|\r|\n/).length;
}

function withoutMarks(text: string): string {
	let cleaned = text;
	for (let before = ''; before !== cleaned; ) {
		before = cleaned;
		cleaned = cleaned.replaceAll(/(?:\x1b\[|\x9b)20[01]~/g, '');
	}
	return cleaned;
}
