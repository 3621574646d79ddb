import { readFile } from 'node:fs/promises';
import { errorCode } from './error-words.ts';

/** The text of a file, or null when there is none. */
export async function readIfThere(path: string): Promise<string | null> {
	return readFile(path, 'utf8').catch((error: unknown) => {
		const code = errorCode(error);
		if (code === 'ENOENT' || code === 'ENOTDIR') return null;
		throw error;
	});
}
