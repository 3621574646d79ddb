import { expect, test } from 'vitest';
import { stepToTakeBack, undoRefused } from '../../../src/domain/undoing.ts';
import { Core, landed, mergeOf, newAgent } from '../../support/domain.ts';

test('a step that cannot be taken back says why, and names the way to the one before it', () => {
	const core = new Core();
	for (const name of ['api', 'docs']) {
		core.running(name);
		core.submit({ kind: 'agent.kill', agent: core.id(name) });
		core.settle('snapshot', { ok: true, value: { commit: 'beef', files: 0 } });
		core.exits(name, null, 'SIGHUP');
	}
	core.submit({ kind: 'agent.remove', agent: core.id('docs') });
	core.settle('snapshot', { ok: true, value: { commit: 'beef', files: 0 } });
	core.settle('remove', { ok: true, value: {} });
	const removal = core.state.undoable.at(-1);
	core.submit(newAgent('docs'));
	const no = core.submit({ kind: 'undo', landing: null, revert: false });
	if (!removal || !no) throw new Error('the removal was taken back');
	expect(undoRefused(core.state, removal, no)).toEqual({
		code: 'agent.exists',
		message:
			'the removal of docs cannot be taken back: another agent is called docs by now',
		allow: 'weir rename docs docs-2; weir respawn api takes back the kill of api',
	});
});

test('a landing that has not come to its end is the newest step, and waited for', () => {
	const core = new Core();
	core.running('api');
	core.submit({ kind: 'agent.kill', agent: core.id('api') });
	core.settle('snapshot', { ok: true, value: { commit: 'beef', files: 0 } });
	core.exits('api', null, 'SIGHUP');
	core.submit(mergeOf(core, 'api'));
	expect(core.submit({ kind: 'undo', landing: null, revert: false })).toMatchObject({
		code: 'undo.landing',
		message: 'api is landing at this moment',
	});
});

test('a revert without a name is about the newest landing, whatever was done since', () => {
	const core = new Core();
	core.running('api');
	expect(stepToTakeBack(core.state, { landing: null, revert: true })).toMatchObject({
		refusal: { code: 'undo.nothing' },
	});
	core.submit(mergeOf(core, 'api'));
	core.settle('merge', landed);
	const landing = core.agent('api').landed?.landing;
	core.submit({ kind: 'agent.kill', agent: core.id('api') });
	core.settle('snapshot', { ok: true, value: { commit: 'beef', files: 0 } });
	core.exits('api', null, 'SIGHUP');
	expect(stepToTakeBack(core.state, { landing: null, revert: true })).toEqual({
		ok: true,
		value: { kind: 'landing', landing },
	});
});
