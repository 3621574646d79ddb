// The terminal interface at every size, with one agent, a few and many: frames that join, a pane
// that lives, and no more bytes than changes need.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { detach, openCockpit } from '../support/cockpit.ts';
import { sequencesIn } from '../support/sequences.ts';
import type { Program } from '../support/terminal-driver.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
// Turns for ever, so that its pane shows whether it is alive.
const spinner = "i=0; while :; do i=$((i+1)); printf '\\rturn %s ' $i; sleep 0.4; done";
beforeAll(async () => {
	weir = scratchWeir();
	await weir.run('up');
});
afterAll(() => weir.close());

// Where the layouts differ: grid, strips above, strips beside, strips alone.
const looks: [number, boolean, number, number][] = [
	[1, true, 120, 36],
	[1, false, 40, 15],
	[4, true, 80, 24],
	[4, true, 120, 36],
	[30, false, 80, 24],
	[30, true, 240, 67],
];

test.each(looks)(
	'%i agents, a live pane: %s, at %ix%i',
	async (count, isLive, columns, rows) => {
		const known = (await weir.status()).agents.length;
		for (let at = known; at < count; at += 1)
			await weir.json('new', `a${at + 1}`, '--no-wait', '--', 'sh', '-c', spinner);
		await using cockpit = await openCockpit(weir, [], { columns, rows });
		await cockpit.waitFor('? keys');
		if (isLive) {
			await cockpit.waitFor(/turn \d+/);
			const [, turn] = /turn (\d+)/.exec(cockpit.screen().join('\n')) ?? [];
			await cockpit.waitFor(
				(screen) => !screen.lines().join('\n').includes(`turn ${turn} `),
			);
		}
		await cockpit.waitFor(() => loose(cockpit).length === 0);
		expect(cockpit.screen()[0]).toMatch(/^ NAV/);
		expect(cockpit.screen().at(-1)).toContain('? keys');
		await detach(cockpit);
	},
);

test('thirty spinners cost what changes: no clearing, no rows drawn anew', async () => {
	await using cockpit = await openCockpit(weir, [], { columns: 240, rows: 67 });
	await cockpit.waitFor(/turn \d+/);
	await cockpit.waitFor('? keys');
	cockpit.forget();
	const before = cockpit.outputBytes;
	const begun = performance.now();
	const seen = new Set<string>();
	await cockpit.waitFor((screen) => {
		seen.add(/turn \d+/.exec(screen.lines().join('\n'))?.[0] ?? '');
		return seen.size > 10;
	});
	const perSecond = (cockpit.outputBytes - before) / ((performance.now() - begun) / 1000);
	expect(sequencesIn(cockpit.bytes()).get('CSI J')).toBe(undefined);
	// One turning number and thirty ages a second; a screen drawn anew has 16,000 cells.
	expect(perSecond).toBeLessThan(8_000);
	await detach(cockpit);
});

// Which neighbours a frame's glyph reaches: left, right, up, down.
const arms: Record<string, string> = {
	'─': 'lr',
	'│': 'ud',
	'┌': 'rd',
	'┐': 'ld',
	'└': 'ru',
	'┘': 'lu',
	'├': 'rud',
	'┤': 'lud',
	'┬': 'lrd',
	'┴': 'lru',
	'┼': 'lrud',
};

/** Corners and crossings with an arm that reaches nothing: at their end there must be a frame. */
function loose({ terminal }: Program): string[] {
	const rows = terminal.cells().map((row) => row.map(({ text }) => text));
	const found: string[] = [];
	for (const [y, row] of rows.entries()) {
		for (const [x, glyph] of row.entries()) {
			if (glyph === '─' || glyph === '│') continue;
			const reach = arms[glyph] ?? '';
			// Titles stand in the lines, so only what goes up and down is always a glyph.
			if (reach.includes('u') && !arms[rows[y - 1]?.[x] ?? '']?.includes('d'))
				found.push(`${glyph} at ${x},${y} reaches nothing above`);
			if (reach.includes('d') && !arms[rows[y + 1]?.[x] ?? '']?.includes('u'))
				found.push(`${glyph} at ${x},${y} reaches nothing below`);
		}
	}
	return found;
}
