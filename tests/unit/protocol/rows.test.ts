import { expect, test } from 'vitest';
import { decodeRows, encodeRows, type RowsPush } from '../../../src/protocol/rows.ts';

const push: RowsPush = {
	pane: 7,
	version: 0x01020304,
	full: true,
	columns: 200,
	rows: 50,
	cursorColumn: 3,
	cursorRow: 4,
	cursorShape: 2,
	modes: 0x40001,
	kittyFlags: 5,
	scrollback: 1_000_000,
	changed: [
		{
			row: 0,
			wrapped: true,
			cells: Uint32Array.of(0x400061, 0x80000001, 0xdeadbeef, 0xa00000, 2, 0x10000000),
			clusters: [[1, 'é']],
			underlines: [{ column: 1, style: 3, colour: 0x3010203 }],
			links: [[0, 'https://a.b']],
		},
		{
			row: 9,
			wrapped: false,
			cells: new Uint32Array(0),
			clusters: [],
			underlines: [],
			links: [],
		},
	],
};

/** By the layout that is frozen. */
const bytes = Buffer.from(
	[
		'07000000 04030201 01000400 40420f00',
		'c800 3200 0300 0400 0200 0500 0100 0200',
		'0000 0100 0200 0100 0100 0100',
		'61004000 01000080 efbeadde 0000a000 02000000 00000010',
		'0100 0200 c3a9',
		'0100 0300 03020103',
		'0000 0b00 68747470733a2f2f612e62',
		'0900 0000 0000 0000 0000 0000',
	]
		.join('')
		.replaceAll(' ', ''),
	'hex',
);

test('rows travel in the layout that old holders and clients know', () => {
	expect(hexOf(encodeRows(push))).toBe(hexOf(bytes));
	expect(decodeRows(bytes)).toEqual(push);
});

test('rows are read and written wherever they lie in memory', () => {
	const shifted = new Uint8Array(bytes.length + 1);
	shifted.set(bytes, 1);
	expect(decodeRows(shifted.subarray(1))).toEqual(push);
	const changed = push.changed.map((row) => {
		const moved = new Uint32Array(row.cells.length + 1);
		moved.set(row.cells, 1);
		return { ...row, cells: moved.subarray(1) };
	});
	expect(hexOf(encodeRows({ ...push, changed }))).toBe(hexOf(bytes));
});

test('rows that are cut short anywhere are refused', () => {
	for (let length = 0; length < bytes.length; length += 1)
		expect(() => decodeRows(bytes.subarray(0, length))).toThrow(RangeError);
});

function hexOf(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('hex');
}
