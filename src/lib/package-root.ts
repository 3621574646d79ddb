// Where this package lies: a checkout run from its sources, its dist, or an installed copy.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const packageName = 'weir-cli';

/**
 * The folder of the package's own package.json. Throws where a file was copied out of it. Found
 * once, since an upgrade may be under way later.
 */
export function packageRoot(): string {
	found ??= findRoot();
	return found;
}

let found: string | undefined;

function findRoot(): string {
	let folder = import.meta.dirname;
	for (;;) {
		const description = join(folder, 'package.json');
		if (existsSync(description) && nameIn(description) === packageName) return folder;
		const parent = dirname(folder);
		if (parent === folder)
			throw new Error(`no package.json of ${packageName} above ${import.meta.dirname}`);
		folder = parent;
	}
}

function nameIn(path: string): unknown {
	const description: unknown = JSON.parse(readFileSync(path, 'utf8'));
	return typeof description === 'object' && description !== null && 'name' in description
		? description.name
		: undefined;
}
