// Plugins that weir gives to CLIs in place of hooks: programs of the package, told of by a file of one start.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../lib/package-root.ts';
import type { LaunchContext } from './adapter.ts';

/** A module that the CLI loads: the plugin of this name, with the hooks of this start and what it wants else. */
export function pluginFile(
	name: string,
	exported: 'default' | 'const Weir =',
	{ hook, guardHook }: Pick<LaunchContext, 'hook' | 'guardHook'>,
	more: Readonly<Record<string, string>> = {},
): string {
	const from = pathToFileURL(join(packageRoot(), 'plugins', `${name}.js`)).href;
	return `import { weir } from ${JSON.stringify(from)};
export ${exported} weir(${JSON.stringify({ hook, guardHook, ...more })});
`;
}
