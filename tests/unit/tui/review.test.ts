// A review on the screen: where its cursor is and stays, and when it is read anew.
import { describe, expect, test } from 'vitest';
import { commentId, messageId } from '../../../src/domain/ids.ts';
import type { Comment } from '../../../src/domain/review/comment.ts';
import type { Hunk, HunkSign } from '../../../src/domain/review/hunk.ts';
import { ok } from '../../../src/lib/outcome.ts';
import { noObservation } from '../../../src/protocol/observation.ts';
import type { ReviewFile, ReviewJson } from '../../../src/protocol/review.ts';
import { unicodeGlyphs } from '../../../src/tui/look/glyphs.ts';
import { markSpan } from '../../../src/tui/paint/spans.ts';
import { entryOf, fileRows, rowAt, spotOf } from '../../../src/tui/review/file-rows.ts';
import { fileLines } from '../../../src/tui/review/hunk-lines.ts';
import { lineSpans, wordsOf } from '../../../src/tui/review/line-spans.ts';
import { tailOf } from '../../../src/tui/review/list-lines.ts';
import { ReviewKeeper } from '../../../src/tui/review/review-keeper.ts';
import { listedFiles, reviewedAgent } from '../../../src/tui/review/reviewed.ts';
import { initialView, type View } from '../../../src/tui/view.ts';
import { changeView, type ViewChange } from '../../../src/tui/view-change.ts';
import { Core } from '../../support/domain.ts';

/** `-old`, `+new`, ` both`. */
function hunk(line: number, ...lines: readonly string[]): Hunk {
	return {
		...{ old: line, new: line, heading: '' },
		lines: lines.map((text) => ({ sign: text[0] as HunkSign, text: text.slice(1) })),
	};
}

function file(path: string, object = 'a'): ReviewFile {
	const side = { mode: '100644', object };
	const counts = { added: 1, removed: 1, outside: false, viewed: false };
	return { path, from: null, letter: 'M', old: side, new: side, ...counts };
}

function reviewOf(...files: readonly ReviewFile[]): ReviewJson {
	return {
		...{ agent: 'api', base: { branch: 'main', commit: 'c' }, tree: 't', files },
		comments: [],
		counts: { files: files.length, added: 0, removed: 0, outside: 0 },
	};
}

describe('the row under the cursor', () => {
	const hunks = [
		hunk(1, ' one', '-two', '+zwei', ' three'),
		hunk(40, ' x', '+new', ' x'),
	];
	const rows = fileRows(hunks, []);

	test('is at first the first line that differs', () => {
		expect(rows[rowAt(rows, null)]).toMatchObject({ line: { sign: '-', text: 'two' } });
		expect(rowAt([], null)).toBe(-1);
	});

	test('is found again by what it says, wherever that has gone', () => {
		const moved = fileRows(
			[hunk(9, '+before', ' one', '-two', '+zwei'), ...hunks.slice(1)],
			[],
		);
		const [, , , zwei] = rows.map(spotOf);
		expect(moved[rowAt(moved, zwei ?? null)]).toMatchObject({ line: { text: 'zwei' } });
	});

	test('of several alike is the nearest, and of one that is gone the next by number', () => {
		const last = { sign: ' ', line: 42, text: 'x' } as const;
		expect(rowAt(rows, last)).toBe(rows.length - 1);
		const gone = { sign: '+', line: 41, text: 'other' } as const;
		expect(rows[rowAt(rows, gone)]).toMatchObject({ line: { text: 'new' } });
	});

	test('a hunk is entered at what differs', () => {
		expect(rows[entryOf(rows, 1)]).toMatchObject({ line: { text: 'new' } });
		expect(entryOf(rows, 2)).toBe(-1);
	});
});

describe('what is drawn', () => {
	const drawn = (
		lines: readonly string[],
		wrap: boolean,
		at = 1,
		comments: readonly Comment[] = [],
	) => {
		const hunks = { hunks: [hunk(1, ...lines)], without: null, dropped: 0 };
		const rows = fileRows(hunks.hunks, comments);
		const standing = () => 'returned' as const;
		const size = { width: 20, height: 6 };
		const facts = {
			rows,
			standing,
			places: [],
			colours: null,
			at,
			wrap,
			...size,
			glyphs: unicodeGlyphs,
		};
		const text = fileLines(file('a'), hunks, facts);
		return text.map((line) => line.map((piece) => piece.text).join(''));
	};

	test('the mark of the cursor is in one row alone, and a row without it has no style there', () => {
		expect(markSpan('▌', true)).toEqual({ text: '▌', role: 'accent' });
		expect(markSpan('▌', false)).toEqual({ text: ' ' });
		expect(
			drawn(['+a', '+b', '+c'], false)
				.map(([first]) => first)
				.join(''),
		).toBe(' ▌  ');
	});

	test('a long line is cut, or goes on below', () => {
		const long = `+${'abcdefghij'.repeat(3)}`;
		expect(drawn([long], false)[1]).toBe('▌1 + abcdefghijabcd…');
		expect(drawn([long], true).slice(1)).toEqual([
			'▌1 + abcdefghijabcde',
			'▌    fghijabcdefghij',
		]);
	});

	test('what moves a cursor is a number, and a wide character is never halved', () => {
		expect(drawn(['+\u001b[2J\t世界'], false)[1]).toBe('▌1 + \\u{1b}[2J    …');
		expect(drawn(['+世界世界世界世界世界'], true).slice(1)).toEqual([
			'▌1 + 世界世界世界世',
			'▌    界世界',
		]);
	});

	test('a carriage return is told of where not every line has one', () => {
		expect(drawn([' a\r', '+b\r'], false)[2]).toBe(' 2 + b');
		expect(drawn([' a', '+b\r'], false)[2]).toBe(' 2 + b^M');
	});

	test('a comment stands below its line, and says where that is another by now', () => {
		const comment = (quote: string, line: number): Comment => ({
			...{ id: commentId(line), path: 'a', side: 'new', line, quote },
			...{ text: 'a test?', at: '', message: messageId(1) },
		});
		expect(drawn([' a', '+b'], false, 1, [comment('b', 9)]).slice(2)).toEqual([
			...[' 2 + b', '   │ you: a test?', '   │ returned'],
		]);
		expect(drawn([' a', '+b'], false, 1, [comment('was', 1)]).slice(1)).toEqual([
			...['▌1   a', '   │ you: a test?', '   │ addressed?', ' 2 + b'],
		]);
	});

	test('the cursor is to be seen in a file of any length', () => {
		const many = Array.from({ length: 100 }, (_, at) => `+${at}`);
		for (const at of [1, 2, 50, 99, 100])
			expect(drawn(many, false, at).some((line) => line.startsWith('▌'))).toBe(true);
		expect(drawn(many, false, 100)).toHaveLength(6);
	});

	test('a path keeps its end', () => {
		expect(tailOf('src/deep/folder/name.ts', 12, '…')).toBe('…der/name.ts');
	});
});

describe('a line', () => {
	test('is in pieces by what its text is, and other words are of their side', () => {
		const lines = [hunk(1, "-const a = 'x';", "+const b = 'x';")];
		const [one] = lines;
		if (!one) throw new Error('no hunk');
		const colours = [
			{ from: 0, to: 5, role: 'keyword' },
			{ from: 10, to: 13, role: 'string' },
		] as const;
		const pieces = lineSpans(
			{ sign: '+', text: "const b = 'x';" },
			wordsOf(one, 1),
			colours,
		);
		expect(pieces).toEqual([
			{ text: 'const', role: 'keyword' },
			{ text: ' ', role: 'added' },
			{ text: 'b', role: 'added', inverse: true },
			{ text: ' = ', role: 'added' },
			{ text: "'x'", role: 'string' },
			{ text: ';', role: 'added' },
		]);
	});
});

function reviewing(core: Core, ...changes: ViewChange[]): View {
	const first = initialView({ columns: 120, rows: 36 }, core.now);
	return [{ kind: 'screen', screen: 'review' } as const, ...changes].reduce(
		changeView,
		first,
	);
}

describe('the list', () => {
	test('keeps to its file, and to its place where that is gone', () => {
		const core = new Core();
		core.running('api');
		const agent = core.id('api');
		const told = (...files: readonly ReviewFile[]): ViewChange => ({
			kind: 'review',
			review: { told: { agent, review: ok(reviewOf(...files)) }, path: 'b' },
		});
		const at = (view: View) => listedFiles(core.state, view).at;
		expect(at(reviewing(core, told(file('a'), file('b'), file('c'))))).toBe(1);
		expect(at(reviewing(core, told(file('0'), file('a'), file('b'))))).toBe(2);
		expect(at(reviewing(core, told(file('a'), file('c'))))).toBe(1);
		expect(at(reviewing(core, told(file('a'))))).toBe(0);
		expect(at(reviewing(core, told()))).toBe(-1);
		const filtered = reviewing(core, told(file('a'), file('b')), {
			...{ kind: 'review', review: { filter: 'A' } },
		});
		expect(listedFiles(core.state, filtered).files.map(({ path }) => path)).toEqual([
			'a',
		]);
	});

	test('is of the agent in focus, or of the first where none is', () => {
		const core = new Core();
		for (const name of ['api', 'docs']) core.running(name);
		const focus = { kind: 'focus', agent: core.id('docs') } as const;
		expect(reviewedAgent(core.state, reviewing(core, focus))?.name).toBe('docs');
		expect(reviewedAgent(core.state, reviewing(core))?.name).toBe('api');
		expect(reviewedAgent(new Core().state, reviewing(core))).toBeNull();
	});
});

test('it is read anew when files came to rest, and a file only where it is another', async () => {
	const core = new Core();
	core.running('api');
	const agent = core.id('api');
	let view = reviewing(core);
	let rests = 0;
	let object = 'a';
	const asked: string[] = [];
	const keeper: ReviewKeeper = new ReviewKeeper({
		now: () => ({
			state: core.state,
			observed: { [agent]: { ...noObservation, rests } },
		}),
		view: () => view,
		change: (change) => {
			view = changeView(view, change);
			keeper.changed();
		},
		after: () => () => undefined,
		review: async () => {
			asked.push('review');
			return ok(reviewOf(file('a', object)));
		},
		hunks: async ({ new: now }) => {
			asked.push(now?.object ?? '');
			return ok({ hunks: [], without: null, dropped: 0 });
		},
		places: async () => ok({ places: null }),
		colours: async () => null,
	});
	const settle = async () => {
		keeper.changed();
		for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
		return asked.splice(0);
	};
	expect(await settle()).toEqual(['review', 'a']);
	expect(await settle()).toEqual([]);
	rests = 1;
	expect(await settle()).toEqual(['review']);
	[rests, object] = [2, 'b'];
	expect(await settle()).toEqual(['review', 'b']);
	view = changeView(view, { kind: 'screen', screen: 'panes' });
	rests = 3;
	expect(await settle()).toEqual([]);
});
