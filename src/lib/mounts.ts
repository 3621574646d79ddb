// What is mounted within a folder: a removal would reach what lies there.
import { readIfThere } from './read-if-there.ts';

/** Mount points strictly below a folder; none where the system does not list them. */
export async function mountsBelow(folder: string): Promise<readonly string[]> {
	const listed = await readIfThere('/proc/self/mountinfo');
	// The fifth field; blanks and the like are octal, see proc_pid_mountinfo(5).
	const points = (listed ?? '')
		.split('\n')
		.map((line) => unescaped(line.split(' ')[4] ?? ''));
	return points.filter((point) => point.startsWith(`${folder}/`));
}

function unescaped(field: string): string {
	return field.replace(/\\([0-7]{3})/g, (_, octal: string) =>
		String.fromCharCode(Number.parseInt(octal, 8)),
	);
}
