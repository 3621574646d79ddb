import { expect, test } from 'vitest';
import { whyNotAfter } from '../../../src/domain/after-landing.ts';
import { defaultSettings } from '../../../src/domain/settings.ts';
import { Core, failed, landed, mergeOf } from '../../support/domain.ts';

function landing(after: 'keep' | 'reset' | 'remove' | null): Core {
	const core = new Core();
	core.running('api');
	core.submit({ ...mergeOf(core, 'api'), after });
	core.settle('merge', landed);
	return core;
}

test('a worktree is kept where nobody says otherwise', () => {
	const core = landing(null);
	expect(core.kinds().at(-1)).toBe('merge.landed');
});

test('the settings say what becomes of it, one landing may say otherwise', () => {
	const core = new Core();
	core.running('api');
	core.configure({ land: { ...defaultSettings.land, after: 'reset' } });
	core.submit(mergeOf(core, 'api'));
	core.settle('merge', landed);
	expect(core.pending('after').data).toMatchObject({ how: 'reset' });
	core.settle('after', { ok: true, value: { commit: 'beef' } });
	expect(core.agent('api').snapshot).toMatchObject({ commit: 'beef' });
	core.submit({ ...mergeOf(core, 'api'), after: 'keep' });
	core.settle('merge', landed);
	expect(core.kinds().at(-1)).toBe('merge.landed');
});

test('what is to be removed is ended and snapshotted first, as by hand', () => {
	const core = landing('remove');
	expect(core.submit({ kind: 'agent.remove', agent: core.id('api') })?.code).toBe(
		'agent.busy',
	);
	core.settle('after', { ok: true, value: { commit: null } });
	expect(core.pending('snapshot').data.next).toEqual({
		kind: 'stop',
		next: { kind: 'remove' },
	});
});

test('what may not go stays, and the landing stands', () => {
	const core = landing('remove');
	core.settle('after', failed('it has more'));
	expect(core.kinds().at(-1)).toBe('after.settled');
	expect(core.agent('api').life.kind).toBe('running');
	expect(core.agent('api').landed).not.toBeNull();
});

test('the next landing waits until the worktree has settled', () => {
	const core = landing('reset');
	expect(core.submit(mergeOf(core, 'api'))?.code).toBe('merge.under-way');
});

test('a conflict changes no worktree', () => {
	const core = new Core();
	core.running('api');
	core.submit({ ...mergeOf(core, 'api'), after: 'remove' });
	core.settle('merge', { ok: true, value: { kind: 'conflicted', files: ['a.ts'] } });
	expect(core.kinds().at(-1)).toBe('merge.conflicted');
});

test('nothing changes under a program that works, nor where nobody knows', () => {
	const core = landing('keep');
	const agent = core.agent('api');
	const code = (state: 'idle' | 'done' | 'working' | 'unknown' | 'asks') =>
		whyNotAfter(core.state, { ...agent, report: { ...agent.report, state } }, 'reset')
			?.code;
	expect([code('idle'), code('done')]).toEqual([undefined, undefined]);
	for (const state of ['working', 'unknown', 'asks'] as const)
		expect(code(state)).toBe('after.working');
	core.exits('api', 0);
	expect(whyNotAfter(core.state, core.agent('api'), 'remove')).toBeNull();
});

test('a branch of the user is not moved, a shell of theirs is not ended', () => {
	const core = landing('keep');
	core.exits('api', 0);
	const agent = core.agent('api');
	expect(whyNotAfter(core.state, { ...agent, adopted: true }, 'reset')?.code).toBe(
		'after.adopted',
	);
	core.submit({
		kind: 'shell.open',
		agent: agent.id,
		argv: ['bash'],
		columns: 80,
		rows: 24,
	});
	expect(whyNotAfter(core.state, agent, 'remove')?.code).toBe('after.shell');
	expect(whyNotAfter(core.state, agent, 'reset')).toBeNull();
});
