// Text of programs and models made fit for the page: it can move no cursor, hide nothing and reorder no
// line.
import { plainCharacter, visibleText } from '../lib/plain-text.ts';

/** One line, without sequences; tabs as blanks. */
export function harmlessLine(text: string): string {
	return text
		.replaceAll(/\u001b\[[0-9;:<=>?]*[ -/]*[@-~]/g, '')
		.replaceAll(/\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g, '')
		.replaceAll('\t', '    ')
		.replaceAll(/[^ -~]/gu, kept);
}

/** One line of what somebody is asked to allow: what would do something unseen can be seen in it. */
export function tellingLine(text: string): string {
	return visibleText(text).replaceAll('\t', '    ');
}

/** Lines stay lines. */
export function harmlessText(text: string): string {
	return text.split('\n').map(harmlessLine).join('\n');
}

/** Joiners and direction marks within words belong to scripts and emoji. */
function kept(character: string): string {
	return character === '\u200d' || character === '\u200c'
		? character
		: plainCharacter(character);
}
