// Copy mode in a real terminal: what is selected in a pane arrives in the clipboard of the terminal.
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start, until } from '../support/agents.ts';
import {
	openCockpit,
	startTyping,
	stopTyping,
	textOf,
	wholePane,
} from '../support/cockpit.ts';
import type { Program } from '../support/terminal-driver.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
const size = { columns: 60, rows: 20 };

beforeAll(() => {
	weir = scratchWeir();
});
afterAll(() => weir.close());

test('keys of vi move, select and copy, in the screen and in the history above', async () => {
	const wide = '中文 wide';
	const long = `https://example.org/${'x'.repeat(70)}/end`;
	const cockpit = await openText('api', [
		...Array.from({ length: 500 }, (_, at) => `line ${at + 1}`),
		long,
		`${wide} \u202eright\u202c`,
		'one two-three four',
	]);
	await using _ = cockpit;
	cockpit.key('[');
	await cockpit.waitFor(/^ COPY > api/);
	cockpit.key('k', '0', 'w', 'v', 'e', 'e', 'e', 'y');
	expect(await copied(cockpit)).toBe('two-three');
	await cockpit.waitFor(/^ NAV/);

	cockpit.type('[kk0vhley');
	expect(await copied(cockpit)).toBe('中文 wide');

	// Wrapped over two rows, and one line all the same.
	cockpit.type('[kkkkVjy');
	expect(await copied(cockpit)).toBe(`${long}\n`);

	// From the oldest line down, past what the holder has in memory.
	cockpit.type('[gjVjy');
	expect(await copied(cockpit)).toBe('line 2\nline 3\n');
	cockpit.type('[gVGy');
	const all = await copied(cockpit);
	expect(all.split('\n').slice(0, 501)).toEqual([
		...Array.from({ length: 500 }, (_, at) => `line ${at + 1}`),
		long,
	]);
	expect(all).toContain('中文 wide right\n');
	await weir.json('kill', 'api');
});

test('a search finds what has long left the memory, marks it, and goes round', async () => {
	const lines = Array.from({ length: 3000 }, (_, at) => `row ${at + 1} of (a+)+$`);
	await using cockpit = await openText('search', [
		...lines.slice(0, 40),
		'the Needle is here',
		...lines.slice(40),
		`${'-'.repeat(55)}needle`,
		'last',
	]);
	cockpit.type('[?needle\r');
	// Over the edge of the pane, from the lower part of one line to the next.
	await cockpit.waitFor(({ cursor }) => cursor.x === 1 + 55);
	cockpit.type('n');
	await cockpit.waitFor('the Needle is here');
	await cockpit.waitFor(({ cursor }) => cursor.x === 1 + 4);
	const { x, y } = cockpit.terminal.cursor;
	const [plain, found] = [cockpit.cell(x - 2, y), cockpit.cell(x, y)];
	expect(found.text).toBe('N');
	expect(found.background).not.toEqual(plain.background);
	cockpit.type('vey');
	expect(await copied(cockpit)).toBe('Needle');

	cockpit.type('[/row 3000 of (a+)+$\r');
	await cockpit.waitFor('went on from the other end');
	cockpit.type('0vey');
	expect(await copied(cockpit)).toBe('row');
	cockpit.type('[/not there\r');
	await cockpit.waitFor('not there is nowhere in this pane');
	cockpit.key('escape');
	await weir.json('kill', 'search');
});

test('what left the memory is wrapped as wide as the pane is now: seen, found and copied so', async () => {
	const words = (at: number) => `${at} begins ${'word '.repeat(17)}ends ${at}`;
	const lines = Array.from({ length: 1500 }, (_, at) => words(at + 1));
	await using cockpit = await openText('wrapped', [...lines, 'last']);
	for (const columns of [120, 40]) {
		cockpit.resize(columns, size.rows);
		const { width } = wholePane(cockpit.terminal);
		const wrapped = (at: number) =>
			(words(at).match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((row) =>
				row.trimEnd(),
			);
		const rows = wrapped(1).length;
		await cockpit.waitFor(() =>
			paneText(cockpit).join('\n').includes(wrapped(1500).join('\n')),
		);
		cockpit.type('[g');
		await cockpit.waitFor(
			() => paneText(cockpit).slice(0, rows).join('\n') === wrapped(1).join('\n'),
		);
		cockpit.type('/ends 700\r');
		await cockpit.waitFor(
			({ cursor }) => cursor.x === 1 + (words(700).indexOf('ends') % width),
		);
		cockpit.type(`${'k'.repeat(rows - 1)}V${'j'.repeat(rows - 1)}y`);
		expect(await copied(cockpit)).toBe(`${words(700)}\n`);
		await cockpit.waitFor(/^ NAV/);
	}
	await weir.json('kill', 'wrapped');
});

test('what is looked at stays in view over new sizes, also where its lines are wrapped anew', async () => {
	const words = (at: number) =>
		`${at} begins ${'word '.repeat(at % 3 ? 1 : 30)}ends ${at}`;
	const lines = Array.from({ length: 2000 }, (_, at) => words(at + 1));
	await using cockpit = await openText('kept', [...lines, 'last']);
	const wrapped = (at: number, width = inner.width) =>
		(words(at).match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((row) => row.trimEnd());
	const isWrapped = () => paneText(cockpit).join('\n').includes(wrapped(1998).join('\n'));
	// Not the words of the search, which stand there as well while it goes on.
	const found = (at: number) => {
		const expected = wrapped(at, wholePane(cockpit.terminal).width);
		return cockpit.waitFor(({ cursor: { x, y } }) => {
			const shown = paneText(cockpit).slice(y - 2, y - 2 + expected.length);
			return x === 1 && shown.join('\n') === expected.join('\n');
		});
	};
	// In memory, and far above it, where as many rows as lines more or fewer are below. Each is a long line:
	// all its rows tell that its terminal has the new size, the first one only that it is cut there.
	for (const at of [1899, 1002]) {
		cockpit.resize(size.columns, size.rows);
		await cockpit.waitFor(() => isWrapped());
		cockpit.type(`[?${at} begins\r`);
		await found(at);
		for (const [columns, rows] of [
			[110, 20],
			[45, 30],
			[80, 15],
		] as const) {
			cockpit.resize(columns, rows);
			await found(at);
		}
		cockpit.key('escape');
		await cockpit.waitFor(/^ NAV/);
	}
	// Without a cursor it is the first row that stays, here the middle of a long line.
	cockpit.resize(size.columns, size.rows);
	await cockpit.waitFor(() => isWrapped());
	cockpit.key('pageup', 'pageup', 'pageup');
	const begins = (...rows: readonly string[]) =>
		cockpit.waitFor(() => rows.every((row, at) => paneText(cockpit)[at] === row));
	const [, top = '', last = ''] = wrapped(1980);
	await begins(top, last, words(1981));
	for (const columns of [110, 45, 80]) {
		cockpit.resize(columns, size.rows);
		const { width } = wholePane(cockpit.terminal);
		const from = Math.floor(inner.width / width);
		await begins(...wrapped(1980, width).slice(from), words(1981));
	}
	cockpit.resize(size.columns, size.rows);
	const shown = await begins(top, last, words(1981));
	expect(shown.join('\n')).toContain(words(1981));
	await weir.json('kill', 'kept');
});

test('keys go from prompt to prompt, on the screen and above it', async () => {
	const prompt = (at: number) => `\x1b]133;A\x1b\\$ make ${at}\x1b]133;C\x1b\\`;
	await using cockpit = await openText(
		'prompts',
		Array.from({ length: 400 }, (_, at) => (at % 100 === 95 ? prompt(at) : `out ${at}`)),
	);
	cockpit.type('[[Vy');
	expect(await copied(cockpit)).toBe('$ make 395\n');
	cockpit.type('[[[[[]Vy');
	expect(await copied(cockpit)).toBe('$ make 195\n');
	cockpit.type('[]');
	await cockpit.waitFor('no shell marked a prompt after this line');
	cockpit.key('escape');
	await weir.json('kill', 'prompts');
});

test('the mouse selects by drag, double and triple click, inside one pane', async () => {
	const long = `${'abcdefgh '.repeat(8)}end`;
	await using cockpit = await openText('mouse', [
		'first line',
		'one two-three four',
		long,
		'last',
	]);
	const { x, y } = wholePane(cockpit.terminal);
	const at = (column: number, row: number) => ({ x: x + column, y: y + row });
	// From the middle of a word to far beyond the pane: what is selected stays within it.
	drag(cockpit, at(6, 0), { x: 0, y: y + 1 });
	await cockpit.waitFor('selecting characters');
	cockpit.type('y');
	expect(await copied(cockpit)).toBe('line\no');

	click(cockpit, at(5, 1), 2);
	await cockpit.waitFor('selecting characters');
	cockpit.type('y');
	expect(await copied(cockpit)).toBe('two');

	click(cockpit, at(3, 3), 3);
	await cockpit.waitFor('selecting lines');
	cockpit.type('y');
	expect(await copied(cockpit)).toBe(`${long}\n`);

	// Whoever was typing types on once it is copied.
	await startTyping(cockpit);
	drag(cockpit, at(0, 1), at(2, 1));
	await cockpit.waitFor('selecting characters');
	cockpit.type('y');
	expect(await copied(cockpit)).toBe('one');
	await cockpit.waitFor(/^ TYPE/);
	await weir.json('kill', 'mouse');
});

test('a clipboard tool gets what is copied, and a private file what is too much for terminals', async () => {
	const tools = join(weir.folder, 'tools');
	const got = join(weir.folder, 'got.txt');
	mkdirSync(tools);
	writeFileSync(join(tools, 'xclip'), `#!/bin/sh\necho "$*" > ${got}\ncat >> ${got}\n`);
	chmodSync(join(tools, 'xclip'), 0o755);
	const lines = Array.from({ length: 4000 }, (_, at) => `${at} ${'y'.repeat(30)}`);
	// Below the home, so that it is told in short: the screen is narrow.
	const data = join(weir.env.HOME ?? '', 'data');
	const path = `${tools}:${process.env.PATH}`;
	const env = { DISPLAY: ':9', PATH: path, XDG_DATA_HOME: data };
	await using cockpit = await openText('much', [...lines, 'last'], { env });
	cockpit.type('[kVy');
	expect(await copied(cockpit)).toBe('last\n');
	await cockpit.waitFor('copied 4 characters');
	expect(readFileSync(got, 'utf8')).toBe('-selection clipboard\nlast\n');

	cockpit.type('[gVGky');
	await cockpit.waitFor('~/data/weir/copies/1-much.txt holds');
	const folder = join(data, 'weir', 'copies');
	expect(readdirSync(folder)).toEqual(['1-much.txt']);
	const file = join(folder, '1-much.txt');
	expect(statSync(file).mode & 0o777).toBe(0o600);
	const text = readFileSync(file, 'utf8');
	expect(text).toBe([...lines, 'last', ''].join('\n'));
	// What does not fit is not sent either.
	expect(cockpit.bytes().includes('\x1b]52')).toBe(false);
	await weir.json('kill', 'much');
});

test('all that was printed opens in the editor, and the screen comes back', async () => {
	const editor = join(weir.folder, 'editor.sh');
	const report = 'grep -c row "$2"; stat -c "mode %a" "$2"; tail -n 1 "$2"';
	const place = `echo "$2" > ${editor}.place; echo "in \${2##*/}"`;
	writeFileSync(
		editor,
		`echo "$1"; ${report}; ${place}; read -r answer; echo "$answer" > ${editor}.said\n`,
	);
	const lines = Array.from({ length: 1500 }, (_, at) => `row ${at + 1}`);
	const env = { EDITOR: `sh ${editor} --flag`, VISUAL: undefined };
	await using cockpit = await openText('edit', [...lines, 'last'], { env });
	cockpit.type('E');
	const shown = (await cockpit.waitFor(/^in edit\.txt$/m)).join('\n');
	expect(shown).toContain('--flag\n1500\nmode 400\nlast');
	expect(cockpit.terminal.alternate).toBe(false);
	const file = readFileSync(`${editor}.place`, 'utf8').trim();
	cockpit.type('what is typed\r');
	await cockpit.waitFor(/^ NAV/);
	await cockpit.waitFor('last');
	expect(cockpit.terminal.alternate).toBe(true);
	await until('the file is gone', () => !existsSync(file));
	expect(readFileSync(`${editor}.said`, 'utf8')).toBe('what is typed\n');
	cockpit.key('[');
	await cockpit.waitFor(/^ COPY/);
	await weir.json('kill', 'edit');
});

test('what a program showed on its alternate screen is looked at again', async () => {
	// In one write: a program that is held up between two would have stood still at half a page.
	const rows = Array.from({ length: 6 }, (_, at) => `page %s row ${at + 1}\\n`).join('');
	const page = `printf '\\033[2J\\033[H${rows}' $page $page $page $page $page $page; read -r answer; sleep 0.4`;
	const pages = `printf '\\033[?1049h'; for page in one two three; do ${page}; done`;
	await using cockpit = await openText('pages', ['ready'], {
		after: `read -r answer; sleep 0.4; ${pages}; cat`,
	});
	await startTyping(cockpit);
	for (const word of ['one', 'two', 'three']) {
		cockpit.key('enter');
		await cockpit.waitFor(`page ${word} row 6`);
	}
	await stopTyping(cockpit);
	cockpit.type('[(');
	await cockpit.waitFor('page two row 6');
	await cockpit.waitFor(/^ COPY > pages, as of \d\d:\d\d:\d\d/);
	cockpit.type('(');
	await cockpit.waitFor('page one row 6');
	cockpit.type('?three\r');
	await cockpit.waitFor('three is nowhere');
	cockpit.type('gVy');
	expect(await copied(cockpit)).toBe('page one row 1\n');
	await cockpit.waitFor('page three row 6');
	cockpit.type('[(');
	await cockpit.waitFor('page two row 6');
	cockpit.type(')');
	await cockpit.waitFor('page three row 6');
	cockpit.key('escape');
	await cockpit.waitFor(/^ NAV/);
	await weir.json('kill', 'pages');
});

test('what is looked at stands still while the program goes on, until it is left', async () => {
	const more = join(weir.folder, 'more');
	const wait = `until [ -e ${more} ]; do sleep 0.05; done`;
	const text = Array.from({ length: 100 }, (_, at) => `old ${at + 1}`);
	await using cockpit = await openText('still', text, {
		after: `${wait}; seq 7001 7212; cat`,
	});
	cockpit.key('[', 'ctrl+u', 'v');
	await cockpit.waitFor('selecting');
	await cockpit.waitFor(() => paneText(cockpit)[0] === 'old 80');
	const before = paneText(cockpit);
	writeFileSync(more, '');
	await cockpit.waitFor(/212 new/);
	expect(paneText(cockpit)).toEqual(before);
	// The first Esc ends the selection, the second leaves.
	cockpit.key('escape');
	await cockpit.waitFor((screen) => !screen.lines().join('\n').includes('selecting'));
	cockpit.key('escape');
	await cockpit.waitFor('7212');
	await cockpit.waitFor(/^ NAV/);
	await weir.json('kill', 'still');
});

interface OpenOptions {
	/** What runs once the lines are printed. */
	readonly after?: string;
	/** Of the terminal interface. */
	readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A pane of an agent that has printed these lines and ends in an empty one. */
async function openText(
	name: string,
	lines: readonly string[],
	{ after = 'cat', env = {} }: OpenOptions = {},
): Promise<Program> {
	const file = join(weir.folder, `${name}.txt`);
	writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
	const { width, height } = inner;
	const sized = `until [ "$(stty size)" = "${height} ${width}" ]; do sleep 0.02; done`;
	await start(weir, name, [
		'sh',
		'-c',
		`${sized}; stty -echo; cat "$1"; ${after}`,
		'sh',
		file,
	]);
	const cockpit = await openCockpit(weir, ['attach', name], { ...size, env });
	await cockpit.waitFor(lines.at(-1) ?? '');
	return cockpit;
}

interface Cell {
	readonly x: number;
	readonly y: number;
}

function drag(cockpit: Program, from: Cell, to: Cell): void {
	cockpit.type(`${button(0, from)}${button(32, to)}${button(0, to, 'm')}`);
}

function click(cockpit: Program, cell: Cell, times: number): void {
	cockpit.type(`${button(0, cell)}${button(0, cell, 'm')}`.repeat(times));
}

/** A report of the left button in SGR form; 32 is added for movement. */
function button(code: number, { x, y }: Cell, end: 'M' | 'm' = 'M'): string {
	return `\x1b[<${code};${x + 1};${y + 1}${end}`;
}

const inner = { width: 58, height: 15 };

/** Waits for the next text that the terminal is told to put into its clipboard. */
async function copied(cockpit: Program): Promise<string> {
	let text: string | undefined;
	await cockpit.waitFor(() => {
		// oxlint-disable-next-line no-control-regex
		const found = /\x1b\]52;c;([A-Za-z0-9+/=]*)\x07/.exec(
			cockpit.bytes().toString('latin1'),
		);
		if (found) text = Buffer.from(found[1] ?? '', 'base64').toString();
		return found !== null;
	});
	cockpit.forget();
	return text ?? '';
}

const paneText = (program: Program) =>
	textOf(program.terminal, wholePane(program.terminal));
