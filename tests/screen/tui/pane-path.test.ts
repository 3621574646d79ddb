// A program that prints anything paints its own pane, all of it re-encoded, and nothing else. By hand
// for hours: `npm run fuzz`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anySession, faultsOf, type Session } from '../../support/pane-path.ts';

// The same sessions in every run of the tests, so that what is red was made red by a change; others
// in each soak.
const soak = process.env['WEIR_SOAK'] === '1';
const parameters = soak ? { numRuns: 60_000 } : { numRuns: 3_000, seed: 2026 };
const corpus = join(import.meta.dirname, '../../fixtures/sessions');

describe('the way of what a program prints to the terminal', () => {
	it.each(readdirSync(corpus))('is right for %s', async (name) => {
		// Written by `npm run fuzz`, or by hand in its form.
		const session = JSON.parse(readFileSync(join(corpus, name), 'utf8')) as Session;
		expect(await faultsOf(session)).toEqual([]);
	});

	it('is right, whatever it prints and however its pane changes', async () => {
		await fc.assert(
			fc.asyncProperty(anySession, async (session) => {
				expect(await faultsOf(session)).toEqual([]);
			}),
			parameters,
		);
	}, 3_600_000);
});
