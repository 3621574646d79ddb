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
	steadyAncestors,
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

test('an ancestry that moves while it is read is told whole or not at all', () => {
	const parents = new Map([
		[9, 7],
		[7, 5],
		[5, 1],
		[1, 0],
	]);
	const starts = new Map<number, string>();
	const read = (pid: number): ProcessRow | null => {
		const parent = parents.get(pid);
		const [, found] = row(pid, parent ?? 0);
		const startTime = starts.get(pid) ?? '1';
		return parent === undefined ? null : { ...found, startTime };
	};
	expect(steadyAncestors(9, read)).toEqual([7, 5, 1]);
	expect(steadyAncestors(8, read)).toBeNull();
	let asked = 0;
	const whileItEnds = (pid: number) => {
		const found = read(pid);
		asked += 1;
		// 7 ends between the reading of its child and its own; 5 adopts the child.
		if (asked === 1) parents.set(9, 5).delete(7);
		return found;
	};
	expect(steadyAncestors(9, whileItEnds)).toEqual([5, 1]);
	asked = 0;
	const whileItIsReused = (pid: number) => {
		asked += 1;
		// The pid of 5 becomes that of a stranger before it is read.
		if (asked === 2) starts.set(5, '2');
		if (asked === 3) parents.set(9, 1);
		return read(pid);
	};
	expect(steadyAncestors(9, whileItIsReused)).toEqual([1]);
	const never = (pid: number) => {
		starts.set(5, String((asked += 1)));
		return read(pid);
	};
	parents.set(9, 5);
	expect(steadyAncestors(9, never)).toBeNull();
	parents.set(5, 9);
	expect(steadyAncestors(9, read)).toBeNull();
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
