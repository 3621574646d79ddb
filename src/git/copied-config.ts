// Settings of the user's repository, written into a git directory that somebody else works with.
import type { Repository } from './repository.ts';

/** How files become blobs and the reverse. */
export const conversions =
	'core\\.(?:autocrlf|eol|ignorecase|filemode|symlinks|precomposeunicode|safecrlf)';

/** The repository's own settings whose keys `wanted` names, as lines of a config file. */
export async function copiedConfig(
	{ readings }: Pick<Repository, 'readings'>,
	wanted: RegExp,
): Promise<string> {
	let text = '';
	for (const entry of await readings.config.get()) {
		const at = entry.indexOf('\n');
		const key = at < 0 ? entry : entry.slice(0, at);
		if (wanted.test(key)) text += configEntry(key, at < 0 ? 'true' : entry.slice(at + 1));
	}
	return text;
}

function configEntry(key: string, value: string): string {
	const first = key.indexOf('.');
	const last = key.lastIndexOf('.');
	const section = key.slice(0, first);
	const middle = first === last ? '' : ` ${quoted(key.slice(first + 1, last))}`;
	return `[${section}${middle}]\n\t${key.slice(last + 1)} = ${quoted(value)}\n`;
}

function quoted(text: string): string {
	const escaped = text
		.replaceAll('\\', '\\\\')
		.replaceAll('"', '\\"')
		.replaceAll('\n', '\\n')
		.replaceAll('\t', '\\t');
	return `"${escaped}"`;
}
