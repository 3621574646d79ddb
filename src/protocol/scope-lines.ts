// Scopes as lines for people: a verb prints them, a card shows them.
import { outsideWord, patternsFor } from '../domain/outside.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { PathInScope, ScopeJson } from './scope.ts';

const labelCells = 12;
const outsideShown = 8;

/** What it may write, what holds it to that, how it came to be so wide, what it has changed outside. */
export function scopeLines(
	scope: ScopeJson,
	age: (since: string) => string,
): readonly string[] {
	const { name, patterns, layers, widened } = scope;
	return [
		`${name} may write ${patternWords(patterns)}`,
		'',
		...layers.flatMap(({ layer, holds, text, allow }) => [
			row(holds || layer === 'hook' ? layer : `${layer} !`, text),
			...(allow === null ? [] : [row('', allow)]),
			...(layer === 'prevention' ? tempLines(scope) : []),
		]),
		...(widened.length > 0 ? [''] : []),
		...widened.map(({ at, actor, patterns: added, why, request }) => {
			const who = actor === 'human' ? 'by you' : `by ${actor}`;
			const asked = request === null ? '' : `, asked for in ${request}`;
			return row('widened', `${added.join(', ')}, ${age(at)} ago ${who}${asked}: ${why}`);
		}),
		...outsideLines(scope),
	];
}

/** People and agents pass each other files in /tmp, and would not know why the other finds none. */
function tempLines({ temp }: ScopeJson): string[] {
	return temp ? [row('', `its /tmp is its own: ${temp}`)] : [];
}

/** Whether each path may be written, and by which pattern. */
export function pathLines({ paths }: Pick<ScopeJson, 'paths'>): readonly string[] {
	return paths.map((path) => `${path.path}: ${verdictOf(path)}`);
}

function verdictOf(place: PathInScope): string {
	const { allowed, by, mustBeNamed, ofGit, elsewhere } = place;
	if (allowed) return by === null ? 'allowed' : `allowed by ${by}`;
	if (elsewhere) return 'not in its worktree, and so in no scope';
	if (ofGit) return "not allowed: it is git's own, which no pattern gives";
	if (mustBeNamed) return 'not allowed: a pattern must name it';
	return by === null ? 'not allowed: no pattern covers it' : `not allowed, by ${by}`;
}

function patternWords(patterns: readonly string[]): string {
	return patterns.length === 0
		? 'all files but those that must be named: CI files, .gitattributes and their like'
		: patterns.join(', ');
}

function outsideLines({ name, outside }: ScopeJson): string[] {
	if (outside === null || outside.length === 0) return [];
	const more = outside.length - outsideShown;
	const open = patternsFor(outside).map(shellWord).join(' ');
	return [
		'',
		'changed outside, and so it cannot land:',
		...outside.slice(0, outsideShown).map((one) => `  ${outsideWord(one)}`),
		...(more > 0 ? [`  and ${more} more`] : []),
		...(open === '' ? [] : [`  weir scope add ${name} ${open} --why TEXT`]),
	];
}

function row(label: string, text: string): string {
	return `${label.padEnd(labelCells)}  ${text}`;
}
