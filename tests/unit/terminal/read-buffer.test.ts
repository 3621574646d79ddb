import { expect, test } from 'vitest';
import { ReadBuffer } from '../../../src/terminal/read-buffer.ts';

test('pieces come out as one, in order, whatever their sizes', () => {
	const buffer = new ReadBuffer(4);
	const large = new Uint8Array(10_000).fill(7);
	buffer.add(Uint8Array.of(1, 2));
	buffer.add(large);
	expect(buffer.length).toBe(10_002);
	expect(buffer.full).toBe(true);
	expect(buffer.take()).toEqual(Uint8Array.of(1, 2, ...large));
	expect(buffer.length).toBe(0);
	buffer.add(Uint8Array.of(3));
	expect(buffer.take()).toEqual(Uint8Array.of(3));
});

test('is filled behind what it has, until it is full or nothing comes', () => {
	const buffer = new ReadBuffer(6);
	const waiting = [Uint8Array.of(2, 3), Uint8Array.of(4)];
	const read = (into: Uint8Array): number => {
		const next = waiting.shift();
		if (next) into.set(next);
		return next?.length ?? 0;
	};
	buffer.add(Uint8Array.of(1));
	buffer.fill(read);
	expect(buffer.full).toBe(false);
	waiting.push(Uint8Array.of(5, 6, 7), Uint8Array.of(8));
	buffer.fill(read);
	expect(buffer.take()).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6, 7));
	expect(waiting).toHaveLength(1);
});
