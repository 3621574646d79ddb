// The recorded screens of vttest, in the emulator of a pane and in tmux: two terminals that know nothing
// of each other and should show the same text.
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Emulator } from '../../src/terminal/emulator.ts';

export interface ScreenResult {
	/** Of the recording, from 1. */
	readonly screen: number;
	readonly differs: number;
}

const size = { columns: 80, rows: 24 };
const recorded = join(import.meta.dirname, '../../tests/fixtures/screens/vttest');
const patienceMs = 5000;

export async function runVttest(): Promise<ScreenResult[]> {
	const scratch = mkdtempSync(join(tmpdir(), 'weir-vttest-'));
	const socket = join(scratch, 'tmux');
	const tmux = (...words: string[]) =>
		execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...words]).toString();
	const files = readdirSync(recorded).sort();
	using emulator = new Emulator(size);
	try {
		const { columns, rows } = size;
		const [x, y] = [String(columns), String(rows)];
		tmux('new-session', '-d', '-x', x, '-y', y, `set -- ${scratch}; ${replay}`);
		// It takes the last row from its screen.
		tmux('set', '-g', 'status', 'off');
		const results: ScreenResult[] = [];
		for (const [at, file] of files.entries()) {
			emulator.write(readFileSync(join(recorded, file)));
			writeFileSync(join(scratch, `${at + 1}`), '');
			await until(() => existsSync(join(scratch, `done-${at + 1}`)));
			const differs = await differing(emulator.text(), () => tmux('capture-pane', '-p'));
			results.push({ screen: at + 1, differs });
		}
		tmux('kill-server');
		return results;
	} finally {
		rmSync(scratch, { recursive: true });
	}
}

const replay = [
	'stty raw -echo; n=0',
	'until [ "$(stty size)" = "24 80" ]; do sleep 0.05; done',
	`for file in ${recorded}/*`,
	'do n=$((n + 1)); until [ -e "$1/$n" ]; do sleep 0.02; done',
	'cat "$file"; touch "$1/done-$n"; done; sleep 60',
].join('; ');

/** Rows that differ once tmux has drawn all of it. */
async function differing(own: readonly string[], capture: () => string): Promise<number> {
	let count = 0;
	await until(() => {
		const other = capture().split('\n');
		count = own.filter((line, y) => line !== (other[y] ?? '').trimEnd()).length;
		return count === 0;
	});
	return count;
}

async function until(met: () => boolean): Promise<void> {
	for (const end = Date.now() + patienceMs; !met() && Date.now() < end; ) await sleep(50);
}
