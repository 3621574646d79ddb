// The last words of a program of which nothing else is known: they say why it failed, perhaps.
import type { FailureList } from './failure-list.ts';

/** What package managers and make add below the output of the program that failed. */
const noise =
	/^(?:npm (?:error|ERR!|notice|warn|WARN)\b|> |make(?:\[\d+\])?: \*\*\*|error Command failed|info Visit|\s*ELIFECYCLE|error: (?:script|Recipe) |\s*at |Node\.js v\d)/;

const wordLines = 3;

/** The last lines of the program itself as one failure, where it printed any. */
export function addLastWords(lines: readonly string[], found: FailureList): void {
	const words: string[] = [];
	for (let at = lines.length - 1; at >= 0 && words.length < wordLines; at--) {
		const line = (lines[at] ?? '').trim();
		if (/[\p{L}\p{N}]/u.test(line.slice(0, 400)) && !noise.test(line))
			words.unshift(line);
	}
	if (words.length > 0) found.add({ kind: 'problem', message: words.join('\n') });
}
