import { type Outcome, ok, refuse } from '../lib/outcome.ts';

interface Hunk {
	/** Line of the old text it begins at, from 0. */
	readonly at: number;
	readonly before: readonly string[];
	readonly after: readonly string[];
}

/**
 * Applies a unified diff of one file. Hunks are found at their line or at the nearest place with
 * the same lines; none is applied in part. Refuses with `patch.malformed` or `patch.mismatch`.
 */
export function applyPatch(text: string, patch: string): Outcome<string> {
	const hunks = hunksOf(patch);
	if (!hunks) return refuse('patch.malformed', 'the patch holds no readable hunk');
	const ended = text === '' || text.endsWith('\n');
	const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
	let shift = 0;
	for (const [index, { at, before, after }] of hunks.entries()) {
		const found = nearest(lines, before, at + shift);
		if (found === undefined) {
			return refuse('patch.mismatch', `hunk ${index + 1} fits nowhere in the file`);
		}
		lines.splice(found, before.length, ...after);
		shift = found - at + after.length - before.length;
	}
	return ok(lines.length === 0 ? '' : lines.join('\n') + (ended ? '\n' : ''));
}

function hunksOf(patch: string): readonly Hunk[] | undefined {
	const hunks: { at: number; before: string[]; after: string[] }[] = [];
	for (const line of patch.replace(/\n$/, '').split('\n')) {
		const head = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@/.exec(line);
		if (head) {
			// A hunk that removes nothing names the line before it.
			const at = head[2] === '0' ? Number(head[1]) : Number(head[1]) - 1;
			hunks.push({ at, before: [], after: [] });
			continue;
		}
		const hunk = hunks.at(-1);
		if (!hunk || line.startsWith('\\')) continue;
		const rest = line.slice(1);
		if (line.startsWith('-')) hunk.before.push(rest);
		else if (line.startsWith('+')) hunk.after.push(rest);
		else if (line.startsWith(' ') || line === '') {
			hunk.before.push(rest);
			hunk.after.push(rest);
		} else return undefined;
	}
	return hunks.length > 0 ? hunks : undefined;
}

function nearest(
	lines: readonly string[],
	wanted: readonly string[],
	from: number,
): number | undefined {
	const fits = (at: number) =>
		at >= 0 &&
		at + wanted.length <= lines.length &&
		wanted.every((line, index) => lines[at + index] === line);
	for (let distance = 0; distance <= lines.length; distance += 1) {
		if (fits(from + distance)) return from + distance;
		if (fits(from - distance)) return from - distance;
	}
	return undefined;
}
