// Recorded screens of programs, replayed in a zoomed pane and in an emulator alone: the same cells and
// the same cursor after each screen.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start } from '../support/agents.ts';
import {
	cellsOf,
	differences,
	openCockpit,
	startTyping,
	wholePane,
} from '../support/cockpit.ts';
import { TerminalScreen } from '../support/terminal-screen.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
const recorded = join(import.meta.dirname, '../fixtures/screens');
/** The outer terminal in which a pane has the size of the recordings. */
const outer = { columns: 82, rows: 29 };
const inner = { x: 0, y: 0, width: 80, height: 24 };

beforeAll(() => {
	weir = scratchWeir();
});
afterAll(() => weir.close());

test('nano, htop, top and vttest look as they look alone, screen by screen', async () => {
	const files = programs.flatMap(screensOf);
	const go = join(weir.folder, 'go');
	const argv = ['sh', '-c', replay, 'sh', go, ...files];
	const { name } = await start(weir, 'screens', argv);
	await using cockpit = await openCockpit(weir, ['attach', name], outer);
	const area = wholePane(cockpit.terminal);
	await startTyping(cockpit);
	using alone = new TerminalScreen({ columns: inner.width, rows: inner.height });
	const wrong = () => differences(cellsOf(cockpit.terminal, area), cellsOf(alone, inner));
	const cursorThere = () => {
		const { x, y, visible } = cockpit.terminal.cursor;
		if (!visible || !alone.cursor.visible) return visible === alone.cursor.visible;
		// One that waits to wrap stands in the last column.
		return x - area.x === Math.min(alone.cursor.x, 79) && y - area.y === alone.cursor.y;
	};
	for (const [at, file] of files.entries()) {
		await alone.write(withBlankScreens(readFileSync(file)));
		writeFileSync(`${go}-${at + 1}`, '');
		const same = () => cursorThere() && wrong().length === 0;
		await cockpit.waitFor(same).catch((error: unknown) => {
			throw new Error(`${file} looks otherwise:\n${wrong().join('\n')}`, {
				cause: error,
			});
		});
	}
	expect(files.length).toBeGreaterThan(50);
	await weir.json('kill', name);
});

/** The emulator alone leaves the text where a width is set; terminals that allow it blank the screen. */
function withBlankScreens(bytes: Buffer): Buffer {
	const text = bytes.toString('latin1');
	return Buffer.from(
		text.replaceAll(/\x1b\[\?3[hl]/g, '$&\x1b[r\x1b[H\x1b[2J'),
		'latin1',
	);
}

const programs = ['nano', 'htop', 'top', 'vttest'];

function screensOf(program: string): string[] {
	const folder = join(recorded, program);
	return readdirSync(folder)
		.sort()
		.map((file) => join(folder, file));
}

/** Prints a file for each file that says so, from when the pane has its size. */
const replay = [
	'stty raw -echo; until [ "$(stty size)" = "24 80" ]; do sleep 0.02; done; n=0',
	'go=$1; shift',
	'for file; do n=$((n + 1)); until [ -e "$go-$n" ]; do sleep 0.02; done; cat "$file"; done',
	'exec cat > /dev/null',
].join('; ');
