// Lines above a screen, from memory where they are there, else from the recording.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { HolderRequest, HolderResponse } from '../protocol/holder.ts';
import { encodeRows, type ScreenRow } from '../protocol/rows.ts';
import type { Emulator } from '../terminal/emulator.ts';
import type { History } from '../terminal/history.ts';
import { findIn } from '../terminal/history-search.ts';
import type { Redaction } from '../terminal/redaction.ts';
import type { PastScreen } from '../terminal/screen-steps.ts';
import { inFrames } from './painting.ts';
import type { Recording } from './recording.ts';

export interface Lines extends HolderResponse<'history'> {
	/** Rows count from `from`. */
	readonly rows: readonly ScreenRow[];
}

/** Where the lines of one pane are. */
export interface LineSources {
	readonly emulator: Emulator;
	readonly redaction: Redaction;
	/** Null where the pane is not recorded: then only the newest lines are there. */
	readonly recording: Recording | null;
	readonly history: History;
}

/** What of `count` lines from number `from` is still kept, perhaps only the first of them. */
export async function readLines(
	{ emulator, redaction, recording, history }: LineSources,
	{ from, count, columns, reflow }: HolderRequest<'history'>,
): Promise<Outcome<Lines>> {
	const total = emulator.scrollback;
	const inMemory = from >= emulator.trimmed || from >= total;
	if (!inMemory && recording) {
		await recording.recorder.settled();
		const directory = recording.folder.path;
		const read = await history.read({ directory, from, count, columns, reflow });
		// The recording was removed: the newest lines are still here.
		if (read.ok || read.refusal.code !== 'history.unreadable') return read;
	}
	// As the recording has them: what scrolls away loses its secrets wherever it is kept.
	const rows = redaction
		.maskRows(emulator.ring())
		.filter(({ row }) => row >= from && row < from + count)
		.map((line) => ({ ...line, row: line.row - from }));
	return ok({ from, total, dropped: emulator.trimmed, rows });
}

/** The next match in the lines that are kept, one stretch of them at a time. */
export async function searchLines(
	{ emulator, redaction, recording, history }: LineSources,
	request: HolderRequest<'search'>,
): Promise<Outcome<HolderResponse<'search'>>> {
	if (recording) {
		await recording.recorder.settled();
		const directory = recording.folder.path;
		const answer = await history.search({ ...request, directory });
		if (answer.ok || answer.refusal.code !== 'history.unreadable') return answer;
	}
	const found = findIn(redaction.maskRows(emulator.ring()), request);
	const { scrollback: total, trimmed: dropped } = emulator;
	return ok({ found, next: null, total, dropped });
}

/** The screen of another time, from the recording. */
export async function readScreen(
	{ recording, history }: LineSources,
	request: HolderRequest<'screen'>,
): Promise<Outcome<PastScreen | null>> {
	if (!recording) return refuse('pane.unrecorded', 'what it showed is not recorded');
	await recording.recorder.settled();
	return history.screen({ ...request, directory: recording.folder.path });
}

/** The nearest line at which a prompt begins, from one stretch of the recording. */
export async function findPrompt(
	{ recording, history }: LineSources,
	{ line, direction, from, reflow }: HolderRequest<'prompt'>,
): Promise<Outcome<HolderResponse<'prompt'>>> {
	if (!recording) return refuse('pane.unrecorded', 'what it showed is not recorded');
	await recording.recorder.settled();
	const directory = recording.folder.path;
	return history.prompt({ line, direction, from, reflow, directory });
}

/** The lines as a `rows` frame carries them, as many as it takes; null where there are none. */
export function encodeLines(
	pane: number,
	columns: number,
	{ rows, total }: Lines,
): Uint8Array | null {
	if (rows.length === 0) return null;
	const shape = { pane, columns, rows: rows.length, scrollback: total };
	const [part] = inFrames({ ...empty, ...shape, changed: rows });
	return part ? encodeRows(part) : null;
}

const empty = {
	version: 0,
	full: true,
	cursorColumn: 0,
	cursorRow: 0,
	cursorShape: 0,
	modes: 0,
	kittyFlags: 0,
};
