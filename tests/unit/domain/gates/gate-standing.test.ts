// What gates said belongs to one tree: what stands there now decides which of them have to say it again.
import { beforeEach, expect, test } from 'vitest';
import { gateOf } from '../../../../src/domain/gates/gate.ts';
import { cancelled, isCurrent } from '../../../../src/domain/gates/gate-standing.ts';
import type { Verdict } from '../../../../src/domain/gates/verdict.ts';
import { defaultSettings } from '../../../../src/domain/settings.ts';
import { gateJson } from '../../../../src/protocol/gates.ts';
import { Core, newAgent, started } from '../../../support/domain.ts';

let core: Core;
beforeEach(() => {
	core = new Core();
	load({
		lint: gateOf('lint'),
		test: gateOf('test'),
		all: gateOf({ run: 'all', when: 'done' }),
	});
	core.submit(newAgent('api'));
	core.settle('worktree', { ok: true, value: {} });
	core.settle('spawn', started(100));
});

function load(gates: typeof defaultSettings.gates, trusted = true): void {
	const settings = { ...defaultSettings, gates };
	core.submit({ kind: 'settings.load', hash: null, trusted, settings });
}

const settle = (tree: string) =>
	core.submit({ kind: 'tree.settle', agent: core.id('api'), tree });
const move = () => core.submit({ kind: 'tree.move', agent: core.id('api') });

/** The gates that were asked, with what they are to look at. */
function asked(): string[] {
	return Object.values(core.state.effects).flatMap((effect) =>
		effect.kind === 'gate' ? [`${effect.data.gate} of ${effect.data.tree}`] : [],
	);
}

function say(gate: string, word: Verdict['word']): void {
	const pending = Object.values(core.state.effects).find(
		(effect) => effect.kind === 'gate' && effect.data.gate === gate,
	);
	if (pending?.kind !== 'gate') throw new Error(`${gate} was not asked`);
	const value: Verdict = {
		...{ key: 'k', tree: pending.data.tree, word, exit: word === 'passed' ? 0 : 1 },
		...{ signal: null, why: null, failures: null, first: null, flaky: false },
		...{ took: 1000, at: '2026-11-22T00:00:00.000Z' },
	};
	core.submit({
		...{ kind: 'effect.settle', effectKind: 'gate', effect: pending.id },
		outcome: { ok: true, value },
	});
}

const word = (gate: string) => gateJson(core.agent('api'), gate, null).verdict;

test('gates that run when files settle are asked, each once for a tree', () => {
	settle('t1');
	expect(asked()).toEqual(['lint of t1', 'test of t1']);
	settle('t1');
	expect(asked()).toHaveLength(2);
	expect(word('lint')).toBe('waiting');
	expect(word('all')).toBe('none');
});

test('nothing runs before the settings that name it are trusted', () => {
	load({ lint: gateOf('rm -rf /') }, false);
	settle('t1');
	expect(asked()).toEqual([]);
	const agent = core.id('api');
	const run = {
		kind: 'gate.run',
		agent,
		gates: null,
		why: 'demand',
		anew: false,
	} as const;
	expect(core.submit(run)).toMatchObject({ code: 'trust.needed' });
});

test('a verdict is stale from the first write on, and holds again for the same tree', () => {
	settle('t1');
	say('lint', 'passed');
	expect(word('lint')).toBe('passed');
	move();
	expect(word('lint')).toBe('stale');
	settle('t1');
	expect(word('lint')).toBe('passed');
	expect(asked()).toEqual(['test of t1']);
	move();
	settle('t2');
	expect(word('lint')).toBe('waiting');
	expect(asked()).toContain('lint of t2');
});

test('what was said of an earlier tree while another stands there is never current', () => {
	settle('t1');
	move();
	say('lint', 'passed');
	const { lint } = core.agent('api').gates;
	expect(lint && isCurrent(core.agent('api'), lint)).toBe(false);
	expect(word('lint')).toBe('stale');
});

test('a run that was called off says nothing, and the gate is asked for the next tree', () => {
	settle('t1');
	const pending = core.pending('gate');
	core.submit({
		...{ kind: 'effect.settle', effectKind: 'gate', effect: pending.id },
		outcome: { ok: false, refusal: { code: cancelled, message: 'called off' } },
	});
	expect(gateJson(core.agent('api'), pending.data.gate, null)).toMatchObject({
		...{ verdict: 'none', why: null },
	});
});

test('a red one is set beside the merge base, and a green one is not', () => {
	settle('t1');
	say('lint', 'passed');
	expect(Object.values(core.state.effects).some(({ kind }) => kind === 'compare')).toBe(
		false,
	);
	say('test', 'failed');
	const value = { base: 'b', fresh: 2, known: 7, word: 'failed' } as const;
	core.settle('compare', { ok: true, value });
	expect(gateJson(core.agent('api'), 'test', null)).toMatchObject({
		...{ verdict: 'failed', new: 2, known: 7 },
	});
});

test('what a gate said before it became another one does not count', () => {
	settle('t1');
	say('lint', 'passed');
	say('test', 'passed');
	load({ lint: gateOf('lint --strict'), test: gateOf({ run: 'test', weight: 2 }) });
	expect(word('lint')).toBe('none');
	// Its weight says nothing of the tree.
	expect(word('test')).toBe('passed');
});

test('on demand all run, those too that wait for a landing, and again where that is asked for', () => {
	settle('t1');
	say('lint', 'passed');
	say('test', 'passed');
	const agent = core.id('api');
	const demand = { kind: 'gate.run', agent, gates: null, why: 'demand' } as const;
	core.submit({ ...demand, anew: false });
	expect(asked()).toEqual(['all of t1']);
	core.submit({ ...demand, gates: ['lint'], anew: true });
	expect(asked()).toEqual(['all of t1', 'lint of t1']);
	expect(core.submit({ ...demand, gates: ['tests'], anew: false })).toMatchObject({
		code: 'gate.unknown',
	});
});
