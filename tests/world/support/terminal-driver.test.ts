import { expect, test } from 'vitest';
import { livingProcesses, processesMarked } from '../../support/process-tree.ts';
import { foreignSequences } from '../../support/sequences.ts';
import { openProgram } from '../../support/terminal-driver.ts';

test('shows what a program draws, with its colours', async () => {
	const script =
		"printf '\\033[1;38;2;255;0;16mred\\033[0m \\033[4;42mgreen\\033[m 漢🚀|'";
	await using program = openProgram(['sh', '-c', script], { columns: 40, rows: 5 });
	await program.exit;
	expect(program.screen()).toEqual(['red green 漢🚀|', '', '', '', '']);
	expect(program.cell(0, 0)).toMatchObject({
		text: 'r',
		bold: true,
		foreground: '#ff0010',
	});
	expect(program.cell(4, 0)).toMatchObject({ background: 2, underline: true });
	expect(program.cell(12, 0)).toMatchObject({ text: '🚀', width: 2 });
	expect(program.cell(14, 0).text).toBe('|');
});

test('types, presses keys and hears the end', async () => {
	await using program = openProgram(['bash', '--norc', '-i'], {
		env: { PS1: 'ready> ' },
	});
	await program.waitFor('ready>');
	// No echo already before it reads: of a key that came in between, the terminal would show one.
	program.type('stty -echo; echo on-$((1+1)); read -rsn1 key; printf "got %q\\n" "$key"');
	program.key('enter');
	await program.waitFor('on-2');
	program.key('ctrl+a');
	await program.waitFor(/^got \$'\\001'$/m);
	program.type('exit 7\r');
	expect(await program.exit).toEqual({ code: 7, signal: null });
});

test('a wait that is not met says what was on the screen', async () => {
	await using program = openProgram(['sh', '-c', 'echo here; exec cat']);
	await program.waitFor('here');
	await expect(program.waitFor('elsewhere', 50)).rejects.toThrow(
		/waited 50 ms for "elsewhere"[^]*\| here/,
	);
});

test('a wait ends with the program', async () => {
	await using program = openProgram(['sh', '-c', 'echo last; exit 3']);
	await expect(program.waitFor('more')).rejects.toThrow(
		/ended before "more"[^]*"code":3/,
	);
});

test('answers what a program asks of its terminal', async () => {
	const ask = (query: string, end: string) =>
		`printf '${query}'; IFS= read -rsd ${end} answer; printf '%q\\n' "$answer"`;
	const script = [
		'stty -echo',
		ask('\\033[c', 'c'),
		ask('\\033[6n', 'R'),
		ask('\\033]11;?\\033\\\\', '\\\\'),
	].join('; ');
	await using program = openProgram(['bash', '-c', script], {
		colours: { foreground: '#ffffff', background: '#102030' },
	});
	await program.exit;
	expect(program.screen().slice(0, 3)).toEqual([
		"$'\\E[?1;2'",
		"$'\\E[2;1'",
		"$'\\E]11;rgb:1010/2020/3030\\E'",
	]);
});

test('passes a new size on', async () => {
	const script = "trap 'stty size' WINCH; echo ready; while :; do read -rt 1 _; done";
	await using program = openProgram(['bash', '-c', script], { columns: 80, rows: 24 });
	await program.waitFor('ready');
	program.resize(100, 30);
	expect(await program.waitFor('30 100')).toContain('30 100');
});

test('closing ends the whole tree, even what ignores a hang-up', async () => {
	const mark = `driver-${process.pid}`;
	const program = openProgram(
		['bash', '-c', 'trap "" HUP; (trap "" HUP TERM; sleep 1000) & echo up; wait'],
		{ env: { DRIVER_MARK: mark } },
	);
	await program.waitFor('up');
	// Two shells and a program that the inner one starts in its own time.
	const names = () => processesMarked('DRIVER_MARK', mark).length;
	await expect.poll(names).toBeGreaterThanOrEqual(2);
	await program.close();
	expect(processesMarked('DRIVER_MARK', mark)).toEqual([]);
	expect(livingProcesses().map(({ pid }) => pid)).not.toContain(program.pid);
});

test('keeps the bytes, so that sequences can be held to a list', async () => {
	const script = "printf '\\033[1mbold\\033[m\\033[?25l\\033]0;title\\007\\033[2;3Hx'";
	await using program = openProgram(['sh', '-c', script]);
	await program.exit;
	const allowed = new Set(['CSI m', 'CSI ?h', 'CSI ?l', 'CSI H']);
	expect(foreignSequences(program.bytes(), allowed)).toEqual(['OSC 0']);
	expect(program.terminal.title).toBe('title');
	expect(program.terminal.cursor).toMatchObject({ x: 3, y: 1, visible: false });
});
