// The folders in which an agent works: the one it was started in, and those that its user adds. What a
// path means is where a write to it would arrive, links followed.
import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { relative, resolve } from 'node:path';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { whereItLeads } from '../lib/where-it-leads.ts';

export interface Place {
	readonly path: string;
	/** As people call it: from the folder on, where it lies in that. */
	readonly name: string;
}

export class Workspace {
	readonly folder: string;
	readonly #roots: readonly string[];

	/** Throws where one of the folders is not there. */
	constructor(folder: string, more: readonly string[]) {
		this.folder = realpathSync(folder);
		this.#roots = [this.folder, ...more.map((one) => realpathSync(one))];
	}

	/** The place of a path, if it lies within. */
	async find(path: string): Promise<Outcome<Place>> {
		if (path.includes('\0'))
			return refuse('path.malformed', 'a path cannot hold a zero byte');
		const home = path.replace(/^~(?=\/|$)/, homedir());
		const led = await whereItLeads(resolve(this.folder, home));
		const within = this.#roots.some((root) => led !== null && isWithin(root, led));
		if (led === null || !within)
			return refuse(
				'path.outside',
				`${path} lies outside of ${this.#roots.join(', ')}`,
				'work within that, or let the user start you with --add-dir',
			);
		const name = relative(this.folder, led);
		return ok({ path: led, name: name.startsWith('..') ? led : name || '.' });
	}

	/** As `find`, for what is to be written: nothing in a folder of git's own. */
	async findToWrite(path: string): Promise<Outcome<Place>> {
		const found = await this.find(path);
		if (!found.ok) return found;
		if (/(?:^|\/)\.git(?:\/|$)/.test(found.value.path))
			return refuse('path.git', `${path} is git's own`, 'change it by git');
		return found;
	}
}

function isWithin(root: string, path: string): boolean {
	return path === root || path.startsWith(root === '/' ? root : `${root}/`);
}
