// What of an agent's worktree stands outside its scope: the paths, and how they are said.
import { plainText } from '../lib/plain-text.ts';
import type { EventData } from './event.ts';

/** A write outside the scope that has not been put back and is not covered by now. */
export interface Trespass {
	readonly path: string;
	readonly how: EventData<'trespass.found'>['paths'][number]['how'];
	readonly at: string;
}

export interface Trespasses {
	/** The first of them. */
	readonly paths: readonly Trespass[];
	/** How many others there are. */
	readonly more: number;
}

/** More are counted and not named: a program may write a million of them. */
export const namedTrespasses = 100;

/** `docs/a.md`, or `docs/a.md and 3 more`. */
export function trespassWords({ paths, more }: Trespasses): string {
	const [first] = paths;
	const others = Math.max(0, paths.length - 1) + more;
	if (!first) return `${others} paths`;
	const name = plainText(first.path, 200);
	return others === 0 ? name : `${name} and ${others} more`;
}

/** Each path on a line of its own, with what happened to it, and what may be written. */
export function trespassList(
	{ paths, more }: Trespasses,
	scope: readonly string[],
): string {
	return [
		...paths.map(({ path, how }) => `${how} ${plainText(path, 400)}`),
		...(more > 0 ? [`and ${more} more`] : []),
		scope.length === 0
			? 'its scope is all but what must be named'
			: `its scope: ${plainText(scope.join(' '), 400)}`,
	].join('\n');
}
