// Files that outlive the process which wrote them: how a holder is found again, and how a program
// ended. Written so that a reader sees the whole record or none, also after a power cut.
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '../lib/error-words.ts';
import { makeWithin } from '../lib/private-folder.ts';
import {
	type ExitRecord,
	exitRecord,
	type HolderRecord,
	holderRecord,
} from '../protocol/holder.ts';

/**
 * Writes JSON readable by its owner only: a new file, flushed, renamed, its folder flushed. Not
 * synchronous, because a busy disk takes its time and the caller paints screens meanwhile. Of the way
 * there only the last folder is made.
 */
export async function writeRecord(file: string, value: unknown): Promise<void> {
	const folder = dirname(file);
	await makeWithin(folder);
	const fresh = join(folder, `.${basename(file)}.${process.pid}.new`);
	const handle = await open(fresh, 'w', 0o600);
	try {
		await handle.writeFile(`${JSON.stringify(value)}\n`);
		await handle.sync();
	} finally {
		await handle.close();
	}
	await rename(fresh, file);
	await flushFolder(folder);
}

export function removeRecord(file: string): void {
	rmSync(file, { force: true });
}

/** The holder records of a folder with their files; what is no record is left out. */
export function holderRecords(folder: string): { file: string; record: HolderRecord }[] {
	return jsonFiles(folder).flatMap((file) => {
		const parsed = holderRecord.safeParse(readJson(file));
		return parsed.success ? [{ file, record: parsed.data }] : [];
	});
}

/** Where the end of one generation of a pane is told. Pane names are checked by `spawn`. */
export function exitFile(folder: string, pane: string, generation: number): string {
	return join(folder, `${pane}.${generation}.json`);
}

/** The end of a program, or null while there is none on record. */
export function readExit(
	folder: string,
	pane: string,
	generation: number,
): ExitRecord | null {
	return exitRecord.safeParse(readJson(exitFile(folder, pane, generation))).data ?? null;
}

/** Every end on record, oldest first: of living holders and of dead ones. */
export function exitRecords(folder: string): ExitRecord[] {
	return jsonFiles(folder)
		.flatMap((file) => exitRecord.safeParse(readJson(file)).data ?? [])
		.sort((one, other) => one.at.localeCompare(other.at));
}

/** Removes the ends that nobody collected for `milliseconds`. */
export function forgetOldExits(folder: string, milliseconds: number): void {
	for (const file of jsonFiles(folder)) {
		if (
			Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) >
			milliseconds
		)
			removeRecord(file);
	}
}

function jsonFiles(folder: string): string[] {
	try {
		return readdirSync(folder)
			.filter((name) => name.endsWith('.json') && !name.startsWith('.'))
			.map((name) => join(folder, name));
	} catch (error) {
		if (errorCode(error) === 'ENOENT') return [];
		throw error;
	}
}

function readJson(file: string): unknown {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		// Removed meanwhile, or not ours: the schema refuses undefined.
		return undefined;
	}
}

async function flushFolder(folder: string): Promise<void> {
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
