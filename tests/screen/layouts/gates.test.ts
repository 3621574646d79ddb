// The gates as a screen, at the sizes that count.
import { describe, expect, test } from 'vitest';
import { noObservation } from '../../../src/protocol/observation.ts';
import type { ViewChange } from '../../../src/tui/view-change.ts';
import { asksBase, basesSay, lands } from '../../support/alarm.ts';
import { type ChromeSetting, chromeScreen } from '../../support/chrome-screen.ts';
import { Core } from '../../support/domain.ts';
import {
	baseSays,
	failureAt,
	gateSays,
	loadGates,
	reportOf,
	treeSettles,
} from '../../support/gates.ts';

/** One that is green, one with failures of its own, one that is red since the base is, one at work. */
function coreAtWork(): Core {
	const core = new Core();
	for (const name of ['api', 'docs', 'db-migrate', 'cli']) core.running(name);
	loadGates(core, ['lint', 'types', 'test']);
	for (const name of ['api', 'docs', 'db-migrate', 'cli']) treeSettles(core, name, name);
	for (const gate of ['lint', 'types', 'test'])
		gateSays(core, 'api', gate, { word: 'passed' });
	gateSays(core, 'docs', 'types', { word: 'failed', exit: 2, failures: 3 });
	baseSays(core, 3, 0);
	gateSays(core, 'docs', 'lint', { word: 'passed', flaky: true });
	gateSays(core, 'db-migrate', 'test', { word: 'failed', failures: 7 });
	baseSays(core, 0, 7);
	gateSays(core, 'db-migrate', 'lint', { word: 'failed' });
	core.submit({ kind: 'tree.move', agent: core.id('db-migrate') });
	return core;
}

function failing(core: Core): ViewChange[] {
	const failures = [
		failureAt('src/gen.ts', 14, "type 'string' is not assignable to type 'Page'"),
		failureAt('src/gen.ts', 20, 'no such name'),
		failureAt('src/old.ts', 3, 'an old one', true),
	];
	const report = reportOf(core, 'docs', 'types', {
		...{ command: 'npx tsc --noEmit', failures, output: 'checking\n3 errors' },
	});
	return [
		{ kind: 'screen', screen: 'gates' },
		{ kind: 'focus', agent: core.id('docs') },
		{ kind: 'gates', gates: { gate: 'types', report, slots: 6 } },
	];
}

async function linesOf(setting: ChromeSetting): Promise<string[]> {
	using screen = await chromeScreen(setting);
	return screen.lines();
}

test.each([
	['passed', 'main green'],
	['failed', 'main red'],
	['broken', 'main unknown'],
] as const)('a base of which gates said %s is called so', async (word, called) => {
	const core = coreAtWork();
	const changes: ViewChange[] = [{ kind: 'screen', screen: 'gates' }];
	const size = { columns: 80, rows: 24 };
	const screen = () => linesOf({ ...size, state: core.state, now: core.now, changes });
	lands(core, 'api', 'one');
	expect((await screen()).join('\n')).not.toContain(called);
	asksBase(core);
	basesSay(core, { test: word });
	expect((await screen())[1]).toContain(called);
});

const began = (core: Core, ago: number) => new Date(core.now - ago).toISOString();

describe.each([
	[40, 15],
	[80, 24],
	[120, 36],
	[240, 67],
])('at %dx%d', (columns, rows) => {
	test('the table, the report and what failed are there', async () => {
		const core = coreAtWork();
		const { state, now } = core;
		const changes = failing(core);
		const lines = await linesOf({ columns, rows, state, now, changes });
		const text = lines.join('\n');
		expect(lines).toHaveLength(rows);
		expect(text).toMatch(/▌ +2 docs/);
		expect(text).toContain('2 docs types failed');
		expect(text).toContain('✗ 3 new');
		expect(text).toContain('$ npx tsc --noEmit');
		expect(text).toContain('3 new, 0 also on the base');
		expect(text).toContain('> src/gen.ts:14');
		expect(lines.filter((line) => line.length > columns)).toEqual([]);
	});

	test('without gates it says how to set one up', async () => {
		const core = new Core();
		core.running('api');
		const { state, now } = core;
		const changes: ViewChange[] = [{ kind: 'screen', screen: 'gates' }];
		const lines = await linesOf({ columns, rows, state, now, changes });
		expect(lines.join('\n')).toContain('No gate is set up.');
		expect(lines.join('\n')).toContain('test: npm test');
		expect(lines.join('\n')).not.toContain('│');
	});
});

test('each cell says what its gate says of what stands there now', async () => {
	const core = coreAtWork();
	const { state, now } = core;
	const observed = {
		[core.id('cli')]: {
			...noObservation,
			gates: { test: { began: began(core, 4000), usual: 10_000 } },
		},
	};
	const changes = failing(core);
	const lines = await linesOf({
		...{ columns: 240, rows: 67, state, now, changes, observed },
	});
	const row = (name: string) => lines.find((line) => line.includes(name)) ?? '';
	expect(row('gates')).toContain('4 agents, 3 gates');
	expect(row('gates')).toMatch(/1 running on 6 slots +4 waiting/);
	expect(row('1 api')).toMatch(/✓ 2\.1s +✓ 2\.1s +✓ 2\.1s/);
	expect(row('▌ 2 docs')).toMatch(/~ flaky +✗ 3 new +◌ waits/);
	expect(row('3 db-migrate')).toMatch(/◌ failed +◌ waits +◌ failed/);
	expect(row('4 cli')).toMatch(/◌ waits +◌ waits +▸ 40% eta 0:06/);
});

test('where not all columns fit, the one under the cursor is shown', async () => {
	const core = coreAtWork();
	const { state, now } = core;
	const size = { columns: 40, rows: 15 };
	const changes: ViewChange[] = [
		...failing(core),
		{ kind: 'gates', gates: { gate: 'test' } },
	];
	const lines = await linesOf({ ...size, state, now, changes });
	expect(lines.join('\n')).toMatch(/ test /);
});

test('while settings are not trusted it says that none runs', async () => {
	const core = new Core();
	core.running('api');
	loadGates(core, ['lint'], false);
	const { state, now } = core;
	const changes: ViewChange[] = [{ kind: 'screen', screen: 'gates' }];
	const lines = await linesOf({ columns: 120, rows: 36, state, now, changes });
	expect(lines.join('\n')).toContain('weir trust');
});

test('the output stands below the failures, from its end', async () => {
	const core = coreAtWork();
	const { state, now } = core;
	const output = Array.from({ length: 200 }, (_, at) => `line ${at + 1}`).join('\n');
	const report = reportOf(core, 'api', 'lint', { output });
	const changes: ViewChange[] = [
		{ kind: 'screen', screen: 'gates' },
		{ kind: 'gates', gates: { report } },
	];
	const text = (await linesOf({ columns: 120, rows: 36, state, now, changes })).join(
		'\n',
	);
	expect(text).toContain('line 200');
	expect(text).not.toContain('line 100 ');
});
