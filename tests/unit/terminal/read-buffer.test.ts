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

test('what is read by hand comes behind what it has, as much as it has room for', () => {
	const buffer = new ReadBuffer(6);
	const waiting = [Uint8Array.of(2, 3), Uint8Array.of(4, 5, 6, 7)];
	const read = (into: Uint8Array): number | null => {
		const next = waiting.shift();
		if (next) into.set(next);
		return next?.length ?? null;
	};
	buffer.add(Uint8Array.of(1));
	expect(buffer.read(read)).toBe(2);
	expect(buffer.full).toBe(false);
	expect(buffer.read(read)).toBe(4);
	expect(buffer.full).toBe(true);
	expect(buffer.read(read)).toBeNull();
	expect(buffer.take()).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6, 7));
});
