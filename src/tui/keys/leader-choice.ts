// Which leader a person has tried or taken: the test of the first run is not asked again.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Environment } from '../../lib/environment.ts';
import { errorCode } from '../../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import { dataFolder } from '../../lib/paths.ts';
import { makeFolders } from '../../lib/private-folder.ts';
import { keyFiles } from './key-files.ts';

export function leaderTried(environment: Environment): boolean {
	return existsSync(triedFile(environment));
}

/** A key that cannot be remembered is asked for again, which does no harm. */
export async function rememberLeader(
	environment: Environment,
	key: string,
): Promise<void> {
	const file = triedFile(environment);
	try {
		makeFolders(dirname(file));
		await writeFile(file, `${key}\n`, { mode: 0o600 });
	} catch (error) {
		if (errorCode(error) === undefined) throw error;
	}
}

/** Makes the key the leader in the user's own file; what stands there stays. */
export async function chooseLeader(
	environment: Environment,
	key: string,
): Promise<Outcome<null>> {
	const [own] = keyFiles(null, environment);
	if (!own) throw new Error('a user has a file of keys');
	const { path } = own;
	// Nobody needs a parser until a key is taken.
	const { parseYaml, setInYaml } = await import('../../lib/yaml.ts');
	try {
		const text = await readFile(path, 'utf8').catch((error: unknown) => {
			if (errorCode(error) === 'ENOENT') return '';
			throw error;
		});
		const parsed = parseYaml(text, path);
		if (!parsed.ok) return parsed;
		makeFolders(dirname(path));
		await writeFile(path, setInYaml(text, ['leader'], key));
		return ok(null);
	} catch (error) {
		const code = errorCode(error);
		if (code === undefined) throw error;
		return refuse(
			'keys.unwritable',
			`the leader cannot be written down: ${code}`,
			`write leader: ${key} into ${path}`,
		);
	}
}

function triedFile(environment: Environment): string {
	return join(dataFolder(environment), 'leader');
}
