// What gates judge by and a landing changes is accepted by who asks for it, in words that these give.
import type { Refusal } from '../lib/outcome.ts';
import { plainText } from '../lib/plain-text.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { GateFiles } from './gate-files.ts';

interface Accepting {
	/** Of the agent. */
	readonly name: string;
	/** Paths, or `all`. */
	readonly accept: readonly string[];
}

/** They say what was accepted. */
export function fileTrailers({
	paths,
}: GateFiles): readonly (readonly [key: string, value: string])[] {
	if (paths.length === 0) return [];
	return [['Weir-Gate-Files', plainText(paths.join(' '), 500)]];
}

/** Refused with `gate.files` for those whose change nobody has accepted. */
export function whyUnseen(
	{ name, accept }: Accepting,
	{ paths }: Pick<GateFiles, 'paths'>,
): Refusal | null {
	if (accept.includes('all')) return null;
	const unseen = paths.filter((path) => !accept.includes(path));
	if (unseen.length === 0) return null;
	const few = unseen.slice(0, 3).map((path) => plainText(path, 200));
	const more =
		unseen.length > few.length ? ` and ${unseen.length - few.length} more` : '';
	return {
		code: 'gate.files',
		message: `${name} changes what gates judge by: ${few.join(', ')}${more}`,
		allow: `look at weir diff ${name}, then weir merge ${name} ${acceptWords(paths)}`,
	};
}

/** What a verb has to say more. */
export function acceptWords(paths: readonly string[]): string {
	const named = paths.length > 3 ? ['all'] : paths;
	return named.map((path) => `--accept ${shellWord(plainText(path, 500))}`).join(' ');
}
