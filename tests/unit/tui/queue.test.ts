// The landing queue on the screen: where the cursor is, what is listed and told, what keys refuse.
import { describe, expect, test } from 'vitest';
import { noObservation, type Observation } from '../../../src/protocol/observation.ts';
import { agentAimedAt } from '../../../src/tui/inbox/inbox-list.ts';
import { keyConflicts, keyTable } from '../../../src/tui/keys/keys.ts';
import { queueKeys } from '../../../src/tui/keys/rows/queue-keys.ts';
import { asciiGlyphs } from '../../../src/tui/look/glyphs.ts';
import type { Reflection } from '../../../src/tui/mirror.ts';
import { entryLines, entryTitle } from '../../../src/tui/queue/entry-lines.ts';
import { QueueKeeper } from '../../../src/tui/queue/queue-keeper.ts';
import { queueLines, queueTitle } from '../../../src/tui/queue/queue-lines.ts';
import { entryAimedAt, listedQueue } from '../../../src/tui/queue/queue-list.ts';
import { firstQueue } from '../../../src/tui/queue/queue-view.ts';
import { initialView, type View } from '../../../src/tui/view.ts';
import { changeView, type ViewChange } from '../../../src/tui/view-change.ts';
import { Core, landed, mergeOf } from '../../support/domain.ts';
import { gateSays, loadGates, treeSettles } from '../../support/gates.ts';
import { commits, committing, saysItIs, sightsOf } from '../../support/queue.ts';

const heads = { api: 'api1', jobs: 'jobs1', docs: 'docs1' };

/** A client that looks at the queue: what is seen can be put in, the view changes as keys would. */
function looking(core: Core, ...pairs: readonly (readonly [string, string])[]) {
	let view: View = initialView({ columns: 120, rows: 36 }, core.now);
	let reflection: Reflection;
	let told = 0;
	const keeper = new QueueKeeper({
		now: () => reflection,
		view: () => view,
		change: (change) => {
			told += 1;
			view = changeView(view, change);
			keeper.changed();
		},
	});
	const see = (some: Record<string, string>, ...clashes: typeof pairs) => {
		const seen = Object.entries(sightsOf(core, some, ...clashes));
		const observed = Object.fromEntries(
			seen.map(([id, sight]): [string, Observation] => [
				id,
				{ ...noObservation, ...sight },
			]),
		);
		const repository = { root: '/r', commonDir: '/r/.git', base: 'main', trusted: true };
		reflection = { state: core.state, observed, repository, link: 'live' };
		keeper.changed();
	};
	const look = (...changes: ViewChange[]) => {
		for (const change of changes) {
			view = changeView(view, change);
			keeper.changed();
		}
	};
	const there = Object.values(core.state.agents).map(({ name }) => name);
	see(Object.fromEntries(there.map((name) => [name, `${name}1`])), ...pairs);
	look({ kind: 'screen', screen: 'queue' });
	return {
		see,
		look,
		view: () => view,
		told: () => told,
		at: () => entryAimedAt(view)?.agent.name,
		lines: (width: number, height: number) =>
			queueLines(listedQueue(view), facts(reflection, view, width, height)).map(textOf),
		detail: (width: number, height: number) => {
			const entry = entryAimedAt(view);
			if (!entry) throw new Error('nothing is looked at');
			const all = { ...facts(reflection, view, width, height), keymap: view.keymap };
			const title = entryTitle(entry, 1, asciiGlyphs);
			return [textOf(title), ...entryLines(entry, all).map(textOf)];
		},
		title: (width = 120) => textOf(queueTitle(listedQueue(view), reflection, width)),
	};
}

function facts(reflection: Reflection, view: View, width: number, height: number) {
	return { reflection, now: view.now, glyphs: asciiGlyphs, width, height };
}

const textOf = (line: readonly { readonly text: string }[]) =>
	line.map(({ text }) => text).join('');

function coreOf(...names: string[]): Core {
	const core = new Core();
	committing(core, ...names);
	return core;
}

describe('the cursor', () => {
	test('is on the agent in focus, and on its row once that has landed', () => {
		const core = coreOf('api', 'jobs', 'docs');
		const queue = looking(core);
		expect(queue.at()).toBe('api');
		queue.look({ kind: 'focus', agent: core.id('jobs') });
		expect([queue.at(), agentAimedAt(core.state, queue.view())?.name]).toEqual([
			'jobs',
			'jobs',
		]);
		core.submit(mergeOf(core, 'jobs'));
		core.settle('merge', { ok: true, value: { ...landed.value, candidate: 'jobs1' } });
		queue.see(heads);
		expect(queue.view().focus).toBe(core.id('jobs'));
		expect(queue.at()).toBe('docs');
	});

	test('goes with its entry when that is given another place', () => {
		const core = coreOf('api', 'jobs', 'docs');
		const queue = looking(core);
		queue.look({ kind: 'focus', agent: core.id('docs') });
		core.submit({
			...{ kind: 'queue.move', agent: core.id('docs'), place: { kind: 'first' } },
			among: ['api', 'jobs', 'docs'].map((name) => core.id(name)),
		});
		queue.see(heads);
		expect([queue.at(), listedQueue(queue.view()).at]).toEqual(['docs', 0]);
	});
});

test('nothing is kept while another screen is looked at, and nothing told while nothing changes', () => {
	const queue = looking(coreOf('api'));
	expect(queue.view().queue.entries).toHaveLength(1);
	const before = queue.told();
	queue.look({ kind: 'tick', now: 5 }, { kind: 'tick', now: 6 });
	expect(queue.told()).toBe(before);
	queue.look({ kind: 'screen', screen: 'panes' });
	expect(queue.view().queue).toBe(firstQueue);
});

test('a gate that could say nothing has another sign than one that says no', () => {
	const core = coreOf('api');
	loadGates(core, ['lint', 'test', 'types']);
	treeSettles(core, 'api', 't1');
	gateSays(core, 'api', 'lint', { word: 'failed' });
	gateSays(core, 'api', 'test', { word: 'broken' });
	gateSays(core, 'api', 'types', { word: 'passed' });
	const { fail, broken, ready } = asciiGlyphs;
	expect(looking(core).lines(70, 10)[1]).toContain(`${fail}${broken}${ready}`);
});

test('a row says place, agent, what is predicted and how it stands, and the narrowest what stands', () => {
	const core = coreOf('api', 'jobs', 'docs');
	const queue = looking(core, ['api', 'jobs']);
	expect(queue.title()).toBe(' queue into main@c0ffee  2 ready  1 clash ');
	const rows = queue.lines(70, 10);
	expect(rows[2]).toMatch(/^ +2 +2 jobs +conflicts with #1 \(1 file\) +clash/);
	expect(rows[3]).toMatch(/^ +3 +3 docs +clean +ready/);
	for (const row of queue.lines(38, 3)) expect(row.length).toBeLessThanOrEqual(38);
	expect(queue.lines(38, 3)[1]).toMatch(/1 +1 api .*ready/);
	queue.look({ kind: 'filter', filter: 'docs' });
	expect(queue.lines(70, 10)).toHaveLength(2);
});

test('the entry says why, what both change, and which keys bring it on', () => {
	const core = coreOf('api', 'jobs', 'docs');
	const queue = looking(core, ['api', 'jobs']);
	queue.look({ kind: 'focus', agent: core.id('jobs') });
	const lines = queue.detail(60, 20);
	expect(lines[0]).toContain('jobs % api: 1 file');
	expect(lines[1]).toBe('conflicts with api, which lands first, in 1 file');
	expect(lines).toContain('  src/queue.ts');
	expect(lines.at(-1)).toContain('hands it the conflict');
	expect(lines.join('\n')).toContain('K moves it up');
	// The files give way to what can be done.
	const small = queue.detail(60, 6);
	expect(small.length).toBeLessThanOrEqual(7);
	expect(small.join('\n')).not.toContain('src/queue.ts');
});

describe('keys', () => {
	const whyNot = (action: string, core: Core, view: View) => {
		const row = queueKeys.find((one) => one.action === action);
		if (!row || !('whyNot' in row)) throw new Error(`${action} refuses nothing`);
		return row.whyNot({ state: core.state, view })?.code ?? null;
	};

	test('mean one thing in the queue', () => {
		expect(keyConflicts(keyTable)).toEqual([]);
	});

	test('refuse what leads nowhere', () => {
		const core = coreOf('api', 'jobs');
		const queue = looking(core);
		queue.see({ api: 'api1', jobs: 'jobs1' });
		const no = (action: string) => whyNot(action, core, queue.view());
		expect([no('queue.earlier'), no('queue.later')]).toEqual(['queue.end', null]);
		expect(no('queue.hand-off')).toBe('merge.clean');
		expect([no('queue.hold'), no('queue.all')]).toEqual([null, null]);
		for (const name of ['api', 'jobs'])
			core.submit({ kind: 'queue.hold', agent: core.id(name), why: null });
		queue.see({ api: 'api1', jobs: 'jobs1' });
		expect([no('queue.hold'), no('queue.all')]).toEqual([null, 'queue.none-ready']);
		queue.see({});
		expect([no('queue.hold'), no('queue.all'), no('queue.pane')]).toEqual([
			'queue.empty',
			'queue.empty',
			'queue.empty',
		]);
	});
});

test('an entry says what became of the comments on it, and nothing where there are none', () => {
	const core = new Core();
	core.running('api', { argv: ['claude'] });
	saysItIs(core, 'api', 'idle');
	commits(core, 'api', 'api1');
	const queue = looking(core);
	const said = () => queue.detail(60, 12).filter((line) => line.includes('comments'));
	expect(said()).toEqual([]);
	const comment = (line: number) =>
		core.submit({
			...{ kind: 'review.comment', agent: core.id('api'), comment: null },
			...{ path: 'a.ts', side: 'new', line, quote: 'x', text: 'why?' },
		});
	comment(1);
	comment(2);
	queue.see({ api: 'api1' });
	expect(said()).toEqual(['your comments: 2 not sent yet']);
	expect(core.submit({ kind: 'review.send', agent: core.id('api') })).toBeNull();
	comment(3);
	queue.see({ api: 'api1' });
	expect(said()).toEqual(['your comments: 1 not sent yet, 2 waiting until it is idle']);
});

test('the heading tells the policy whole, or not at all', () => {
	const core = coreOf('api');
	loadGates(core, ['lint']);
	const queue = looking(core);
	const whole = queue.title();
	expect(whole).toMatch(/ policy: green $/);
	expect(queue.title(whole.length)).toBe(whole);
	expect(queue.title(whole.length - 1)).not.toContain('policy');
});
