/**
 * The word of the list that a person most likely meant, or undefined when none is close: at most
 * two edits (insert, delete, replace, swap of neighbours), and no more than half of its letters.
 */
export function nearestWord(word: string, words: Iterable<string>): string | undefined {
	let best: string | undefined;
	let bestDistance = Math.min(2, Math.floor(word.length / 2)) + 1;
	for (const candidate of words) {
		const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
		if (distance < bestDistance) {
			best = candidate;
			bestDistance = distance;
		}
	}
	return best;
}

/** That there is no such thing, and which one was most likely meant. */
export function noSuch(what: string, name: string, known: Iterable<string>): string {
	const near = nearestWord(name, known);
	return `there is no ${what} ${name}${near ? `; did you mean ${near}?` : ''}`;
}

/** Optimal string alignment distance (Damerau-Levenshtein without overlapping swaps). */
function editDistance(left: string, right: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: right.length + 1 }, (_, column) => column);
	for (let row = 1; row <= left.length; row += 1) {
		const current = [row];
		for (let column = 1; column <= right.length; column += 1) {
			const same = left[row - 1] === right[column - 1];
			let cost = Math.min(
				(last[column] ?? 0) + 1,
				(current[column - 1] ?? 0) + 1,
				(last[column - 1] ?? 0) + (same ? 0 : 1),
			);
			const swapped =
				left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
			if (row > 1 && column > 1 && swapped) {
				cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
			}
			current.push(cost);
		}
		beforeLast = last;
		last = current;
	}
	return last[right.length] ?? 0;
}
