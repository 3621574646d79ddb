import { expect, test } from 'vitest';
import { lifeWords, stateWords } from '../../../src/domain/state-words.ts';
import { noObservation, type Observation } from '../../../src/protocol/observation.ts';
import { silent } from '../../../src/supervisor/program-words.ts';
import { stripRows } from '../../../src/tui/layouts/strip-rows.ts';
import { stripColumns, stripLine } from '../../../src/tui/layouts/strips.ts';
import { unicodeGlyphs } from '../../../src/tui/look/glyphs.ts';
import { signOfWord } from '../../../src/tui/look/state-signs.ts';
import { lineWidth } from '../../../src/tui/paint/spans.ts';
import { shownAgents } from '../../../src/tui/view.ts';
import { reflectionOf } from '../../support/chrome-screen.ts';
import { Core } from '../../support/domain.ts';

const core = new Core();
for (const name of ['api', 'mathematics-of-lending', 'web']) core.running(name);
const agents = shownAgents(core.state);
const reflection = reflectionOf(core.state);

test.each([40, 48, 80, 120])('names take the free cells of a row of %d', (width) => {
	const columns = stripColumns(agents, reflection, width, unicodeGlyphs);
	const facts = {
		...{ focus: null, calls: {}, width, columns, framed: false, now: 0 },
		glyphs: unicodeGlyphs,
	};
	const lines = stripRows(
		agents,
		{ focus: null, filter: '', order: [], folded: [] },
		false,
	).map((row) => stripLine(row, reflection, facts));
	for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
	const text = lines.map((line) => line.map((piece) => piece.text).join('')).join('\n');
	expect(text.includes('mathematics-of-lending')).toBe(width > 40);
	expect(text.match(/ unknown /g)).toHaveLength(3);
});

function rowsOf(
	some: Core,
	width: number,
	observed: Record<string, Partial<Observation>>,
) {
	const seen = shownAgents(some.state);
	const reflected = reflectionOf(
		some.state,
		Object.fromEntries(
			seen.map(({ id, name }) => [id, { ...noObservation, ...observed[name] }]),
		),
	);
	const facts = {
		...{ focus: null, calls: {}, width, framed: true, now: some.now },
		columns: stripColumns(seen, reflected, width, unicodeGlyphs),
		glyphs: unicodeGlyphs,
	};
	const look = { focus: null, filter: '', order: [], folded: [] };
	return stripRows(seen, look, true).map((row) =>
		stripLine(row, reflected, facts)
			.map(({ text }) => text)
			.join(''),
	);
}

const changed = (added: number, removed: number): Partial<Observation> => {
	return { diff: { files: 1, added, removed, uncommitted: 0 } };
};

test('in a narrow list no row moves the columns of the others', () => {
	const some = new Core();
	for (const name of ['api', 'photography', 'web']) some.running(name);
	const before = rowsOf(some, 36, {});
	some.submit({
		...{ kind: 'agent.observe', agent: some.id('api'), generation: 1 },
		...{ state: 'needs-approval', source: 'osc7501', inferred: false, why: null },
	});
	const after = rowsOf(some, 36, { api: changed(18, 5), web: changed(1200, 300) });
	expect(after).toContain(before.find((row) => row.includes('photography')));
	// Since when somebody is waited for matters more than what was changed, else it is the other way.
	expect(after.find((row) => row.includes('api'))).toMatch(/ needs-approval <1m *$/);
	expect(after.find((row) => row.includes('web'))).toMatch(/ unknown +\+1200 -300$/);
});

test('a list of any width marks an agent that is not recorded', () => {
	const some = new Core();
	for (const name of ['api', 'photography', 'web']) some.running(name);
	some.exits('web', 1);
	const full = { recording: { trouble: 'ENOSPC: no space left on device', lost: 10 } };
	const observed = {
		photography: { ...changed(1200, 300), ...full },
		web: full,
	};
	for (const width of [24, 28, 32, 36, 40, 48, 56, 63, 64, 80]) {
		const rows = rowsOf(some, width, observed);
		for (const row of rows) expect(row.length).toBeLessThanOrEqual(width);
		const marked = rows.filter((row) => /not recorded|no rec(ord)?\b/.test(row));
		expect(marked.map((row) => /photo|web/.exec(row)?.[0])).toEqual(['web', 'photo']);
	}
	// Beside its state, and without what was changed where there is no room.
	const [, web, , , photography] = rowsOf(some, 40, observed);
	expect(web).toMatch(/ web .*failed.* (not recorded|no record|no rec)$/);
	expect(photography).toMatch(/ unknown +(not recorded|no record|no rec)$/);
});

test('a list of any width marks an agent that wrote outside its scope, and a wide one says what', () => {
	const some = new Core();
	for (const name of ['api', 'web']) some.running(name);
	some.submit({
		...{ kind: 'trespass.settle', agent: some.id('web'), more: 2, policy: 'report' },
		paths: [{ path: '.github/ci.yml', how: 'created' }],
	});
	for (const width of [24, 36, 48, 64, 80]) {
		const marked = rowsOf(some, width, {}).filter((row) => row.includes('⊘'));
		expect(marked).toEqual([expect.stringContaining('web')]);
	}
	expect(rowsOf(some, 80, {}).join('\n')).toContain(
		'⊘ .github/ci.yml and 2 more outside',
	);
});

test('in a wide list rows tell what a program is about, and changes stand below each other', () => {
	const some = new Core();
	for (const name of ['api', 'docs', 'web']) some.running(name);
	some.exits('web', 1);
	const rows = rowsOf(some, 80, {
		api: { ...changed(24, 0), words: { ...silent, title: 'give a book back' } },
		docs: changed(13, 5),
		web: { words: { ...silent, title: 'never mind' } },
	});
	const [, web, , api, docs] = rows;
	expect(rows[0]?.trimEnd()).toBe(' FAILING 1');
	expect(web).toMatch(/ failed +<1m {2}exit code 1 *$/);
	expect(api).toMatch(/ unknown +<1m {2}give a book back +\+24 {4}$/);
	expect(docs).toMatch(/ \+13 -5 $/);
});

test('no two states that mean different things for the user have one sign', () => {
	const words = [...stateWords, ...Object.values(lifeWords)];
	const bySign = Map.groupBy(words, (word) => unicodeGlyphs[signOfWord(word).glyph]);
	const shared = [...bySign.values()].filter((some) => some.length > 1);
	expect(shared).toEqual([
		['waiting', 'idle'],
		['failed', 'crashed'],
	]);
});
