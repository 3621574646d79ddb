// Questions and the inbox: given these events, what is open, and what an answer does.
import { expect, test } from 'vitest';
import { inboxOf } from '../../../src/domain/inbox.ts';
import { isIn } from '../../../src/domain/waiting.ts';
import { asks, promptOn } from '../../support/asking.ts';
import { Core } from '../../support/domain.ts';

function kindsIn(core: Core): string[] {
	const now = new Date(core.now).toISOString();
	return inboxOf(core.state, now).map(({ kind }) => kind);
}

test('questions come before crashes, the one that waits longest first', () => {
	const core = new Core();
	for (const name of ['api', 'bad', 'docs']) core.running(name);
	core.exits('bad', 3);
	asks(core, 'docs', 'keep it?');
	asks(core, 'api', 'which one?');
	const items = inboxOf(core.state, new Date(core.now).toISOString());
	expect(items.map(({ text }) => text)).toEqual([
		'keep it?',
		'which one?',
		'exit code 3',
	]);
	expect(isIn(core.agent('bad'), ['needs-you'])).toBe(true);
	expect(isIn(core.agent('api'), ['needs-you'])).toBe(false);
});

test('a program asks before its start is recorded', () => {
	const core = new Core();
	core.submit({
		...{ kind: 'agent.new', name: 'api', agentKind: null, argv: ['sh'], prompt: null },
		...{ base: { branch: 'main', commit: 'c0ffee' }, root: '/trees' },
		...{ columns: 80, rows: 24, shell: '/bin/sh', usualKind: 'shell' },
	});
	core.settle('worktree', { ok: true, value: {} });
	expect(core.agent('api').life.kind).toBe('preparing');
	asks(core, 'api', 'now?');
	expect(kindsIn(core)).toEqual(['ask']);
	core.exits('api', 0);
});

test('an answer to a prompt that is another by now is not typed and not asked again', () => {
	const core = new Core();
	core.running('tool');
	promptOn(core, 'tool', 'delete dist?', 'h1');
	const [first] = Object.values(core.state.questions);
	promptOn(core, 'tool', 'delete src?', 'h2');
	const late = core.submit({
		kind: 'question.answer',
		question: first?.id ?? ('' as never),
		choice: 'y',
		text: null,
	});
	expect(late?.code).toBe('question.gone');
	expect(core.kinds()).not.toContain('answer.asked');
	expect(kindsIn(core)).toEqual(['approve']);
});

test('what could not be told an agent is in the inbox until it works, or is told', () => {
	const core = new Core();
	core.running('api');
	const { id, generation } = core.agent('api');
	const no = {
		ok: false,
		refusal: { code: 'prompt.not-accepted', message: 'api did not take it' },
	} as const;
	const tellInVain = () => {
		core.submit({ kind: 'agent.prompt', agent: id, text: 'resolve it' });
		core.settle('prompt', no);
	};
	const seen = { agent: id, generation, source: 'osc7501', inferred: false } as const;
	tellInVain();
	const [item] = inboxOf(core.state, new Date(core.now).toISOString());
	expect(item).toMatchObject({ kind: 'stuck', text: 'api did not take it' });
	core.submit({ kind: 'agent.observe', ...seen, state: 'idle', why: null });
	expect(kindsIn(core)).toEqual(['stuck']);
	core.submit({ kind: 'agent.observe', ...seen, state: 'working', why: null });
	expect(kindsIn(core)).toEqual([]);
	tellInVain();
	core.submit({ kind: 'agent.prompt', agent: id, text: 'again' });
	core.settle('prompt', { ok: true, value: {} });
	expect(kindsIn(core)).toEqual([]);
});
