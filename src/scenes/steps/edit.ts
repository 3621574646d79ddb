import { mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { counted } from '../../lib/counted.ts';
import { readIfThere } from '../../lib/read-if-there.ts';
import { changedParts, type DiffLine, diffLines } from '../../page/line-diff.ts';
import type { Block } from '../../page/page.ts';
import { type Style, span } from '../../page/styled-text.ts';
import { toolEnd, toolHead } from '../../page/tool-blocks.ts';
import { SceneFailure } from '../departure.ts';
import { applyPatch } from '../patch.ts';
import type { StepBody } from '../scene.ts';
import type { Stage } from '../stage.ts';

const shownLines = 12;

/** Writes a file for real and shows what changed; done twice it changes nothing more. */
export async function edit(body: StepBody<'edit'>, stage: Stage): Promise<void> {
	const path = join(stage.cwd, body.file);
	await mustStayInside(stage.cwd, path, body.file);
	const before = (await readIfThere(path)) ?? undefined;
	const after = changed(body, before ?? '');
	if (after === before) {
		stage.page.add(
			toolHead('Edit', body.file),
			toolEnd('already as it should be', 'dim'),
		);
		return;
	}
	if (after === undefined) await rm(path, { force: true });
	else {
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, after);
	}
	const diff = diffLines(before ?? '', after ?? '');
	const verb = before === undefined ? 'Write' : after === undefined ? 'Delete' : 'Edit';
	stage.page.add(
		toolHead(verb, body.file, [
			span(` +${count(diff, 'added')}`, 'added'),
			span(` −${count(diff, 'removed')}`, 'removed'),
		]),
		...diffBlocks(diff, Math.min(shownLines, Math.max(4, stage.page.rows - 6))),
	);
	// A moment to look at it, as a person watching would want.
	await stage.clock.sleep(0.6, stage.interrupt);
}

/** The new text; undefined where the file is to go. */
function changed(body: StepBody<'edit'>, before: string): string | undefined {
	if (body.content !== undefined) return body.content;
	if (body.replace) {
		const { find, with: replacement } = body.replace;
		// A longer text often contains the shorter one it grew from, so look for the result first.
		if (replacement !== '' && before.includes(replacement)) return before;
		const at = before.indexOf(find);
		if (at < 0) throw new SceneFailure(`${body.file} does not hold the text to replace`);
		return before.slice(0, at) + replacement + before.slice(at + find.length);
	}
	if (body.patch !== undefined) {
		const patched = applyPatch(before, body.patch);
		if (patched.ok) return patched.value;
		if (applyPatch(before, reversed(body.patch)).ok) return before;
		throw new SceneFailure(`${body.file}: ${patched.refusal.message}`);
	}
	return undefined;
}

/** A patch that takes back what the given one does. */
function reversed(patch: string): string {
	return patch
		.split('\n')
		.map((line) => {
			const head = /^@@ -(\S+) \+(\S+) @@/.exec(line);
			if (head) return `@@ -${head[2]} +${head[1]} @@`;
			if (/^(?:---|\+\+\+) /.test(line)) return line;
			if (line.startsWith('-')) return `+${line.slice(1)}`;
			return line.startsWith('+') ? `-${line.slice(1)}` : line;
		})
		.join('\n');
}

/** A symbolic link in the folder must not lead a scene to files elsewhere. */
async function mustStayInside(cwd: string, path: string, name: string): Promise<void> {
	const root = await realpath(cwd);
	for (let folder = dirname(path); ; folder = dirname(folder)) {
		const real = await realpath(folder).catch(() => undefined);
		if (real === undefined) continue;
		if (relative(root, real).startsWith('..')) {
			throw new SceneFailure(`${name} leads out of the folder of the scene`);
		}
		return;
	}
}

function count(diff: readonly DiffLine[], kind: DiffLine['kind']): number {
	return diff.filter((line) => line.kind === kind).length;
}

const looks = {
	same: { sign: ' ', style: 'dim' },
	added: { sign: '+', style: 'added' },
	removed: { sign: '-', style: 'removed' },
} satisfies Record<DiffLine['kind'], { sign: string; style: Style }>;

function diffBlocks(diff: readonly DiffLine[], room: number): readonly Block[] {
	const parts = changedParts(diff, 1);
	const digits = String(parts.at(-1)?.number ?? 0).length;
	const blocks = parts.slice(0, room).map(({ kind, number, text }): Block => {
		const lead = `    ${String(number).padStart(digits)} `;
		const { sign, style } = looks[kind];
		const body = span(`${sign} ${text.replaceAll('\t', '  ')}`, style);
		return { lead: span(lead, 'dim'), indent: lead.length, text: [body], fold: 'cut' };
	});
	const hidden = parts.length - blocks.length;
	return hidden > 0 ? [...blocks, toolEnd(counted(hidden, 'more line'), 'dim')] : blocks;
}
