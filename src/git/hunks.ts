// What differs between two blobs, in hunks. No name of a file takes part in it: neither attributes that an
// agent may have written, nor names that no argument can hold.
import type { Hunk, HunkLine, HunkSign, Hunks } from '../domain/review/hunk.ts';
import { type GitPlace, git, gitText } from './git.ts';

/** Larger ones are for an editor. */
const mostBytes = 4 * 1024 * 1024;
const mostLines = 5000;
/** Six bytes a character at most, as JSON escapes those that no terminal shows, must fit a bulk frame. */
const mostCharacters = 140_000;
const longestLine = 4000;

/** Of a side that is null, nothing is there. `place` must have both. */
export async function readHunks(
	place: GitPlace,
	one: string | null,
	other: string | null,
): Promise<Hunks> {
	const objects = [one, other].filter((object) => object !== null);
	const sizes = await sizesOf(place, objects);
	if (sizes.some((size) => size > mostBytes)) return without('large');
	if (one !== null && other !== null) {
		const bytes = await diffBlobs(place, one, other, contextLines);
		return bytes.subarray(0, 4096).includes('\nBinary files ')
			? without('binary')
			: bounded(parseHunks(bytes.toString('utf8')));
	}
	const [object] = objects;
	if (object === undefined) return without(null);
	const bytes = await git(place, ['cat-file', 'blob', object]);
	// As git tells them.
	if (bytes.subarray(0, 8000).includes(0)) return without('binary');
	return bounded(wholeFile(bytes.toString('utf8'), one === null ? '+' : '-'));
}

const contextLines = 3;

/** A patch of two blobs, whatever the user's configuration says of patches. */
export async function diffBlobs(
	place: GitPlace,
	one: string,
	other: string,
	context: number,
): Promise<Buffer> {
	const args = ['diff', '--no-color', '--no-ext-diff', '--no-textconv', `-U${context}`];
	const form = ['--inter-hunk-context=0', '--diff-algorithm=histogram', '--patch'];
	return git(place, [...args, ...form, one, other]);
}

function without(why: Hunks['without']): Hunks {
	return { hunks: [], without: why, dropped: 0 };
}

/** In bytes; what is not there counts as nothing. */
async function sizesOf(place: GitPlace, objects: readonly string[]): Promise<number[]> {
	if (objects.length === 0) return [];
	const args = ['cat-file', '--batch-check=%(objectsize)'];
	const said = await gitText(place, args, { input: `${objects.join('\n')}\n` });
	return said.split('\n').map((size) => Number(size) || 0);
}

/** The hunks of a patch of one file. */
export function parseHunks(patch: string): readonly Hunk[] {
	const hunks: Draft[] = [];
	let left = { olds: 0, news: 0 };
	const lines = patch.split('\n');
	// What ends the last line begins none.
	if (lines.at(-1) === '') lines.pop();
	for (const line of lines) {
		const hunk = hunks.at(-1);
		const last = hunk?.lines.at(-1);
		if (hunk && last && line.startsWith('\\'))
			hunk.lines[hunk.lines.length - 1] = { ...last, open: true };
		else if (hunk && (left.olds > 0 || left.news > 0)) {
			const sign = signOf(line);
			if (sign !== '+') left.olds -= 1;
			if (sign !== '-') left.news -= 1;
			hunk.lines.push({ sign, text: line.slice(1) });
		} else {
			const head = headOf(line);
			if (!head) continue;
			const { olds, news, ...place } = head;
			left = { olds, news };
			hunks.push({ ...place, lines: [] });
		}
	}
	return hunks;
}

interface Draft extends Omit<Hunk, 'lines'> {
	readonly lines: HunkLine[];
}

function signOf(line: string): HunkSign {
	const [sign] = line;
	// A blank line of both may be written without its blank.
	return sign === '+' || sign === '-' ? sign : ' ';
}

function headOf(line: string) {
	const found = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/s.exec(line);
	if (!found) return null;
	const [, old, olds = '1', now, news = '1', heading = ''] = found;
	return {
		...{ old: Number(old), new: Number(now), heading },
		...{ olds: Number(olds), news: Number(news) },
	};
}

/** A file that is on one side only. */
function wholeFile(text: string, sign: '+' | '-'): readonly Hunk[] {
	if (text === '') return [];
	const texts = text.split('\n');
	const open = texts.at(-1) !== '';
	if (!open) texts.pop();
	const lines = texts.map(
		(line, at): HunkLine =>
			open && at === texts.length - 1
				? { sign, text: line, open: true }
				: { sign, text: line },
	);
	const [old, now] = sign === '+' ? [0, 1] : [1, 0];
	return [{ old, new: now, heading: '', lines }];
}

/** From the beginning, as much as one answer takes. */
function bounded(hunks: readonly Hunk[]): Hunks {
	let lines = 0;
	let characters = 0;
	let dropped = 0;
	const kept: Hunk[] = [];
	for (const hunk of hunks) {
		const some: HunkLine[] = [];
		for (const line of hunk.lines) {
			const text = line.text.slice(0, longestLine);
			lines += 1;
			characters += text.length;
			if (lines > mostLines || characters > mostCharacters) dropped += 1;
			else some.push({ ...line, text });
		}
		if (some.length > 0) kept.push({ ...hunk, lines: some });
	}
	return { hunks: kept, without: null, dropped };
}
