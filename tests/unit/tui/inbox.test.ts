// The inbox on the screen: what is listed, where the cursor stays, which key answers, and how long an
// answer can be recalled.
import { describe, expect, test } from 'vitest';
import type { QuestionId } from '../../../src/domain/ids.ts';
import { type InboxItem, inboxOf } from '../../../src/domain/inbox.ts';
import { inboxPlace } from '../../../src/domain/list-place.ts';
import { type Outcome, ok, refuse } from '../../../src/lib/outcome.ts';
import { alikeTo } from '../../../src/tui/inbox/alike-items.ts';
import {
	choiceOfKey,
	keyOfChoice,
	takesWords,
} from '../../../src/tui/inbox/answer-keys.ts';
import { type Answer, Answers } from '../../../src/tui/inbox/answers.ts';
import { InboxKeeper } from '../../../src/tui/inbox/inbox-keeper.ts';
import { listedIn, movedTo, rankedAnew } from '../../../src/tui/inbox/inbox-list.ts';
import { firstInbox } from '../../../src/tui/inbox/inbox-view.ts';
import { itemRows } from '../../../src/tui/inbox/item-rows.ts';
import { unicodeGlyphs } from '../../../src/tui/look/glyphs.ts';
import { initialView, type View } from '../../../src/tui/view.ts';
import { changeView } from '../../../src/tui/view-change.ts';
import { asks, promptOn } from '../../support/asking.ts';
import { Core } from '../../support/domain.ts';

function itemsOf(core: Core): readonly InboxItem[] {
	return inboxOf(core.state, new Date(core.now).toISOString());
}

function coreAsking(...names: string[]): Core {
	const core = new Core();
	for (const name of names) core.running(name);
	for (const name of names) asks(core, name, `${name}?`, ['yes', 'no']);
	return core;
}

function inboxView(core: Core, at = 0): View {
	const size = { columns: 120, rows: 36 };
	const view = changeView(initialView(size, core.now), {
		kind: 'screen',
		screen: 'inbox',
	});
	const inbox = rankedAnew(core.state, view);
	return { ...view, inbox: { ...inbox, at } };
}

function texts(core: Core, view: View): string[] {
	return listedIn(core.state, view).items.map(({ text }) => text);
}

function answerTo(core: Core, name: string): void {
	const item = itemsOf(core).find(({ text }) => text === `${name}?`);
	if (!item?.question) throw new Error(`${name} asks nothing`);
	const { question } = item;
	core.submit({ kind: 'question.answer', question, choice: '1', text: null });
}

describe('the list', () => {
	test('keeps its order and the cursor on its item while others come and go', () => {
		const core = coreAsking('one', 'two', 'three');
		const view = inboxView(core, 1);
		answerTo(core, 'one');
		core.running('four');
		promptOn(core, 'four', 'four?', 'h');
		const listed = listedIn(core.state, view);
		expect(listed.items.map(({ text }) => text)).toEqual(['two?', 'three?']);
		expect(listed.items[listed.at]?.text).toBe('two?');
		expect([listed.above, listed.below]).toEqual([0, 1]);
	});

	test('has the next item under the cursor once its own is answered: the same rank', () => {
		const core = coreAsking('one', 'two', 'three');
		const view = inboxView(core, 1);
		answerTo(core, 'two');
		const { items, at } = listedIn(core.state, view);
		expect([at, items[at]?.text]).toEqual([1, 'three?']);
		answerTo(core, 'three');
		const left = listedIn(core.state, view);
		expect(left.items[left.at]?.text).toBe('one?');
	});

	test('ranks anew with the cursor on its item', () => {
		const core = new Core();
		for (const name of ['bad', 'api']) core.running(name);
		core.exits('bad', 3);
		const view = inboxView(core);
		asks(core, 'api', 'api?');
		expect(listedIn(core.state, view)).toMatchObject({ at: 0, above: 1, below: 0 });
		const ranked = { ...view, inbox: rankedAnew(core.state, view) };
		expect(texts(core, ranked)).toEqual(['api?', 'exit code 3']);
		expect(listedIn(core.state, ranked).at).toBe(1);
	});

	test('leaves out what is put off and what is being answered, and counts the former', () => {
		const core = coreAsking('one', 'two', 'three');
		const [first, second] = itemsOf(core);
		const until = new Date(core.now + 60_000).toISOString();
		core.submit({ kind: 'inbox.snooze', item: first?.id ?? '', until });
		const view = { ...inboxView(core), held: { id: second?.id ?? '', sent: false } };
		expect(texts(core, view)).toEqual(['three?']);
		expect(listedIn(core.state, view).snoozed).toBe(1);
	});

	test('moves no further than its ends', () => {
		const core = coreAsking('one', 'two', 'three');
		const view = inboxView(core);
		expect(movedTo(core.state, view, -1).at).toBe(0);
		expect(movedTo(core.state, view, 99).at).toBe(2);
	});
});

test('the list is ranked anew after a pause of the keys, and at once where it was empty', async () => {
	const core = coreAsking('one');
	let view = inboxView(core);
	const timers = new Set<() => void>();
	const keeper = new InboxKeeper({
		state: () => core.state,
		view: () => view,
		change: ({ inbox }) => {
			view = { ...view, inbox };
		},
		after: (_, run) => {
			timers.add(run);
			return () => timers.delete(run);
		},
		read: async ({ agent }) => [`${agent} shows`, 'this'],
	});
	core.running('two');
	asks(core, 'two', 'two?');
	keeper.stateChanged();
	keeper.stateChanged();
	expect(timers.size).toBe(1);
	const [first] = timers;
	keeper.keyPressed();
	expect(timers.has(first ?? (() => undefined))).toBe(false);
	expect(texts(core, view)).toEqual(['one?']);
	for (const run of timers) run();
	expect(texts(core, view)).toEqual(['one?', 'two?']);

	view = { ...view, inbox: firstInbox };
	keeper.stateChanged();
	expect(texts(core, view)).toEqual(['one?', 'two?']);

	const [item] = itemsOf(core);
	await keeper.aimed(item ?? null);
	expect(view.inbox.shown).toEqual({
		item: item?.id,
		lines: [`${item?.agent} shows`, 'this'],
	});
});

describe('keys of answers', () => {
	test('are those of the question: letters that all know, else numbers', () => {
		const core = coreAsking('api');
		core.running('tool');
		promptOn(core, 'tool', 'tool?', 'h');
		core.running('free');
		asks(core, 'free', 'which database?');
		const [choice, free, prompt] = ['api?', 'which database?', 'tool?'].map((text) => {
			const found = itemsOf(core).find((item) => item.text === text);
			if (!found) throw new Error(`no ${text}`);
			return found;
		});
		if (!choice || !free || !prompt) throw new Error('three were asked');
		expect(prompt.choices.map((one) => keyOfChoice(prompt, one))).toEqual(['y', 'N']);
		expect(choice.choices.map((one) => keyOfChoice(choice, one))).toEqual(['1', '2']);
		expect(choiceOfKey(choice, '2')?.label).toBe('no');
		expect(choiceOfKey(prompt, '1')).toBeNull();
		expect([takesWords(free), takesWords(choice)]).toEqual([true, false]);
		expect(choiceOfKey({ ...prompt, answerable: false }, 'y')).toBeNull();
	});

	test('one answer fits those of the same kind, shape and choices only', () => {
		const core = new Core();
		for (const name of ['one', 'two', 'three', 'four']) core.running(name);
		promptOn(core, 'one', 'Bash: npm run build', 'h1');
		promptOn(core, 'two', 'Bash: npm run build', 'h2');
		promptOn(core, 'three', 'Bash: rm -rf dist', 'h3');
		asks(core, 'four', 'Bash: npm run build', ['y']);
		const items = itemsOf(core);
		const [first] = items;
		const names = first && alikeTo(first, items).map(({ agent }) => agent);
		expect(names).toEqual([core.id('one'), core.id('two')]);
	});
});

describe('an answer', () => {
	const question = 'q1' as QuestionId;
	const answer: Answer = { question, name: 'api', choice: null, text: 'yes' };

	function desk(outcome: Outcome<{ delivered: boolean }>) {
		const timers = new Set<() => void>();
		const said: string[] = [];
		const answers = new Answers({
			ask: async ({ question: asked }) => {
				said.push(`asks ${asked}`);
				return outcome;
			},
			after: (_, run) => {
				timers.add(run);
				return () => timers.delete(run);
			},
			onHeld: (held) => said.push(held ? `holds ${held.id} ${held.sent}` : 'lets go'),
			onDelivered: ({ name }) => said.push(`${name} has it`),
			onRefused: (_, { code }) => said.push(code),
		});
		const wind = () => {
			for (const run of timers) run();
		};
		return { answers, said, wind };
	}

	test('is held, then delivered', async () => {
		const { answers, said, wind } = desk(ok({ delivered: true }));
		answers.give(answer);
		expect(said).toEqual(['holds q1 false']);
		wind();
		await answers.settled();
		expect(said.slice(1)).toEqual(['holds q1 true', 'asks q1', 'lets go', 'api has it']);
		expect(answers.recall()).toBeNull();
	});

	test('that is recalled in time is never sent', async () => {
		const { answers, said, wind } = desk(ok({ delivered: true }));
		answers.give(answer);
		expect(answers.recall()).toBe(answer);
		wind();
		await answers.settled();
		expect(said).toEqual(['holds q1 false', 'lets go']);
	});

	test('is delivered at once where another follows, or its giver leaves', async () => {
		const { answers, said } = desk(refuse('prompt.changed', 'the prompt changed, look'));
		answers.give(answer);
		answers.give({ ...answer, question: 'q2' as QuestionId });
		await answers.settled();
		expect(said.filter((one) => one.startsWith('asks'))).toEqual(['asks q1', 'asks q2']);
		expect(said.filter((one) => one === 'prompt.changed')).toHaveLength(2);
	});
});

test.each([
	[40, 12],
	[80, 21],
	[99, 21],
	[100, 33],
	[240, 64],
])('list and question fill a body of %dx%d and do not overlap', (width, height) => {
	for (const listed of [1, 4, 30]) {
		const body = { x: 0, y: 1, width, height };
		const { list, detail, framed } = inboxPlace(body, listed);
		expect(framed).toBe(width >= 100);
		expect(detail.inner.height).toBeGreaterThanOrEqual(8);
		expect(list.inner.height).toBeGreaterThanOrEqual(Math.min(listed, 2));
		const beside = list.outer.x + list.outer.width - 1 === detail.outer.x;
		const above = list.outer.y + list.outer.height === detail.outer.y;
		expect(beside || above).toBe(true);
		expect(detail.outer.x + detail.outer.width).toBe(width);
		expect(detail.outer.y + detail.outer.height).toBe(1 + height);
	}
});

describe('a flood', () => {
	test('puts alike items together and what can wait into one row, until it is over', () => {
		const names = Array.from({ length: 12 }, (_, at) => `a${at}`);
		const core = new Core();
		for (const name of names) core.running(name);
		for (const [at, name] of names.slice(0, 10).entries())
			asks(core, name, at % 2 === 0 ? 'keep v1?' : 'drop v2?', ['yes', 'no']);
		for (const name of names.slice(10)) core.exits(name, 3);
		const view = inboxView(core);
		const flooded = listedIn(core.state, view);
		expect(flooded).toMatchObject({ flood: true, behind: 1, above: 0, below: 0 });
		const even = Array.from({ length: 5 }, () => 'keep v1?');
		const odd = Array.from({ length: 5 }, () => 'drop v2?');
		expect(texts(core, view)).toEqual([...even, ...odd, 'exit code 3']);
		const facts = { state: core.state, width: 90, height: 20, now: core.now };
		const rows = itemRows(flooded, { ...facts, glyphs: unicodeGlyphs }).map((line) =>
			line.map(({ text }) => text).join(''),
		);
		expect(rows[0]).toContain('5 alike, the same question: keep v1?');
		expect(rows[5]).toContain('5 alike, the same question: drop v2?');
		expect(rows[10]).toContain('and 1 more that can wait: exit code 3');
		for (const { question } of flooded.items.slice(0, 8))
			if (question)
				core.submit({ kind: 'question.answer', question, choice: '1', text: null });
		expect(listedIn(core.state, view)).toMatchObject({ flood: false, below: 1 });
		const calm = { ...view, inbox: rankedAnew(core.state, view) };
		expect(texts(core, calm)).toEqual([
			'drop v2?',
			'drop v2?',
			'exit code 3',
			'exit code 3',
		]);
	});
});
