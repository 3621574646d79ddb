// How the built program looks in terminals of several kinds, and how that is changed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { themeOf } from '../../src/tui/look/theme.ts';
import { start } from '../support/agents.ts';
import { detach, openCockpit } from '../support/cockpit.ts';
import type { Program } from '../support/terminal-driver.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
const size = { columns: 100, rows: 30 };

beforeAll(async () => {
	weir = scratchWeir();
	// What a terminal starts ends with it.
	await weir.run('up');
});
afterAll(() => weir.close());

test('T shows each theme live and goes back, a file of the user is one of them, and the terminal may turn light', async () => {
	const folder = join(weir.env['XDG_CONFIG_HOME'] ?? '', 'weir', 'themes');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'mine.yaml'), 'roles:\n  accent: "#123456"\n');
	writeFileSync(join(folder, 'odd.yaml'), 'roles:\n  accent: turquoise\n');
	await using cockpit = await openCockpit(weir, [], size);
	await cockpit.waitFor('themes/odd.yaml:2:3: accent: expected a colour');
	const dark = themeOf('dark', 'dark').accent.color ?? '';
	const light = themeOf('light', 'light').accent.color ?? '';
	await badge(cockpit, dark);

	const { terminal } = cockpit;
	const darkTerminal = terminal.colours;
	terminal.colours = { foreground: '#102030', background: '#f0e0d0' };
	cockpit.type('\x1b[?997;2n');
	await badge(cockpit, light);
	terminal.colours = darkTerminal;
	cockpit.type('\x1b[?997;1n');
	await badge(cockpit, dark);

	cockpit.key('T');
	await cockpit.waitFor('for light backgrounds');
	cockpit.key('end');
	await badge(cockpit, '#123456');
	cockpit.key('escape');
	await badge(cockpit, dark);
	cockpit.key('T');
	await cockpit.waitFor('for light backgrounds');
	cockpit.key('end', 'enter');
	await cockpit.waitFor(
		'theme mine until you leave  in a shell: weir config set theme mine',
	);
	await badge(cockpit, '#123456');

	expect((await weir.run('config', 'set', 'theme', 'light')).code).toBe(0);
	await badge(cockpit, light);
});

const colourful = `printf '\\033[1;38;2;200;10;10mLOUD\\033[0;5;44mFLASH\\033[m'; sleep 1000`;

test('without colours no cell has one, of agents neither, and bold and reverse stay; ASCII and stillness are kept', async () => {
	await start(weir, 'loud', ['sh', '-c', colourful]);
	const flags = ['--no-color', '--ascii', '--reduced-motion'];
	for (const [words, env] of [
		[flags, {}],
		[[], { NO_COLOR: '1' }],
	] as const) {
		await using cockpit = await openCockpit(weir, words, { ...size, env });
		await cockpit.waitFor('LOUDFLASH');
		await cockpit.waitFor(/ 1 loud .*[-─]{9}/);
		const cells = cockpit.terminal.cells();
		const coloured = cells
			.flat()
			.filter(({ foreground, background, underlineColour }) =>
				[foreground, background, underlineColour].some((one) => one !== 'default'),
			);
		expect(coloured).toEqual([]);
		expect(cells[0]?.[1]).toMatchObject({ text: 'N', underline: true, bold: true });
		// Without a colour of its frame the focus is told by its name.
		expect(cells[1]?.[3]).toMatchObject({ text: '1', inverse: true });
		const loud = cells.flat().filter(({ text, bold }) => bold && /[LOUD]/.test(text));
		expect(loud.length).toBeGreaterThanOrEqual(4);
		const flashing = cells.flat().filter(({ blink }) => blink);
		expect(flashing).toHaveLength(words.length > 0 ? 0 : 5);
		const text = cockpit.screen().join('\n');
		const drawn = words.length > 0 ? /^[ -~\n]*$/ : /[┌│]/;
		expect(text).toMatch(drawn);
		await detach(cockpit);
	}
	await weir.json('remove', '--yes', 'loud');
});

/** Waits until the word NAV has that colour. */
async function badge(cockpit: Program, colour: string): Promise<void> {
	await cockpit.waitFor((screen) => {
		const cell = screen.cells()[0]?.[1];
		return cell?.text === 'N' && cell.bold && cell.foreground === colour;
	});
}
