// Programs in panes, driven by keys in a real terminal: they look as they look alone, and what they
// print reaches the outer terminal as cells only.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start } from '../support/agents.ts';
import { bash } from '../support/bash.ts';
import {
	cellsOf,
	detach,
	differences,
	openCockpit,
	startTyping,
	stopTyping,
	textOf,
	wholePane,
} from '../support/cockpit.ts';
import { requires } from '../support/requires.ts';
import { foreignSequences, weirSequences } from '../support/sequences.ts';
import { openProgram, type Program } from '../support/terminal-driver.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
let agents = 0;
const size = { columns: 100, rows: 30 };
const inner = { width: 98, height: 25 };

beforeAll(() => {
	weir = scratchWeir();
});
afterAll(() => weir.close());

test.each([
	['colours and attributes', attributes()],
	['wide, combined and joined characters', unicode()],
])('%s look as they look alone', async (_, text) => {
	const file = join(weir.folder, `looks-${agents}.txt`);
	writeFileSync(file, text);
	// Printed once the pane has its size, so that nothing is reflowed.
	const sized = `until [ "$(stty size)" = "${inner.height} ${inner.width}" ]; do sleep 0.02; done`;
	const argv = ['sh', '-c', `${sized}; stty -echo; cat "$1" -`, 'sh', file];
	await using alone = openAlone(argv);
	await alone.waitFor('THE END');
	const { name } = await start(weir, nextName(), argv);
	await using cockpit = await openCockpit(weir, ['attach', name], size);
	await cockpit.waitFor('THE END');
	expect(differences(pane(cockpit), whole(alone))).toEqual([]);
	await weir.json('kill', name);
});

test('bash: typing, the cursor, a new size, reflow, a paste that does not run', async () => {
	const { name, worktree } = await start(weir, nextName(), bash);
	await using cockpit = await openBash(name);
	cockpit.type('PS1="> "; clear\r');
	await cockpit.waitFor(() => paneText(cockpit).join('').trim() === '>');
	cockpit.type('stty size; echo abc');
	await cockpit.waitFor('echo abc');
	const area = wholePane(cockpit.terminal);
	await cockpit.waitFor(
		({ cursor }) =>
			cursor.visible &&
			cursor.x === area.x + '> stty size; echo abc'.length &&
			cursor.y === area.y,
	);
	cockpit.key('left', 'left');
	await cockpit.waitFor(
		({ cursor }) => cursor.x === area.x + '> stty size; echo a'.length,
	);
	cockpit.key('enter');
	await cockpit.waitFor(`${inner.height} ${inner.width}`);

	const long = 'x'.repeat(90);
	cockpit.type(`clear; echo ${long}\r`);
	await cockpit.waitFor(() => paneText(cockpit)[0] === long);
	cockpit.resize(80, 24);
	await cockpit.waitFor(() => paneText(cockpit)[1] === long.slice(78));
	cockpit.type('stty size\r');
	await cockpit.waitFor('19 78');

	cockpit.type('clear\r');
	await cockpit.waitFor(() => paneText(cockpit).join('').trim() === '>');
	cockpit.paste('touch pasted-1\ntouch pasted-2\n');
	await cockpit.waitFor('touch pasted-2');
	cockpit.key('ctrl+c');
	await cockpit.waitFor('^C');
	cockpit.type('echo $((40 + 2))-after\r');
	await cockpit.waitFor('42-after');
	expect(readdirSync(worktree)).toEqual(['.git', 'readme.md', 'src']);
	await weir.json('kill', name);
});

test('vim: the same screen as alone, cursor shape, an exact paste, and the screen before it', async (context) => {
	requires(context, 'vim');
	const { name, worktree } = await start(weir, nextName(), bash);
	const set = 'set t_RV= t_u7= t_RB= t_RF= background=dark number ruler showcmd mouse=';
	const shape = 'let &t_SI="\\e[6 q" | let &t_EI="\\e[2 q"';
	const script = join(weir.folder, 'vimrc');
	writeFileSync(script, `${set}\n${shape}\nsyntax on\nset autoindent\n`);
	const code = join(worktree, 'code.c');
	writeFileSync(code, cCode());
	const command = `TERM=xterm-256color vim -N -n -i NONE -u ${script} ${code}`;
	await using alone = openAlone(['sh', '-c', command]);
	await using cockpit = await openBash(name);
	cockpit.type(`PS1="> "; clear; echo before vim\r`);
	await cockpit.waitFor(() => paneText(cockpit)[0] === 'before vim');
	cockpit.type(`${command}\r`);
	for (const program of [alone, cockpit]) {
		await program.waitFor('int main');
		program.type(':set hlsearch\r/count\r');
		await program.waitFor('2,4');
		program.type('4Gdd');
		await program.waitFor('4,2');
	}
	await cockpit.waitFor(() => differences(pane(cockpit), whole(alone)).length === 0);
	cockpit.type('O');
	await cockpit.waitFor(({ cursor }) => cursor.shape === 6);
	cockpit.key('escape');
	await cockpit.waitFor(({ cursor }) => cursor.shape === 2);
	cockpit.type(`:e! ${worktree}/pasted.txt\r`);
	await cockpit.waitFor('[New]');
	cockpit.type('i');
	await cockpit.waitFor('INSERT');
	const pasted = 'if (a) {\n\tone();\n\t\ttwo();\n  }\nzwölf 中文 🚀\n';
	cockpit.paste(pasted);
	await cockpit.waitFor('zwölf');
	cockpit.key('escape');
	cockpit.type(':wq\r');
	await cockpit.waitFor(() => paneText(cockpit)[0] === 'before vim');
	expect(readFileSync(join(worktree, 'pasted.txt'), 'utf8').trimEnd()).toBe(
		pasted.trimEnd(),
	);
	await weir.json('kill', name);
});

test('less: pages, searches and highlights as alone, and gives the screen back', async (context) => {
	requires(context, 'less');
	const { name } = await start(weir, nextName(), bash);
	const text = join(weir.folder, 'text.txt');
	writeFileSync(
		text,
		Array.from({ length: 300 }, (_, at) => `line ${at + 1}\n`).join(''),
	);
	const command = `LESS= less -i ${text}`;
	await using alone = openAlone(['sh', '-c', command]);
	await using cockpit = await openBash(name);
	cockpit.type(`${command}\r`);
	for (const program of [alone, cockpit]) {
		await program.waitFor('line 24');
		program.type(' ');
		await program.waitFor('line 48');
		program.type('/line 20.\r');
		await program.waitFor('line 223');
	}
	await cockpit.waitFor(() => differences(pane(cockpit), whole(alone)).length === 0);
	expect(paneText(cockpit)).toEqual(textOf(alone.terminal, { x: 0, y: 0, ...inner }));
	cockpit.type('q');
	await cockpit.waitFor('less -i');
	await weir.json('kill', name);
});

test('htop: runs, takes keys and leaves', async (context) => {
	requires(context, 'htop');
	const { name } = await start(weir, nextName(), ['htop']);
	await using cockpit = await openCockpit(weir, ['attach', name], size);
	await cockpit.waitFor('F10');
	await startTyping(cockpit);
	cockpit.key('f1');
	await cockpit.waitFor('Released under');
	cockpit.type(' ');
	await cockpit.waitFor('F10');
	cockpit.type('q');
	await expect.poll(async () => (await weir.agent(name)).exit).not.toBe(null);
});

test('history by keys and wheel, with a mark for what came since', async () => {
	const { name } = await start(weir, nextName(), bash);
	await using cockpit = await openBash(name);
	const more = join(weir.folder, 'more');
	cockpit.type(
		`clear; seq 1000 1200; until [ -e ${more} ]; do sleep 0.05; done; seq 2000 2004\r`,
	);
	// A line of its own: it stands in the command as well.
	await cockpit.waitFor(() => paneText(cockpit).includes('1200'));
	await stopTyping(cockpit);
	cockpit.key('pageup');
	await cockpit.waitFor('history,');
	await cockpit.waitFor(() => !paneText(cockpit).includes('1200'));
	const [first] = paneText(cockpit);
	writeFileSync(more, '');
	await cockpit.waitFor(/\d+ new/);
	// What is looked at stays where it is.
	expect(paneText(cockpit)[0]).toBe(first);
	cockpit.key('escape');
	await cockpit.waitFor('2004');
	await cockpit.waitFor((screen) => !/\d+ new|history,/.test(screen.lines().join()));
	cockpit.type(wheel('up'));
	await cockpit.waitFor('history,');
	await cockpit.waitFor(() => !paneText(cockpit).includes('2004'));
	cockpit.type(wheel('down'));
	await cockpit.waitFor('2004');
	cockpit.key('pageup', 'pageup');
	await cockpit.waitFor('1160');
	await startTyping(cockpit);
	// Typing shows the program again.
	cockpit.type('echo here\r');
	await cockpit.waitFor('2004');
	await weir.json('kill', name);
});

test('hostile output reaches the terminal as cells, and its neighbour goes on', async () => {
	const side = await start(weir, nextName(), bash);
	const evil = join(weir.folder, 'evil.bin');
	// Answers to queries come before the number, as they do before a prompt.
	const loop =
		'stty -echo; echo ready; while read -r said; do n=${said##*:}; cat "$1-$n";' +
		" printf '\\033\\\\\\033c'; echo survived-$n; done";
	const { name } = await start(weir, nextName(), ['sh', '-c', loop, 'sh', evil]);
	await using cockpit = await openCockpit(weir, ['attach', name], size);
	await cockpit.waitFor('ready');
	await startTyping(cockpit);
	for (const [at, bytes] of hostile().entries()) {
		writeFileSync(`${evil}-${at}`, bytes, 'latin1');
		cockpit.type(`:${at}\r`);
		await cockpit.waitFor(`survived-${at}`);
	}
	await stopTyping(cockpit);
	cockpit.key(';');
	await detach(cockpit);
	expect(foreignSequences(cockpit.bytes(), weirSequences)).toEqual([]);
	const { terminal } = cockpit;
	expect(terminal.bells).toBe(0);
	expect(terminal.title).not.toContain('evil');
	expect(terminal.alternate).toBe(false);
	expect(cockpit.screen().join('').trim()).toBe('');
	expect((await weir.agent(side.name)).exit).toBe(null);
	await weir.json('kill', name);
	await weir.json('kill', side.name);
});

/** The program in a terminal of its own, as large as its pane. */
function openAlone(argv: readonly string[]): Program {
	const { width: columns, height: rows } = inner;
	return openProgram(argv, { columns, rows, env: weir.env });
}

/** The pane of an agent that runs bash, typed into. */
async function openBash(name: string): Promise<Program> {
	const cockpit = await openCockpit(weir, ['attach', name], size);
	await cockpit.waitFor('bash-');
	await startTyping(cockpit);
	return cockpit;
}

function nextName(): string {
	agents += 1;
	return `agent${agents}`;
}

const whole = (program: Program) => cellsOf(program.terminal, { x: 0, y: 0, ...inner });
const pane = (program: Program) => cellsOf(program.terminal, wholePane(program.terminal));
const paneText = (program: Program) =>
	textOf(program.terminal, wholePane(program.terminal));

/** The wheel over the middle of the screen, in SGR form. */
function wheel(direction: 'up' | 'down'): string {
	return `\x1b[<${direction === 'up' ? 64 : 65};40;12M`;
}

function attributes(): string {
	const esc = '\x1b[';
	const rows: string[] = [];
	const codes = [1, 2, 3, 4, 7, 8, 9, '1;4', '2;7', '4:3', '3;9', '7;1;31', '7;42'];
	rows.push(codes.map((code) => `${esc}${code}mA b${esc}m`).join('|'));
	for (const base of [30, 40, 90, 100])
		rows.push(
			Array.from({ length: 8 }, (_, at) => `${esc}${base + at}m ${at} `).join('') +
				`${esc}m`,
		);
	for (const kind of [38, 48])
		rows.push(
			Array.from({ length: 90 }, (_, at) => `${esc}${kind};5;${at + 16}mx`).join('') +
				`${esc}m`,
		);
	for (const kind of [38, 48])
		rows.push(
			Array.from({ length: 90 }, (_, at) => `${esc}${kind};2;${at * 2};128;9mx`).join(
				'',
			) + `${esc}m`,
		);
	// Erased with a background, inserted, deleted, tabs, a region.
	rows.push(`${esc}44mto the end${esc}K${esc}m`);
	rows.push(`abcdefgh${esc}4D${esc}2P${esc}2@${esc}3X`);
	rows.push('a\tb\tc\x1b[3Zz');
	rows.push(`\x1b(0lqqqk\x1b(B and ${esc}4;58;5;9mcoloured${esc}m`);
	return `${rows.join('\r\n')}\r\nTHE END`;
}

function unicode(): string {
	return [
		'中文字符 한국어 日本語 ｆｕｌｌ',
		'e\u0301 x\u0301\u0302 हु ก็ あ\u3099',
		'🚀 👩‍💻 👨‍👩‍👧‍👦 🇩🇪 1️⃣ ⚠️ 👍🏽',
		'─│┌┐└┘├┤┬┴┼ ═║╔╗ ▁▂▃▄▅▆▇█ ░▒▓ ⠋⠙⠹',
		`${'a'.repeat(97)}中 wraps before the edge`,
		'中\bx over the right half',
		'right to left: שלום مرحبا',
		'THE END',
	].join('\r\n');
}

function cCode(): string {
	return [
		'#include <stdio.h>',
		'/* counts */',
		'int main(void)',
		'{',
		'\tint count = 0;',
		'\tfor (count = 0; count < 10; count++)',
		'\t\tprintf("count %d\\n", count);',
		'\treturn 0;',
		'}',
		'',
	].join('\n');
}

function hostile(): string[] {
	const modes = [1000, 1002, 1003, 1006, 1004, 1049, 47, 2004, 2026, 5, 6, 7, 9, 1, 66];
	return [
		`\x1b]52;c;${Buffer.from('stolen').toString('base64')}\x07`,
		'\x1b]2;evil\x01\x02\x1b[31m title\x07\x1b]0;evil\n\x1b\\',
		'\x07'.repeat(200),
		`\x1bPq#0;2;0;0;0${'!9999~-'.repeat(2000)}\x1b\\`,
		'\x1b[2147483647b\x1b[99999999T',
		`A\x1b[999999999b${'\x1b[99999999@'.repeat(50)}`,
		'\x1b]8;;http://evil/',
		`\x1b]1337;File=inline=1:${'A'.repeat(5000)}\x07`,
		'\x1bP+q544e\x1b\\\x1bP$qm\x1b\\\x1b[c\x1b[>c\x1b[6n\x1b]11;?\x07',
		modes.map((mode) => `\x1b[?${mode}h`).join(''),
		'\x1bc\x1b[!p\x1b[2J\x1b[3J\x1b[H\x1b[8;5;5t\x1b[3;0;0t\x1b[2t',
		'\x1b[5i\x1b[4i\x1b_Gi=1,a=T;AAAA\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\',
		'\x1b[>5u\x1b[=7u\x1b[?9001h\x1b[>4;2m\x1b(0\x0e\x1b%G\x1b#8',
		'\x9b31m\x9d0;evil\x9c\x90q\x9c',
	];
}
