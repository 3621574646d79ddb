// Which lines of a diff begin a file that lies outside of a scope.
import type { Outside } from '../domain/outside.ts';

/** Behind such a line. */
export const outsideMark = '  !';

/** Whether a line of a patch, or of its summary, is the head of one of these files. */
export function headsOutside(
	outside: readonly Pick<Outside, 'path'>[],
): (line: string) => boolean {
	if (outside.length === 0) return () => false;
	const names = outside.map(({ path }) => path);
	const plain = new Set(names);
	return (line) => {
		const patch = /^diff --git (.*)$/.exec(line)?.[1];
		if (patch !== undefined)
			return names.some((name) => {
				const [from, to] = [`a/${name}`, `b/${name}`].map(quoted);
				return patch.startsWith(`${from} `) || patch.endsWith(` ${to}`);
			});
		const told = /^ (.+?) +\| +(?:\d+|Bin)\b/.exec(line)?.[1];
		if (told === undefined) return false;
		return endsOf(told).some((end) => {
			// The summary leaves out the beginning of what has no room.
			const tail = end.startsWith('...') ? end.slice(3) : null;
			return tail === null ? plain.has(end) : names.some((name) => name.endsWith(tail));
		});
	};
}

/** Of `a/{b => c}/d`, which is a rename, both. */
function endsOf(told: string): readonly string[] {
	const [, before = '', from = '', to = '', after = ''] =
		/^(.*)\{(.*) => (.*)\}(.*)$/.exec(told) ?? /^()(.*) => (.*)()$/.exec(told) ?? [];
	if (from === '' && to === '') return [told];
	return [from, to].map((part) => (before + part + after).replace('//', '/'));
}

/** As git writes a name that holds what would end it. */
function quoted(name: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what git quotes.
	if (!/["\\\x00-\x1f\x7f]/.test(name)) return name;
	const escaped = Array.from(name, (one) => {
		if (one === '"' || one === '\\') return `\\${one}`;
		const code = one.codePointAt(0) ?? 0;
		const short = letters[one];
		if (short !== undefined) return `\\${short}`;
		return code < 32 || code === 127 ? `\\${code.toString(8).padStart(3, '0')}` : one;
	});
	return `"${escaped.join('')}"`;
}

const letters: Readonly<Record<string, string>> = {
	'\u0007': 'a',
	'\b': 'b',
	'\t': 't',
	'\n': 'n',
	'\v': 'v',
	'\f': 'f',
	'\r': 'r',
};
