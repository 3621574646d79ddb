// Nothing flickers while many agents are busy: what is sent is updates, of what has changed.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { start } from '../support/agents.ts';
import { detach, openCockpit } from '../support/cockpit.ts';
import { auditFrames } from '../support/frame-audit.ts';
import { foreignSequences, weirSequences } from '../support/sequences.ts';
import { TerminalScreen } from '../support/terminal-screen.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

const soak = process.env.WEIR_SOAK === '1';
const agents = soak ? 30 : 4;
/** A recording of a client is kept whole, so a long look is made of many: ten minutes of them. */
const lengthMs = soak ? 600_000 : 0;
const updates = soak ? 300 : 40;
const size = { columns: 120, rows: 36 };
/** Draws over and over: a counter, a line that grows, and a scroll now and then. */
const busy = `i=0; while :; do i=$((i+1)); printf '\\r\\033[K\\033[3%dmwork %d' $((i%8)) $i
	[ $((i%9)) = 0 ] && printf '\\033[m\\nline %d' $i; sleep 0.1; done`;

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
});
afterEach(() => weir.close());

test(
	'many busy agents are drawn in updates of what changed, without a clear',
	async () => {
		for (let at = 1; at <= agents; at += 1)
			await start(weir, `busy${at}`, ['sh', '-c', busy]);
		const begun = performance.now();
		do {
			await using cockpit = await openCockpit(weir, [], size);
			const drawn = () => count(cockpit.bytes(), '\x1b[?2026l') > updates;
			await cockpit.waitFor(drawn, 120_000);
			await detach(cockpit);
			const bytes = cockpit.bytes();
			expect(foreignSequences(bytes, weirSequences)).toEqual([]);
			const audit = await auditFrames(bytes, size);
			expect(audit.updates).toBeGreaterThan(updates);
			// Once, and again where the whole run was stopped and went on: nobody knows what is left then.
			expect(audit.clears).toBeLessThanOrEqual(count(bytes, '\x1b[?1049h'));
			expect(audit.loose.filter((word) => !word.startsWith('detached'))).toEqual([]);
			// A short gap between two changes is written again: that is less than a movement.
			expect(audit.written).toBeLessThan(audit.changed * 3);
		} while (performance.now() - begun < lengthMs);
	},
	soak ? 1_800_000 : 240_000,
);

test('a new size is drawn whole: no update shows a part of the chrome', async () => {
	const names = ['one', 'two', 'three', 'four', 'five', 'six'];
	for (const name of names) await start(weir, name, ['sh', '-c', 'cat']);
	await using cockpit = await openCockpit(weir, [], { columns: 200, rows: 60 });
	await cockpit.waitFor((screen) => isWhole(screen.lines(), names));
	const small = { columns: 180, rows: 50 };
	const before = cockpit.bytes().length;
	cockpit.resize(small.columns, small.rows);
	await cockpit.waitFor((screen) => isWhole(screen.lines(), names));
	const after = Buffer.from(cockpit.bytes().subarray(before)).toString();
	const [first = ''] = after.slice(after.indexOf('\x1b[2J')).split('\x1b[?2026l');
	await detach(cockpit);
	using terminal = new TerminalScreen(small);
	await terminal.write(Buffer.from(first));
	expect(isWhole(terminal.lines(), names)).toBe(true);
	expect(after.split('\x1b[2J')).toHaveLength(2);
});

/** Bars, the titles of all panes, and frames to the ends of the screen. */
function isWhole(lines: readonly string[], names: readonly string[]): boolean {
	const frames = lines.slice(1, -2);
	return (
		lines[0]?.startsWith(' NAV') === true &&
		/\? keys/.test(lines.at(-1) ?? '') &&
		names.every((name) => frames.some((line) => line.includes(` ${name} `))) &&
		frames.every((line) => /^[┌├│└].*[┐┤│┘]$/.test(line))
	);
}

function count(bytes: Uint8Array, part: string): number {
	return Buffer.from(bytes).toString('latin1').split(part).length - 1;
}
