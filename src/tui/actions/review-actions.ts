// What keys do in a review: move through its files, hunks and lines, open the place under the cursor.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasWorktree } from '../../domain/agent.ts';
import { holds } from '../../domain/area.ts';
import { contentsOf } from '../../domain/review/file-side.ts';
import { editorArgv } from '../../lib/editor.ts';
import { refusalMessage } from '../chrome/message-line.ts';
import { fieldOf } from '../chrome/text-field.ts';
import type { ActionId } from '../keys/keys.ts';
import { entryOf, lineOf, spotOf } from '../review/file-rows.ts';
import { firstListed } from '../review/list-lines.ts';
import {
	fileAimedAt,
	hunkAimedAt,
	isViewed,
	listedFiles,
	reviewedAgent,
	rowAimedAt,
	rowsAimedAt,
} from '../review/reviewed.ts';
import { shownReview } from '../review/shown-review.ts';
import { shownAgents } from '../view.ts';
import {
	type Act,
	attend,
	type Controls,
	done,
	focusedIn,
	openNow,
	remark,
} from './controls.ts';
import { focusOn } from './focus-actions.ts';
import { showScreen } from './inbox-actions.ts';

export const reviewActions = {
	'screen.review': openReview,
	'review.down': (controls) => moveReview(controls, 1),
	'review.up': (controls) => moveReview(controls, -1),
	'review.page-down': (controls) => moveReview(controls, halfPage(controls)),
	'review.page-up': (controls) => moveReview(controls, -halfPage(controls)),
	'review.first': (controls) => moveReview(controls, Number.NEGATIVE_INFINITY),
	'review.end': (controls) => moveReview(controls, Number.POSITIVE_INFINITY),
	'review.next-hunk': (controls) => moveHunk(controls, 1),
	'review.previous-hunk': (controls) => moveHunk(controls, -1),
	'review.next-file': (controls) => moveFile(controls, 1),
	'review.previous-file': (controls) => moveFile(controls, -1),
	'review.viewed': toggleViewed,
	'review.stage': stageHunk,
	'review.discard': discardHunk,
	'review.wrap': ({ view, change }) =>
		change({ kind: 'review', review: { wrap: !view.review.wrap } }),
	'review.place': openPlace,
	'review.filter': (controls) =>
		openNow(controls, {
			kind: 'files',
			field: fieldOf(controls.view.review.filter),
			before: controls.view.review.filter,
		}),
	'review.next-agent': (controls) => moveAgent(controls, 1),
	'review.previous-agent': (controls) => moveAgent(controls, -1),
	'review.open': ({ view, change }) =>
		change({ kind: 'review', review: { alone: !view.review.alone } }),
} as const satisfies Readonly<Partial<Record<ActionId, Act>>>;

/** Of the agent that the key is about, wherever it was pressed. */
function openReview(controls: Controls): void {
	const agent = focusedIn(controls);
	showScreen(controls, 'review');
	if (agent) focusOn(controls, agent.id);
}

/** The cursor so many rows down. */
export function moveReview(controls: Controls, by: number): void {
	const { rows, at } = rowsAimedAt(controls.state, controls.view);
	putOn(controls, at + by, rows);
}

function putOn(
	{ change }: Controls,
	at: number,
	rows: ReturnType<typeof rowsAimedAt>['rows'],
): void {
	const row = rows[Math.max(0, Math.min(at, rows.length - 1))];
	if (row) change({ kind: 'review', review: { spot: spotOf(row) } });
}

function halfPage({ state, view, arrangement }: Controls): number {
	const place = shownReview(state, view, arrangement.body)?.place;
	return Math.max(1, Math.floor((place?.detail.inner.height ?? 2) / 2));
}

/** From the last hunk on to the next file, and back. */
function moveHunk(controls: Controls, by: 1 | -1): void {
	const { rows, at } = rowsAimedAt(controls.state, controls.view);
	const hunk = rows[at]?.hunk ?? 0;
	const entry = entryOf(rows, hunk + by);
	if (entry >= 0) putOn(controls, entry, rows);
	else moveFile(controls, by);
}

function moveFile(controls: Controls, by: number): void {
	pickFile(controls, listedFiles(controls.state, controls.view).at + by);
}

function pickFile({ state, view, change }: Controls, to: number): void {
	const { files, at } = listedFiles(state, view);
	const next = Math.max(0, Math.min(to, files.length - 1));
	const path = files[next]?.path;
	if (path === undefined || next === at) return;
	change({ kind: 'review', review: { path, spot: null } });
}

async function toggleViewed(controls: Controls): Promise<void> {
	const { state, view } = controls;
	const agent = reviewedAgent(state, view);
	const file = fileAimedAt(state, view);
	if (!agent || !file) return;
	const { path } = file;
	const contents = isViewed(agent, file) ? null : contentsOf(file);
	const done = await controls.ask('review.view', { agent: agent.name, path, contents });
	if (!done.ok) controls.say(refusalMessage(done.refusal));
}

async function stageHunk(controls: Controls): Promise<void> {
	const { state, view } = controls;
	const agent = reviewedAgent(state, view);
	const found = hunkAimedAt(state, view);
	if (!agent || !found) return;
	const { path, old, new: now } = found.file;
	const hunk = { old: found.hunk.old, new: found.hunk.new };
	const { name } = agent;
	const staged = await attend(
		controls,
		`staging a hunk of ${name}`,
		controls.ask('review.stage', { agent: name, path, old, new: now, hunk }),
	);
	if (!staged) return;
	// They are asked for anew.
	controls.change({ kind: 'review', review: { places: null } });
	done(controls, `staged a hunk for ${name} to commit`);
}

async function discardHunk(controls: Controls): Promise<void> {
	const { state, view } = controls;
	const agent = reviewedAgent(state, view);
	const found = hunkAimedAt(state, view);
	if (!agent || !found) return;
	const { path, old: base, new: stands } = found.file;
	const hunk = { old: found.hunk.old, new: found.hunk.new };
	const discarded = await attend(
		controls,
		`discarding a hunk of ${agent.name}`,
		controls.ask('review.discard', { agent: agent.name, path, stands, base, hunk }),
	);
	if (discarded)
		done(controls, `discarded a hunk of ${agent.name}`, '{undo.open} puts it back');
}

/** A click on a file. */
export function clickReview(controls: Controls, x: number, y: number): void {
	const { state, view, arrangement } = controls;
	const shown = shownReview(state, view, arrangement.body);
	const inner = shown?.place.list?.inner;
	if (!shown || !inner || !holds(inner, x, y)) return;
	const row = firstListed(shown.listed, inner.height) + y - inner.y;
	if (row < shown.listed.files.length) pickFile(controls, row);
}

/** The agent before or after it of those that have files. */
function moveAgent(controls: Controls, by: 1 | -1): void {
	const agents = shownAgents(controls.state).filter(hasWorktree);
	const now = reviewedAgent(controls.state, controls.view);
	const at = agents.findIndex(({ id }) => id === now?.id);
	const next = agents[(at + by + agents.length) % agents.length];
	if (next) focusOn(controls, next.id);
}

async function openPlace(controls: Controls): Promise<void> {
	const { state, view } = controls;
	const agent = reviewedAgent(state, view);
	const file = fileAimedAt(state, view);
	if (!agent || !file) return;
	const row = rowAimedAt(state, view);
	const path = join(agent.path, file.path);
	if (!existsSync(path))
		return remark(
			controls,
			`${file.path} is not in the worktree of ${agent.name} any more`,
		);
	const line = row ? lineOf(row) : null;
	const lent = await controls.lend(
		editorArgv(controls.environment, { file: path, line }),
	);
	if (!lent.ok) controls.say(refusalMessage(lent.refusal));
}
