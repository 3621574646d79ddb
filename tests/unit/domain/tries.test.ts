import { expect, test } from 'vitest';
import { machineLost } from '../../../src/domain/agent.ts';
import type { AgentKind } from '../../../src/domain/agent-kinds.ts';
import type { CommandOf } from '../../../src/domain/command.ts';
import { lostAgents } from '../../../src/tui/chrome/lost-agents.ts';
import { Core, done, newAgent, started } from '../../support/domain.ts';

const snapshotted = { ok: true as const, value: { commit: 'beef', files: 3 } };

/** One that can go on, unless it is said otherwise. */
function cli(more: Partial<AgentKind> = {}): AgentKind {
	return {
		command: ['cli'],
		stop: [],
		restart: 'never',
		prompt: 'argument',
		like: null,
		resume: ['cli', '--continue'],
		rules: null,
		...more,
	};
}

/** An agent of such a kind that runs at its task. */
function atWork(kind: AgentKind, prompt: string | null = 'mend the login'): Core {
	const core = new Core();
	core.configure({ agents: { cli: kind } });
	core.submit(newAgent('api', { agentKind: 'cli', argv: null, prompt }));
	core.settle('worktree', done);
	starts(core, 'first');
	return core;
}

function starts(core: Core, conversation: string): void {
	core.settle('spawn', { ok: true, value: { ...started(9).value, conversation } });
}

type Mode = NonNullable<CommandOf<'agent.respawn'>['mode']>;

function respawns(core: Core, mode: Mode = 'auto', note: string | null = null) {
	return core.submit({ kind: 'agent.respawn', agent: core.id('api'), mode, note });
}

function looks(core: Core, state: 'stuck' | 'working', why: string): void {
	core.submit({
		kind: 'agent.observe',
		agent: core.id('api'),
		generation: core.agent('api').generation,
		...{ state, source: 'output', inferred: true, why },
	});
}

const startOf = (core: Core) => core.pending('spawn').data;

test('what crashed, was lost or was killed goes on with its conversation', () => {
	const ends: ((core: Core) => void)[] = [
		(core) => core.exits('api', 1),
		(core) => core.loses('api'),
		(core) => {
			core.submit({ kind: 'agent.kill', agent: core.id('api') });
			core.settle('snapshot', snapshotted);
			core.exits('api', null, 'SIGHUP');
		},
	];
	for (const end of ends) {
		const core = atWork(cli());
		end(core);
		expect(respawns(core)).toBeNull();
		expect(startOf(core)).toMatchObject({ resume: 'first' });
		expect(startOf(core).note).toBeUndefined();
		expect(core.agent('api').tries).toBe(2);
	}
});

test('a kill that is taken back goes on with its conversation', () => {
	const core = atWork(cli());
	core.submit({ kind: 'agent.kill', agent: core.id('api') });
	core.settle('snapshot', snapshotted);
	core.exits('api', null, 'SIGHUP');
	core.submit({ kind: 'undo', landing: null, revert: false });
	expect(startOf(core)).toMatchObject({ resume: 'first' });
});

test('what is stuck begins anew, and is told of the try before', () => {
	const core = atWork(cli());
	looks(core, 'stuck', 'no output for 12 minutes');
	respawns(core);
	core.settle('snapshot', snapshotted);
	core.exits('api', null, 'SIGHUP');
	expect(startOf(core).resume).toBeUndefined();
	expect(startOf(core).note).toContain(
		'try 1 at this task did not finish (stuck: no output for 12 minutes)',
	);
});

test('what is stuck at a task that only its conversation knows goes on with it', () => {
	const core = atWork(cli(), null);
	looks(core, 'stuck', 'no output for 12 minutes');
	respawns(core);
	core.settle('snapshot', snapshotted);
	core.exits('api', null, 'SIGHUP');
	expect(startOf(core)).toMatchObject({ resume: 'first' });
});

test('who wants the other way gets it, and back again', () => {
	const core = atWork(cli());
	core.exits('api', 1);
	respawns(core, 'other');
	expect(startOf(core).resume).toBeUndefined();
	expect(startOf(core).note).toContain('its program ended with exit code 1');
	starts(core, 'second');
	expect(core.agent('api')).toMatchObject({ conversation: 'second', former: 'first' });
	core.exits('api', 1);
	respawns(core, 'other');
	expect(startOf(core)).toMatchObject({ resume: 'first' });
	starts(core, 'first');
	expect(core.agent('api')).toMatchObject({ conversation: 'first', former: null });
	expect(core.agent('api').tries).toBe(3);
});

test('a note of the human stands in for that of the machine, and reaches who goes on as well', () => {
	const core = atWork(cli());
	core.exits('api', 1);
	respawns(core, 'fresh', 'leave the tests');
	expect(startOf(core).note).toBe('leave the tests');
	starts(core, 'second');
	core.exits('api', 1);
	respawns(core, 'resume', 'go on');
	expect(startOf(core)).toMatchObject({ resume: 'second', note: 'go on' });
});

test('without a conversation there is nothing to go on with', () => {
	const core = new Core();
	core.running('api');
	core.exits('api', 1);
	expect(respawns(core, 'resume')).toMatchObject({
		code: 'resume.nothing',
		allow: 'weir respawn api --fresh',
	});
	expect(respawns(core, 'former')?.code).toBe('resume.nothing');
	expect(respawns(core)).toBeNull();
	expect(startOf(core).resume).toBeUndefined();
});

test('a conversation that is not found is not tried for ever', () => {
	const core = atWork(cli());
	core.exits('api', 1);
	respawns(core);
	starts(core, 'first');
	core.exits('api', 1);
	expect(core.agent('api')).toMatchObject({ conversation: null, former: 'first' });
	respawns(core);
	expect(startOf(core).resume).toBeUndefined();
});

test('one that goes on for a while and crashes goes on again', () => {
	const core = atWork(cli());
	core.exits('api', 1);
	respawns(core);
	starts(core, 'first');
	core.now += 60_000;
	core.exits('api', 1);
	respawns(core);
	expect(startOf(core)).toMatchObject({ resume: 'first' });
});

test('what starts again by itself after a crash goes on as well', () => {
	const core = atWork(cli({ restart: 'on-failure' }));
	core.exits('api', 1);
	expect(core.agent('api').life.kind).toBe('backing-off');
	core.submit({ kind: 'agent.retry', agent: core.id('api') });
	expect(startOf(core)).toMatchObject({ resume: 'first' });
});

test('a program that is typed to hears its task and the note as one line', () => {
	const core = atWork(cli({ prompt: 'line', resume: null }));
	expect(core.pending('prompt').data.text).toBe('mend the login');
	core.settle('prompt', done);
	core.exits('api', 1);
	respawns(core, 'fresh');
	core.settle('spawn', started(10));
	const { text } = core.pending('prompt').data;
	expect(text).toMatch(/^mend the login \(A note by weir, .*git diff/);
	expect(text).not.toContain('\n');
});

test('a program that is typed to and goes on is not told its task again', () => {
	const core = atWork(cli({ prompt: 'line' }));
	core.settle('prompt', done);
	core.exits('api', 1);
	respawns(core);
	starts(core, 'first');
	expect(Object.values(core.state.effects)).toEqual([]);
});

test('after the machine went down both what ran and what was to start are lost', () => {
	const core = new Core();
	core.running('ran');
	core.loses('ran');
	core.submit(newAgent('due'));
	core.settle('worktree', done);
	core.settle('spawn', {
		ok: false,
		refusal: { code: machineLost, message: 'the machine went down before' },
	});
	expect(lostAgents(core.state)).toMatchObject({
		text: '2 agents were lost with their holder or machine: ran, due',
		allow: expect.stringContaining('{agents.resume} resumes them all'),
	});
});
