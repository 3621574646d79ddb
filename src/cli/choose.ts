// A question to the person at the terminal with a few answers, each by its letter. Enter chooses none.
import { createInterface } from 'node:readline/promises';

/** The letter; null for all else, and where the input ends. */
export async function choose<K extends string>(
	question: string,
	answers: Readonly<Partial<Record<K, string>>>,
): Promise<K | null> {
	const entries = Object.entries(answers) as [string, string][];
	const offered = entries.map(([letter, words]) => `${letter} ${words}`).join(', ');
	const reader = createInterface({ input: process.stdin, output: process.stderr });
	const given = new AbortController();
	reader.once('close', () => given.abort());
	try {
		const said = await reader.question(`${question}${offered}? `, {
			signal: given.signal,
		});
		const letter = said.trim().toLowerCase();
		return entries.some(([key]) => key === letter) ? (letter as K) : null;
	} catch (error) {
		if (given.signal.aborted) return null;
		throw error;
	} finally {
		reader.close();
	}
}
