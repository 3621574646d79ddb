// Which places below a folder a program finds mounted read-only, read from outside of its sandbox.
import { readFileSync } from 'node:fs';
import { isBelow } from './plan.ts';

/** Relative to the folder; none where the program has ended. */
export function shutMounts(pid: number, folder: string): string[] {
	let text: string;
	try {
		text = readFileSync(`/proc/${pid}/mountinfo`, 'utf8');
	} catch {
		// It has ended.
		return [];
	}
	return parseShut(text, folder);
}

/** Lines of proc_pid_mountinfo(5): the fifth field is the place, the sixth how it is mounted. */
export function parseShut(text: string, folder: string): string[] {
	const last = new Map<string, boolean>();
	for (const line of text.split('\n')) {
		const [, , , , place = '', options = ''] = line.split(' ');
		const path = place.replace(/\\(\d{3})/g, (_, code: string) =>
			String.fromCharCode(Number.parseInt(code, 8)),
		);
		// Of those at one place the last stands over the others.
		if (isBelow(path, folder)) last.set(path, options.split(',').includes('ro'));
	}
	return [...last]
		.filter(([, shut]) => shut)
		.map(([path]) => path.slice(folder.length + 1));
}
