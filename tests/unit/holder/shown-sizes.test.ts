import { expect, test } from 'vitest';
import { ShownSizes } from '../../../src/holder/shown-sizes.ts';

const pane = {};
const [wide, tall] = [{}, {}];
const wideSize = { columns: 120, rows: 30 };
const tallSize = { columns: 80, rows: 50 };
const both = { columns: 80, rows: 30 };

test('the smallest viewer gives each side, and who leaves no longer counts', () => {
	const sizes = new ShownSizes<object, object>(() => 0);
	expect(sizes.show(pane, wide, wideSize, false)).toEqual(wideSize);
	expect(sizes.show(pane, tall, tallSize, false)).toEqual(both);
	expect(sizes.shownBy(tall)).toEqual([pane]);
	expect(sizes.hide(pane, wide)).toEqual(tallSize);
	expect(sizes.hide(pane, wide)).toBe(null);
	expect(sizes.hide(pane, tall)).toBe(null);
});

test('a viewer at which nobody has been for ten seconds does not count beside one that is used', () => {
	let now = 0;
	const sizes = new ShownSizes<object, object>(() => now);
	sizes.show(pane, tall, tallSize, true);
	now = 9000;
	expect(sizes.show(pane, wide, wideSize, true)).toEqual(both);
	now = 11_000;
	expect(sizes.show(pane, wide, wideSize, true)).toEqual(wideSize);
	expect(sizes.show(pane, tall, tallSize, true)).toEqual(both);
	// Nobody is there any more: the last one was.
	now = 60_000;
	expect(sizes.show(pane, wide, wideSize, false)).toEqual(both);
	now = 61_000;
	expect(sizes.show(pane, tall, tallSize, true)).toEqual(tallSize);
	expect(sizes.hide(pane, tall)).toEqual(wideSize);
});
