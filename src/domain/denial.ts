// Writes that were refused before they happened, where a layer tells them: one is in the journal, some
// are for somebody to look at, since then it is no slip but a scope that is too narrow, or an agent astray.

import { shellWord } from '../lib/shell-word.ts';
import { patternOf } from './scope/path-pattern.ts';

/** Who refused: the hook of its CLI, or weir's own verbs. A sandbox tells nobody. */
export const denialLayers = ['hook', 'verb'] as const;
export type DenialLayer = (typeof denialLayers)[number];

export interface Denials {
	/** In the present try. */
	readonly count: number;
	/** Of those, how many since its scope was last changed. */
	readonly standing: number;
	/** When the standing ones became too many; null while they are not. */
	readonly since: string | null;
	/** Of the standing ones: each once, the latest last. */
	readonly paths: readonly DeniedPath[];
}

export interface DeniedPath {
	/** From its worktree on, or absolute where it lies outside of that. */
	readonly path: string;
	readonly times: number;
}

/** Stands for a file that a tool did not name. */
export const unsaidPath = '?';

export const noDenials: Denials = { count: 0, standing: 0, since: null, paths: [] };

/** Its scope is another: what was refused by the one before says nothing of this one. */
export function withoutStanding({ count }: Denials): Denials {
	return { ...noDenials, count };
}

/** So many of one path are told one by one; after that each time their number has doubled. */
const toldSingly = 3;

/** How many the next event about a path stands for, seen so often and told so often; 0 for none yet. */
export function denialsToTell(seen: number, told: number): number {
	return seen <= toldSingly || seen >= 2 * told ? seen - told : 0;
}

const pathsSaid = 3;

/** What the human is told of the standing ones: a line, and what would let it write there. */
export function denialWords(name: string, { standing, paths }: Denials) {
	const latest = paths.toReversed();
	const said = latest.slice(0, pathsSaid).map(({ path }) => path);
	const more = latest.length > said.length ? [`${latest.length - said.length} more`] : [];
	const inside = latest.filter(({ path }) => mayBeCovered(path));
	const globs = inside.map(({ path }) => shellWord(patternOf(path))).join(' ');
	return {
		text: `${standing} writes refused: ${[...said, ...more].join(', ')}`,
		detail: [
			...latest.map(({ path, times }) => (times > 1 ? `${path}  ${times} times` : path)),
			...(inside.length > 0 ? [`weir scope add ${name} ${globs} --why TEXT`] : []),
		].join('\n'),
	};
}

/** Whether a scope could have it: no place outside of the worktree, and nothing of git. */
export function mayBeCovered(path: string): boolean {
	return path !== unsaidPath && !/^(?:\/|(?:.*\/)?\.git(?:\/|$))/i.test(path);
}
