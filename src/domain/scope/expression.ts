// A pattern as the steps of an automaton, which knows characters alone.
import {
	allBut,
	type CharacterSet,
	caseless,
	every,
	setOf,
	slash,
	withoutSlash,
} from './characters.ts';
import type { Pattern, Piece } from './pattern.ts';

export type Step =
	| { readonly kind: 'one' | 'many'; readonly set: CharacterSet }
	| { readonly kind: 'slash' }
	/** Any number of folders, each with its slash. */
	| { readonly kind: 'folders' };

export interface Expression {
	readonly steps: readonly Step[];
	/** What matches: the path with all below it, it alone, only what is below it, or whatever follows. */
	readonly ends: 'path' | 'itself' | 'folder' | 'anything';
}

export function expressionOf(pattern: Pattern, ignoreCase: boolean): Expression {
	const { segments, folderOnly } = pattern;
	const steps: Step[] = [];
	for (const [at, segment] of segments.entries()) {
		const last = at === segments.length - 1;
		if (segment.kind === 'word') {
			for (const piece of segment.pieces)
				steps.push({ kind: piece.many ? 'many' : 'one', set: meant(piece, ignoreCase) });
			if (!last && !segment.open) steps.push({ kind: 'slash' });
		} else if (!last) {
			steps.push({ kind: 'folders' });
		} else if (folderOnly) {
			steps.push({ kind: 'many', set: every });
		} else {
			return { steps, ends: 'anything' };
		}
	}
	return { steps, ends: folderOnly ? 'folder' : 'path' };
}

function meant({ ranges, negated }: Piece, ignoreCase: boolean): CharacterSet {
	const own = setOf(ranges);
	const set = ignoreCase ? caseless(own) : own;
	return withoutSlash(negated ? allBut(set) : set);
}

export const slashes: CharacterSet = [[slash, slash]];
