// What a recorded stream to a terminal is made of: the updates in it, and what stands between them.
import { TerminalScreen } from './terminal-screen.ts';

export interface Audit {
	/** Synchronized updates. */
	readonly updates: number;
	/** Updates that clear the whole screen. */
	readonly clears: number;
	/** Text that was written outside of an update. */
	readonly loose: readonly string[];
	/** Cells that updates wrote without clearing, and cells that they changed. */
	readonly written: number;
	readonly changed: number;
}

const update = /\x1b\[\?2026h([\s\S]*?)\x1b\[\?2026l/g;
// oxlint-disable-next-line no-control-regex
const sequence =
	/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]/g;
const clear = '\x1b[2J';

/** Reads the stream from its first update on, at one size of the terminal. */
export async function auditFrames(
	bytes: Uint8Array,
	size: { readonly columns: number; readonly rows: number },
): Promise<Audit> {
	const all = Buffer.from(bytes).toString();
	// Before it there are questions to the terminal, one about the width of a sign that is printed.
	const text = all.slice(all.indexOf('\x1b[?2026h'));
	const updates = [...text.matchAll(update)];
	const loose = text
		.replace(update, '')
		.replace(sequence, '')
		.split(/\s+/)
		.filter((word) => word !== '');
	using terminal = new TerminalScreen(size);
	let [written, changed, clears] = [0, 0, 0];
	let before = cells(terminal);
	for (const [whole, inner = ''] of updates) {
		await terminal.write(whole);
		const after = cells(terminal);
		if (inner.includes(clear)) clears += 1;
		else {
			written += Array.from(inner.replace(sequence, '')).length;
			changed += after.filter((cell, at) => cell !== before[at]).length;
		}
		before = after;
	}
	return { updates: updates.length, clears, loose, written, changed };
}

function cells(terminal: TerminalScreen): string[] {
	return terminal.cells().flatMap((row) => row.map((cell) => JSON.stringify(cell)));
}
