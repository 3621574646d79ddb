// Whatever moves a branch and whatever gates say of it: an alarm is raised once for a gate that turns red, it
// is over when that is green, and the journal alone knows all of it.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { alarmsIn, suspects } from '../../../../src/domain/alarm/alarms.ts';
import { evolve } from '../../../../src/domain/evolve.ts';
import type { VerdictWord } from '../../../../src/domain/gates/verdict.ts';
import type { LandingId } from '../../../../src/domain/ids.ts';
import { initialState } from '../../../../src/domain/state.ts';
import {
	alarmItems,
	asksBase,
	basesSay,
	lands,
	othersMove,
	takesBack,
} from '../../../support/alarm.ts';
import { Core } from '../../../support/domain.ts';

const word = fc.constantFrom<VerdictWord>('passed', 'failed', 'broken');
const deed = fc.oneof(
	fc.constant({ does: 'lands' } as const),
	fc.constant({ does: 'others' } as const),
	fc.constant({ does: 'undoes' } as const),
	fc.constant({ does: 'acknowledges' } as const),
	fc.record({
		does: fc.constant('says' as const),
		...{ test: word, lint: word, before: word, anew: fc.boolean() },
	}),
);

type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

/** Plays it, and looks after each step whether what it left is right. */
function play(deeds: readonly Deed[], look: (core: Core) => void): Core {
	const core = new Core();
	core.running('api');
	let commits = 0;
	const landings: LandingId[] = [];
	for (const one of deeds) {
		commits += 1;
		if (one.does === 'lands') landings.push(lands(core, 'api', `c${commits}`));
		else if (one.does === 'others') othersMove(core, `c${commits}`);
		else if (one.does === 'undoes') {
			const landing = landings.at(-1);
			const stands = landing && core.state.landings[landing]?.new;
			if (!landing || stands !== core.state.bases.main) continue;
			takesBack(core, landing);
			landings.pop();
		} else if (one.does === 'acknowledges') {
			const [alarm] = alarmsIn(core.state);
			if (alarm) core.submit({ kind: 'alarm.acknowledge', alarm: alarm.id });
		} else {
			asksBase(core, { anew: one.anew });
			if (Object.keys(core.state.effects).length === 0) continue;
			basesSay(core, { test: one.test, lint: one.lint }, one.before);
		}
		look(core);
	}
	return core;
}

const played = (deeds: readonly Deed[]) => play(deeds, () => undefined);

test('one alarm for a gate at most, and none for one that is green on the newest files', () => {
	fc.assert(
		fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
			play(deeds, (core) => {
				const { main } = core.state.baseGates;
				const alarms = alarmsIn(core.state);
				expect(new Set(alarms.map(({ gate }) => gate)).size).toBe(alarms.length);
				for (const { gate, causes, before } of alarms) {
					const known = main?.gates[gate];
					expect(known?.verdict?.word).not.toBe('passed');
					expect(known?.known?.word).toBe('failed');
					expect(causes.length).toBeGreaterThan(0);
					expect(before?.word).not.toBe('failed');
				}
				for (const alarm of alarms)
					for (const landing of suspects(core.state, alarm))
						expect(core.state.landings[landing]?.phase).toBe('landed');
				const open = alarms.filter(({ acknowledged }) => acknowledged === null);
				expect(alarmItems(core)).toHaveLength(open.length);
			});
		}),
	);
});

test('between two alarms of a gate it was green, or nobody asked for it', () => {
	fc.assert(
		fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
			for (const gate of ['test', 'lint']) {
				const told: string[] = [];
				for (const { kind, data } of played(deeds).events)
					if (kind === 'alarm.raised' || kind === 'alarm.cleared')
						if (data.gate === gate) told.push(kind);
				const turns = ['alarm.raised', 'alarm.cleared'] as const;
				expect(told).toEqual(told.map((_, at) => turns[at % 2]));
			}
		}),
	);
});

test('whoever reads the journal again comes to the same', () => {
	fc.assert(
		fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
			const { events, state } = played(deeds);
			expect(events.reduce(evolve, initialState)).toEqual(state);
		}),
	);
});
