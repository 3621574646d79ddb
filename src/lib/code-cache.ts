// Compiled code of earlier starts, kept by Node beside the user's other caches: its own default lies in
// a folder of all users. To be asked for before anything large is loaded.
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** From now on what is loaded is compiled once. A cache that cannot be written is no failure. */
export function useCodeCache(): void {
	const { NODE_COMPILE_CACHE, XDG_CACHE_HOME, HOME } = process.env;
	const home = HOME || homedir();
	const caches = XDG_CACHE_HOME || join(home, '.cache');
	enableCompileCache(NODE_COMPILE_CACHE || join(caches, 'weir', 'code'));
}
