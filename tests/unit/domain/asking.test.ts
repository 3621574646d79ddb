import { expect, test } from 'vitest';
import type { CommandOf } from '../../../src/domain/command.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import { inboxOf } from '../../../src/domain/inbox.ts';
import { openQuestions } from '../../../src/domain/question.ts';
import { Core } from '../../support/domain.ts';

const later = '2030-01-01T00:00:00.000Z';

function question(
	agent: AgentId,
	more: Partial<CommandOf<'question.open'>> = {},
): CommandOf<'question.open'> {
	return {
		kind: 'question.open',
		agent,
		generation: 1,
		wants: 'answer',
		text: 'keep it?',
		detail: null,
		choices: [{ key: '1', label: 'keep', free: false }],
		via: { kind: 'verb' },
		...more,
	};
}

test('an answer is one of those that were offered, and is given once', () => {
	const core = new Core();
	const agent = core.running('api');
	core.submit(question(agent));
	const [asked] = openQuestions(core.state, agent);
	if (!asked) throw new Error('nothing was asked');
	const answer = { kind: 'question.answer', question: asked.id } as const;
	expect(core.submit({ ...answer, choice: '2', text: null })?.code).toBe(
		'answer.unknown',
	);
	expect(core.submit({ ...answer, choice: '1', text: 'and more' })?.code).toBe(
		'answer.text',
	);
	expect(core.submit({ ...answer, choice: '1', text: null })).toBeNull();
	expect(core.submit({ ...answer, choice: '1', text: null })?.code).toBe('question.gone');
	expect(inboxOf(core.state, later)).toEqual([]);
});

test('one agent has so many questions open and no more', () => {
	const core = new Core();
	const agent = core.running('api');
	const codes = Array.from({ length: 25 }, () => core.submit(question(agent))?.code);
	expect(codes.slice(0, 20)).toEqual(Array(20).fill(undefined));
	expect(new Set(codes.slice(20))).toEqual(new Set(['question.many']));
});

test('the end of a program closes what it asked', () => {
	const core = new Core();
	const agent = core.running('api');
	core.submit(question(agent));
	core.exits('api', 0);
	expect(core.state.questions).toEqual({});
});

test('a question of an older generation is not heard', () => {
	const core = new Core();
	const agent = core.running('api');
	expect(core.submit(question(agent, { generation: 0 }))?.code).toBe('question.late');
});

test('what is put off is not seen until then, and for four hours at most', () => {
	const core = new Core();
	const agent = core.running('api');
	core.submit(question(agent));
	const [item] = inboxOf(core.state, later);
	if (!item) throw new Error('the inbox is empty');
	expect(core.submit({ kind: 'inbox.snooze', item: 'q999', until: later })?.code).toBe(
		'item.gone',
	);
	core.submit({ kind: 'inbox.snooze', item: item.id, until: later });
	const until = core.state.snoozed[item.id] ?? '';
	expect(until < later).toBe(true);
	expect(inboxOf(core.state, item.since)[0]?.snoozed).toBe(until);
	core.submit({ kind: 'inbox.snooze', item: item.id, until: null });
	expect(inboxOf(core.state, item.since)[0]?.snoozed).toBeNull();
});
