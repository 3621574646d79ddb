import { expect, test } from 'vitest';
import { defaultSettings } from '../../../src/domain/settings.ts';
import { Core, done, failed, newAgent, started } from '../../support/domain.ts';

const snapshotted = { ok: true as const, value: { commit: 'beef', files: 3 } };

test('an agent is created, gets its worktree, starts', () => {
	const core = new Core();
	expect(core.submit(newAgent('api'))).toBeNull();
	expect(core.agent('api')).toMatchObject({ branch: 'weir/api', path: '/trees/api' });
	core.settle('worktree', done);
	core.settle('spawn', started(7));
	expect(core.kinds()).toEqual([
		'agent.created',
		'worktree.asked',
		'worktree.settled',
		'spawn.asked',
		'spawn.settled',
		'agent.started',
	]);
	expect(core.agent('api')).toMatchObject({ generation: 1, life: { kind: 'running' } });
	expect(core.state.effects).toEqual({});
});

test('a set-up must succeed before the program starts, and runs again after a failure', () => {
	const core = new Core();
	core.configure({ worktree: { ...defaultSettings.worktree, setup: 'npm ci' } });
	core.submit(newAgent('api'));
	core.settle('worktree', done);
	expect(core.pending('setup').data.argv).toEqual(['sh', '-c', 'npm ci']);
	core.exits('api', 2);
	expect(core.agent('api').life).toMatchObject({ kind: 'failed', step: 'setup' });
	core.submit({ kind: 'agent.respawn', agent: core.id('api') });
	core.exits('api', 0);
	core.settle('spawn', started(9));
	expect(core.agent('api')).toMatchObject({ generation: 3, life: { kind: 'running' } });
});

test('a kill takes a snapshot, stops, and can be taken back', () => {
	const core = new Core();
	const agent = core.running('api');
	core.submit({ kind: 'agent.kill', agent });
	core.settle('snapshot', snapshotted);
	expect(core.agent('api').life.kind).toBe('stopping');
	core.exits('api', null, 'SIGHUP');
	expect(core.agent('api')).toMatchObject({
		life: { kind: 'ended', exit: { cause: 'stopped' } },
		report: { state: 'interrupted', why: 'killed by you' },
	});
	core.submit({ kind: 'undo', landing: null, revert: false });
	core.settle('spawn', started(8));
	expect(core.agent('api')).toMatchObject({ generation: 2, life: { kind: 'running' } });
	expect(core.state.undoable).toEqual([]);
});

test('a second kill does not wait for the signals of the first, a third is refused', () => {
	const core = new Core();
	const agent = core.running('api');
	core.submit({ kind: 'agent.kill', agent });
	core.settle('snapshot', snapshotted);
	expect(core.submit({ kind: 'agent.kill', agent })).toBeNull();
	expect(core.pending('hasten').data.generation).toBe(1);
	expect(core.submit({ kind: 'agent.kill', agent })?.code).toBe('agent.stopping');
	core.settle('hasten', failed('the holder does not answer'));
	expect(core.submit({ kind: 'agent.kill', agent })).toBeNull();
	core.settle('hasten', done);
	core.exits('api', null, 'SIGKILL');
	expect(core.agent('api').life).toMatchObject({
		kind: 'ended',
		exit: { cause: 'stopped' },
	});
	expect(core.state.effects).toEqual({});
	expect(core.state.undoable).toEqual([{ kind: 'kill', agent }]);
});

test('a second kill does not wait for the snapshot of the first, which is taken all the same', () => {
	for (const first of ['snapshot', 'exit']) {
		const core = new Core();
		const agent = core.running('api');
		core.submit({ kind: 'agent.kill', agent });
		expect(core.submit({ kind: 'agent.kill', agent })).toBeNull();
		expect(core.agent('api').life).toMatchObject({ kind: 'stopping', atOnce: true });
		expect(core.submit({ kind: 'agent.kill', agent })?.code).toBe('agent.stopping');
		core.settle('hasten', done);
		if (first === 'snapshot') core.settle('snapshot', snapshotted);
		core.exits('api', null, 'SIGKILL');
		if (first === 'exit') core.settle('snapshot', snapshotted);
		expect(core.agent('api')).toMatchObject({
			life: { kind: 'ended', exit: { cause: 'stopped' } },
			snapshot: { commit: snapshotted.value.commit },
		});
		expect(core.state.effects).toEqual({});
		expect(core.state.undoable).toEqual([{ kind: 'kill', agent }]);
	}
});

test.each(['snapshot', 'exit'])(
	'a respawn that is hastened before its snapshot goes on once, after the later: %s',
	(later) => {
		const core = new Core();
		const agent = core.running('api');
		core.submit({ kind: 'agent.respawn', agent });
		core.submit({ kind: 'agent.kill', agent });
		core.settle('hasten', done);
		if (later === 'exit') core.settle('snapshot', snapshotted);
		else core.exits('api', null, 'SIGKILL');
		expect(Object.values(core.state.effects).map(({ kind }) => kind)).not.toContain(
			'spawn',
		);
		if (later === 'exit') core.exits('api', null, 'SIGKILL');
		else core.settle('snapshot', snapshotted);
		core.settle('spawn', started(8));
		expect(core.agent('api')).toMatchObject({ generation: 2, life: { kind: 'running' } });
		expect(core.state.effects).toEqual({});
	},
);

test('a respawn whose kill is hastened goes on', () => {
	const core = new Core();
	const agent = core.running('api');
	core.submit({ kind: 'agent.respawn', agent });
	core.settle('snapshot', snapshotted);
	core.submit({ kind: 'agent.kill', agent });
	core.settle('hasten', done);
	core.exits('api', null, 'SIGKILL');
	core.settle('spawn', started(8));
	expect(core.agent('api')).toMatchObject({ generation: 2, life: { kind: 'running' } });
});

test('a kill goes on when the snapshot fails, a removal does not', () => {
	const core = new Core();
	const agent = core.running('api');
	core.submit({ kind: 'agent.kill', agent });
	core.settle('snapshot', failed('disk full'));
	core.exits('api', null, 'SIGKILL');
	core.submit({ kind: 'agent.remove', agent });
	core.settle('snapshot', failed('disk full'));
	expect(core.agent('api').life.kind).toBe('ended');
	expect(core.state.effects).toEqual({});
});

test('a program that ends while its snapshot is taken is not stopped a second time', () => {
	const core = new Core();
	const agent = core.running('api');
	core.submit({ kind: 'agent.respawn', agent });
	core.exits('api', 0);
	core.settle('snapshot', snapshotted);
	core.settle('spawn', started(8));
	expect(core.agent('api')).toMatchObject({ generation: 2, life: { kind: 'running' } });
});

test('a stop that cannot be begun leaves the agent running', () => {
	const core = new Core();
	const agent = core.running('api');
	core.submit({ kind: 'agent.kill', agent });
	core.settle('snapshot', snapshotted);
	core.settle('stop', failed('the holder does not answer'));
	expect(core.agent('api').life.kind).toBe('running');
	expect(core.submit({ kind: 'agent.kill', agent })).toBeNull();
});

test('a removal stops, takes a snapshot, removes, and can be restored', () => {
	const core = new Core();
	const agent = core.running('api');
	core.submit({ kind: 'agent.remove', agent });
	core.settle('snapshot', snapshotted);
	core.exits('api', null, 'SIGHUP');
	core.settle('snapshot', { ok: true, value: { commit: 'cafe', files: 1 } });
	core.settle('remove', done);
	expect(core.agent('api').life).toMatchObject({ kind: 'removed', commit: 'cafe' });
	expect(core.submit(newAgent('api'))).toBeNull();
	expect(core.submit({ kind: 'agent.restore', agent })?.code).toBe('agent.exists');
});

test('an undo of a removal restores the worktree', () => {
	const core = new Core();
	const agent = core.running('api');
	core.exits('api', 0);
	core.submit({ kind: 'agent.remove', agent });
	core.settle('snapshot', snapshotted);
	core.settle('remove', done);
	core.submit({ kind: 'undo', landing: null, revert: false });
	expect(core.pending('restore').data.commit).toBe('beef');
	core.settle('restore', done);
	expect(core.agent('api').life.kind).toBe('ended');
	expect(core.state.undoable).toEqual([]);
});

test('crashes back off longer each time and then ask', () => {
	const core = new Core();
	core.configure({
		agents: {
			loop: {
				command: ['x'],
				stop: [],
				restart: 'on-failure',
				prompt: 'none',
				like: null,
				resume: null,
				rules: null,
			},
		},
	});
	core.submit(newAgent('api', { agentKind: 'loop', argv: null }));
	core.settle('worktree', done);
	core.settle('spawn', started(1));
	const delays: number[] = [];
	for (let tries = 0; tries < 8; tries += 1) {
		core.exits('api', 1);
		const { life } = core.agent('api');
		if (life.kind !== 'backing-off') break;
		delays.push(Date.parse(life.until) - core.now);
		core.submit({ kind: 'agent.retry', agent: core.id('api') });
		core.settle('spawn', started(tries + 2));
	}
	expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]);
	expect(core.agent('api')).toMatchObject({
		life: { kind: 'ended' },
		report: { state: 'failed' },
	});
});

test('a report of an old generation changes nothing', () => {
	const core = new Core();
	const agent = core.running('api');
	core.submit({ kind: 'agent.respawn', agent });
	core.settle('snapshot', snapshotted);
	core.exits('api', null, 'SIGHUP');
	core.settle('spawn', started(8));
	const before = core.state;
	core.submit({
		kind: 'agent.exit',
		agent,
		generation: 1,
		code: 1,
		signal: null,
		cause: 'exit',
		survivors: [],
	});
	expect(core.state).toBe(before);
});

test('an effect that settles twice settles once', () => {
	const core = new Core();
	core.submit(newAgent('api'));
	const effect = core.pending('worktree').id;
	const settle = {
		kind: 'effect.settle' as const,
		effectKind: 'worktree' as const,
		effect,
		outcome: done,
	};
	core.submit(settle);
	const count = core.events.length;
	expect(core.submit(settle)).toBeNull();
	expect(core.events).toHaveLength(count);
});

test('names are refused with a proposal', () => {
	const core = new Core();
	for (const name of ['a/b', '..', 'a b', '-x', 'x'.repeat(300), '🚀', 'all', 'x.lock']) {
		expect(core.submit(newAgent(name))?.code).toBe('name.invalid');
	}
	expect(core.submit(newAgent('My Task'))?.allow).toBe('use my-task');
});

test('each agent has a block of ports of its own, freed by removal', () => {
	const core = new Core();
	core.running('a');
	core.running('b');
	expect([core.agent('a').ports.first, core.agent('b').ports.first]).toEqual([
		42_000, 42_010,
	]);
	core.exits('a', 0);
	core.submit({ kind: 'agent.remove', agent: core.id('a') });
	core.settle('snapshot', snapshotted);
	core.settle('remove', done);
	core.running('c');
	expect(core.agent('c').ports.first).toBe(42_000);
});

test('a program that ended before its start was heard of has ended', () => {
	const core = new Core();
	core.submit(newAgent('api'));
	core.settle('worktree', done);
	core.submit({ kind: 'agent.exit', agent: core.id('api'), ...brief });
	expect(core.agent('api').life).toMatchObject({ kind: 'ended', exit: { code: 7 } });
	core.settle('spawn', started(7));
	expect(core.agent('api').life.kind).toBe('ended');
	expect(core.kinds().slice(-2)).toEqual(['agent.exited', 'spawn.settled']);
});

test('a program that ended before it could be seen is waited for until its exit is told', () => {
	const core = new Core();
	core.submit(newAgent('api'));
	core.settle('worktree', done);
	core.settle('spawn', { ok: true, value: { holder: 'h1', process: null } });
	expect(core.agent('api').life.kind).toBe('preparing');
	core.submit({ kind: 'agent.exit', agent: core.id('api'), ...brief });
	expect(core.agent('api').life).toMatchObject({ kind: 'ended', exit: { code: 7 } });
});

const brief = {
	generation: 1,
	code: 7,
	signal: null,
	cause: 'exit' as const,
	survivors: [],
};

test('a name that was given away comes with another folder and branch', () => {
	const core = new Core();
	core.running('api');
	const first = core.id('api');
	core.submit({ kind: 'agent.rename', agent: first, name: 'web' });
	core.submit(newAgent('api'));
	expect(core.agent('web')).toMatchObject({ branch: 'weir/api', path: '/trees/api' });
	expect(core.agent('api')).toMatchObject({ branch: 'weir/api-2', path: '/trees/api-2' });
});
