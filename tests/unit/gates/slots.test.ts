// Who gets a slot next: the most urgent, also where it became so while it waited.
import { expect, test } from 'vitest';
import { Slots } from '../../../src/gates/slots.ts';

/** Runs one after the other, and tells in which order they came to their turn. */
function turns() {
	const slots = new Slots(() => 1);
	const order: string[] = [];
	const { promise: first, resolve: letGo } = Promise.withResolvers<null>();
	const wish = (urgency: number) => ({
		...{ weight: 1, urgency, signal: new AbortController().signal },
	});
	const all: Promise<unknown>[] = [slots.run(wish(0), () => first)];
	return {
		order,
		wish,
		waits(name: string, asked: ReturnType<typeof wish>) {
			const run = slots.run(asked, async () => order.push(name));
			all.push(run);
		},
		async ends() {
			letGo(null);
			await Promise.all(all);
			return order;
		},
	};
}

test('the most urgent goes first, among equals who has waited longest', async () => {
	const line = turns();
	line.waits('late', line.wish(5));
	line.waits('one', line.wish(10));
	line.waits('two', line.wish(10));
	line.waits('soon', line.wish(30));
	expect(await line.ends()).toEqual(['soon', 'one', 'two', 'late']);
});

test('one that somebody in a hurry wants as well goes with that hurry', async () => {
	const line = turns();
	const watch = line.wish(5);
	line.waits('watch', watch);
	line.waits('settle', line.wish(10));
	watch.urgency = 25;
	line.waits('done', line.wish(20));
	expect(await line.ends()).toEqual(['watch', 'done', 'settle']);
});
