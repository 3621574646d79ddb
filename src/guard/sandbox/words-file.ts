// Lists of words for the trampoline, each ended by a zero byte.
import { writeFile } from 'node:fs/promises';

export async function writeWords(path: string, words: readonly string[]): Promise<void> {
	await writeFile(path, words.map((word) => `${word}\0`).join(''), { mode: 0o600 });
}
