// Which weir this process runs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

/** The package's version. Read when this is loaded: the files may be another's later. */
export const installedVersion: string = readVersion(join(packageRoot(), 'package.json'));

function readVersion(file: string): string {
	const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
	if (typeof read === 'object' && read !== null && 'version' in read)
		return String(read.version);
	throw new Error(`${file} says no version`);
}
