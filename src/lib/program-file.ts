// Where the programs of this package lie: the sources run as they are, the build has the same names
// below dist.
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

/** `src/holder/main` as a file to run: of the sources for a source, of dist for what was built. */
export function programFile(name: string): string {
	const source = import.meta.url.endsWith('.ts');
	return source
		? join(packageRoot(), `${name}.ts`)
		: join(packageRoot(), 'dist', `${name}.js`);
}
