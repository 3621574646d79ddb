// A scope with more patterns behind those that it has, and what of them is more.
import { coversAll } from './overlap.ts';
import { compileScope, scopeOf } from './scope.ts';

/** An agent without a scope may write all but what must be named: naming that leaves the rest to it. */
const wholeWorktree = '**';

export function widerBy(
	scope: readonly string[],
	patterns: readonly string[],
): readonly string[] {
	if (patterns.length === 0) return scope;
	return [...(scope.length === 0 ? [wholeWorktree] : scope), ...patterns];
}

/** Those that cover more than the scope does with the ones before them. */
export function notCovered(
	scope: readonly string[],
	patterns: readonly string[],
): readonly string[] {
	return patterns.reduce<readonly string[]>((more, pattern) => {
		const before = scopeOf(widerBy(scope, more));
		return coversAll(before, compileScope([pattern])) ? more : [...more, pattern];
	}, []);
}
