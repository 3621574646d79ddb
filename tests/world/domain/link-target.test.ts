// Where links lead is judged from what git holds; a file system is the measure.
import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { whereLinkLeads } from '../../../src/domain/link-target.ts';
import { makeScratch } from '../../support/scratch.ts';

const place = fc
	.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
	.map((names) => names.join('/'));
const target = fc
	.array(fc.constantFrom('a', 'b', 'c', '..', '.', ''), { minLength: 1, maxLength: 4 })
	.map((names) => names.join('/'))
	.filter((text) => text !== '' && !text.startsWith('/'));
const entries = fc.array(fc.tuple(place, fc.option(target)), {
	minLength: 2,
	maxLength: 9,
});

it('a link leads where the file system says, through others, or nowhere', () => {
	const root = join(makeScratch(), 'tree');
	const counted = { inside: 0, out: 0 };
	fc.assert(
		fc.property(entries, (all) => {
			rmSync(root, { recursive: true, force: true });
			mkdirSync(root);
			const links = make(root, all);
			for (const [at, leads] of links) {
				// The other one reads the words of a link before it follows links in them.
				const real = orNull(() => realpathSync.native(join(root, at)));
				if (real === null) continue;
				const way = relative(root, real);
				const inside = way !== '..' && !way.startsWith('../');
				const led = whereLinkLeads(at, leads, (path) => links.get(path));
				// Out and in again is out: what the worktree is called is not for a link to know.
				expect([inside ? way : null, null]).toContain(led);
				counted[led === null ? 'out' : 'inside'] += 1;
			}
		}),
		{ numRuns: 400, seed: 51, endOnFailure: true },
	);
	expect(counted.inside).toBeGreaterThan(100);
	expect(counted.out).toBeGreaterThan(10);
});

/** Files, and links where a target is given; what cannot be made beside the others is left out. */
function make(
	root: string,
	all: readonly (readonly [string, string | null])[],
): ReadonlyMap<string, string> {
	const links = new Map<string, string>();
	for (const [at, leads] of all) {
		const throughLink = [...links.keys()].some((link) => `${at}/`.startsWith(`${link}/`));
		if (throughLink) continue;
		orNull(() => {
			mkdirSync(dirname(join(root, at)), { recursive: true });
			if (leads === null) writeFileSync(join(root, at), '');
			else {
				symlinkSync(leads, join(root, at));
				links.set(at, leads);
			}
			return at;
		});
	}
	return links;
}

function orNull(work: () => string): string | null {
	try {
		return work();
	} catch {
		return null;
	}
}
