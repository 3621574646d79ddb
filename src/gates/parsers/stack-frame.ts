// Lines of JavaScript stack traces.

export interface Place {
	readonly file: string;
	readonly line: string;
	readonly column: string | null;
}

const frameStart = /^\s*(?:at |❯ |› )/;
const placeEnd = /:(\d{1,9}):(\d{1,9})\)?$/;

export function isFrame(line: string): boolean {
	return frameStart.test(line);
}

/** The place that `at name (file:1:2)`, `❯ name file:1:2` or one of these without a name tells. */
export function frameOf(line: string): Place | null {
	return isFrame(line) ? placeAtEnd(line.trim()) : null;
}

/** The place that a text ends in, as `name (file:1:2)` or `file:1:2`. */
export function placeAtEnd(text: string): Place | null {
	const end = placeEnd.exec(text);
	if (end === null) return null;
	const file = afterName(text.slice(0, end.index));
	return { file, line: end[1] ?? '', column: end[2] ?? '' };
}

/** A path in parentheses may have blanks; without them it is the last word. */
function afterName(front: string): string {
	const parenthesis = front.lastIndexOf('(');
	const start = parenthesis >= 0 ? parenthesis : front.lastIndexOf(' ');
	return front.slice(start + 1);
}

/** What an error says before its stack trace. */
export function beforeFrames(text: string): string {
	const lines = text.split('\n', 60);
	const first = lines.findIndex(isFrame);
	return (first < 1 ? lines : lines.slice(0, first)).join('\n');
}

/** The first frame in one of the files that are wanted. */
export function frameIn(
	lines: readonly string[],
	wanted: (file: string) => boolean,
): Place | null {
	for (const line of lines) {
		const frame = frameOf(line);
		if (frame !== null && wanted(frame.file)) return frame;
	}
	return null;
}
