import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Emulator } from '../../../src/terminal/emulator.ts';
import { chunked, wildOutput } from '../../support/terminal-noise.ts';

function snapshot(emulator: Emulator) {
	const { version: _, ...screen } = emulator.rows(null);
	return { screen, ring: emulator.ring() };
}

it.each([198, 61, 20, 5, 2])(
	'the fast print gives the same buffer as the library at width %i',
	{ timeout: 60_000 },
	(columns) => {
		fc.assert(
			fc.property(
				fc.array(wildOutput, { minLength: 1, maxLength: 6 }),
				fc.constantFrom(3001, 17, 4096, 1),
				(outputs, size) => {
					using fast = new Emulator({ columns, rows: 7, scrollback: 9 });
					using library = new Emulator({
						columns,
						rows: 7,
						scrollback: 9,
						fastPrint: false,
					});
					for (const chunk of chunked(Buffer.concat(outputs), [size])) {
						fast.write(chunk);
						library.write(chunk);
					}
					expect(snapshot(fast)).toEqual(snapshot(library));
				},
			),
			{ numRuns: 60 },
		);
	},
);
