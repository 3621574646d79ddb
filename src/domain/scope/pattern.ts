// One pattern as git reads a line of .gitignore: what it matches is a regular language of paths.
// Where git takes what cannot match, or what is meant otherwise than it reads, this refuses.
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import { readBracket } from './bracket.ts';
import type { Range } from './characters.ts';

/** One character, or any number of them; never a slash. */
export interface Piece {
	readonly ranges: readonly Range[];
	/** All but the ranges. */
	readonly negated: boolean;
	readonly many: boolean;
}

/** `**` between slashes is any number of folders; the others are one name. */
export type Segment =
	| { readonly kind: 'folders' }
	| {
			readonly kind: 'word';
			readonly pieces: readonly Piece[];
			/** Null where a wildcard is in it. */
			readonly literal: string | null;
			/** No slash ends it: what follows may go on with the name. */
			readonly open: boolean;
	  };

type Word = Extract<Segment, { kind: 'word' }>;

export interface Pattern {
	readonly text: string;
	/** It takes out again. */
	readonly negative: boolean;
	/** It matches no file, but all below a folder. */
	readonly folderOnly: boolean;
	readonly segments: readonly Segment[];
}

/** Longer than any that a person writes; what a pattern costs grows with it. */
const longest = 500;

export function parsePattern(text: string): Outcome<Pattern> {
	const whole = withoutTrailingSpaces(text.normalize('NFC'));
	const negative = whole.startsWith('!');
	const path = negative ? whole.slice(1) : whole;
	const fault = faultOf(text, whole, path);
	if (fault) return fault;
	const folderOnly = path.endsWith('/');
	const bare = folderOnly ? path.slice(0, -1) : path;
	const anchored = bare.includes('/');
	const segments: Segment[] = anchored ? [] : [folders];
	// A slash in a bracket matches nothing, so a slash always parts.
	const words = (bare.startsWith('/') ? bare.slice(1) : bare).split('/');
	for (const [at, word] of words.entries()) {
		const read = readSegments(word, { anchored, words, at });
		if (read === null)
			return no(
				`in ${text} a bracket is never closed, or names no class`,
				'write \\[ where the character is meant',
			);
		segments.push(...read);
	}
	return ok({ text, negative, folderOnly, segments });
}

const folders: Segment = { kind: 'folders' };

interface Within {
	/** Two stars are more than one only where a slash parts the pattern. */
	readonly anchored: boolean;
	readonly words: readonly string[];
	readonly at: number;
}

function readSegments(word: string, { anchored, words, at }: Within): Segment[] | null {
	if (anchored && /^\*{2,}$/.test(word)) return [folders];
	const start = /^([^*?[\\]+)\*{2,}$/.exec(word)?.[1];
	// Behind plain names alone git 2.39 takes two stars for folders even within a name: by x/a**/b it
	// means x/ab, and whatever begins with x/a and ends in /b.
	const plain = words.slice(0, at).every((each) => !/[*?[\\]/.test(each));
	if (anchored && start !== undefined && plain) {
		const open = readWord(start);
		return open && [{ ...open, literal: null, open: true }, folders];
	}
	const segment = readWord(word);
	return segment && [segment];
}

function faultOf(text: string, whole: string, path: string): Outcome<never> | null {
	if (whole === '' || path === '')
		return no('a pattern is empty', 'name a path or a glob');
	if (text.length > longest)
		return no(
			`a pattern of ${text.length} characters is too long; ${longest} are the most`,
			'name a folder above',
		);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
	if (/[\x00-\x1f\x7f]/.test(text))
		return no('a pattern holds a control character', 'write ? in its place');
	if (whole.startsWith('#'))
		return no(`${text} is a comment to git`, `write \\${whole} where a name begins so`);
	if (endsInEscape(path))
		return no(`${text} ends in a backslash that escapes nothing`, 'take it away');
	if (/(?<!\\)(?:\\\\)*\\\//.test(path))
		return no(`in ${text} a backslash is before a slash`, 'write a slash alone');
	return wordFault(text, path);
}

function wordFault(text: string, path: string): Outcome<never> | null {
	const parts = path.replace(/^\//, '').replace(/\/$/, '').split('/');
	if (parts.includes('..'))
		return no(`${text} leads out of a folder by ..`, 'name paths from the worktree on');
	if (parts.includes('.'))
		return no(
			`${text} holds a . for a folder`,
			'leave it away: paths begin in the worktree',
		);
	if (parts.includes(''))
		return no(`${text} holds a folder without a name`, 'write one slash between names');
	if (/(?<!\\)(?:\\\\)*\{[^{}]*,[^{}]*\}/.test(path))
		return no(
			`${text} holds braces, which git does not read`,
			'write one pattern for each',
		);
	return null;
}

function no(message: string, allow: string): Outcome<never> {
	return refuse('scope.pattern', message, allow);
}

/** As git does: spaces at the end count for nothing unless a backslash is before them. */
function withoutTrailingSpaces(text: string): string {
	const kept = text.replace(/ +$/, '');
	return kept.length < text.length && endsInEscape(kept) ? `${kept} ` : kept;
}

function endsInEscape(text: string): boolean {
	const backslashes = /\\*$/.exec(text)?.[0] ?? '';
	return backslashes.length % 2 === 1;
}

function readWord(word: string): Word | null {
	const characters = Array.from(word);
	const pieces: Piece[] = [];
	let literal: string | null = '';
	let at = 0;
	while (at < characters.length) {
		const character = characters[at] ?? '';
		if (character === '[') {
			const bracket = readBracket(characters, at + 1);
			if (!bracket) return null;
			const { ranges, negated, next } = bracket;
			pieces.push({ ranges, negated, many: false });
			literal = null;
			at = next;
		} else if (character === '*' || character === '?') {
			// Any number of stars is one.
			if (character === '?' || characters[at - 1] !== '*')
				pieces.push({ ranges: [], negated: true, many: character === '*' });
			literal = null;
			at += 1;
		} else {
			const escaped = character === '\\';
			const meant = (escaped ? characters[at + 1] : character) ?? '';
			const code = meant.codePointAt(0) ?? 0;
			pieces.push({ ranges: [[code, code]], negated: false, many: false });
			literal = literal === null ? null : literal + meant;
			at += escaped ? 2 : 1;
		}
	}
	return { kind: 'word', pieces, literal, open: false };
}
