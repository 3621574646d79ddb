/* oxlint-disable no-underscore-dangle -- the private names of the library */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Emulator } from '../../../src/terminal/emulator.ts';
import { libraryOperations } from '../../../src/terminal/xterm/fast-cells.ts';
import { internalsOf, type Line } from '../../../src/terminal/xterm/internals.ts';
import { newTerminal } from '../../../src/terminal/xterm/library.ts';

const columns = 12;
const glyphs = [
	'a',
	'b',
	' ',
	'漢',
	'e\u0301',
	'👩‍💻',
	'\x1b[41mr\x1b[m',
	'\x1b[4:3mu\x1b[m',
	'\x1b[1"qp\x1b["q',
];
const text = fc.array(fc.constantFrom(...glyphs), { maxLength: 12 });
const plain = { content: 1 << 22, fg: 0, bg: 0 };
const cell = fc.constantFrom(
	plain,
	{ ...plain, bg: 0x2000001 },
	{ ...plain, fg: 0x80000000 },
);
const column = fc.nat({ max: columns - 1 });
const count = fc.integer({ min: 1, max: columns + 3 });
const operation = fc.oneof(
	fc.record({
		name: fc.constant('replaceCells' as const),
		given: fc.tuple(column, fc.nat({ max: columns }), cell, fc.boolean()),
	}),
	fc.record({
		name: fc.constantFrom('insertCells' as const, 'deleteCells' as const),
		given: fc.tuple(column, count, cell),
	}),
	fc.record({ name: fc.constant('fill' as const), given: fc.tuple(cell, fc.boolean()) }),
);

describe('erasing, inserting and deleting cells by runs', () => {
	it('gives the line that the library gives', () => {
		// The first emulator of a process puts the quick ones in place.
		using _ = new Emulator({ columns, rows: 1 });
		fc.assert(
			fc.property(
				text,
				fc.array(operation, { minLength: 1, maxLength: 6 }),
				(printed, all) => {
					const quick = lineWith(printed);
					const slow = lineWith(printed);
					const library = libraryOperations.get(Object.getPrototypeOf(slow) as object);
					if (!library) throw new Error('the quick operations are not in place');
					for (const { name, given } of all) {
						Reflect.apply(Reflect.get(quick, name) as () => void, quick, given);
						Reflect.apply(library[name], slow, given);
						expect(written(quick)).toEqual(written(slow));
					}
				},
			),
			{ numRuns: 2000 },
		);
	});
});

function lineWith(printed: readonly string[]): Line {
	const terminal = newTerminal(columns, 1, 0);
	const internals = internalsOf(terminal);
	internals?._inputHandler.parse(Buffer.from(printed.join('')));
	const line = internals?._bufferService.buffers.normal.lines.get(0);
	if (!line) throw new Error('there is no line');
	return line;
}

/** The words, and of what stands beside them all that a word points at. */
function written(line: Line): unknown {
	const cells = Array.from({ length: columns }, (_, at) => at);
	return [
		Array.from(line._data),
		cells.map((at) =>
			((line._data[at * 3] ?? 0) & (1 << 21)) === 0 ? '' : line._combined[at],
		),
		cells.map((at) =>
			((line._data[at * 3 + 2] ?? 0) & 0x10000000) === 0
				? 0
				: line._extendedAttrs[at]?._ext,
		),
	];
}
