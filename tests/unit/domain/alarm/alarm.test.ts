// Alarms: given these moves of a branch and what gates say of it, what is told, and when it is over.
import { describe, expect, test } from 'vitest';
import { alarmsIn } from '../../../../src/domain/alarm/alarms.ts';
import {
	alarmItems,
	asksBase,
	basesSay,
	lands,
	onlyAlarm,
	othersMove,
	takesBack,
} from '../../../support/alarm.ts';
import { Core } from '../../../support/domain.ts';

/** `api` has landed on a main that was green. */
function afterLanding(): Core {
	const core = new Core();
	for (const name of ['api', 'docs']) core.running(name);
	lands(core, 'api', 'one');
	asksBase(core);
	return core;
}

const raised = (core: Core) => core.kinds().filter((kind) => kind === 'alarm.raised');

describe('a gate that turns red', () => {
	test('raises one item before all others, which names the landing', () => {
		const core = afterLanding();
		core.exits('docs', 3);
		basesSay(core, { test: 'failed', lint: 'passed' }, 'passed');
		const [item, ...more] = alarmItems(core);
		expect(more).toEqual([]);
		const landing = Object.keys(core.state.landings)[0];
		expect(item).toMatchObject({
			...{ tier: 1, agent: null, branch: 'main', answerable: true, snoozed: null },
			text: `test is red on main since api landed (${landing})`,
			choices: [{ key: landing }, { key: 'ack' }],
		});
		expect(item?.detail).toBe(
			'src/a.ts:3 adds: expected 2\napi: work\ntest was green on c0ffee',
		);
	});

	test('is asked of where main was only as long as nobody knows it', () => {
		const core = afterLanding();
		expect(core.pending('base-gates').data.before).toBe('c0ffee');
		basesSay(core, { test: 'passed' });
		lands(core, 'docs', 'two');
		asksBase(core);
		expect(core.pending('base-gates').data.before).toBe('one');
		basesSay(core, { test: 'failed' });
		expect(onlyAlarm(core)).toMatchObject({
			before: { commit: 'one', word: 'passed' },
			causes: [{ by: 'landing', name: 'docs' }],
		});
	});

	test('is no news where it was red before', () => {
		const core = afterLanding();
		basesSay(core, { test: 'failed' }, 'failed');
		expect(alarmItems(core)).toEqual([]);
		lands(core, 'docs', 'two');
		asksBase(core);
		basesSay(core, { test: 'failed' });
		expect(alarmItems(core)).toEqual([]);
	});

	test('is told once, however often main moves on red', () => {
		const core = afterLanding();
		basesSay(core, { test: 'failed' }, 'passed');
		const { id } = onlyAlarm(core);
		lands(core, 'docs', 'two');
		asksBase(core);
		basesSay(core, { test: 'failed' });
		expect(onlyAlarm(core)).toMatchObject({ id, causes: [{ name: 'api' }] });
		expect(raised(core)).toHaveLength(1);
	});

	test('has all landings since it was green as suspects, and says that it guesses', () => {
		const core = afterLanding();
		lands(core, 'docs', 'two');
		othersMove(core, 'three');
		asksBase(core);
		core.settle('base-gates', {
			...{ ok: false, refusal: { code: 'gate.cancelled', message: 'moved on' } },
		});
		basesSay(core, { test: 'failed' }, 'passed');
		const [item] = alarmItems(core);
		expect(item?.text).toBe('test is red on main since one of 3 moves');
		expect(item?.detail).toContain('one of these, which one is a guess:');
		expect(item?.detail).toMatch(/moved by others from two to three\n.*docs.*\n.*api/);
		expect(item?.choices.map(({ label }) => label)).toEqual([
			'take back the landing of docs',
			'take back the landing of api',
			'acknowledge it: told no longer',
		]);
	});

	test('by the hand of somebody else offers no undo', () => {
		const core = afterLanding();
		basesSay(core, { test: 'passed' });
		othersMove(core, 'two');
		asksBase(core);
		basesSay(core, { test: 'failed' });
		const [item] = alarmItems(core);
		expect(item?.text).toBe('test is red on main since others moved it');
		expect(item?.choices.map(({ key }) => key)).toEqual(['ack']);
	});

	test('says so where what it was before cannot be told', () => {
		const core = afterLanding();
		basesSay(core, { test: 'failed' }, 'broken');
		expect(alarmItems(core)[0]?.detail).toContain('before that is not known');
	});

	test('where nothing has moved is a flake and no alarm', () => {
		const core = afterLanding();
		basesSay(core, { test: 'passed' });
		asksBase(core, { anew: true });
		basesSay(core, { test: 'failed' });
		expect(alarmItems(core)).toEqual([]);
	});
});

describe('an alarm is over', () => {
	test('once the landing is taken back and the gate is green there', () => {
		const core = afterLanding();
		basesSay(core, { test: 'failed' }, 'passed');
		const [cause] = onlyAlarm(core).causes;
		takesBack(core, cause?.by === 'landing' ? cause.landing : ('' as never));
		expect(alarmItems(core)).toHaveLength(1);
		asksBase(core);
		basesSay(core, { test: 'passed' });
		expect(alarmsIn(core.state)).toEqual([]);
		expect(core.events.at(-1)).toMatchObject({
			kind: 'alarm.cleared',
			data: { why: 'green' },
		});
	});

	test('once it is run again and green: then it was a flake', () => {
		const core = afterLanding();
		basesSay(core, { test: 'failed' }, 'passed');
		asksBase(core);
		expect(core.state.effects).toEqual({});
		asksBase(core, { anew: true });
		basesSay(core, { test: 'passed' });
		expect(alarmsIn(core.state)).toEqual([]);
	});

	test('once landings do not ask for the gate any more', () => {
		const core = afterLanding();
		basesSay(core, { test: 'failed', lint: 'passed' }, 'passed');
		asksBase(core, { by: 'another set' });
		basesSay(core, { lint: 'passed' });
		expect(core.events.at(-1)).toMatchObject({ data: { why: 'dropped' } });
		expect(alarmsIn(core.state)).toEqual([]);
	});

	test('for whoever acknowledges it, which is kept with who it was', () => {
		const core = afterLanding();
		basesSay(core, { test: 'failed' }, 'passed');
		const { id: alarm } = onlyAlarm(core);
		core.submit({ kind: 'alarm.acknowledge', alarm });
		expect(alarmItems(core)).toEqual([]);
		expect(onlyAlarm(core).acknowledged).toMatchObject({ actor: 'human' });
		expect(core.submit({ kind: 'alarm.acknowledge', alarm })).toBeNull();
		lands(core, 'docs', 'two');
		asksBase(core);
		basesSay(core, { test: 'failed', lint: 'failed' }, 'passed');
		// The other gate is another alarm.
		expect(alarmItems(core).map(({ text }) => text.split(' ')[0])).toEqual(['lint']);
		lands(core, 'api', 'three');
		asksBase(core);
		basesSay(core, { test: 'passed', lint: 'passed' });
		lands(core, 'docs', 'four');
		asksBase(core);
		basesSay(core, { test: 'failed', lint: 'passed' });
		expect(alarmItems(core)[0]?.text).toContain('test is red on main since docs landed');
	});

	test('but cannot be put off', () => {
		const core = afterLanding();
		basesSay(core, { test: 'failed' }, 'passed');
		const item = onlyAlarm(core).id;
		const until = new Date(core.now + 60_000).toISOString();
		const no = core.submit({ kind: 'inbox.snooze', item, until });
		expect(no).toMatchObject({ code: 'item.alarm' });
		expect(alarmItems(core)).toHaveLength(1);
	});

	test('and not by a gate that says nothing', () => {
		const core = afterLanding();
		basesSay(core, { test: 'failed' }, 'passed');
		lands(core, 'docs', 'two');
		asksBase(core);
		basesSay(core, { test: 'broken' });
		expect(alarmItems(core)).toHaveLength(1);
		expect(raised(core)).toHaveLength(1);
	});
});

describe('gates are asked', () => {
	test('once of a commit, and not of one that main has left', () => {
		const core = afterLanding();
		asksBase(core);
		expect(core.kinds().filter((kind) => kind === 'base-gates.asked')).toHaveLength(1);
		basesSay(core, { test: 'passed' });
		asksBase(core);
		asksBase(core, { by: 'another set' });
		expect(core.state.effects).toEqual({});
		const command = { kind: 'base-gates.run', branch: 'main', by: 'set' } as const;
		core.submit({ ...command, commit: 'c0ffee', anew: true });
		expect(core.state.effects).toEqual({});
	});

	test('and what they say of a commit that main has left counts for nothing', () => {
		const core = afterLanding();
		lands(core, 'docs', 'two');
		basesSay(core, { test: 'failed' }, 'passed');
		expect(alarmItems(core)).toEqual([]);
		expect(core.state.baseGates.main?.judged).toBeNull();
		asksBase(core);
		basesSay(core, { test: 'failed' }, 'passed');
		expect(onlyAlarm(core).causes).toHaveLength(2);
	});

	test('and one that says nothing of main is no alarm', () => {
		const core = afterLanding();
		basesSay(core, { test: 'broken' }, 'passed');
		expect(alarmItems(core)).toEqual([]);
		lands(core, 'docs', 'two');
		asksBase(core);
		basesSay(core, { test: 'failed' }, 'passed');
		expect(alarmItems(core)).toHaveLength(1);
	});
});
