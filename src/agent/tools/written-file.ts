// Writing a file of a known content, so that nothing is overwritten that nobody has seen.
import { chmod, lstat, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode, messageOf } from '../../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import { replaceFile } from '../../lib/replace-file.ts';
import { mask } from '../../lib/secrets.ts';
import { diffLines } from '../../page/line-diff.ts';
import type { Place } from '../workspace.ts';
import { type Plan, planOf, type ToolOutcome } from './tool.ts';

const mostBytes = 4 * 1024 * 1024;

/** The text of a file that can be edited; null where there is none. */
export async function editableText({
	path,
	name,
}: Place): Promise<Outcome<string | null>> {
	try {
		const entry = await stat(path);
		if (!entry.isFile()) return refuse('edit.no-file', `${name} is no file`);
		if (entry.size > mostBytes)
			return refuse('edit.too-large', `${name} is too large to be edited`);
		const bytes = await readFile(path);
		const text = bytes.toString('utf8');
		// Else it would be written back as something else.
		if (!bytes.equals(Buffer.from(text)))
			return refuse('edit.no-text', `${name} is no text in UTF-8`);
		return ok(text);
	} catch (error) {
		const code = errorCode(error);
		if (code === 'ENOENT') return ok(null);
		return refuse('edit.unreadable', `${name} cannot be read: ${messageOf(error)}`);
	}
}

/**
 * Makes the file what it is to be, if it still is what it was. Refused where what stands in the place of a
 * secret would take the secret's place.
 */
export function planWrite(
	place: Place,
	before: string | null,
	after: string,
): Outcome<Plan> {
	if (timesCovered(after) > timesCovered(before ?? ''))
		return refuse(
			'edit.covered',
			`the ${mask} that you would write to ${place.name} stands for a secret that you were not shown`,
			'edit the lines around it and leave that one as it is',
		);
	return ok(planOf(writeOf(place, before, after)));
}

function timesCovered(text: string): number {
	return text.split(mask).length - 1;
}

function writeOf(place: Place, before: string | null, after: string) {
	const diff = diffLines(before ?? '', after);
	const added = diff.filter(({ kind }) => kind === 'added').length;
	const removed = diff.filter(({ kind }) => kind === 'removed').length;
	return {
		risk: 'edit' as const,
		verb: before === null ? 'Write' : 'Edit',
		subject: place.name,
		diff,
		writes: place.path,
		like: 'edit',
		run: () => write(place, before, after, `+${added} −${removed}`),
	};
}

async function write(
	place: Place,
	before: string | null,
	after: string,
	remark: string,
): Promise<ToolOutcome> {
	const now = await editableText(place);
	if (!now.ok) return failed(now.refusal.message);
	if (now.value !== before)
		return failed(`${place.name} was changed meanwhile; read it again`);
	try {
		await mkdir(dirname(place.path), { recursive: true });
		const mode = before === null ? null : (await lstat(place.path)).mode;
		await replaceFile(place.path, after);
		if (mode !== null) await chmod(place.path, mode & 0o7777);
	} catch (error) {
		return failed(`${place.name} cannot be written: ${messageOf(error)}`);
	}
	return { text: `${place.name} is written (${remark})`, failed: false, remark };
}

function failed(text: string): ToolOutcome {
	return { text, failed: true, remark: text };
}
