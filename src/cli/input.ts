// What is piped into a verb that was given `-`.
import { text } from 'node:stream/consumers';

export async function readInput(): Promise<string> {
	return (await text(process.stdin)).replace(/\n$/, '');
}
