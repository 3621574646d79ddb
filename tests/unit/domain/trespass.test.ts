import { expect, test } from 'vitest';
import { inboxOf } from '../../../src/domain/inbox.ts';
import { namedTrespasses } from '../../../src/domain/trespass.ts';
import { Core, done, newAgent, started } from '../../support/domain.ts';

const changed = (...paths: string[]) =>
	paths.map((path) => ({ path, how: 'changed' as const }));

function begin() {
	const core = new Core();
	core.submit(newAgent('api', { scope: ['src/**'] }));
	core.settle('worktree', { ok: true, value: {} });
	const agent = core.id('api');
	const report = (paths: string[], more = 0) =>
		core.submit({
			...{ kind: 'trespass.report', agent, generation: core.agent('api').generation },
			...{ paths: changed(...paths), more, policy: 'report' },
		});
	const settle = (paths: string[], more = 0) =>
		core.submit({
			...{ kind: 'trespass.settle', agent, paths: changed(...paths), more },
			policy: 'report',
		});
	const outside = () => core.agent('api').trespasses?.paths.map(({ path }) => path);
	const items = () => inboxOf(core.state, new Date(core.now).toISOString());
	return { core, agent, report, settle, outside, items };
}

test('a path is found once, and is an item until it is in order', () => {
	const { core, report, settle, outside, items } = begin();
	report(['docs/a']);
	report(['docs/a', 'docs/b', 'src/x']);
	expect(outside()).toEqual(['docs/a', 'docs/b']);
	expect(core.kinds().filter((kind) => kind === 'trespass.found')).toHaveLength(2);
	expect(items()).toMatchObject([
		{ kind: 'trespass', tier: 3, text: 'docs/a and 1 more', answerable: false },
	]);
	settle(['docs/b']);
	expect(outside()).toEqual(['docs/b']);
	settle([]);
	expect(core.agent('api').trespasses).toBeNull();
	expect(items()).toEqual([]);
	const before = core.events.length;
	settle([]);
	expect(core.events).toHaveLength(before);
});

test('a look that finds what no watch saw tells it', () => {
	const { core, settle, outside } = begin();
	settle(['docs/a']);
	expect(core.events.at(-1)).toMatchObject({
		kind: 'trespass.found',
		data: { paths: [{ path: 'docs/a', how: 'changed' }], more: 0 },
	});
	settle(['docs/b']);
	expect(core.kinds().slice(-2)).toEqual(['trespass.cleared', 'trespass.found']);
	expect(outside()).toEqual(['docs/b']);
});

test('more than can be named are counted', () => {
	const { core, report, settle } = begin();
	report(
		Array.from({ length: 150 }, (_, at) => `docs/${at}`),
		7,
	);
	expect(core.agent('api').trespasses).toMatchObject({ more: 57 });
	expect(core.agent('api').trespasses?.paths).toHaveLength(namedTrespasses);
	report(['docs/new']);
	expect(core.agent('api').trespasses).toMatchObject({ more: 58 });
	settle(
		Array.from({ length: 100 }, (_, at) => `docs/${at}`),
		3,
	);
	expect(core.agent('api').trespasses).toMatchObject({ more: 3 });
	settle([], 0);
	expect(core.agent('api').trespasses).toBeNull();
});

test('a wider scope takes what it covers off the list', () => {
	const { core, agent, report, outside } = begin();
	report(['docs/a', 'top']);
	core.submit({
		...{ kind: 'scope.widen', agent, patterns: ['docs/**'] },
		...{ why: 'its manual', request: null },
	});
	expect(outside()).toEqual(['top']);
});

test('where the repository ignores case, what the scope covers in another case is no trespass', () => {
	const { core, agent, report, outside } = begin();
	core.submit({
		...{ kind: 'supervisor.start', pid: 1, version: '0', bootId: 'b' },
		ignoresCase: true,
	});
	report(['SRC/a', 'Docs/a', 'top']);
	expect(outside()).toEqual(['Docs/a', 'top']);
	core.submit({
		...{ kind: 'scope.widen', agent, patterns: ['docs/**'] },
		...{ why: 'its manual', request: null },
	});
	expect(outside()).toEqual(['top']);
	// As it was set when this supervisor started.
	core.submit({ kind: 'supervisor.start', pid: 2, version: '0', bootId: 'b' });
	report(['SRC/b']);
	expect(outside()).toEqual(['top', 'SRC/b']);
});

test('a report of an old program is dropped, what stands outside outlives it', () => {
	const { core, agent, report, outside } = begin();
	report(['docs/a']);
	core.settle('spawn', {
		ok: true,
		value: { holder: 'h1', process: { pid: 1, startTime: '1', bootId: 'b' } },
	});
	core.exits('api', 0);
	core.submit({ kind: 'agent.respawn', agent });
	expect(outside()).toEqual(['docs/a']);
	core.submit({
		...{ kind: 'trespass.report', agent, generation: 1 },
		...{ paths: changed('docs/b'), more: 0, policy: 'report' },
	});
	expect(outside()).toEqual(['docs/a']);
});

test('the name of a path cannot break the line it is shown in', () => {
	const { report, items } = begin();
	report(['docs/\u001b[31m\nred\u202e']);
	expect(items()[0]?.text).toBe('docs/[31m red');
	expect(items()[0]?.detail).not.toContain('\u001b');
});

function frozen() {
	const core = new Core();
	core.submit(newAgent('api', { scope: ['src/**'] }));
	core.settle('worktree', { ok: true, value: {} });
	core.settle('spawn', started(100));
	const agent = core.id('api');
	const report = (...paths: string[]) =>
		core.submit({
			...{ kind: 'trespass.report', agent, generation: 1, more: 0, policy: 'freeze' },
			paths: changed(...paths),
		});
	report('docs/a b[1]');
	const answer = (choice: string) => {
		const [question] = Object.values(core.state.questions);
		if (!question) throw new Error('nothing is asked');
		return core.submit({
			...{ kind: 'question.answer', question: question.id, choice, text: null },
		});
	};
	const items = () => inboxOf(core.state, new Date(core.now).toISOString());
	return { core, agent, report, answer, items };
}

test('by the policy freeze its program is stopped in the same turn, and one item asks how it goes on', () => {
	const { core, report, items } = frozen();
	expect(core.kinds().slice(-3)).toEqual([
		...['trespass.found', 'pause.asked', 'question.opened'],
	]);
	core.settle('pause', done);
	expect(core.agent('api').report).toMatchObject({
		state: 'paused',
		why: 'wrote outside its scope',
	});
	report('docs/c');
	expect(items()).toMatchObject([
		{ kind: 'trespass', tier: 2, answerable: true, choices: [{}, {}, {}, {}] },
	]);
	core.submit({ kind: 'agent.resume', agent: core.id('api') });
	expect(items()).toMatchObject([{ kind: 'trespass', tier: 3, question: null }]);
});

test('the answer to a stopped program is carried out with it', () => {
	const ways: [string, string[]][] = [
		['resume', ['question.answered', 'pause.asked', 'question.closed']],
		['allow', ['question.answered', 'scope.widened', 'pause.asked', 'question.closed']],
		['kill', ['question.answered', 'snapshot.asked', 'question.closed']],
		['restore', ['question.answered', 'redress.asked', 'question.closed']],
	];
	for (const [way, kinds] of ways) {
		const { core, answer } = frozen();
		core.settle('pause', done);
		const before = core.events.length;
		expect(answer(way)).toBeNull();
		expect(core.kinds(before)).toEqual(kinds);
	}
	const { core, answer } = frozen();
	core.settle('pause', done);
	answer('allow');
	expect(core.agent('api')).toMatchObject({
		...{ scope: ['src/**', '/docs/a b\\[1\\]'], trespasses: null },
	});
});

test('a program that was stopped goes on once its files are put back', () => {
	const { core, answer } = frozen();
	core.settle('pause', done);
	answer('restore');
	core.settle('redress', {
		ok: true,
		value: { kept: '/k', files: 1, left: [], dropped: 0 },
	});
	expect(core.pending('pause').data).toMatchObject({ paused: false });
});

test('by the policies quarantine and restore copies are asked for, of more than were named of all', () => {
	for (const policy of ['quarantine', 'restore'] as const) {
		const core = new Core();
		core.running('api');
		const agent = core.id('api');
		core.submit({
			...{ kind: 'trespass.report', agent, generation: 1, policy, more: 0 },
			paths: changed('.gitattributes'),
		});
		expect(core.pending('redress').data).toMatchObject({
			...{ how: policy, paths: ['.gitattributes'], resume: false },
		});
		core.submit({
			...{ kind: 'trespass.report', agent, generation: 1, policy, more: 3 },
			paths: changed('.lfsconfig'),
		});
		expect(core.asked.at(-1)?.data).toMatchObject({ how: policy, paths: null });
	}
});
