// A scope as a survey of the disk asks of it.
import { folderCoverage, mayHold } from '../../domain/scope/coverage.ts';
import { type Pattern, parsePattern } from '../../domain/scope/pattern.ts';
import { covers, scopeOf } from '../../domain/scope/scope.ts';
import type { ScopeView } from './survey.ts';

export function scopeView(patterns: readonly string[], ignoreCase = false): ScopeView {
	const scope = scopeOf(patterns, { ignoreCase });
	const coverage = (folder: string) => folderCoverage(scope, folder);
	return {
		coverage,
		covers: (path) => covers(scope, path),
		direct: (folder) => mayHold(scope, folder),
		named: [...new Set(patterns.flatMap(leadingFolder))].filter(
			(folder) => coverage(folder) !== 'none',
		),
	};
}

/** The folders that a pattern names before its first wildcard; what its last word names may be a file. */
function leadingFolder(text: string): string[] {
	const parsed = parsePattern(text);
	if (!parsed.ok || parsed.value.negative) return [];
	const words = leadingWords(parsed.value);
	return words.length === 0 ? [] : [words.join('/')];
}

function leadingWords({ segments, folderOnly }: Pattern): string[] {
	const words: string[] = [];
	for (const segment of folderOnly ? segments : segments.slice(0, -1)) {
		if (segment.kind !== 'word' || segment.literal === null) return words;
		words.push(segment.literal);
	}
	return words;
}
