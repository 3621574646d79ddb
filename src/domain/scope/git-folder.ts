// What some file system takes for .git: HFS+ leaves characters away, NTFS has a short name for it and
// ignores dots, spaces and the name of a stream at the end. git refuses to track the same.
import { allBut, type CharacterSet, caseless, setOf, slash } from './characters.ts';
import type { Expression, Step } from './expression.ts';

const unseen = setOf([
	[0x200c, 0x200f],
	[0x202a, 0x202e],
	[0x206a, 0x206f],
	[0xfeff, 0xfeff],
]);
const ending = setOf([...unseen, ...characters('. ')]);
/** A stream of NTFS, or its other slash. */
const behind = characters(':\\');
const anything = allBut(setOf([[slash, slash]]));

export function gitExpressions(): Expression[] {
	return ['.git', 'git~1'].flatMap((name): Expression[] => {
		const spelled = Array.from(name).flatMap((character): Step[] => [
			{ kind: 'many', set: unseen },
			{ kind: 'one', set: caseless(characters(character)) },
		]);
		const named: Step[] = [
			{ kind: 'folders' },
			...spelled,
			{ kind: 'many', set: ending },
		];
		const stream: Step[] = [
			...named,
			{ kind: 'one', set: behind },
			{ kind: 'many', set: anything },
		];
		return [
			{ steps: named, ends: 'path' },
			{ steps: stream, ends: 'path' },
		];
	});
}

function characters(text: string): CharacterSet {
	return setOf(
		Array.from(text, (each) => {
			const code = each.codePointAt(0) ?? 0;
			return [code, code];
		}),
	);
}
