// The imports of a source file, read from its text. TypeScript 7 has no stable compiler interface
// in JavaScript; the formatter puts every statement at the start of a line, which is enough here.
import { posix } from 'node:path';

export interface Import {
	/** As written. */
	readonly name: string;
	/** The file it leads to, from the top of the repository; null for packages and Node modules. */
	readonly file: string | null;
	/** The package, with its scope; null for files and Node modules. */
	readonly package: string | null;
	/** `type` is gone at run time; `dynamic` is loaded when the call is reached. */
	readonly kind: 'static' | 'type' | 'dynamic';
	/** Whether it hands on what it imports. */
	readonly passedOn: boolean;
}

const clause = String.raw`(?:[\w$*,\s]|\{[^}]*\})*?`;
const patterns: readonly { readonly kind?: Import['kind']; readonly shape: RegExp }[] = [
	{
		shape: new RegExp(
			String.raw`^(import|export)\s+(type\s+)?${clause}\s*from\s*(['"])(?<name>.+?)\3`,
			'gm',
		),
	},
	{ kind: 'static', shape: /^import\s*(['"])(?<name>.+?)\1/gm },
	{
		kind: 'dynamic',
		shape: /\b(?:import|require)\(\s*(['"])(?<name>.+?)\1\s*\)(?!\s*[.[]\s*[A-Z])/g,
	},
	// A type of another file named in place: `import('./x.ts').Name`.
	{ kind: 'type', shape: /\bimport\(\s*(['"])(?<name>.+?)\1\s*\)(?=\s*[.[]\s*[A-Z])/g },
];

/** All imports of the file at `path` whose text is given. */
export function importsOf(path: string, text: string): Import[] {
	const code = withoutComments(text);
	return patterns.flatMap(({ kind, shape }) =>
		[...code.matchAll(shape)].map((match) => {
			const name = match.groups?.name ?? '';
			const typeOnly = match[2]?.startsWith('type');
			return {
				name,
				file: name.startsWith('.') ? posix.join(posix.dirname(path), name) : null,
				package: packageOf(name),
				kind: kind ?? (typeOnly ? ('type' as const) : ('static' as const)),
				passedOn: match[1] === 'export',
			};
		}),
	);
}

/**
 * The text with comments blanked, line by line: whole comment lines and what follows code on a
 * line. A `//` within quotes on the same line is left alone.
 */
export function withoutComments(text: string): string {
	let inside = false;
	const lines = text.split('\n').map((line) => {
		const start = line.trimStart();
		if (inside || start.startsWith('/*')) {
			inside = !line.includes('*/');
			return '';
		}
		return start.startsWith('//') ? '' : line.replace(/\s\/\/ [^'"`]*$/, '');
	});
	return lines.join('\n');
}

function packageOf(name: string): string | null {
	if (name.startsWith('.') || name.startsWith('node:')) return null;
	const [first = '', second = ''] = name.split('/');
	return first.startsWith('@') ? `${first}/${second}` : first;
}
