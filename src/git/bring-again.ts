// Objects that a git directory gets each time it is made anew for the same commit: taken from the copy of the
// time before instead of being packed again. Whoever writes in that directory does not reach the copy.
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** More than this is packed each time. */
const mostBytes = 8 * 1024 * 1024;

/** `kept` is the folder of the copy, named by the commit; `pack` is where the objects shall be. */
export interface Bringing {
	readonly kept: string;
	readonly pack: string;
	readonly bring: () => Promise<void>;
}

/** Fills `pack`, and keeps what is in it then as `kept`, in place of the copies beside that. */
export async function bringAgain({ kept, pack, bring }: Bringing): Promise<void> {
	const names = await readdir(kept).catch(() => null);
	if (names !== null) return copyAll(kept, pack, names);
	await bring();
	await dropOthers(kept);
	const made = await readdir(pack);
	const sizes = await Promise.all(made.map((name) => stat(join(pack, name))));
	if (sizes.reduce((sum, { size }) => sum + size, 0) > mostBytes) return;
	const draft = `${kept}.draft`;
	await mkdir(draft, { recursive: true, mode: 0o700 });
	await copyAll(pack, draft, made);
	await rename(draft, kept);
}

async function copyAll(
	from: string,
	to: string,
	names: readonly string[],
): Promise<void> {
	await Promise.all(names.map((name) => copyFile(join(from, name), join(to, name))));
}

/** Copies of other commits, and what was not made to its end. */
async function dropOthers(kept: string): Promise<void> {
	const folder = dirname(kept);
	const [kind = ''] = basename(kept).split('-');
	for (const name of await readdir(folder))
		if (name.startsWith(`${kind}-`)) await rm(join(folder, name), { recursive: true });
}
