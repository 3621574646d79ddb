import { expect, test } from 'vitest';
import { parseMark } from '../../../src/lib/lineage.ts';
import {
	ancestorsIn,
	descendantsIn,
	type ProcessRow,
	parseCommandLine,
	parsePsLine,
	parseStat,
	setsVariable,
} from '../../../src/lib/process-table.ts';

const tail = '0 -1 4194304 99 0 0 0 1 2 0 0 20 0 THREADS 0 352993 2953216 214';
const stat = (name: string, state = 'S', threads = 1) =>
	`4711 (${name}) ${state} 4700 4711 4690 ${tail.replace('THREADS', String(threads))}`;

test('a stat line is read whatever the process calls itself', () => {
	for (const name of ['sleep', 'a) R 1 1 1 (b', ') Z 1', '', 'two words'])
		expect(parseStat(stat(name))).toEqual({
			pid: 4711,
			parent: 4700,
			group: 4711,
			session: 4690,
			state: 'S',
			ended: false,
			startTime: '352993',
		});
	for (const broken of ['', '4711', '4711 (sh', '4711 (sh) S 1 2 3', '(sh) S 1'])
		expect(parseStat(broken)).toBeNull();
});

test('a zombie has ended, one whose other threads run has not', () => {
	expect(parseStat(stat('sh', 'Z'))?.ended).toBe(true);
	expect(parseStat(stat('sh', 'Z', 3))?.ended).toBe(false);
});

test('a line of ps is read with a start of many words', () => {
	expect(parsePsLine('  501   1   501 Ss   Fri Nov 21 03:04:05 2026   ')).toEqual({
		pid: 501,
		parent: 1,
		group: 501,
		session: 0,
		state: 'S',
		ended: false,
		startTime: 'Fri Nov 21 03:04:05 2026',
	});
	expect(parsePsLine('')).toBeNull();
});

test('ancestors and descendants follow the parents, and circles end', () => {
	const table = new Map([
		row(1, 0),
		row(5, 1),
		row(7, 5),
		row(9, 7),
		row(6, 1),
		row(3, 9),
	]);
	expect(ancestorsIn(table, 9)).toEqual([7, 5, 1]);
	expect(descendantsIn(table, [5]).map(({ pid }) => pid)).toEqual([7, 9, 3]);
	const circle = new Map([row(2, 3), row(3, 2)]);
	expect(ancestorsIn(circle, 2)).toEqual([3]);
	expect(descendantsIn(circle, [2]).map(({ pid }) => pid)).toEqual([3]);
});

test('a variable counts by its whole name and its whole value', () => {
	const environ = 'PATH=/bin\0OLD_WEIR=a\0WEIR=b\0WEIR=abc\0EMPTY=\0';
	expect(setsVariable(environ, 'PATH', '/bin')).toBe(true);
	expect(setsVariable(environ, 'WEIR', 'abc')).toBe(true);
	expect(setsVariable(environ, 'EMPTY', '')).toBe(true);
	expect(setsVariable(environ, 'WEIR', 'a')).toBe(false);
	expect(setsVariable(environ, 'WEIR', 'ab')).toBe(false);
	expect(setsVariable('', 'WEIR', 'a')).toBe(false);
});

test('a command line keeps its empty words', () => {
	expect(parseCommandLine('sh\0-c\0\0')).toEqual(['sh', '-c', '']);
});

test('a mark is the hard limit of real-time CPU', () => {
	const limits = (hard: string) =>
		`Max realtime priority     0                    0                    \n` +
		`Max realtime timeout      1000                 ${hard.padEnd(20)} us        \n`;
	expect(parseMark(limits('4611686018427387904'))).toBe('4611686018427387904');
	expect(parseMark(limits('unlimited'))).toBe('unlimited');
	expect(parseMark('')).toBeNull();
});

function row(pid: number, parent: number): [number, ProcessRow] {
	const rest = { group: pid, session: pid, state: 'S', ended: false, startTime: '1' };
	return [pid, { pid, parent, ...rest }];
}
