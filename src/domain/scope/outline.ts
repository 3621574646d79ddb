// How the first names of a pattern's paths begin and end, which is often enough to tell two patterns
// apart: a path has its names in order, so where they want one of them otherwise, none is of both.
import { foldedText } from './characters.ts';
import type { Pattern, Piece } from './pattern.ts';

/** Up to where folders may be left out. Case is folded: what differs so is apart whatever its case. */
export type Outline = readonly Name[];

interface Name {
	/** With a slash at its end where the name is whole. */
	readonly begins: string;
	/** With one at its start. */
	readonly ends: string;
}

export function outlineOf({ segments }: Pattern): Outline {
	const names: Name[] = [];
	for (const segment of segments) {
		if (segment.kind === 'folders') break;
		const { literal, pieces, open } = segment;
		if (open) return [...names, { begins: startOf(pieces), ends: '' }];
		const whole = literal === null ? null : foldedText(literal);
		names.push(
			whole === null
				? { begins: startOf(pieces), ends: endOf(pieces) }
				: { begins: `${whole}/`, ends: `/${whole}` },
		);
	}
	return names;
}

export function areApart(one: Outline, other: Outline): boolean {
	return one.some(({ begins, ends }, at) => {
		const against = other[at];
		if (!against) return false;
		return (
			!(begins.startsWith(against.begins) || against.begins.startsWith(begins)) ||
			!(ends.endsWith(against.ends) || against.ends.endsWith(ends))
		);
	});
}

function startOf(pieces: readonly Piece[]): string {
	const wild = pieces.findIndex((piece) => characterOf(piece) === null);
	const plain = wild < 0 ? pieces : pieces.slice(0, wild);
	return foldedText(plain.map(characterOf).join(''));
}

function endOf(pieces: readonly Piece[]): string {
	const wild = pieces.findLastIndex((piece) => characterOf(piece) === null);
	return foldedText(
		pieces
			.slice(wild + 1)
			.map(characterOf)
			.join(''),
	);
}

/** Null of a wildcard. */
function characterOf({ ranges, negated, many }: Piece): string | null {
	const [only, ...others] = ranges;
	if (!only || negated || many || others.length > 0 || only[0] !== only[1]) return null;
	return String.fromCodePoint(only[0]);
}
