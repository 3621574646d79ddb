// Copies that are too long for a clipboard, as files of the user's: the newest few are kept.
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../../lib/environment.ts';
import { messageOf } from '../../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import { dataFolder } from '../../lib/paths.ts';
import { checkPrivateFolder, makeFolders } from '../../lib/private-folder.ts';

const copiesKept = 20;

/** Answers the path, which is short enough to be said; readable by the user alone. */
export async function keepCopy(
	text: string,
	agent: string,
	environment: Environment,
): Promise<Outcome<string>> {
	const folder = join(dataFolder(environment), 'copies');
	try {
		makeFolders(folder);
		const safe = checkPrivateFolder(folder);
		if (!safe.ok) return safe;
		const kept = await numbersOf(folder);
		const path = join(folder, `${(kept.at(-1)?.number ?? 0) + 1}-${agent}.txt`);
		await writeFile(path, text, { mode: 0o600, flag: 'wx' });
		for (const { name } of kept.slice(0, 1 - copiesKept))
			await rm(join(folder, name), { force: true });
		return ok(path);
	} catch (error) {
		const why = messageOf(error);
		return refuse('copy.unwritable', `the copy could not be written: ${why}`);
	}
}

/** The copies that are there, oldest first. */
async function numbersOf(folder: string) {
	return (await readdir(folder))
		.map((name) => ({ name, number: Number.parseInt(name, 10) }))
		.filter(({ name, number }) => number > 0 && name.endsWith('.txt'))
		.toSorted((one, other) => one.number - other.number);
}
