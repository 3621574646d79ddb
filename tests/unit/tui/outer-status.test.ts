import { expect, test } from 'vitest';
import { fleetStatus } from '../../../src/domain/fleet-status.ts';
import type { StateWord } from '../../../src/domain/state-words.ts';
import type { Reflection } from '../../../src/tui/mirror.ts';
import { Notifier } from '../../../src/tui/terminal/notifier.ts';
import { statusSequence } from '../../../src/tui/terminal/outer-status.ts';
import { TerminalProbe } from '../../../src/tui/terminal/terminal-probe.ts';
import { Core } from '../../support/domain.ts';

function fleet(...states: readonly StateWord[]): Core {
	const core = new Core();
	for (const [at, state] of states.entries()) {
		const agent = core.running(`a${at}`);
		const report = { state, source: 'osc7501', inferred: false, why: null };
		core.submit({ kind: 'agent.observe', agent, generation: 1, ...report });
	}
	return core;
}

test('weir is blocked where any agent is, else works, is done or idle', () => {
	const of = (...states: readonly StateWord[]) => fleetStatus(fleet(...states).state);
	expect(of('working', 'asks')).toEqual({ state: 'blocked', kind: 'question' });
	expect(of('needs-approval', 'asks')).toEqual({ state: 'blocked', kind: 'permission' });
	expect(of('done', 'working')).toEqual({ state: 'working', kind: null });
	expect(of('idle', 'done')).toEqual({ state: 'done', kind: null });
	expect(of('unknown')).toEqual({ state: 'idle', kind: null });
	expect(of()).toEqual({ state: 'idle', kind: null });
});

test('only a terminal that answers is told, once for each change and anew after it was lent', () => {
	const core = fleet('working');
	const probe = new TerminalProbe(200, () => () => undefined);
	const sent: string[] = [];
	const mirror = {
		get now() {
			return { state: core.state, repository: null } as unknown as Reflection;
		},
	};
	const notifier = new Notifier({
		mirror,
		traits: () => probe.traits,
		environment: {},
		send: (control) => sent.push(control) > 0,
	});
	const told = () => sent.filter((control) => control.includes(']7501;'));
	notifier.reported();
	expect(told()).toEqual([]);
	probe.take({ kind: 'status' });
	notifier.reported();
	notifier.reported();
	expect(told()).toEqual([statusSequence({ state: 'working', kind: null })]);
	const report = { state: 'asks', source: 'hook', inferred: false, why: null } as const;
	core.submit({ kind: 'agent.observe', agent: core.id('a0'), generation: 1, ...report });
	notifier.reported();
	expect(told().at(-1)).toBe('\x1b]7501;state=blocked:app=weir:kind=question\x1b\\');
	notifier.retaken();
	expect(told()).toHaveLength(3);
});
