// The inbox as a screen, at the sizes that count.
import { describe, expect, test } from 'vitest';
import { inboxOf } from '../../../src/domain/inbox.ts';
import { firstInbox } from '../../../src/tui/inbox/inbox-view.ts';
import type { ViewChange } from '../../../src/tui/view-change.ts';
import { asksBase, basesSay, lands } from '../../support/alarm.ts';
import { asks, promptOn } from '../../support/asking.ts';
import { type ChromeSetting, chromeScreen } from '../../support/chrome-screen.ts';
import { Core } from '../../support/domain.ts';

const command = 'rm -rf dist && npm run build';

/** Four that need somebody among thirty. */
function coreAtWork(): Core {
	const core = new Core();
	const names = ['api', 'docs', 'db-migrate', 'cli', ...many(26)];
	for (const name of names) core.running(name);
	promptOn(core, 'db-migrate', 'Bash: may it run this?', 'h1', command);
	asks(core, 'api', 'Keep the v1 route or drop it?', ['keep it until v3', 'drop it']);
	promptOn(core, 'cli', 'Edit: package.json', 'h2', '+ zod@4\n- zod@3');
	core.exits('docs', 2);
	core.now += 3 * 60_000;
	return core;
}

function many(count: number): string[] {
	return Array.from({ length: count }, (_, at) => `agent-${at + 5}`);
}

function opened(core: Core, at = 0): ViewChange[] {
	const items = inboxOf(core.state, new Date(core.now).toISOString());
	return [
		{ kind: 'screen', screen: 'inbox' },
		{ kind: 'inbox', inbox: { ...firstInbox, ranked: items.map(({ id }) => id), at } },
	];
}

async function linesOf(setting: ChromeSetting): Promise<string[]> {
	using screen = await chromeScreen(setting);
	return screen.lines();
}

describe.each([
	[40, 15],
	[80, 24],
	[120, 36],
	[240, 67],
])('at %dx%d', (columns, rows) => {
	test('list, question, what it is about and the answers are there', async () => {
		const core = coreAtWork();
		const { state, now } = core;
		const lines = await linesOf({ columns, rows, state, now, changes: opened(core) });
		const text = lines.join('\n');
		expect(lines).toHaveLength(rows);
		expect(text).toContain('inbox');
		expect(text).toContain('1 of 4');
		for (const word of ['db-migrate', 'api', 'Bash: may it run this?', command])
			expect(text).toContain(word);
		expect(text).toMatch(/\by +yes, once/);
		expect(text).toMatch(/\bN +no/);
		expect(text).toMatch(/~?approve +3m/);
		expect(lines.filter((line) => line.length > columns)).toEqual([]);
	});

	test('the answers of weir ask have the keys of their numbers', async () => {
		const core = coreAtWork();
		const { state, now } = core;
		const lines = await linesOf({ columns, rows, state, now, changes: opened(core, 1) });
		const text = lines.join('\n');
		expect(text).toContain('Keep the v1 route or drop it?');
		expect(text).toMatch(/\b1 +keep it until v3/);
		expect(text).toMatch(/\b2 +drop it/);
	});
});

test.each([
	[80, 24],
	[120, 36],
])('an alarm at %dx%d stands first and says what to do', async (columns, rows) => {
	const core = coreAtWork();
	lands(core, 'cli', 'one');
	asksBase(core);
	basesSay(core, { test: 'failed' }, 'passed');
	core.now += 3 * 60_000;
	const { state, now } = core;
	const setting = { columns, rows, state, now, changes: opened(core) };
	const lines = await linesOf(setting);
	const text = lines.join('\n');
	expect(lines[0]).toContain('!! main red');
	expect(text).toMatch(/1 !! main +red +3m/);
	expect(text).toMatch(/main is red 3m/);
	expect(text).toMatch(/test is red on main\s+since cli landed/);
	expect(text).toContain('src/a.ts:3 adds: expected 2');
	expect(text).toMatch(/\b1 +take back the landing of cli/);
	expect(text).toMatch(/\ba +acknowledge it: told no longer/);
	expect(text).toMatch(/\bEnter +what the gate printed/);
	expect(lines.filter((line) => line.length > columns)).toEqual([]);
});

test('one that failed offers to start it again', async () => {
	const core = coreAtWork();
	const { state, now } = core;
	const size = { columns: 120, rows: 36 };
	const text = (await linesOf({ ...size, state, now, changes: opened(core, 3) })).join(
		'\n',
	);
	expect(text).toContain('exit code 2');
	expect(text).toMatch(/\bR +start it again/);
});

test('what comes while the cursor is in the list is counted and moves nothing', async () => {
	const core = coreAtWork();
	const changes = opened(core, 3);
	asks(core, 'agent-9', 'Which database?');
	const { state, now } = core;
	const text = (await linesOf({ columns: 120, rows: 36, state, now, changes })).join(
		'\n',
	);
	expect(text).toContain('4 of 4, 1 new above');
	expect(text).not.toContain('Which database?');
});

test('below the answers stands what its agent shows, where there is room for it', async () => {
	const core = coreAtWork();
	const { state, now } = core;
	const [item] = inboxOf(state, new Date(now).toISOString());
	const lines = ['', '● Bash(rm -rf dist)', '  deletes it', '', 'Run it? (y/n)', ''];
	const changes: ViewChange[] = opened(core).map((change) =>
		change.kind === 'inbox'
			? { ...change, inbox: { ...change.inbox, shown: { item: item?.id ?? '', lines } } }
			: change,
	);
	const shown = async (columns: number, rows: number) =>
		(await linesOf({ columns, rows, state, now, changes })).join('\n');
	expect(await shown(120, 36)).toMatch(
		/it shows .*\n.*│ ● Bash\(rm -rf dist\) .*\n.*│ {3}deletes it .*\n.*│ {9}.*\n.*│ Run it\?/,
	);
	expect(await shown(40, 15)).not.toContain('it shows');
});

test('an empty inbox says so', async () => {
	const core = new Core();
	core.running('api');
	const lines = await linesOf({
		...{ columns: 80, rows: 24, state: core.state, now: core.now },
		changes: opened(core),
	});
	expect(lines.join('\n')).toContain('nobody needs you');
});

test('a narrow list of agents has each question below the one that asks', async () => {
	const core = new Core();
	for (const name of ['api', ...many(11)]) core.running(name);
	asks(core, 'api', 'Keep the v1 route or drop it?', ['keep', 'drop']);
	const { state, now } = core;
	const lines = await linesOf({ columns: 120, rows: 36, state, now });
	const at = lines.findIndex((line) => /│.▌?.*1 api +\S+ +<1m/.test(line));
	expect(lines[at + 1]).toMatch(/│▌? +Keep the v1 route or drop it\? +│$/);
});

describe('a question over its pane', () => {
	test.each([
		[80, 24],
		[120, 36],
		[240, 67],
	])('at %dx%d shows its words, its answers and their keys', async (columns, rows) => {
		const core = coreAtWork();
		const { state, now } = core;
		const [item] = inboxOf(state, new Date(now).toISOString());
		const changes: ViewChange[] = [
			{ kind: 'focus', agent: core.id('db-migrate') },
			{ kind: 'dialog', dialog: { kind: 'question', item: item?.id ?? '' } },
		];
		const text = (await linesOf({ columns, rows, state, now, changes })).join('\n');
		expect(text).toContain('db-migrate asks for permission 3m');
		expect(text).toContain(command);
		expect(text).toMatch(/\by +yes, once/);
		expect(text).toMatch(/\bN +no/);
	});
});
