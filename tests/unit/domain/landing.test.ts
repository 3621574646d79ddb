import { expect, test } from 'vitest';
import { type LandingId, landingId } from '../../../src/domain/ids.ts';
import type { Undoable } from '../../../src/domain/state.ts';
import { whatToUndo } from '../../../src/domain/undoing.ts';
import { Core, failed, landed, mergeOf } from '../../support/domain.ts';

test('a landing is asked for, lands, and is what the next one builds on', () => {
	const core = new Core();
	core.running('api');
	expect(core.submit(mergeOf(core, 'api'))).toBeNull();
	expect(core.pending('merge').data).toMatchObject({ strategy: 'squash' });
	core.settle('merge', landed);
	expect(core.kinds().slice(-2)).toEqual(['merge.settled', 'merge.landed']);
	expect(core.agent('api').landed).toMatchObject({ candidate: 'dddd', commit: 'bbbb' });
});

test('with a landing taken back the agent stands on the one before it', () => {
	const core = new Core();
	core.running('api');
	core.submit(mergeOf(core, 'api'));
	core.settle('merge', landed);
	const first = core.agent('api').landed;
	core.submit(mergeOf(core, 'api'));
	const { value } = landed;
	core.settle('merge', { ok: true, value: { ...value, old: 'bbbb', new: 'eeee' } });
	expect(core.agent('api').landed).toMatchObject({ commit: 'eeee' });
	core.submit({ kind: 'undo', landing: null, revert: false });
	core.settle('undo', {
		ok: true,
		value: { how: 'moved-back', old: 'eeee', new: 'bbbb' },
	});
	expect(core.agent('api').landed).toEqual(first);
});

test('nothing lands with an empty message', () => {
	const core = new Core();
	core.running('api');
	const blank = { ...mergeOf(core, 'api'), message: ' \n' };
	expect(core.submit(blank)).toMatchObject({ code: 'merge.no-message' });
	expect(core.kinds()).not.toContain('merge.asked');
});

test('an agent is merged once at a time', () => {
	const core = new Core();
	core.running('api');
	core.submit(mergeOf(core, 'api'));
	expect(core.submit(mergeOf(core, 'api'))?.code).toBe('merge.under-way');
});

test('an undo takes the last landing back and frees the next merge of its history', () => {
	const core = new Core();
	core.running('api');
	core.submit(mergeOf(core, 'api'));
	core.settle('merge', landed);
	core.submit({ kind: 'undo', landing: null, revert: false });
	core.settle('undo', {
		ok: true,
		value: { how: 'moved-back', old: 'bbbb', new: 'aaaa' },
	});
	expect(core.events.at(-1)).toMatchObject({
		kind: 'merge.undone',
		data: { branch: 'main', how: 'moved-back' },
	});
	expect(core.agent('api').landed).toBeNull();
	expect(core.submit({ kind: 'undo', landing: null, revert: false })?.code).toBe(
		'undo.nothing',
	);
});

test('an undo that is refused can be asked for again', () => {
	const core = new Core();
	core.running('api');
	core.submit(mergeOf(core, 'api'));
	core.settle('merge', landed);
	core.submit({ kind: 'undo', landing: null, revert: false });
	core.settle('undo', failed('somebody built on it'));
	expect(core.submit({ kind: 'undo', landing: null, revert: true })).toBeNull();
	expect(core.pending('undo').data.revert).toBe(true);
});

test('a conflict names its files and a hand-off tells the agent', () => {
	const core = new Core();
	core.running('api');
	core.submit(mergeOf(core, 'api'));
	core.settle('merge', { ok: true, value: { kind: 'conflicted', files: ['a.ts'] } });
	expect(core.events.at(-1)).toMatchObject({
		kind: 'merge.conflicted',
		data: { files: ['a.ts'] },
	});
	core.submit({ kind: 'merge.hand-off', agent: core.id('api'), branch: 'main' });
	core.settle('sync', { ok: true, value: { files: ['a.ts'] } });
	expect(core.pending('prompt').data.text).toContain('conflicts in a.ts');
});

test('an unknown landing cannot be taken back', () => {
	const core = new Core();
	const refusal = core.submit({ kind: 'undo', landing: landingId(99), revert: false });
	expect(refusal?.code).toBe('undo.unknown');
});

test('a newest step that cannot be taken back is said so once, then the one before it counts', () => {
	const core = new Core();
	const agent = core.running('api');
	core.submit({ kind: 'agent.kill', agent });
	core.settle('snapshot', { ok: true, value: { commit: 'beef', files: 3 } });
	core.exits('api', null, 'SIGHUP');
	for (const [old, now] of [
		['aaaa', 'bbbb'],
		['bbbb', 'cccc'],
	] as const) {
		core.submit(mergeOf(core, 'api'));
		core.settle('merge', { ok: true, value: { ...landed.value, old, new: now } });
	}
	const [first, second] = core.state.undoable.slice(-2);
	const refusedWith = (code: string, landing: LandingId | null = null) => {
		core.submit({ kind: 'undo', landing, revert: false });
		core.settle('undo', { ok: false, refusal: { code, message: 'no' } });
		return core.state.undoable.at(-1);
	};
	expect(refusedWith('checkout.dirty')).toEqual(second);
	expect(refusedWith('undo.built-on', landingOf(first))).toEqual(second);
	expect(refusedWith('undo.built-on')).toEqual(first);
	expect(refusedWith('undo.pushed')).toEqual({ kind: 'kill', agent });
	expect(whatToUndo(core.state)).toBe('kill of api');
	expect(refusedWith('undo.built-on', landingOf(second))).toEqual({
		kind: 'kill',
		agent,
	});
});

function landingOf(step: Undoable | undefined): LandingId {
	if (step?.kind !== 'landing') throw new Error('the step is no landing');
	return step.landing;
}
