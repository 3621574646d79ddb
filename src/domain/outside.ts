// Changes outside of a scope, in words: what a refusal names, and the command that would allow them.
import { type Refusal, refusal } from '../lib/outcome.ts';
import { visibleText } from '../lib/plain-text.ts';
import { shellWord } from '../lib/shell-word.ts';
import { patternOf } from './scope/path-pattern.ts';

export type OutsideReason =
	| 'not-covered'
	/** CI files and their like: covered only where a pattern says their name. */
	| 'must-be-named'
	/** A link that leads out of the scope. */
	| 'link'
	/** The commit of another repository. */
	| 'submodule'
	/** Another spelling of a path that is there, where case does not count. */
	| 'twin'
	/** `.git`, in some spelling. */
	| 'git-name';

export interface Outside {
	readonly path: string;
	readonly reason: OutsideReason;
	/** Where a link leads, or the other spelling; null for the other reasons. */
	readonly about: string | null;
}

/** What is said of a path beside its name. */
const notes: Readonly<Record<OutsideReason, (about: string) => string>> = {
	'not-covered': () => '',
	'must-be-named': () => ' (must be named)',
	link: (about) => ` (a link to ${about})`,
	submodule: () => ' (a submodule, must be named)',
	twin: (about) => ` (the same as ${about} where case does not count)`,
	'git-name': () => " (git's own name)",
};

/** Those of which a pattern in the scope makes a yes. */
const allowed: ReadonlySet<OutsideReason> = new Set([
	'not-covered',
	'must-be-named',
	'submodule',
]);

/** `docs/a.md, .gitattributes (must be named) and 3 more` */
export function outsideWords(outside: readonly Outside[], most = 3): string {
	const few = outside.slice(0, most).map(outsideWord).join(', ');
	return outside.length > most ? `${few} and ${outside.length - most} more` : few;
}

export function outsideWord({ path, reason, about }: Outside): string {
	return visibleText(path + notes[reason](about ?? '')).replaceAll('\t', '\\t');
}

/** What would land, or what was done, leaves the scope of the agent. */
export function refuseOutside(
	name: string,
	outside: readonly Outside[],
	/** Who hears it: the agent is told how to ask. */
	hearer: 'human' | 'agent',
): Refusal {
	const words = outsideWords(outside);
	const patterns = patternsFor(outside).map(shellWord).join(' ');
	if (hearer === 'agent') {
		const said = `not done: outside your scope are ${words}; put them back as they were`;
		return patterns === ''
			? refusal('scope.outside', said)
			: refusal(
					'scope.outside',
					`${said}, or ask for them`,
					`weir scope request ${patterns} --why TEXT`,
				);
	}
	const said = `${name} changed what lies outside its scope: ${words}`;
	return refusal(
		'scope.outside',
		said,
		patterns === ''
			? `weir send ${name} 'take these out of the branch'`
			: `weir scope add ${name} ${patterns} --why TEXT`,
	);
}

/** Longer lists are no proposal any more. */
const mostPatterns = 4;

/** Patterns that would cover them: their names, or the folder of several. None where no pattern would. */
export function patternsFor(outside: readonly Outside[]): readonly string[] {
	const open = outside.filter(
		({ path, reason }) => allowed.has(reason) && visibleText(path) === path,
	);
	const exact = open.map(({ path }) => patternOf(path));
	if (exact.length <= 2) return exact;
	const grouped = Map.groupBy(open, ({ path, reason }) =>
		reason === 'not-covered' && path.includes('/')
			? path.slice(0, path.lastIndexOf('/') + 1)
			: path,
	);
	const patterns = [...grouped].map(([group, members]) =>
		members.length > 1 && group.endsWith('/')
			? `${patternOf(group.slice(0, -1))}/**`
			: patternOf(members[0]?.path ?? group),
	);
	return patterns.slice(0, mostPatterns);
}
