// Keys, clicks and focus at the outer terminal, as the program in a pane reads them, and what weir asks
// of the outer terminal meanwhile.
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start } from '../support/agents.ts';
import {
	detach,
	openCockpit,
	startTyping,
	stopTyping,
	textOf,
	wholePane,
} from '../support/cockpit.ts';
import type { Program, ProgramOptions } from '../support/terminal-driver.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
let agents = 0;
const size = { columns: 100, rows: 30 };

beforeAll(() => {
	weir = scratchWeir();
});
afterAll(() => weir.close());

test('keys in the form that the program asked for, said by a terminal with kitty’s protocol', async () => {
	await using pane = await openPane({ kittyKeyboard: true });
	const { cockpit } = pane;
	// Nothing asked for: the old form, and the terminal is asked for nothing else.
	expect(cockpit.terminal.keys.kitty).toBe(0);
	await pane.reads('\x1b[A\x1bOP\x03\x1bx', '^[[A^[OP^C^[x');

	// A stack of its own for each screen.
	await pane.set('\x1b[>1u\x1b[>15u');
	await cockpit.waitFor(({ keys }) => keys.kitty === 15);
	await pane.reads('\x1b[97;;97u\x1b[97;1:3u\x1b[13;2u', '^[[97;;97u^[[97;1:3u^[[13;2u');
	await pane.set('\x1b[?1049h');
	await cockpit.waitFor(({ keys }) => keys.kitty === 0);
	await pane.set('\x1b[?1049l\x1b[<u');
	await cockpit.waitFor(({ keys }) => keys.kitty === 1);

	// Only while it is typed into, and never for weir's own keys.
	cockpit.type('\x1b[32;5u\x1b[27u');
	await cockpit.waitFor(/^ NAV/);
	await cockpit.waitFor(({ keys }) => keys.kitty === 0);
	await startTyping(cockpit);
	await cockpit.waitFor(({ keys }) => keys.kitty === 1);

	// By modifyOtherKeys instead.
	await pane.set('\x1b[<9u\x1b[>4;2m');
	await cockpit.waitFor(({ keys }) => keys.kitty === 5);
	await pane.reads(
		'\x1b[13;2u\x1b[97:65;6u\x1b[97;5u',
		'^[[27;2;13~^[[27;6;65~^[[27;5;97~',
	);
	await pane.set('\x1b[>4m');
	await cockpit.waitFor(({ keys }) => keys.kitty === 0);

	await pane.set('\x1b[>31u');
	await cockpit.waitFor(({ keys }) => keys.kitty === 31);
	cockpit.type('\x1b[32;5u\x1b[27u');
	await cockpit.waitFor(/^ NAV/);
	await detach(cockpit);
	expect(cockpit.terminal.keys).toEqual({ kitty: 0, otherKeys: 0 });
});

test('a terminal that answers only after all is drawn is asked for what it can do all the same', async () => {
	await using pane = await openPane({ kittyKeyboard: true, answersLate: true });
	const { cockpit } = pane;
	await pane.set('\x1b[>1u');
	expect(cockpit.terminal.keys.kitty).toBe(0);
	cockpit.answer();
	await cockpit.waitFor(({ keys }) => keys.kitty === 1);
	await pane.reads('\x1b[13;2u', '^[[13;2u');
});

test('keys from a terminal that knows only bytes, the keypad, focus, and the cursor keys', async () => {
	await using pane = await openPane({});
	const { cockpit } = pane;
	await pane.set('\x1b[>1u');
	await pane.reads('\x03\x1bx\x1b[Zaé', '^[[99;5u^[x^[[9;2uaM-CM-)');
	await pane.reads('\x1b', '^[[27u');
	await pane.set('\x1b[<u\x1b[?1h\x1b=');
	await cockpit.waitFor(({ modes }) => modes.applicationKeypadMode);
	await pane.reads('\x1b[A\x1bOp\x1bOM', '^[OA^[Op^[OM');
	await stopTyping(cockpit);
	await cockpit.waitFor(({ modes }) => !modes.applicationKeypadMode);
	await startTyping(cockpit);

	await pane.set('\x1b[?1004h');
	await pane.shows('^[[I');
	cockpit.type('\x1b[O');
	await pane.shows('^[[I^[[O');
	cockpit.type('\x1b[I');
	await pane.shows('^[[I^[[O^[[I');
	await stopTyping(cockpit);
	await pane.shows('^[[I^[[O^[[I^[[O');
	await detach(cockpit);
	expect(cockpit.terminal.modes).toMatchObject({
		...{ applicationKeypadMode: false, sendFocusMode: false, mouseTrackingMode: 'none' },
		...{ applicationCursorKeysMode: false, bracketedPasteMode: false },
	});
});

test('the title in the frame and nowhere else, and the colours of who looks on', async () => {
	const colours = { foreground: '#102030', background: '#f0e0d0' };
	await using pane = await openPane({ colours });
	const { cockpit } = pane;
	await pane.set('\x1b]2;weaving a \x1b[31mbasket\x07');
	await pane.set('\x1b]0;weaving a mat\x07');
	await cockpit.waitFor(/reader\d.*weaving a mat/);
	await using other = await openCockpit(weir, ['attach', pane.name], {
		...size,
		colours,
	});
	await other.waitFor(/reader\d.*weaving a mat/);
	expect(cockpit.terminal.title + other.terminal.title).not.toContain('weaving');
	await other.close();

	await pane.set('\x1b]10;?\x07');
	await pane.shows('^[]10;rgb:1010/2020/3030^[\\');
	await pane.set('\x1b]11;?\x07');
	await pane.shows('^[]11;rgb:f0f0/e0e0/d0d0^[\\');
	await pane.set('\x1b[?996n');
	await pane.shows('^[[?997;2n');
	// The outer terminal tells no palette: a common one that fits the background.
	await pane.set('\x1b]4;0;?\x07');
	await pane.shows('^[]4;0;rgb:2424/2929/2f2f^[\\');

	// The outer terminal turns dark, and says so.
	await pane.set('\x1b[?2031h');
	cockpit.terminal.colours = { foreground: '#d0e0f0', background: '#302010' };
	cockpit.type('\x1b[?997;1n');
	await pane.shows('^[[?997;1n');
	await pane.set('\x1b]11;?\x07');
	await pane.shows('^[]11;rgb:3030/2020/1010^[\\');
	expect(cockpit.terminal.bells).toBe(0);
});

test('the mouse in each mode and encoding', async () => {
	await using pane = await openPane({});
	const { cockpit } = pane;
	const { x, y } = wholePane(cockpit.terminal);
	const at = (code: number, final: 'M' | 'm') =>
		`\x1b[<${code};${x + 5};${y + 3}${final}`;
	const all = [
		at(0, 'M'),
		at(32, 'M'),
		at(0, 'm'),
		at(35, 'M'),
		at(64, 'M'),
		at(18, 'M'),
	];
	const events = all.join('');
	// Press, drag, release, move, wheel, right button with Ctrl.
	await pane.set('\x1b[?9h\x1b[?1006h');
	await pane.reads(events, '^[[<0;5;3M^[[<2;5;3M');
	await pane.set('\x1b[?1000h\x1b[?1006h');
	await pane.reads(events, '^[[<0;5;3M^[[<0;5;3m^[[<64;5;3M^[[<18;5;3M');
	await pane.set('\x1b[?1002h\x1b[?1006h');
	await pane.reads(events, '^[[<0;5;3M^[[<32;5;3M^[[<0;5;3m^[[<64;5;3M^[[<18;5;3M');
	await pane.set('\x1b[?1003h\x1b[?1006h');
	await cockpit.waitFor(({ modes }) => modes.mouseTrackingMode === 'any');
	await pane.reads(
		events,
		'^[[<0;5;3M^[[<32;5;3M^[[<0;5;3m^[[<35;5;3M^[[<64;5;3M^[[<18;5;3M',
	);
	await pane.set('\x1b[?1006l\x1b[?1003l\x1b[?1000h');
	await cockpit.waitFor(({ modes }) => modes.mouseTrackingMode === 'drag');
	await pane.reads(`${at(0, 'M')}${at(0, 'm')}`, '^[[M %#^[[M#%#');
	await pane.set('\x1b[?1000h\x1b[?1005h');
	await pane.reads(`${at(0, 'M')}${at(0, 'm')}`, '^[[M %#^[[M#%#');
	await pane.set('\x1b[?1000h\x1b[?1015h');
	await pane.reads(`${at(0, 'M')}${at(0, 'm')}`, '^[[32;5;3M^[[35;5;3M');
	await pane.set('\x1b[?1000h\x1b[?1016h');
	await pane.reads(`${at(0, 'M')}${at(0, 'm')}`, '^[[<0;5;3M^[[<0;5;3m');
	// Off: nothing reaches the program, and a wheel on its other screen is its arrow keys.
	await pane.set('\x1b[?1000l\x1b[?1049h\x1b[?1h');
	await pane.reads(`${at(0, 'M')}${at(65, 'M')}x`, '^[OB^[OB^[OBx');
	expect(cockpit.terminal.modes.mouseTrackingMode).toBe('drag');
});

interface Pane extends AsyncDisposable {
	readonly name: string;
	readonly cockpit: Program;
	/** Lets the program print sequences on a clear screen, after a reset where they begin with one. */
	set(sequences: string): Promise<void>;
	/** Types, and waits until the program has read exactly this, as `cat -v` shows it. */
	reads(typed: string, shown: string): Promise<void>;
	shows(shown: string): Promise<void>;
}

/** A pane whose program prints what is written to a file, and shows what it reads. */
async function openPane(options: ProgramOptions): Promise<Pane> {
	agents += 1;
	const said = join(weir.folder, `said-${agents}`);
	writeFileSync(said, '');
	const script = 'stty raw -echo; tail -f "$1" & exec cat -v';
	const { name } = await start(weir, `reader${agents}`, ['sh', '-c', script, 'sh', said]);
	const cockpit = await openCockpit(weir, ['attach', name], { ...size, ...options });
	await startTyping(cockpit);
	const text = () => textOf(cockpit.terminal, wholePane(cockpit.terminal)).join('');
	let marks = 0;
	const shows = async (shown: string) => {
		await cockpit.waitFor(() => text() === `mark${marks}:${shown}`);
	};
	return {
		name,
		cockpit,
		shows,
		async set(sequences) {
			marks += 1;
			appendFileSync(said, `${sequences}\x1b[H\x1b[2Jmark${marks}:`);
			await cockpit.waitFor(() => text().startsWith(`mark${marks}:`));
		},
		async reads(typed, shown) {
			marks += 1;
			appendFileSync(said, `\x1b[H\x1b[2Jmark${marks}:`);
			await shows('');
			cockpit.type(typed);
			await shows(shown);
		},
		async [Symbol.asyncDispose]() {
			await cockpit.close();
			await weir.json('kill', name);
		},
	};
}
