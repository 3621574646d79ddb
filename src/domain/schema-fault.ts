// What a schema finds wrong with a value, said to people: the library's own words are for its users.
import type { z } from 'zod';
import { counted } from '../lib/counted.ts';

/** Follows the name of the value: `must not be empty`, `must be one of squash, merge`. */
export function faultInWords(issue: z.core.$ZodIssue): string {
	switch (issue.code) {
		case 'invalid_type':
			return `must be ${kinds[issue.expected] ?? 'of another kind'}`;
		case 'invalid_value':
			return `must be one of ${issue.values.map(String).join(', ')}`;
		case 'too_small':
			return tooSmall(issue.origin, Number(issue.minimum));
		case 'too_big':
			return `must ${sizeWords(issue.origin, 'at most', Number(issue.maximum))}`;
		case 'invalid_union': {
			const forms = issue.errors.flatMap(([first]) =>
				first ? [faultInWords(first)] : [],
			);
			return [...new Set(forms)].join(', or ') || 'is of no form that is known here';
		}
		case 'custom':
			return issue.message;
		default:
			return 'is of no form that is known here';
	}
}

const kinds: Readonly<Record<string, string>> = {
	string: 'a text',
	number: 'a number',
	int: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
	object: 'a group of keys',
	record: 'a group of keys',
	null: 'null',
};

function tooSmall(origin: string, least: number): string {
	return least === 1 && origin !== 'number' && origin !== 'int'
		? 'must not be empty'
		: `must ${sizeWords(origin, 'at least', least)}`;
}

function sizeWords(origin: string, bound: string, count: number): string {
	if (origin === 'string') return `have ${bound} ${counted(count, 'character')}`;
	if (origin === 'array') return `have ${bound} ${counted(count, 'entry', 'entries')}`;
	return `be ${bound} ${count}`;
}
