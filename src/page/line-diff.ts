/** A line of a diff with its number: of the new text, or of the old one where it was removed. */
export interface DiffLine {
	readonly kind: 'same' | 'added' | 'removed';
	readonly number: number;
	readonly text: string;
}

/** Beyond this many pairs of lines the middle is shown as replaced as a whole. */
const maxPairs = 4_000_000;

/** The changes from one text to another by their longest common subsequence of lines. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
	const old = linesOf(before);
	const fresh = linesOf(after);
	let start = 0;
	while (start < old.length && start < fresh.length && old[start] === fresh[start])
		start += 1;
	let oldEnd = old.length;
	let freshEnd = fresh.length;
	while (oldEnd > start && freshEnd > start && old[oldEnd - 1] === fresh[freshEnd - 1]) {
		oldEnd -= 1;
		freshEnd -= 1;
	}
	const same = (from: number, to: number): DiffLine[] =>
		fresh
			.slice(from, to)
			.map((text, index) => ({ kind: 'same', number: from + index + 1, text }));
	return [
		...same(0, start),
		...middle(old.slice(start, oldEnd), fresh.slice(start, freshEnd), start),
		...same(freshEnd, fresh.length),
	];
}

/** The changed lines with `context` unchanged ones around them. */
export function changedParts(
	diff: readonly DiffLine[],
	context: number,
): readonly DiffLine[] {
	const near = new Set<number>();
	for (const [index, { kind }] of diff.entries()) {
		if (kind === 'same') continue;
		for (let at = index - context; at <= index + context; at += 1) near.add(at);
	}
	return diff.filter((_line, index) => near.has(index));
}

function linesOf(text: string): readonly string[] {
	if (text === '') return [];
	return text.replace(/\n$/, '').split('\n');
}

function middle(
	old: readonly string[],
	fresh: readonly string[],
	offset: number,
): readonly DiffLine[] {
	const lengths =
		old.length * fresh.length <= maxPairs ? commonLengths(old, fresh) : undefined;
	const width = fresh.length + 1;
	const result: DiffLine[] = [];
	let row = 0;
	let column = 0;
	while (row < old.length || column < fresh.length) {
		const number = offset + column + 1;
		const text = fresh[column];
		if (lengths && row < old.length && text !== undefined && old[row] === text) {
			result.push({ kind: 'same', number, text });
			row += 1;
			column += 1;
			continue;
		}
		const below = lengths?.[(row + 1) * width + column] ?? 0;
		const right = lengths?.[row * width + column + 1] ?? 0;
		if (row < old.length && (text === undefined || below >= right)) {
			result.push({ kind: 'removed', number: offset + row + 1, text: old[row] ?? '' });
			row += 1;
		} else {
			result.push({ kind: 'added', number, text: text ?? '' });
			column += 1;
		}
	}
	return result;
}

/** Cell (row, column): length of the longest common subsequence of what follows both. */
function commonLengths(old: readonly string[], fresh: readonly string[]): Uint32Array {
	const width = fresh.length + 1;
	const lengths = new Uint32Array((old.length + 1) * width);
	for (let row = old.length - 1; row >= 0; row -= 1) {
		for (let column = fresh.length - 1; column >= 0; column -= 1) {
			const at = row * width + column;
			lengths[at] =
				old[row] === fresh[column]
					? (lengths[at + width + 1] ?? 0) + 1
					: Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
		}
	}
	return lengths;
}
