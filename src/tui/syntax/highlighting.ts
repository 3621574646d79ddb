// Reads source text with highlight.js: which stretches of each line are what. The only file that knows the
// library; it runs in a thread of its own, since its expressions read what agents wrote.
import library from 'highlight.js/lib/common';
import {
	type Coloured,
	type ColouredLines,
	languageOf,
	type SyntaxRole,
} from './colours.ts';

/** Null where the language is not known. */
export function highlight(
	path: string,
	texts: readonly string[],
): readonly ColouredLines[] | null {
	const language = languageOf(path);
	if (!library.getLanguage(language)) return null;
	return texts.map((text) =>
		colouredLines(library.highlight(text, { language, ignoreIllegals: true }).value),
	);
}

/** The library answers in HTML: spans with classes, and five characters escaped. */
const pieces = /<span class="([^"]*)">|<\/span>|&(?:amp|lt|gt|quot|#x27);|[^<&]+/g;

function colouredLines(html: string): ColouredLines {
	const lines: Coloured[][] = [[]];
	const roles: (SyntaxRole | null)[] = [];
	let column = 0;
	const put = (length: number) => {
		const role = roles.at(-1) ?? null;
		const line = lines.at(-1);
		if (role !== null && line && length > 0) {
			const last = line.at(-1);
			if (last?.role === role && last.to === column)
				line[line.length - 1] = { ...last, to: column + length };
			else line.push({ from: column, to: column + length, role });
		}
		column += length;
	};
	for (const [piece, classes] of html.matchAll(pieces)) {
		if (classes !== undefined) roles.push(roleOf(classes) ?? roles.at(-1) ?? null);
		else if (piece === '</span>') roles.pop();
		else if (piece.startsWith('&')) put(1);
		else
			for (const [at, part] of piece.split('\n').entries()) {
				if (at > 0) {
					lines.push([]);
					column = 0;
				}
				put(part.length);
			}
	}
	return lines;
}

function roleOf(classes: string): SyntaxRole | undefined {
	const [first = ''] = classes.replace(/^hljs-/, '').split(' ');
	return roleOfClass[first];
}

const roleOfClass: Readonly<Record<string, SyntaxRole>> = {
	keyword: 'keyword',
	meta: 'keyword',
	'selector-tag': 'keyword',
	doctag: 'keyword',
	string: 'string',
	regexp: 'string',
	symbol: 'string',
	link: 'string',
	code: 'string',
	number: 'literal',
	literal: 'literal',
	'variable.constant': 'literal',
	title: 'name',
	type: 'name',
	built_in: 'name',
	class: 'name',
	attr: 'name',
	attribute: 'name',
	property: 'name',
	name: 'name',
	section: 'name',
	'selector-class': 'name',
	'selector-id': 'name',
	comment: 'dim',
	quote: 'dim',
};
