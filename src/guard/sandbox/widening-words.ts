// What the mounts of a running program must become, in the words of the trampoline.
import { isWritable, type Ruling } from './rulings.ts';

/** First all is shut that is to be, so that at no time more is open; of each, what lies above comes first. */
export function wideningWords(
	places: readonly Ruling[],
	shut: readonly string[],
): string[] {
	const own = new Set(['.git']);
	const paths = new Set([...places.map(({ path }) => path), ...shut]);
	return [...paths]
		.filter((path) => !own.has(path))
		.map((path) => ({ path, word: isWritable(places, path) ? 'w' : 'r' }))
		.sort((one, other) => order(one) - order(other))
		.map(({ path, word }) => `${word}:${path === '' ? '.' : path}`);
}

function order({ path, word }: { readonly path: string; readonly word: string }): number {
	return path.length + (word === 'w' ? longestPath : 0);
}

const longestPath = 4096;
