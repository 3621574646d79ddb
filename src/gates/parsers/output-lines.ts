// Output as the lines that a person would have seen.

/** What follows in a longer line is of no use to anybody, and would be work for every pattern. */
const lineLimit = 4000;

/** So many lines are looked at: two megabytes of usual output have half of them. */
const countLimit = 60_000;

// Every class ends where the next begins, so that no start is scanned twice.
const sequences =
	/\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|\u001b[PX^_][^\u001b\n]*(?:\u001b\\)?|\u001b[ -/]*[0-~]?|\u009b[0-?]*[ -/]*[@-~]/g;

/**
 * The lines of an output without escape sequences. Of a line that was written over by carriage
 * returns, such as a progress bar, what was written last remains.
 */
export function outputLines(output: string): readonly string[] {
	return withoutSequences(output).split('\n').map(lastWriting);
}

/** The same lines, none so long that it is work for a pattern, and of many the first and the last. */
export function shortLines(lines: readonly string[]): readonly string[] {
	const few =
		lines.length > countLimit
			? [...lines.slice(0, countLimit / 2), ...lines.slice(-countLimit / 2)]
			: lines;
	return few.map((line) => (line.length > lineLimit ? line.slice(0, lineLimit) : line));
}

/** A text without the escape sequences of terminals. */
export function withoutSequences(text: string): string {
	return text.includes('\u001b') || text.includes('\u009b')
		? text.replace(sequences, '')
		: text;
}

function lastWriting(line: string): string {
	let end = line.length;
	while (end > 0 && line[end - 1] === '\r') end--;
	return line.slice(end === 0 ? 0 : line.lastIndexOf('\r', end - 1) + 1, end);
}
