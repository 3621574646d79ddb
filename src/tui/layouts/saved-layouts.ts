// Layouts with a name, kept for the user: a file each, so that clients do not overwrite each other's.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LayoutShape, layoutShape } from '../../domain/kept-view.ts';
import type { Environment } from '../../lib/environment.ts';
import { errorCode } from '../../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import { dataFolder } from '../../lib/paths.ts';
import { makeFolders } from '../../lib/private-folder.ts';

export interface SavedLayout extends LayoutShape {
	readonly name: string;
}

export class SavedLayouts {
	readonly #folder: string;

	constructor(environment: Environment) {
		this.#folder = join(dataFolder(environment), 'layouts');
	}

	/** By name; what cannot be read as a layout is left out. */
	all(): readonly SavedLayout[] {
		return namesIn(this.#folder).flatMap((name) => {
			const shape = readShape(this.#path(name));
			return shape ? [{ name, ...shape }] : [];
		});
	}

	/** Replaces one of the same name. */
	save(name: string, shape: LayoutShape): Outcome<null> {
		const fresh = `${this.#path(name)}.${process.pid}`;
		return this.#attempt(`${name} cannot be saved`, () => {
			makeFolders(this.#folder);
			writeFileSync(fresh, JSON.stringify(shape), { mode: 0o600 });
			renameSync(fresh, this.#path(name));
		});
	}

	remove(name: string): Outcome<null> {
		return this.#attempt(`${name} cannot be deleted`, () =>
			rmSync(this.#path(name), { force: true }),
		);
	}

	#path(name: string): string {
		return join(this.#folder, `${name}.json`);
	}

	#attempt(what: string, work: () => void): Outcome<null> {
		try {
			work();
			return ok(null);
		} catch (error) {
			const code = errorCode(error);
			if (code === undefined) throw error;
			return refuse('layout.file', `${what}: ${code} in ${this.#folder}`);
		}
	}
}

/** A name is a file's, and typed by hand. */
export function whyNotName(name: string): string | null {
	if (name === '') return 'the layout needs a name';
	return /^[a-z0-9][a-z0-9._-]{0,31}$/.test(name)
		? null
		: 'a name has up to 32 small letters, digits, dots, dashes and underscores';
}

function namesIn(folder: string): readonly string[] {
	try {
		const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
		return names
			.map((name) => name.slice(0, -'.json'.length))
			.filter((name) => whyNotName(name) === null)
			.toSorted((one, other) => one.localeCompare(other));
	} catch (error) {
		if (errorCode(error) === undefined) throw error;
		return [];
	}
}

function readShape(path: string): LayoutShape | null {
	try {
		const read = layoutShape.safeParse(JSON.parse(readFileSync(path, 'utf8')));
		return read.success ? read.data : null;
	} catch (error) {
		if (error instanceof SyntaxError || errorCode(error) !== undefined) return null;
		throw error;
	}
}
