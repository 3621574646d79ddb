// Dependencies that are installed elsewhere, found in a gate's worktree as if they were installed there.
// `node_modules` becomes a folder of its own with a link for each package: tools write their caches into
// it, and packages of the repository itself are those of its own tree.
import { lstat, mkdir, readdir, readFile, readlink, rm, symlink } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';

const lockfiles = [
	'package-lock.json',
	'npm-shrinkwrap.json',
	'pnpm-lock.yaml',
	'yarn.lock',
	'bun.lock',
	'bun.lockb',
	'poetry.lock',
	'uv.lock',
	'requirements.txt',
];

/** Files that say what is to be installed. */
export const dependencyFiles: ReadonlySet<string> = new Set([
	'package.json',
	'pyproject.toml',
	...lockfiles,
]);

/** What tools keep there for themselves. */
const caches: ReadonlySet<string> = new Set([
	'.cache',
	'.vite',
	'.vite-temp',
	'.vitest',
	'.tmp',
]);

/**
 * Links what lies in `folders` of `source`, relative paths both. What an earlier call has linked goes;
 * what is there and is no link stays.
 */
export async function linkDependencies(
	source: string,
	target: string,
	folders: readonly string[],
): Promise<void> {
	for (const folder of folders) {
		const [from, to] = [join(source, folder), join(target, folder)];
		if (!(await leadsNowhere(target, dirname(folder)))) continue;
		await mkdir(dirname(to), { recursive: true });
		if (folder.endsWith('node_modules')) await linkEach(from, to);
		else await linkWhole(from, to);
	}
}

/** Whether both have the same lockfiles; a folder without any says nothing against the other. */
export async function sameLockfiles(source: string, target: string): Promise<boolean> {
	for (const name of lockfiles) {
		const [one, other] = await Promise.all(
			[source, target].map((folder) =>
				readFile(join(folder, name)).catch(() => Buffer.alloc(0)),
			),
		);
		if (one && other && !one.equals(other)) return false;
	}
	return true;
}

/** No link that an earlier run has left stands on the way. */
async function leadsNowhere(target: string, folder: string): Promise<boolean> {
	let path = target;
	for (const part of folder.split('/').filter((name) => name !== '.')) {
		path = join(path, part);
		const there = await lstat(path).catch(() => null);
		if (there === null) return true;
		if (!there.isDirectory()) return false;
	}
	return true;
}

async function linkEach(from: string, to: string): Promise<void> {
	await ownFolder(to);
	await unlinkOld(to);
	for (const entry of await readdir(from, { withFileTypes: true })) {
		const { name } = entry;
		if (caches.has(name)) continue;
		const [old, now] = [join(from, name), join(to, name)];
		if (name.startsWith('@') || name === '.bin') {
			await ownFolder(now);
			await unlinkOld(now);
			for (const inner of await readdir(old))
				await link(join(old, inner), join(now, inner));
		} else await link(old, now);
	}
}

async function linkWhole(from: string, to: string): Promise<void> {
	await rm(to, { recursive: true, force: true });
	await symlink(from, to);
}

/** A link within stays what it is, so that a package of the repository is found in the target. */
async function link(from: string, to: string): Promise<void> {
	const said = await readlink(from).catch(() => null);
	const within = said !== null && !isAbsolute(said);
	await symlink(within ? said : from, to).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'EEXIST') throw error;
	});
}

/** A folder that is nobody else's: in the place of a link, and left where it is one. */
async function ownFolder(path: string): Promise<void> {
	const there = await lstat(path).catch(() => null);
	if (there && !there.isDirectory()) await rm(path, { force: true });
	await mkdir(path, { recursive: true });
}

async function unlinkOld(folder: string): Promise<void> {
	for (const entry of await readdir(folder, { withFileTypes: true }))
		if (entry.isSymbolicLink()) await rm(join(folder, entry.name), { force: true });
}
