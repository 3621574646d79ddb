import { describe, expect, test } from 'vitest';
import {
	type Attended,
	type Attention,
	attend,
	beginAttention,
	type Notice,
} from '../../../src/domain/attention.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import type { InboxItem, ItemKind } from '../../../src/domain/inbox.ts';
import { quietAt } from '../../../src/domain/quiet-hours.ts';

const minute = 60_000;

/** An inbox, and a clock that is wound by hand. */
class Watch {
	now = Date.parse('2026-11-21T09:00:00.000Z');
	looking = false;
	quiet = false;
	readonly notices: (Notice & { readonly at: number })[] = [];
	readonly #begun = this.now;
	#items: readonly InboxItem[] = [];
	#attention: Attention;
	#wakeAt: number | null = null;

	constructor(items: readonly InboxItem[] = []) {
		this.#items = items;
		this.#attention = beginAttention({ items, now: this.now });
		this.#attend();
	}

	opens(agent: string, kind: ItemKind = 'approve', tier: 1 | 2 | 3 = 2): void {
		const since = new Date(this.now).toISOString();
		this.#items = [...this.#items, itemOf(agent, kind, tier, since)];
		this.#attend();
	}

	closes(agent: string): void {
		this.#items = this.#items.filter((item) => item.agent !== agent);
		this.#attend();
	}

	snoozes(agent: string, until: string | null): void {
		this.#items = this.#items.map((item) =>
			item.agent === agent ? { ...item, snoozed: until } : item,
		);
		this.#attend();
	}

	looks(looking: boolean): void {
		this.looking = looking;
		this.#attend();
	}

	isQuiet(quiet: boolean): void {
		this.quiet = quiet;
		this.#attend();
	}

	/** Lets time pass, and asks whenever it was told to. */
	passes(milliseconds: number): void {
		const end = this.now + milliseconds;
		for (let wakes = 0; this.#wakeAt !== null && this.#wakeAt <= end; wakes += 1) {
			if (wakes > 1000) throw new Error('it wakes without end');
			this.now = Math.max(this.now, this.#wakeAt);
			this.#attend();
		}
		this.now = end;
	}

	/** Whom the notices were about, with the second in which each came. */
	get told(): string[] {
		return this.notices.map(({ news, at }) => {
			const about = news.map(({ agent, kind }) => `${agent} ${kind}`).join(', ');
			return `${(at - this.#begun) / 1000} s: ${about}`;
		});
	}

	#attend(): void {
		const { now, looking, quiet } = this;
		const after: Attended = attend(this.#attention, {
			...{ items: this.#items, now, looking, quiet },
		});
		this.#attention = after.attention;
		this.#wakeAt = after.wakeAt;
		if (after.notice) this.notices.push({ ...after.notice, at: now });
	}
}

function itemOf(
	agent: string,
	kind: ItemKind,
	tier: 1 | 2 | 3,
	since: string,
): InboxItem {
	return {
		...{ id: `${agent}.${since}`, tier, kind, agent: agent as AgentId, since },
		...{ text: 'Bash: ls', detail: null, inferred: false, choices: [], question: null },
		scope: null,
		branch: null,
		...{ answerable: true, snoozed: null },
	};
}

describe('what the human is told', () => {
	test('is told once when it has held for a moment, and once more after a quarter of an hour', () => {
		const watch = new Watch();
		watch.opens('db');
		watch.passes(8 * 60 * minute);
		expect(watch.told).toEqual(['1.5 s: db approve', '901.5 s: db approve']);
	});

	test('is not told where it went by itself', () => {
		const watch = new Watch();
		watch.opens('db');
		watch.passes(1400);
		watch.closes('db');
		watch.passes(60 * minute);
		expect(watch.told).toEqual([]);
	});

	test('is told again where the agent enters the state again', () => {
		const watch = new Watch();
		watch.opens('db');
		watch.passes(3 * minute);
		watch.closes('db');
		watch.passes(minute);
		watch.opens('db');
		watch.passes(minute);
		expect(watch.told).toEqual(['1.5 s: db approve', '241.5 s: db approve']);
	});

	test('is one thing while the state stays, whatever is asked in it', () => {
		const watch = new Watch();
		watch.opens('db');
		watch.passes(3 * minute);
		watch.opens('db');
		watch.passes(minute);
		expect(watch.told).toHaveLength(1);
	});

	test('comes together with what else waits, at most every two minutes', () => {
		const watch = new Watch();
		watch.opens('db');
		watch.passes(2000);
		watch.opens('ui', 'ask');
		watch.opens('api');
		watch.passes(3 * minute);
		expect(watch.told).toEqual(['1.5 s: db approve', '121.5 s: ui ask, api approve']);
		expect(watch.notices[1]).toMatchObject({ waiting: 3, urgent: false });
		expect(watch.notices[1]?.oldest).toBe(Date.parse('2026-11-21T09:00:00.000Z'));
	});

	test('comes at most ten times an hour', () => {
		const watch = new Watch();
		for (let turn = 0; turn < 30; turn += 1) {
			watch.opens(`a${turn}`);
			watch.passes(2 * minute);
			watch.closes(`a${turn}`);
		}
		expect(watch.notices).toHaveLength(10);
	});

	test('is not told of what needs nobody at once', () => {
		const watch = new Watch();
		watch.opens('docs', 'fail', 3);
		watch.passes(60 * minute);
		expect(watch.told).toEqual([]);
	});

	test('is one notice of an agent that comes and goes, and then none until it is steady', () => {
		const watch = new Watch();
		for (let turn = 0; turn < 20; turn += 1) {
			watch.opens('db');
			watch.passes(30_000);
			watch.closes('db');
			watch.passes(30_000);
		}
		const flapping = watch.notices.filter(({ news }) => news.some(({ flaps }) => flaps));
		expect(flapping).toHaveLength(1);
		expect(watch.notices.length).toBeLessThan(4);
		watch.passes(6 * minute);
		watch.opens('db');
		watch.passes(minute);
		expect(watch.notices.at(-1)?.news).toMatchObject([{ agent: 'db', flaps: false }]);
	});

	test('is not told to who looks, and not afterwards either', () => {
		const watch = new Watch();
		watch.looks(true);
		watch.opens('db');
		watch.passes(2000);
		watch.looks(false);
		watch.passes(14 * minute);
		expect(watch.told).toEqual([]);
		watch.passes(2 * minute);
		expect(watch.told).toHaveLength(1);
	});

	test('waits for the end of quiet hours', () => {
		const watch = new Watch();
		watch.isQuiet(true);
		watch.opens('db');
		watch.passes(60 * minute);
		expect(watch.told).toEqual([]);
		watch.isQuiet(false);
		expect(watch.told).toHaveLength(1);
	});

	test('is at most one notice of 30 prompts within ten seconds, and none while the flood lasts', () => {
		const watch = new Watch();
		for (let agent = 0; agent < 30; agent += 1) {
			watch.opens(`a${agent}`);
			watch.passes(330);
		}
		watch.passes(10 * minute);
		expect(watch.notices.length).toBeLessThanOrEqual(1);
		for (let agent = 0; agent < 26; agent += 1) watch.closes(`a${agent}`);
		watch.passes(minute);
		expect(watch.notices.at(-1)).toMatchObject({ waiting: 4 });
	});

	test('is one notice of a flood that comes at once', () => {
		const watch = new Watch();
		for (let agent = 0; agent < 30; agent += 1) watch.opens(`a${agent}`);
		watch.passes(60 * minute);
		expect(watch.notices).toHaveLength(1);
		expect(watch.notices[0]).toMatchObject({ waiting: 30 });
	});

	test('is told of an alarm at once, in a flood and in quiet hours, twice a minute at most', () => {
		const watch = new Watch();
		watch.isQuiet(true);
		for (let agent = 0; agent < 12; agent += 1) watch.opens(`a${agent}`);
		for (const alarm of ['x', 'y', 'z']) {
			watch.opens(alarm, 'fail', 1);
			watch.passes(2000);
		}
		expect(watch.notices.map(({ urgent }) => urgent)).toEqual([true, true]);
		watch.passes(minute);
		expect(watch.notices).toHaveLength(3);
	});

	test('is nothing that was there before, but what waits for long', () => {
		const since = '2026-11-21T08:50:00.000Z';
		const watch = new Watch([itemOf('db', 'approve', 2, since)]);
		watch.passes(4 * minute);
		expect(watch.told).toEqual([]);
		watch.passes(2 * minute);
		expect(watch.told).toEqual(['300 s: db approve']);
	});

	test('is nothing that is put off, until it is back', () => {
		const watch = new Watch();
		watch.opens('db');
		watch.snoozes('db', '2026-11-21T09:15:00.000Z');
		watch.passes(15 * minute);
		expect(watch.told).toEqual([]);
		watch.snoozes('db', null);
		watch.passes(minute);
		expect(watch.told).toHaveLength(1);
	});
});

test('quiet hours may go over midnight, and say when they change', () => {
	const at = (hour: number) => quietAt('22:00-07:00', hour * 60);
	expect(at(21)).toEqual({ quiet: false, changesIn: 60 });
	expect(at(22)).toEqual({ quiet: true, changesIn: 9 * 60 });
	expect(at(3)).toEqual({ quiet: true, changesIn: 4 * 60 });
	expect(at(7)).toEqual({ quiet: false, changesIn: 15 * 60 });
	expect(quietAt('12:00-13:00', 12 * 60 + 30)).toEqual({ quiet: true, changesIn: 30 });
	expect(quietAt('12:00-13:00', 14 * 60)).toEqual({ quiet: false, changesIn: 22 * 60 });
	expect(quietAt(null, 0)).toEqual({ quiet: false, changesIn: null });
});
