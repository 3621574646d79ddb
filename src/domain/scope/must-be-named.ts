// Files that decide what runs on other machines, or how git and weir read the tree. No wildcard gives
// them to an agent: a pattern must name them. And git's own folder, which no pattern gives.
import { type Expression, expressionOf } from './expression.ts';
import { gitExpressions } from './git-folder.ts';
import { type Pattern, parsePattern } from './pattern.ts';

/** A name alone counts in every folder, a path from the worktree on; all below it, too. Whatever case. */
const table = [
	'.gitattributes',
	'.gitmodules',
	'.lfsconfig',
	'/.weir',
	'/.husky',
	'/.githooks',
	'/.github/workflows',
	'/.gitea/workflows',
	'/.forgejo/workflows',
	'/.gitlab-ci.yml',
	'/.circleci',
	'/.buildkite',
	'/azure-pipelines.yml',
	'/Jenkinsfile',
	'/.travis.yml',
	'/bitbucket-pipelines.yml',
] as const;

/** Names that count in every folder. */
export const everywhere: readonly string[] = table.filter(
	(path) => !path.startsWith('/'),
);

/** Of an entry of the table: whether it counts in every folder. */
export function isEverywhere(entry: number): boolean {
	return entry >= table.length || !table[entry]?.startsWith('/');
}

/** From here on the entries are spellings of .git. */
export const firstOfGit = table.length;

/** Which entries a pattern names: its words up to the first wildcard lead there, or its last word does. */
export function namedBy({ segments, negative }: Pattern): ReadonlySet<number> {
	const named = new Set<number>();
	if (negative) return named;
	const all = segments.map((each) => (each.kind === 'word' ? each.literal : null));
	// A name without a slash counts in every folder, and so in the first.
	const [first, ...rest] = all;
	const words =
		segments[0]?.kind === 'folders' && all.length === 2 ? rest : [first, ...rest];
	const wild = words.findIndex((word) => word == null);
	const leading = (wild === -1 ? words : words.slice(0, wild)).map((word) =>
		folded(word),
	);
	const last = folded(all.at(-1));
	for (const [entry, path] of table.entries()) {
		const wanted = folded(path).split('/');
		const found = isEverywhere(entry)
			? leading.includes(folded(path)) || last === folded(path)
			: wanted.slice(1).every((word, at) => leading[at] === word);
		if (found) named.add(entry);
	}
	return named;
}

function folded(word: string | null | undefined): string {
	return (word ?? '').toLowerCase();
}

/** Of the table, and behind it git's own folder. */
export function entryExpressions(): Expression[] {
	const entries = table.map((text) => {
		const parsed = parsePattern(text);
		if (!parsed.ok) throw new Error(parsed.refusal.message);
		return expressionOf(parsed.value, true);
	});
	return [...entries, ...gitExpressions()];
}
