// What a run of a gate left to be read beside its output. All of it was written by code of agents.
import { constants, type Dirent } from 'node:fs';
import { glob, open, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Gate } from '../domain/gates/gate.ts';
import type { CapturedOutput } from './captured-output.ts';
import type { GateOutput, GoModule } from './parsers/gate-output.ts';

/** Of all reports of one run. */
const mostBytes = 16_000_000;
const mostReports = 200;
/** How long is looked for files that patterns mean. */
const searchMs = 2000;
/** The clock of a file system is this coarse. */
const clockMs = 20;

/** `root` is the worktree that the gate ran in, `since` when it began: older reports are not of it. */
export async function leftBy(
	{ parse, report }: Pick<Gate, 'parse' | 'report'>,
	output: CapturedOutput,
	failed: boolean,
	{ root, since }: { readonly root: string; readonly since: number },
): Promise<GateOutput> {
	const reports: string[] = [];
	let bytes = 0;
	for (const path of await filesMeant(root, report)) {
		const left = { most: mostBytes - bytes, since: since - clockMs };
		const text = await readWithin(root, path, left);
		if (text === null) continue;
		bytes += Buffer.byteLength(text);
		reports.push(text);
	}
	return {
		output: output.text,
		cut: output.leftOut > 0,
		failed,
		reports,
		root,
		goModules: await goModulesIn(root, parse === 'go'),
	};
}

/** Paths and patterns, as the paths of files; sorted, so that the same report is read in the same way. */
async function filesMeant(root: string, report: readonly string[]): Promise<string[]> {
	const found = new Set<string>();
	const end = performance.now() + searchMs;
	for (const one of report) {
		if (!/[*?[{]/.test(one)) {
			found.add(one);
			continue;
		}
		const matches = glob(one, { cwd: root, exclude: isPassedBy });
		for await (const path of matches) {
			if (found.size >= mostReports || performance.now() > end) break;
			found.add(path);
		}
	}
	return [...found].toSorted();
}

function isPassedBy(path: string): boolean {
	return /(?:^|\/)(?:node_modules|\.git|\.venv)$/.test(path);
}

/** The module at the top, and those below it: of a gate for go, and where there is one at the top. */
async function goModulesIn(root: string, wanted: boolean): Promise<GoModule[]> {
	const entries = await foldersAndMod(root, '');
	const names = new Set(entries.map(({ name }) => name));
	if (!wanted && !names.has('go.mod') && !names.has('go.work')) return [];
	const modules: GoModule[] = [];
	let level = [{ folder: '', entries }];
	for (let depth = 0; depth <= deepestModule && level.length > 0; depth += 1) {
		const next: string[] = [];
		for (const { folder, entries: here } of level)
			for (const entry of here) {
				const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
				if (entry.isDirectory()) next.push(path);
				if (entry.name !== 'go.mod' || !entry.isFile()) continue;
				const text = await readWithin(root, path, { most: 1_000_000, since: 0 });
				const name = /^module\s+(\S+)/m.exec(text ?? '')?.[1];
				if (name !== undefined) modules.push({ name, folder });
			}
		const some = next.slice(0, mostFolders);
		level = await Promise.all(
			some.map(async (folder) => ({
				folder,
				entries: await foldersAndMod(root, folder),
			})),
		);
	}
	return modules;
}

/** As deep as the packages of one repository lie. */
const deepestModule = 3;
const mostFolders = 500;

async function foldersAndMod(root: string, folder: string): Promise<Dirent[]> {
	const all = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
	return all.filter(
		(entry) =>
			entry.name === 'go.mod' ||
			entry.name === 'go.work' ||
			(entry.isDirectory() &&
				!/^(?:[._]|node_modules$|vendor$|testdata$)/.test(entry.name)),
	);
}

interface Bound {
	readonly most: number;
	readonly since: number;
}

/** Null where it is not there, is older, leads out of the folder, or is no file of a size that can be read. */
async function readWithin(
	root: string,
	path: string,
	{ most, since }: Bound,
): Promise<string | null> {
	try {
		const [top, file] = await Promise.all([realpath(root), realpath(join(root, path))]);
		if (!file.startsWith(`${top}/`)) return null;
		// A pipe in its place would be waited for without end.
		await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
		const found = await handle.stat();
		if (!found.isFile() || found.size > most || found.mtimeMs < since) return null;
		return await handle.readFile('utf8');
	} catch {
		// The gate wrote none.
		return null;
	}
}
