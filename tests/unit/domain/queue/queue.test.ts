// Who waits to land, in which order, and how each stands.
import { describe, expect, test } from 'vitest';
import { queueOf, readyIn } from '../../../../src/domain/queue/queue.ts';
import { Core, landed, mergeOf } from '../../../support/domain.ts';
import { gateSays, loadGates, treeSettles } from '../../../support/gates.ts';
import {
	commits,
	committing,
	predictionOf,
	saysItIs,
	sightOf,
	sightsOf,
	standings,
} from '../../../support/queue.ts';

const three = { api: 'api1', jobs: 'jobs1', docs: 'docs1' };

function coreOf(...names: string[]): Core {
	const core = new Core();
	committing(core, ...names);
	return core;
}

describe('the queue', () => {
	test('holds what is ahead of its base, by when the last commit came', () => {
		const core = coreOf('api', 'jobs', 'docs', 'none');
		const seen = {
			...sightsOf(core, three),
			[core.id('none')]: sightOf('n', { ahead: 0 }),
		};
		expect(standings(core, seen)).toEqual([
			'1 api ready',
			'2 jobs ready',
			'3 docs ready',
		]);
		commits(core, 'api', 'api2');
		expect(standings(core, sightsOf(core, { ...three, api: 'api2' }))).toEqual([
			'1 jobs ready',
			'2 docs ready',
			'3 api ready',
		]);
	});

	test('knows nothing before somebody has looked, and nobody who started from a commit', () => {
		const core = coreOf('api');
		core.running('loose', { base: { branch: 'c0ffee', commit: 'c0ffee' } });
		expect(queueOf(core.state, {})).toEqual([]);
		expect(standings(core, { [core.id('loose')]: sightOf('l') })).toEqual([]);
	});

	test('is as the human has put it, and newcomers stand behind', () => {
		const core = coreOf('api', 'jobs', 'docs');
		const among = ['api', 'jobs'].map((name) => core.id(name));
		core.submit({
			...{ kind: 'queue.move', agent: core.id('jobs'), among },
			place: { kind: 'first' },
		});
		expect(core.events.at(-1)).toMatchObject({ kind: 'queue.moved', actor: 'human' });
		const seen = sightsOf(core, three);
		expect(standings(core, seen)).toEqual([
			'1 jobs ready',
			'2 api ready',
			'3 docs ready',
		]);
		// What has landed has no place any more: its next work waits like any other.
		core.submit(mergeOf(core, 'jobs'));
		core.settle('merge', landed);
		commits(core, 'jobs', 'jobs1');
		expect(standings(core, sightsOf(core, three))).toEqual([
			'1 api ready',
			'2 docs ready',
			'3 jobs ready',
		]);
	});

	test('refuses a move of what does not wait, and beside what does not wait', () => {
		const core = coreOf('api', 'jobs');
		const move = (among: string[], other: string) =>
			core.submit({
				...{ kind: 'queue.move', agent: core.id('api') },
				...{ among: among.map((name) => core.id(name)) },
				place: { kind: 'before', other: core.id(other) },
			});
		expect(move(['jobs'], 'jobs')).toMatchObject({ code: 'queue.absent' });
		expect(move(['api'], 'jobs')?.message).toContain('jobs');
		const before = core.events.length;
		expect(move(['api', 'jobs'], 'jobs')).toBeNull();
		expect(move(['api', 'jobs'], 'api')).toBeNull();
		expect(core.events.length).toBe(before);
	});
});

describe('what is held', () => {
	test('does not land before it is released, and says by whom and why', () => {
		const core = coreOf('api');
		const hold = { kind: 'queue.hold' as const, agent: core.id('api'), why: 'release' };
		expect(core.submit(hold)).toBeNull();
		expect(core.submit(hold)).toBeNull();
		expect(core.kinds().filter((kind) => kind === 'queue.held')).toHaveLength(1);
		expect(core.agent('api').held).toMatchObject({ actor: 'human', why: 'release' });
		expect(standings(core, sightsOf(core, { api: 'api1' }))).toEqual(['1 api held']);
		expect(core.submit(mergeOf(core, 'api'))).toEqual({
			code: 'merge.held',
			message: 'api is held back from landing: release',
			allow: 'weir queue release api',
		});
		const release = { kind: 'queue.release' as const, agent: core.id('api') };
		expect(core.submit(release)).toBeNull();
		expect(core.submit(release)?.code).toBe('queue.not-held');
		expect(core.submit(mergeOf(core, 'api'))).toBeNull();
	});

	test('is not what lands already', () => {
		const core = coreOf('api');
		core.submit(mergeOf(core, 'api'));
		expect(standings(core, {})).toEqual(['1 api landing']);
		const hold = { kind: 'queue.hold' as const, agent: core.id('api'), why: null };
		expect(core.submit(hold)?.code).toBe('queue.landing');
	});
});

describe('a predicted conflict', () => {
	test('keeps back the later of two, as long as the earlier one lands first', () => {
		const core = coreOf('api', 'jobs', 'docs');
		const seen = sightsOf(core, three, ['api', 'jobs'], ['jobs', 'docs']);
		// Since jobs does not land, nothing is in the way of docs.
		expect(standings(core, seen)).toEqual([
			'1 api ready',
			'2 jobs clash',
			'3 docs ready',
		]);
		const [, jobs] = queueOf(core.state, seen);
		expect(jobs?.standing.why).toBe('conflicts with api, which lands first, in 1 file');
		expect(jobs?.clashes.map(({ name, position }) => [name, position])).toEqual([
			['api', 1],
			['docs', 3],
		]);
		expect(readyIn(queueOf(core.state, seen)).map(({ agent }) => agent.name)).toEqual([
			'api',
			'docs',
		]);
		expect(jobs?.behind?.name).toBe('api');
		saysItIs(core, 'api', 'working');
		expect(standings(core, seen)).toEqual([
			'1 api waits',
			'2 jobs ready',
			'3 docs clash',
		]);
		// What does not land is in nobody's way.
		const behind = queueOf(core.state, seen).map((entry) => entry.behind?.name ?? null);
		expect(behind).toEqual([null, null, 'jobs']);
	});

	test('counts for the commits that it was said of, and for no other', () => {
		const core = coreOf('api', 'jobs');
		const seen = sightsOf(core, { api: 'api1', jobs: 'jobs1' }, ['api', 'jobs']);
		const [id, before] = [core.id('api'), seen[core.id('api')]];
		const [api, jobs] = queueOf(core.state, {
			...seen,
			[id]: { ...before, head: 'api2' },
		} as never);
		expect([api?.clashes, jobs?.clashes]).toEqual([[], []]);
		expect([api?.predicting, jobs?.predicting]).toEqual([true, false]);
	});

	test('with the base stands before what gates say, and what the scope forbids before that', () => {
		const core = coreOf('api');
		const withBase = { files: ['a.txt'], count: 2 };
		const predicted = predictionOf('api1', { withBase });
		const id = core.id('api');
		const [entry] = queueOf(core.state, { [id]: sightOf('api1', { predicted }) });
		expect(entry?.standing).toEqual({
			word: 'conflict',
			why: 'conflicts with main in 2 files',
		});
		expect([entry?.conflicts, entry?.conflicting]).toEqual([['a.txt'], 2]);
		const outside = { count: 1, words: 'docs/a.md is outside its scope' };
		const seen = { [id]: sightOf('api1', { predicted, outside }) };
		expect(standings(core, seen)).toEqual(['1 api outside']);
	});
});

describe('once something has landed', () => {
	test('nothing that was said of the base before counts, nor is what landed listed on', () => {
		const core = coreOf('api', 'jobs');
		const seen = sightsOf(core, { api: 'dddd', jobs: 'jobs1' });
		core.submit(mergeOf(core, 'api'));
		core.settle('merge', landed);
		const [jobs, ...others] = queueOf(core.state, seen);
		expect(others).toEqual([]);
		expect(jobs?.standing).toEqual({ word: 'waits', why: 'it is being looked at' });
		expect(standings(core, sightsOf(core, { jobs: 'jobs1' }))).toEqual(['1 jobs ready']);
		// It has committed more since.
		const more = sightsOf(core, { api: 'api2', jobs: 'jobs1' });
		expect(standings(core, more)).toEqual(['1 api ready', '2 jobs ready']);
	});

	test('on another branch, it waits for its base all the same', () => {
		const core = coreOf('api');
		core.submit({ ...mergeOf(core, 'api'), branch: 'integration' });
		core.settle('merge', landed);
		expect(standings(core, sightsOf(core, { api: 'dddd' }))).toEqual(['1 api ready']);
	});
});

describe('gates', () => {
	test('that run keep it waiting, red ones name themselves, and those for demand alone do not count', () => {
		const core = coreOf('api');
		loadGates(core, ['lint', 'test']);
		const seen = sightsOf(core, { api: 'api1' });
		treeSettles(core, 'api', 't1');
		const standing = () => queueOf(core.state, seen)[0]?.standing;
		expect(standing()).toEqual({ word: 'waits', why: 'lint runs' });
		gateSays(core, 'api', 'lint', { word: 'passed' });
		gateSays(core, 'api', 'test', { word: 'failed', failures: 2 });
		expect(standing()).toEqual({ word: 'red', why: 'test is red, 2 failures' });
		// Said of what stood there before, it is not said of what stands there now.
		core.submit({ kind: 'tree.move', agent: core.id('api') });
		expect(standing()).toEqual({
			word: 'waits',
			why: 'lint has not seen what stands there now',
		});
	});
});
