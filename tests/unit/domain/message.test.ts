import { describe, expect, test } from 'vitest';
import { deliverable, receiptOf } from '../../../src/domain/message.ts';
import type { StateWord } from '../../../src/domain/state-words.ts';
import { Core, done, failed } from '../../support/domain.ts';

function reports(core: Core, name: string, state: StateWord): void {
	const { id, generation } = core.agent(name);
	core.submit({
		...{ kind: 'agent.observe', agent: id, generation, state },
		...{ source: 'osc7501', inferred: false, why: null },
	});
}

function sent(core: Core, names: readonly string[], text = 'pull the base'): void {
	const agents = names.map((name) => core.id(name));
	expect(core.submit({ kind: 'message.send', agents, text })).toBeNull();
}

function deliver(core: Core): string[] {
	const now = deliverable(core.state);
	for (const one of now) core.submit({ kind: 'message.deliver', ...one });
	return now.map(({ agent }) => core.state.agents[agent]?.name ?? '');
}

function receipt(core: Core) {
	const message = Object.values(core.state.messages).at(-1);
	return message && receiptOf(core.state, message);
}

function team(...names: string[]): Core {
	const core = new Core();
	for (const name of names) {
		core.running(name);
		reports(core, name, 'idle');
	}
	return core;
}

describe('a message to several agents', () => {
	test('reaches each when it is idle, and the receipts say so', () => {
		const core = team('api', 'db', 'ui');
		reports(core, 'db', 'working');
		sent(core, ['api', 'db', 'ui']);
		expect(deliver(core)).toEqual(['api', 'ui']);
		expect(deliver(core)).toEqual([]);
		core.settle('prompt', done);
		core.settle('prompt', done);
		expect(receipt(core)).toEqual({
			delivered: 2,
			all: 3,
			others: [{ name: 'db', part: 'queued' }],
		});
		reports(core, 'db', 'done');
		expect(deliver(core)).toEqual(['db']);
		core.settle('prompt', done);
		expect(receipt(core)?.delivered).toBe(3);
		expect(core.state.undoable).toEqual([]);
	});

	test('is not typed into a pane that shows a question, however that came up', () => {
		const core = team('api', 'db');
		reports(core, 'api', 'needs-approval');
		sent(core, ['api', 'db']);
		expect(deliver(core)).toEqual(['db']);
		// It came up after the supervisor looked and before anything was typed.
		core.settle('prompt', {
			ok: false,
			refusal: { code: 'agent.asks', message: 'db shows a question' },
		});
		expect(receipt(core)?.others.map(({ part }) => part)).toEqual(['queued', 'queued']);
		const { id, generation } = core.agent('db');
		core.submit({
			...{ kind: 'question.open', agent: id, generation, wants: 'answer', text: 'v1?' },
			...{ detail: null, choices: [], via: { kind: 'verb' } },
		});
		expect(deliver(core)).toEqual([]);
		reports(core, 'api', 'idle');
		expect(deliver(core)).toEqual(['api']);
	});

	test('is taken back from those that have not got it, by an undo', () => {
		const core = team('api', 'db');
		reports(core, 'db', 'working');
		sent(core, ['api', 'db']);
		deliver(core);
		core.settle('prompt', done);
		expect(core.submit({ kind: 'undo', landing: null, revert: false })).toBeNull();
		reports(core, 'db', 'idle');
		expect(deliver(core)).toEqual([]);
		expect(receipt(core)?.others).toEqual([{ name: 'db', part: 'recalled' }]);
		expect(core.state.undoable).toEqual([]);
	});

	test('waits for its turn behind an older one, and for nobody who is gone', () => {
		const core = team('api');
		sent(core, ['api'], 'one');
		sent(core, ['api'], 'two');
		expect(deliver(core)).toEqual(['api']);
		expect(core.pending('prompt').data.text).toBe('one');
		core.settle('prompt', failed('the holder is gone'));
		expect(deliver(core)).toEqual(['api']);
		expect(core.pending('prompt').data.text).toBe('two');
	});

	test('is refused without words, and for who does not run', () => {
		const core = team('api', 'db');
		core.exits('db', 0);
		const of = (names: string[], text: string) =>
			core.submit({
				kind: 'message.send',
				agents: names.map((one) => core.id(one)),
				text,
			});
		expect(of(['api'], ' ')?.code).toBe('message.empty');
		expect(of([], 'hello')?.code).toBe('message.empty');
		expect(of(['db'], 'hello')?.code).toBe('agent.not-running');
	});

	test('is bounded in number', () => {
		const core = team('api');
		reports(core, 'api', 'working');
		for (let count = 0; count < 50; count += 1) sent(core, ['api']);
		const agents = [core.id('api')];
		const no = core.submit({ kind: 'message.send', agents, text: 'one more' });
		expect(no?.code).toBe('message.too-many');
	});
});
