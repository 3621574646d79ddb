import { expect, test } from 'vitest';
import { ShownSizes } from '../../../src/holder/shown-sizes.ts';

const pane = {};
const [wide, tall] = [{}, {}];

test('the smallest viewer gives each side, and who leaves no longer counts', () => {
	const sizes = new ShownSizes<object, object>();
	expect(sizes.show(pane, wide, { columns: 120, rows: 30 })).toEqual({
		columns: 120,
		rows: 30,
	});
	expect(sizes.show(pane, tall, { columns: 80, rows: 50 })).toEqual({
		columns: 80,
		rows: 30,
	});
	expect(sizes.shownBy(tall)).toEqual([pane]);
	expect(sizes.hide(pane, wide)).toEqual({ columns: 80, rows: 50 });
	expect(sizes.hide(pane, wide)).toBe(null);
	expect(sizes.hide(pane, tall)).toBe(null);
});
