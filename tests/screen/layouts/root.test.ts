import { describe, expect, test } from 'vitest';
import type { AgentId } from '../../../src/domain/ids.ts';
import { checkName } from '../../../src/domain/name.ts';
import { noObservation, type Observation } from '../../../src/protocol/observation.ts';
import { lostAgents } from '../../../src/tui/chrome/lost-agents.ts';
import { needsHuman } from '../../../src/tui/look/state-signs.ts';
import { type ChromeSetting, chromeScreen } from '../../support/chrome-screen.ts';
import { Core, failed, newAgent } from '../../support/domain.ts';

const names = ['api', 'docs', 'web', 'stubborn'];

function coreWith(count: number): Core {
	const core = new Core();
	for (let at = 0; at < count; at += 1) core.running(names[at] ?? `agent-${at + 1}`);
	return core;
}

async function linesOf(setting: ChromeSetting): Promise<string[]> {
	using screen = await chromeScreen(setting);
	return screen.lines();
}

const seen: Observation = {
	head: 'ab12',
	diff: { files: 3, added: 182, removed: 40, uncommitted: 2 },
	conflicts: [],
	ahead: 1,
	progress: null,
};

describe.each([
	[80, 24],
	[120, 36],
	[240, 67],
])('at %dx%d', (columns, rows) => {
	test.each([1, 4, 30])('%d agents are all there', async (count) => {
		const core = coreWith(count);
		const lines = await linesOf({ columns, rows, state: core.state, now: core.now });
		expect(lines).toHaveLength(rows);
		const text = lines.join('\n');
		const shown = Object.values(core.state.agents).filter(({ name }) =>
			new RegExp(`\\b${name}\\b`).test(text),
		);
		const places = columns === 80 && count === 30 ? 19 : count;
		expect(shown.length).toBeGreaterThanOrEqual(Math.min(count, places) - 1);
		expect(lines[0]).toMatch(/^ NAV {3}∙ \d+ unknown .*shelf on main$/);
		expect(lines.at(-1)).toMatch(/^ Enter type {2}m merge .*\? keys$/);
	});

	test('frames are closed, and lines between panes join', async () => {
		const lines = await linesOf({ columns, rows, state: coreWith(4).state });
		const text = lines.join('\n');
		expect(text.match(/┌/g)?.length).toBe(1);
		expect(text.match(/┘/g)?.length).toBe(1);
		const joints = columns > 80 ? ['┬', '┼', '┴', '├', '┤'] : [];
		expect(joints.filter((joint) => !text.includes(joint))).toEqual([]);
		const frame = lines.slice(1, rows - 2).filter((line) => /[│┌└├]/.test(line));
		for (const line of frame) expect(line.length).toBe(columns);
	});
});

test('a title says number, name, state, since when and size of the diff', async () => {
	const core = coreWith(1);
	const id = core.id('api');
	core.submit({
		kind: 'agent.observe',
		agent: id,
		generation: 1,
		state: 'working',
		source: 'output',
		inferred: true,
		why: 'prints',
	});
	const lines = await linesOf({
		columns: 120,
		rows: 36,
		state: core.state,
		observed: { [id]: seen },
		now: core.now + 4 * 60_000,
	});
	expect(lines[1]).toMatch(
		/^┌─ 1 api {2}▸ ~working 4m {2}\+182 -40 {2}2 uncommitted ─+┐$/,
	);
});

test('typing shows in the badge and in a thick frame', async () => {
	const core = coreWith(4);
	const changes = [{ kind: 'mode', mode: 'type' }] as const;
	using screen = await chromeScreen({
		columns: 120,
		rows: 36,
		state: core.state,
		changes,
	});
	const lines = screen.lines();
	expect(lines[0]).toMatch(/^ TYPE > api /);
	expect(screen.cell(2, 0).inverse).toBe(true);
	expect(lines[1]).toMatch(/^┏━ 1 api .*━┱─ 2 docs .*┐$/);
	expect(lines.at(-1)).toMatch(/^ Ctrl\+Space Esc panes/);
});

test('a failed agent says why in its pane, and which key helps', async () => {
	const core = new Core();
	core.submit(newAgent('api', { argv: ['nothing'] }));
	core.settle('worktree', { ok: true, value: {} });
	core.settle('spawn', failed('nothing: command not found'));
	const text = (await linesOf({ columns: 80, rows: 24, state: core.state })).join('\n');
	expect(text).toContain('its program could not be started');
	expect(text).toContain('nothing: command not found');
	expect(text).toContain('R tries again');
});

test('a worktree that fills shows how far it is, in its pane', async () => {
	const core = new Core();
	core.submit(newAgent('api'));
	const progress = { label: 'writing files', done: 15_000, total: 30_000 };
	const observed = { [core.id('api')]: { ...seen, progress } };
	const text = (
		await linesOf({ columns: 80, rows: 24, state: core.state, observed })
	).join('\n');
	expect(text).toContain('writing files');
	expect(text).toContain('███████████████░░░░░░░░░░░░░░░');
	expect(text).toContain('15,000 of 30,000');
});

test('strips lie in bays by what agents do, those that need somebody first', async () => {
	const core = coreWith(30);
	const state = (name: string, word: 'asks' | 'working' | 'idle') =>
		core.submit({
			kind: 'agent.observe',
			agent: core.id(name),
			generation: 1,
			state: word,
			source: 'osc7501',
			inferred: false,
			why: word === 'asks' ? 'curl or words?' : null,
		});
	state('web', 'asks');
	state('api', 'idle');
	core.exits('docs', 1);
	const lines = await linesOf({
		columns: 240,
		rows: 67,
		state: core.state,
		now: core.now,
	});
	const at = (text: string) => lines.findIndex((line) => line.includes(text));
	const order = ['NEEDS YOU 1', 'asks', 'FAILING 1', 'failed', 'RUNNING 27', 'WAITING 1'];
	const places = order.map((text) =>
		lines.findIndex((line, y) => y > 1 && line.includes(text)),
	);
	expect(places).toEqual(places.toSorted((one, other) => one - other));
	expect(lines[at('?  3 web')]).toContain('curl or words?');
});

test('the merge card shows what would be merged', async () => {
	const core = coreWith(2);
	const id: AgentId = core.id('api');
	const lines = await linesOf({
		columns: 80,
		rows: 24,
		state: core.state,
		changes: [
			{
				kind: 'dialog',
				dialog: {
					kind: 'merge',
					agent: id,
					seen: noObservation,
					include: 'committed',
					strategy: 'squash',
					after: 'keep',
					message: { text: 'Answer 405\n\nFor a wrong method.', at: 0 },
					editing: false,
					preview: {
						agent: id,
						name: 'api',
						branch: 'weir/api',
						base: 'main',
						commits: [{ id: 'abcdef1234567', subject: 'Answer 405' }],
						files: [{ path: 'src/router.ts', added: 12, removed: 3 }],
						uncommitted: ['notes.md'],
						conflicts: [],
						message: 'Answer 405',
						strategy: 'squash',
						dirty: [],
						alreadyLanded: false,
						untouched: false,
					},
				},
			},
		],
	});
	const text = lines.join('\n');
	for (const part of [
		'┌─ merge api into main? ─',
		'abcdef12  Answer 405',
		'src/router.ts  +12-3',
		'1 left in the worktree  notes.md',
		'none with main',
		'squash into one commit',
		'For a wrong method.',
		'y merge   e message',
	])
		expect(text).toContain(part);
	expect(lines.at(-1)).toMatch(/^ y merge {2}e message/);
});

test('nothing there yet: the keys to begin with', async () => {
	const text = (await linesOf({ columns: 80, rows: 24, state: new Core().state })).join(
		'\n',
	);
	expect(text).toContain('No agents yet.');
	expect(text).toMatch(/c {2}start one in a worktree of its own/);
});

test('a screen that is too small says so in one line', async () => {
	const lines = await linesOf({ columns: 38, rows: 12, state: coreWith(3).state });
	expect(lines.slice(0, 3)).toEqual([
		'need 40x15, this is 38x12: make the',
		'window larger, or Q; 3 agents go on',
		'',
	]);
});

test('a screen that is smaller still says it all, one agent in the singular', async () => {
	const lines = await linesOf({ columns: 20, rows: 5, state: coreWith(1).state });
	const text = lines.join(' ').replaceAll(/ +/g, ' ').trim();
	expect(text).toBe(
		'need 40x15, this is 20x5: make the window larger, or Q; 1 agent goes on',
	);
});

test('the dialog for a new agent says what is wrong and what helps, however long', async () => {
	const checked = checkName('Web App!');
	const lines = await linesOf({
		columns: 60,
		rows: 20,
		state: new Core().state,
		changes: [
			{
				kind: 'dialog',
				dialog: {
					kind: 'new',
					on: 'name',
					name: { text: 'Web App!', at: 8 },
					command: { text: '', at: 0 },
					problem: checked.ok ? null : checked.refusal,
				},
			},
		],
	});
	const text = lines.map((line) => line.replaceAll(/[│ ]+/g, ' ').trim()).join(' ');
	expect(text).toContain('has characters that are not allowed; names are a-z, 0-9,');
	expect(text).toContain('at most 64 characters');
	expect(text).toContain('use web-app');
});

test('a card says all of its keys and sentences on the smallest screen', async () => {
	const core = coreWith(1);
	const ignored = { files: 0, bytes: 0 };
	const loss = { agent: core.id('api'), name: 'api', running: 'npm test', shells: 0 };
	const dialogs = [
		{
			...({ kind: 'new', on: 'name', problem: null } as const),
			...{ name: { text: '', at: 0 }, command: { text: '', at: 0 } },
		},
		{
			...({ kind: 'loss', deed: 'kill', agent: core.id('api') } as const),
			loss: { ...loss, ignored, uncommitted: ['a.txt'], unmergedCommits: [] },
		},
	] as const;
	const said: string[] = [];
	for (const dialog of dialogs) {
		const { state } = core;
		const changes = [{ kind: 'dialog', dialog }] as const;
		const lines = await linesOf({ columns: 40, rows: 15, state, changes });
		const inside = lines.flatMap((line) => /│ (.*) │/.exec(line)?.[1]?.trim() ?? []);
		said.push(inside.join(' ').replaceAll(/ +/g, ' '));
	}
	expect(said[0]).toContain('Enter start Tab other field Esc close');
	expect(said[1]).toContain('snapshot of it. u starts it again');
	expect(said[1]).toContain('y kill Esc cancel');
});

test('without colours, what matters is bold or reversed; in ASCII nothing else is drawn', async () => {
	const core = coreWith(4);
	core.exits('web', 3);
	using screen = await chromeScreen({
		columns: 120,
		rows: 36,
		state: core.state,
		theme: { name: 'mono' },
		ascii: true,
	});
	const cells = screen.cells().flat();
	expect(cells.every(({ foreground }) => foreground === 'default')).toBe(true);
	expect(cells.some(({ bold }) => bold)).toBe(true);
	expect(screen.lines().join('')).toMatch(/^[ -~]*$/);
	expect(screen.lines().join('\n')).toContain('x failed');
});

test('agents that were lost need somebody, those that were killed do not, in the words of weir list', async () => {
	const core = coreWith(3);
	for (const name of ['api', 'docs', 'web']) {
		if (name === 'web') {
			core.submit({ kind: 'agent.kill', agent: core.id(name) });
			core.settle('snapshot', { ok: true, value: { commit: 'c', files: 0 } });
		}
		core.loses(name);
	}
	const { state, now } = core;
	const lines = await linesOf({ columns: 120, rows: 36, state, now });
	expect(lines[0]).toMatch(/^ NAV {3}✗ 2 interrupted {3}◊ 1 interrupted /);
	const text = lines.join('\n');
	expect(text).toContain('lost with its holder or machine');
	expect(text).toContain('R respawns it, X removes it');
	expect(lostAgents(state)?.text).toBe(
		'2 agents were lost with their holder or machine: api, docs',
	);
	expect(needsHuman(core.agent('api'))).toBe(true);
	expect(needsHuman(core.agent('web'))).toBe(false);
	const changes = [{ kind: 'layout', layout: 'strips' }] as const;
	const strips = (await linesOf({ columns: 80, rows: 24, state, now, changes })).join(
		'\n',
	);
	expect(strips).toMatch(/✗ 1 api +interrupted +<1m +lost with/);
});

test('a narrow title keeps what asks for something', async () => {
	const core = coreWith(4);
	core.exits('docs', 137);
	const id = core.id('stubborn');
	const observed = { [id]: { ...seen, conflicts: ['a.ts'] } };
	const { state } = core;
	const lines = await linesOf({ columns: 120, rows: 36, state, observed, now: core.now });
	const text = lines.join('\n');
	expect(text).toMatch(/4 stubborn {2}∙ unknown <1m {2}⇄ conflict {2}\+182 -40 [^w]*┤/);
	expect(text).toContain('2 docs  ✗ failed <1m  exit code 137');
	const lost = coreWith(4);
	lost.loses('web');
	const shown = await linesOf({
		columns: 120,
		rows: 36,
		state: lost.state,
		now: lost.now,
	});
	expect(shown.join('\n')).toMatch(
		/3 web {2}✗ interrupted <1m {2}lost with its holder or mach/,
	);
});

test('the sign of the focused agent turns while weir is at work on it, and no other', async () => {
	const core = coreWith(4);
	for (const name of ['api', 'docs']) {
		core.submit({ kind: 'agent.kill', agent: core.id(name) });
		core.settle('snapshot', { ok: true, value: { commit: 'c', files: 0 } });
	}
	const seenAfter = (turns: number, focus: string) =>
		linesOf({
			columns: 120,
			rows: 36,
			state: core.state,
			changes: [{ kind: 'focus', agent: core.id(focus) }],
			turns,
		}).then((lines) => lines.join('\n'));
	for (const [turns, sign] of ['⠋', '⠙'].entries()) {
		const text = await seenAfter(turns, 'docs');
		expect(text).toContain('1 api  ◂ stopping');
		expect(text).toContain(`2 docs  ${sign} stopping`);
	}
	const text = await seenAfter(1, 'web');
	expect(text).toContain('2 docs  ◂ stopping');
	expect(text).toContain('3 web  ∙ unknown');
});

test('what the demo asks to try stays beside what is said', async () => {
	const message = { text: 'docs crashed', allow: null, tone: 'bad' } as const;
	const lines = await linesOf({
		columns: 80,
		rows: 24,
		state: coreWith(4).state,
		changes: [
			{
				kind: 'checklist',
				checklist: [
					{
						action: 'attention.next',
						text: '{attention.next} jumps to it',
						done: false,
					},
				],
			},
			{ kind: 'message', message },
		],
	});
	expect(lines[20]).toMatch(/^└─+┘$/);
	expect(lines[21]).toMatch(/^ try {2}n jumps to it +n {2}0 of 1 tried$/);
	expect(lines[22]).toContain('docs crashed');
});
