// What a schema found wrong, in our words: those of the library are for programmers. Shaped like
// the issues of zod, which this file does not load.

export interface SchemaIssue {
	readonly code?: string | undefined;
	readonly message: string;
	readonly path: readonly PropertyKey[];
	readonly input?: unknown;
	readonly expected?: string | undefined;
	readonly origin?: string | undefined;
	readonly minimum?: number | bigint | undefined;
	readonly maximum?: number | bigint | undefined;
	readonly values?: readonly unknown[] | undefined;
	readonly pattern?: string | undefined;
	readonly keys?: readonly string[] | undefined;
	readonly errors?: readonly (readonly SchemaIssue[])[] | undefined;
}

/** The fault in words, without its place: `expected true or false, not "yes"`. */
export function schemaWords(issue: SchemaIssue): string {
	const tell = Object.hasOwn(tellers, issue.code ?? '')
		? tellers[issue.code ?? '']
		: null;
	return tell ? tell(issue) : 'is not valid here';
}

/** The first fault with its place, for a request: `columns: expected a whole number`. */
export function firstFault(issues: readonly SchemaIssue[]): string {
	const [issue] = issues;
	if (issue === undefined) return 'is not valid';
	const place = issue.path.join('.');
	return place === '' ? schemaWords(issue) : `${place}: ${schemaWords(issue)}`;
}

/** Of several that a value may have, the form whose outermost type fits; null where none does. */
export function meantForm({ errors = [] }: SchemaIssue): readonly SchemaIssue[] | null {
	return errors.find((branch) => !isOfOtherType(branch)) ?? null;
}

function isOfOtherType([first]: readonly SchemaIssue[]): boolean {
	if (first === undefined || first.path.length > 0) return false;
	// A word of a few was expected, and there stood no word at all.
	const noWord = first.code === 'invalid_value' && typeof first.input === 'object';
	return first.code === 'invalid_type' || noWord;
}

const tellers: Readonly<Record<string, (issue: SchemaIssue) => string>> = {
	invalid_type: (issue) => `expected ${nounOf(issue.expected)}${butFound(issue)}`,
	invalid_value: (issue) =>
		`expected ${alternatives((issue.values ?? []).map(String))}${butFound(issue)}`,
	too_small: (issue) =>
		`expected ${measure(issue, 'at least', issue.minimum)}${butFound(issue)}`,
	too_big: (issue) =>
		`expected ${measure(issue, 'at most', issue.maximum)}${butFound(issue)}`,
	invalid_format: (issue) =>
		`expected the form ${issue.pattern ?? 'of such a text'}${butFound(issue)}`,
	invalid_key: () => 'is no name for it',
	invalid_union: (issue) => {
		const meant = meantForm(issue);
		if (meant) return firstFault(meant);
		const nouns = (issue.errors ?? []).map(([first]) => nounOf(first?.expected));
		return `expected ${alternatives(nouns)}${butFound(issue)}`;
	},
	unrecognized_keys: (issue) => `there is no ${(issue.keys ?? []).join(', ')}`,
	custom: ({ message }) => message,
};

const nouns: Readonly<Record<string, string>> = {
	string: 'a text',
	number: 'a number',
	int: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
	object: 'a mapping of keys to values',
	record: 'a mapping of keys to values',
	null: 'null',
};

function nounOf(expected = ''): string {
	return nouns[expected] ?? 'another value';
}

function alternatives(words: readonly string[]): string {
	if (words.length === 0) return 'another value';
	return [words.slice(0, -1).join(', '), words.at(-1)].filter(Boolean).join(' or ');
}

const units: Readonly<Record<string, string>> = {
	string: ' characters',
	array: ' entries',
	set: ' entries',
};

function measure(
	{ origin = '' }: SchemaIssue,
	atWhich: string,
	limit: number | bigint = 0,
): string {
	if (Number(limit) === 1 && atWhich === 'at least') {
		if (origin === 'string') return 'a text that is not empty';
		if (origin === 'array') return 'a list that is not empty';
	}
	return `${atWhich} ${limit}${units[origin] ?? ''}`;
}

/** What stood there; nothing where it is not known, or too long to be read. */
function butFound({ input }: SchemaIssue): string {
	if (input === undefined) return '';
	const shown = JSON.stringify(input) ?? '';
	return shown === '' || shown.length > 60 ? '' : `, not ${shown}`;
}
