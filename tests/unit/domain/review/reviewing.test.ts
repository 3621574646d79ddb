// What was read and said of an agent's work: marks that belong to contents, comments that go together.
import { describe, expect, test } from 'vitest';
import type { CommentId } from '../../../../src/domain/ids.ts';
import { deliverable } from '../../../../src/domain/message.ts';
import {
	standingOfComment,
	unsentComments,
} from '../../../../src/domain/review/reviewing.ts';
import { Core, done, failed } from '../../../support/domain.ts';

function idle(name: string): Core {
	const core = new Core();
	core.running(name, { argv: ['claude'] });
	const { id, generation } = core.agent(name);
	core.submit({
		...{ kind: 'agent.observe', agent: id, generation, state: 'idle' },
		...{ source: 'osc7501', inferred: false, why: null },
	});
	return core;
}

function comment(core: Core, text: string, more: { comment?: CommentId } = {}) {
	return core.submit({
		...{ kind: 'review.comment', agent: core.id('api'), comment: null, text },
		...{ path: 'src/a.ts', side: 'new', line: 7, quote: '\tconst a = 1;', ...more },
	});
}

const all = (core: Core) => core.agent('api').reviewed.comments;
const words = (core: Core) =>
	all(core).map((one) => [
		one.text,
		standingOfComment(core.state, core.agent('api'), one),
	]);

function deliver(core: Core): void {
	for (const one of deliverable(core.state))
		core.submit({ kind: 'message.deliver', ...one });
}

describe('a file that was read', () => {
	const view = (core: Core, contents: string | null) =>
		core.submit({
			...{ kind: 'review.view', agent: core.id('api'), path: 'a.ts', contents },
		});

	test('is so with these contents, until somebody says otherwise', () => {
		const core = idle('api');
		view(core, 'one');
		expect(core.agent('api').reviewed.viewed).toEqual({ 'a.ts': 'one' });
		const before = core.events.length;
		view(core, 'one');
		expect(core.kinds(before)).toEqual([]);
		view(core, 'two');
		expect(core.agent('api').reviewed.viewed).toEqual({ 'a.ts': 'two' });
		view(core, null);
		expect(core.agent('api').reviewed.viewed).toEqual({});
	});

	test('is forgotten where there are very many, the oldest first', () => {
		const core = idle('api');
		for (let at = 0; at < 310; at += 1)
			core.submit({
				...{ kind: 'review.view', agent: core.id('api'), contents: 'x' },
				path: `${at}`,
			});
		const { viewed } = core.agent('api').reviewed;
		expect(Object.keys(viewed)).toHaveLength(300);
		expect(viewed['309']).toBe('x');
	});
});

describe('comments', () => {
	test('go to the agent together, each with its place and its line', () => {
		const core = idle('api');
		comment(core, 'add a test\nfor both');
		core.submit({
			...{ kind: 'review.comment', agent: core.id('api'), comment: null },
			...{ path: 'b.ts', side: 'old', line: 3, quote: 'gone', text: 'why?' },
		});
		expect(core.submit({ kind: 'review.send', agent: core.id('api') })).toBeNull();
		const [message] = Object.values(core.state.messages);
		expect(message?.text).toBe(`A review of your changes: 2 comments.

1. src/a.ts:7
   > const a = 1;
   add a test
   for both

2. b.ts:3 (a line that you removed)
   > gone
   why?

Deal with each of them, or say why not.`);
		expect(words(core)).toEqual([
			['add a test\nfor both', 'waits'],
			['why?', 'waits'],
		]);
		deliver(core);
		core.settle('prompt', done);
		expect(words(core).map(([, word]) => word)).toEqual(['returned', 'returned']);
		expect(core.submit({ kind: 'review.send', agent: core.id('api') })?.code).toBe(
			'comment.none',
		);
	});

	test('that are recalled or did not arrive are sent with the next ones', () => {
		const core = idle('api');
		comment(core, 'one');
		core.submit({ kind: 'review.send', agent: core.id('api') });
		core.submit({ kind: 'undo', landing: null, revert: false });
		expect(words(core)).toEqual([['one', 'unsent']]);
		core.submit({ kind: 'review.send', agent: core.id('api') });
		deliver(core);
		core.settle('prompt', failed('it is gone'));
		expect(unsentComments(core.state, core.agent('api'))).toHaveLength(1);
	});

	test('are written otherwise and dropped, but not on their way', () => {
		const core = idle('api');
		comment(core, 'one');
		const [first] = all(core);
		if (!first) throw new Error('no comment');
		const { id } = first;
		comment(core, 'two', { comment: id });
		expect(words(core)).toEqual([['two', 'unsent']]);
		core.submit({ kind: 'review.send', agent: core.id('api') });
		expect(comment(core, 'three', { comment: id })?.code).toBe('comment.sent');
		const drop = { kind: 'review.drop', agent: core.id('api'), comment: id } as const;
		expect(core.submit(drop)?.code).toBe('comment.sent');
		deliver(core);
		core.settle('prompt', done);
		// Written otherwise, it is one that the agent does not have.
		comment(core, 'three', { comment: id });
		expect(words(core)).toEqual([['three', 'unsent']]);
		expect(core.submit(drop)).toBeNull();
		expect(all(core)).toEqual([]);
		expect(core.submit(drop)?.code).toBe('comment.unknown');
	});

	test('need words, and do not pile up unsent', () => {
		const core = idle('api');
		expect(comment(core, '  \n')?.code).toBe('comment.empty');
		for (let at = 0; at < 100; at += 1) expect(comment(core, `${at}`)).toBeNull();
		expect(comment(core, 'more')?.code).toBe('comment.too-many');
	});

	test('are no commands for a shell', () => {
		const core = new Core();
		core.running('api', { argv: ['bash'] });
		comment(core, 'one');
		expect(core.submit({ kind: 'review.send', agent: core.id('api') })?.code).toBe(
			'comment.shell',
		);
	});
});

describe('a comment that was begun', () => {
	const begin = (
		core: Core,
		text: string,
		more: { line?: number; quote?: string } = {},
	) =>
		core.submit({
			...{ kind: 'review.begin', agent: core.id('api'), comment: null, text },
			...{ path: 'src/a.ts', side: 'new', line: 7, quote: '\tconst a = 1;', ...more },
		});
	const begun = (core: Core) => core.agent('api').reviewed.begun.map(({ text }) => text);

	test('is kept for its line, wherever that stands by now, until it is one', () => {
		const core = idle('api');
		begin(core, 'half a');
		begin(core, 'half a thought', { line: 9 });
		begin(core, 'another', { quote: 'else' });
		expect(begun(core)).toEqual(['half a thought', 'another']);
		const before = core.events.length;
		begin(core, 'another', { quote: 'else' });
		expect(core.kinds(before)).toEqual([]);
		comment(core, 'a whole thought');
		expect(begun(core)).toEqual(['another']);
		begin(core, '', { quote: 'else' });
		expect(begun(core)).toEqual([]);
	});

	test('goes with the comment that it would have changed', () => {
		const core = idle('api');
		comment(core, 'add a test');
		const [written] = all(core);
		const id = written?.id ?? null;
		const other = (text: string) =>
			core.submit({
				...{ kind: 'review.begin', agent: core.id('api'), comment: id, text },
				...{ path: 'src/a.ts', side: 'new', line: 7, quote: '\tconst a = 1;' },
			});
		other('add two');
		begin(core, 'one more');
		expect(begun(core)).toEqual(['add two', 'one more']);
		if (id) core.submit({ kind: 'review.drop', agent: core.id('api'), comment: id });
		expect(begun(core)).toEqual(['one more']);
		other('add three');
		expect(begun(core)).toEqual(['one more']);
	});

	test('is forgotten where there are very many, the oldest first', () => {
		const core = idle('api');
		for (let at = 0; at < 60; at += 1) begin(core, `${at}`, { quote: `line ${at}` });
		expect(begun(core)).toHaveLength(50);
		expect(begun(core).at(-1)).toBe('59');
	});
});
