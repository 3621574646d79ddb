import { describe, expect, test } from 'vitest';
import {
	landedThrough,
	resolverName,
	resolverOf,
	resolverPrompt,
	resolvingOf,
} from '../../../src/domain/resolving.ts';
import { Core, landed, mergeOf, newAgent } from '../../support/domain.ts';

/** An agent, and another that resolves its conflict. */
function both(): Core {
	const core = new Core();
	const agent = core.running('api');
	core.running('api-int', { resolves: { agent, commit: 'tttt', by: 'agent' } });
	return core;
}

const resolver = (core: Core) => resolverOf(core.state, core.id('api'))?.name ?? null;

test('what lands of the one that resolves a conflict is the work of both', () => {
	const core = both();
	const [agent, place] = [core.id('api'), { kind: 'first' }] as const;
	core.submit({ kind: 'queue.move', agent, place, among: [core.id('api-int'), agent] });
	expect(core.state.queue).toContain(agent);
	expect(core.submit(mergeOf(core, 'api-int'))).toBeNull();
	core.settle('merge', landed);
	const through = { agent: core.id('api'), candidate: 'tttt' };
	expect(core.events.at(-1)).toMatchObject({ kind: 'merge.landed', data: { through } });
	expect(core.state.queue).toEqual([]);
	const { landed: own } = core.agent('api-int');
	expect(own).toMatchObject({ candidate: 'dddd', commit: 'bbbb' });
	expect(core.agent('api').landed).toEqual({ ...own, candidate: 'tttt' });
	expect(landedThrough(core.state, core.agent('api'))?.name).toBe('api-int');
	expect(landedThrough(core.state, core.agent('api-int'))).toBeNull();
	expect(resolver(core)).toBeNull();
});

test('an undo takes it back for both, and the conflict is its again', () => {
	const core = both();
	core.submit(mergeOf(core, 'api-int'));
	core.settle('merge', landed);
	core.submit({ kind: 'undo', landing: null, revert: false });
	core.settle('undo', {
		ok: true,
		value: { how: 'moved-back', old: 'bbbb', new: 'aaaa' },
	});
	expect(core.agent('api').landed).toBeNull();
	expect(core.agent('api-int').landed).toBeNull();
	expect(resolver(core)).toBe('api-int');
});

test('what it does after that is its own work alone', () => {
	const core = both();
	core.submit(mergeOf(core, 'api-int'));
	core.settle('merge', landed);
	core.submit(mergeOf(core, 'api-int'));
	expect(core.pending('merge').data).not.toHaveProperty('through');
});

test('a merge is not replayed, whatever the settings say; what is asked for counts', () => {
	const core = both();
	const { land } = core.state.settings;
	core.configure({ land: { ...land, strategy: 'rebase' } });
	core.submit(mergeOf(core, 'api-int'));
	expect(core.pending('merge').data.strategy).toBe('squash');
	core.submit(mergeOf(core, 'api'));
	const asked = Object.values(core.state.effects).at(-1);
	expect(asked?.data).toMatchObject({ strategy: 'rebase' });
});

describe('the conflict is given back', () => {
	test('by a kill, and taken up again by a respawn', () => {
		const core = both();
		const agent = core.id('api-int');
		expect(resolver(core)).toBe('api-int');
		core.submit({ kind: 'agent.kill', agent });
		core.settle('snapshot', { ok: true, value: { commit: 'beef', files: 1 } });
		core.exits('api-int', null, 'SIGHUP');
		expect(resolver(core)).toBeNull();
		core.submit({ kind: 'agent.respawn', agent });
		expect(resolver(core)).toBe('api-int');
	});

	test('by a crash, not by an end that is none', () => {
		const crashed = both();
		crashed.exits('api-int', 1);
		expect(resolver(crashed)).toBeNull();
		const ended = both();
		ended.exits('api-int', 0);
		expect(resolver(ended)).toBe('api-int');
	});
});

test('who has a conflict keeps it: it is handed to nobody else', () => {
	const core = both();
	const agent = core.id('api');
	expect(core.submit({ kind: 'merge.hand-off', agent, branch: 'main' })).toMatchObject({
		code: 'conflict.taken',
		message: expect.stringContaining('api-int'),
	});
	expect(resolvingOf(core.state, core.agent('api'))).toEqual({
		resolves: null,
		resolvedBy: { agent: 'api-int', by: 'agent' },
		landedThrough: null,
	});
	expect(resolvingOf(core.state, core.agent('api-int')).resolves).toEqual({
		agent: 'api',
		by: 'agent',
	});
});

test('its name has a free number behind it, and never too many characters', () => {
	const taken = new Set(['api-int', 'api-int-2']);
	expect(resolverName({ name: 'api' }, 'agent', (name) => !taken.has(name))).toBe(
		'api-int-3',
	);
	const long = resolverName({ name: 'x'.repeat(64) }, 'agent', () => true);
	expect(long).toBe(`${'x'.repeat(60)}-int`);
});

test('it is told both sides, the files, the task and what to do', () => {
	const author = { name: 'api', branch: 'weir/api', prompt: 'Do it', scope: ['src/**'] };
	const files = Array.from({ length: 60 }, (_, at) => `f${at}`);
	const text = resolverPrompt({ author, base: 'main', files, notes: ['both added f0'] });
	for (const part of ['main', 'weir/api', '- f49\n', '10 more', 'both added f0', 'Do it'])
		expect(text).toContain(part);
	expect(text).toContain('src/**');
	expect(text).not.toContain('- f50\n');
	const bare = { ...author, prompt: null, scope: [] };
	expect(resolverPrompt({ author: bare, base: 'main', files: [], notes: [] })).toContain(
		'no task in words',
	);
});

describe('by hand', () => {
	function byHand(): Core {
		const core = new Core();
		const agent = core.running('api');
		const resolves = { agent, commit: 'tttt', by: 'hand' } as const;
		core.submit(newAgent('api-hand', { resolves, scope: ['src/**'] }));
		return core;
	}

	test('no program is started, and what is left stays until it has landed', () => {
		const core = byHand();
		expect(resolver(core)).toBe('api-hand');
		core.settle('worktree', { ok: true, value: {} });
		const { life, report, argv, setup } = core.agent('api-hand');
		expect(life.kind).toBe('ended');
		expect({ argv, setup, state: report.state }).toEqual({
			...{ argv: [], setup: null, state: 'idle' },
		});
		expect(resolver(core)).toBe('api-hand');
		expect(core.submit({ kind: 'agent.respawn', agent: core.id('api-hand') })?.code).toBe(
			'agent.by-hand',
		);
	});

	test('what was resolved is committed once at a time, and only there', () => {
		const core = byHand();
		const conclude = (name: string) =>
			core.submit({ kind: 'conflict.conclude', agent: core.id(name) })?.code ?? null;
		expect(conclude('api-hand')).toBe('conflict.not-by-hand');
		core.settle('worktree', { ok: true, value: {} });
		expect(conclude('api')).toBe('conflict.not-by-hand');
		expect(conclude('api-hand')).toBeNull();
		expect(core.pending('conclude').data.message).toBe('Merge weir/api into main\n');
		expect(conclude('api-hand')).toBe('conflict.under-way');
		core.settle('conclude', { ok: true, value: { commit: 'mmmm' } });
		expect(conclude('api-hand')).toBeNull();
	});

	test('a hold on the author holds it', () => {
		const core = byHand();
		core.settle('worktree', { ok: true, value: {} });
		core.submit({ kind: 'queue.hold', agent: core.id('api'), why: null });
		expect(core.submit(mergeOf(core, 'api-hand'))?.code).toBe('merge.held');
	});

	test('what the person writes outside the scope is told, and left as it is', () => {
		const core = byHand();
		core.settle('worktree', { ok: true, value: {} });
		const { id: agent, generation } = core.agent('api-hand');
		const paths = [{ path: 'docs/a', how: 'changed' as const }];
		for (const policy of ['restore', 'freeze'] as const) {
			core.submit({ kind: 'trespass.settle', agent, paths: [], more: 0, policy });
			core.submit({ kind: 'trespass.report', agent, generation, paths, more: 0, policy });
			expect(core.events.at(-1)).toMatchObject({
				kind: 'trespass.found',
				data: { policy: 'report' },
			});
		}
	});
});
