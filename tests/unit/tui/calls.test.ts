import { expect, test } from 'vitest';
import { noObservation, type Observation } from '../../../src/protocol/observation.ts';
import { Calls } from '../../../src/tui/chrome/calls.ts';
import { callNews } from '../../../src/tui/chrome/news.ts';
import { unicodeGlyphs } from '../../../src/tui/look/glyphs.ts';
import { paneTitle } from '../../../src/tui/panes/pane-title.ts';
import { initialView, shownAgents } from '../../../src/tui/view.ts';
import { changeView } from '../../../src/tui/view-change.ts';
import { reflectionOf } from '../../support/chrome-screen.ts';
import { Core } from '../../support/domain.ts';

const core = new Core();
for (const name of ['api', 'web']) core.running(name);
const [api, web] = [core.id('api'), core.id('web')];
const call = { at: '2026-11-21T01:00:00.000Z', text: 'Build: done' };

function observed(words: Partial<Observation['words']>): Observation {
	const silent = { call: null, directory: null, progress: null };
	return { ...noObservation, words: { ...silent, ...words } };
}

test('a call is heard once, and not where it came before', () => {
	const called = reflectionOf(core.state, { [web]: observed({ call }) });
	expect(new Calls(called).news(called)).toEqual([]);
	const calls = new Calls(reflectionOf(core.state));
	expect(calls.news(called)).toEqual([{ agent: core.agent('web'), call }]);
	expect(calls.news(called)).toEqual([]);
	const why = { ...call, text: 'Build: done, with warnings' };
	const explained = reflectionOf(core.state, { [web]: observed({ call: why }) });
	expect(calls.news(explained)).toEqual([{ agent: core.agent('web'), call: why }]);
});

test('who calls the same again and again is told once in a while', () => {
	const calls = new Calls(reflectionOf(core.state), 60_000);
	const told = Array.from({ length: 100 }, (_, second) => {
		const at = new Date(Date.parse(call.at) + second * 1000).toISOString();
		const rang = observed({ call: { at, text: null } });
		return calls.news(reflectionOf(core.state, { [web]: rang }));
	});
	expect(told.flat()).toHaveLength(2);
});

test('a call is marked until its pane has the focus, and nothing is said of the one in focus', () => {
	const agents = shownAgents(core.state);
	const first = changeView(initialView({ columns: 120, rows: 36 }, 0), {
		kind: 'agents',
		agents,
	});
	const marked = changeView(first, { kind: 'call', agent: web, call });
	expect(marked.calls).toEqual({ [web]: call });
	expect(changeView(marked, { kind: 'focus', agent: web }).calls).toEqual({});
	expect(changeView(marked, { kind: 'agents', agents: [] }).calls).toEqual({});
	expect(changeView(first, { kind: 'call', agent: api, call })).toBe(first);
	expect(callNews(core.agent('web'), call, core.state, api)).toEqual({
		text: 'web: Build: done',
		allow: '{focus.jump} 2 Enter goes there',
		tone: 'plain',
	});
	const bell = { ...call, text: null };
	expect(callNews(core.agent('web'), bell, core.state, api)?.text).toBe('web rang');
	expect(callNews(core.agent('web'), call, core.state, web)).toBe(null);
});

test.each([
	['/trees/web', ''],
	['/trees/web/src', 'in src'],
	['/trees/web-2', 'outside, in /trees/web-2'],
	['/etc', 'outside, in /etc'],
])('a program in %s is said to be %s', (directory, said) => {
	const title = paneTitle(
		{
			agent: core.agent('web'),
			number: 2,
			gates: [],
			observation: observed({ directory, progress: { tone: 'running', percent: 41 } }),
			focused: false,
			now: core.now,
			glyphs: unicodeGlyphs,
			scrolled: undefined,
			call,
			asked: null,
			...{ resolver: null, through: null, cost: null },
			terminal: null,
			inner: { width: 98, height: 25 },
		},
		98,
	);
	const text = title.map((piece) => piece.text).join('');
	expect(text).toContain(' 41%  » Build: done');
	const parts = text.trim().split(/ {2,}/);
	expect(parts.slice(3).join()).toBe(said);
});
