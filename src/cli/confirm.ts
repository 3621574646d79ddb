// A question to the person at the terminal. Enter never confirms.
import { createInterface } from 'node:readline/promises';

/** Whether there is somebody at a terminal to answer. */
export function isAsked(): boolean {
	return process.stdin.isTTY && process.stderr.isTTY;
}

/** True for `y`; false for all else, and where nobody can be asked. */
export async function confirm(question: string): Promise<boolean> {
	if (!isAsked()) return false;
	const reader = createInterface({ input: process.stdin, output: process.stderr });
	const given = new AbortController();
	// The end of the input is no answer, and the question would wait for one for ever.
	reader.once('close', () => given.abort());
	try {
		const answer = await reader.question(`${question} y/N `, { signal: given.signal });
		return answer.trim().toLowerCase() === 'y';
	} catch (error) {
		if (given.signal.aborted) return false;
		throw error;
	} finally {
		reader.close();
	}
}
