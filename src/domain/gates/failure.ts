// One thing that a gate found wrong, and what makes it the same thing in another tree.

/** The text of a message, in characters. */
export const messageLimit = 400;
/** The name of a test, in characters. */
export const nameLimit = 300;
/** The path of a file, in characters. */
export const fileLimit = 500;

/**
 * A test that failed, or a problem that a compiler or linter named. All its text is one line without
 * control characters, and bounded.
 */
export interface GateFailure {
	readonly kind: 'test' | 'problem';
	/**
	 * Relative to the worktree, with forward slashes, where it lies in it; null where it is not told
	 * or lies elsewhere.
	 */
	readonly file: string | null;
	/** From 1, in that file. */
	readonly line: number | null;
	readonly column: number | null;
	/** The full name of the test, or the rule or code of the problem, such as `TS2345`. */
	readonly name: string | null;
	readonly message: string;
}

/**
 * Equal for failures that are the same on two trees: a test by its file and name whatever it says
 * this time, a problem by its file, code and message wherever in the file it stands.
 */
export function failureId(failure: GateFailure): string {
	const { kind, file, name, message } = failure;
	if (kind === 'test')
		return JSON.stringify([kind, file, name ?? withoutPlaces(message)]);
	return JSON.stringify([kind, file, name, withoutPlaces(message)]);
}

const places = /:\d+(?::\d+)?|\(\d+,\s?\d+\)|\blines? \d+(?:-\d+)?/g;

function withoutPlaces(message: string): string {
	return message.replace(places, '');
}

/**
 * Which of the failures of a tree its base has not. Of equal ones as many are known as the base has;
 * it is the last of them that count as fresh.
 */
export function compareFailures(
	now: readonly GateFailure[],
	base: readonly GateFailure[],
): { readonly fresh: readonly GateFailure[]; readonly known: readonly GateFailure[] } {
	const left = new Map<string, number>();
	for (const failure of base) {
		const id = failureId(failure);
		left.set(id, (left.get(id) ?? 0) + 1);
	}
	const fresh: GateFailure[] = [];
	const known: GateFailure[] = [];
	for (const failure of now) {
		const id = failureId(failure);
		const count = left.get(id) ?? 0;
		if (count > 0) left.set(id, count - 1);
		(count > 0 ? known : fresh).push(failure);
	}
	return { fresh, known };
}
