// A tree of source files as the rules see it: texts by path, imports resolved once.
import { type Import, importsOf } from './imports.ts';

export class Tree {
	readonly texts: ReadonlyMap<string, string>;
	readonly #imports = new Map<string, readonly Import[]>();

	/** Paths are relative to the top of the repository; files that are no code have empty texts. */
	constructor(texts: ReadonlyMap<string, string>) {
		this.texts = texts;
	}

	get paths(): string[] {
		return [...this.texts.keys()];
	}

	/** The code under a folder of the table of floors. */
	code(...folders: readonly string[]): string[] {
		return this.paths.filter(
			(path) =>
				/\.(ts|tsx|js)$/.test(path) &&
				folders.some((folder) => path.startsWith(`${folder}/`)),
		);
	}

	imports(path: string): readonly Import[] {
		const known = this.#imports.get(path);
		if (known) return known;
		const found = importsOf(path, this.texts.get(path) ?? '');
		this.#imports.set(path, found);
		return found;
	}

	/**
	 * Every file that running one of `starts` loads at once, with the chain that leads to it.
	 * Types and dynamic imports load nothing.
	 */
	loadedBy(starts: readonly string[]): Map<string, readonly string[]> {
		const chains = new Map(starts.map((start) => [start, [start] as readonly string[]]));
		for (const [path, chain] of chains) {
			for (const { file, kind } of this.imports(path)) {
				if (kind !== 'static' || file === null || chains.has(file)) continue;
				chains.set(file, [...chain, file]);
			}
		}
		return chains;
	}
}
