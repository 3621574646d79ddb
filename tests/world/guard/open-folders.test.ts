// Folders that are opened to programs, with links that lead elsewhere.
import {
	chmodSync,
	existsSync,
	mkdirSync,
	realpathSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPlaces } from '../../../src/guard/sandbox/open-folders.ts';
import { makeScratch } from '../../support/scratch.ts';

function home() {
	const folder = realpathSync(makeScratch());
	return {
		folder,
		at: (path: string) => join(folder, path),
		make: (path: string) => mkdirSync(join(folder, path), { recursive: true }),
		open: (wanted: readonly string[], written: readonly string[] = []) => {
			const { open, led } = openPlaces(
				wanted.map((path) => ({
					path: join(folder, path),
					make: !path.includes('.json'),
				})),
				written.map((path) => join(folder, path)),
			);
			const below = (path: string) => path.slice(folder.length + 1);
			return { open: open.map(below), led: led.map(below) };
		},
	};
}

test('what is missing is made for its owner alone, a file is not', () => {
	const { at, open } = home();
	expect(open(['a/b/c', 'login.json']).open).toEqual(['a/b/c']);
	for (const path of ['a', 'a/b', 'a/b/c'])
		expect(statSync(at(path)).mode & 0o777).toBe(0o700);
	expect(existsSync(at('login.json'))).toBe(false);
	writeFileSync(at('login.json'), '{}');
	expect(open(['login.json']).open).toEqual(['login.json']);
});

test('a link of the user leads where it leads', () => {
	const { at, make, open } = home();
	make('data/cache');
	symlinkSync('data/cache', at('.cache'));
	symlinkSync(at('data'), at('other'));
	expect(open(['.cache', 'other/cache', 'other/new']).open).toEqual([
		...['data/cache', 'data/new'],
	]);
});

test('a link in a folder that programs write opens nothing', () => {
	const { at, make, open } = home();
	make('.ssh');
	make('.cache');
	symlinkSync('../.ssh', at('.cache/tool'));
	symlinkSync('../.ssh/made', at('.cache/later'));
	const wanted = ['.cache/tool', '.cache/later/x', '.cache/deep/new', '.cache'];
	expect(open(wanted)).toEqual({ open: ['.cache'], led: [] });
	// Nor where it is shut by now.
	expect(open(wanted.slice(0, 3), ['.cache'])).toEqual({
		...{ open: ['.cache/deep/new'], led: ['.cache/tool', '.cache/later/x'] },
	});
	expect(existsSync(at('.ssh/made'))).toBe(false);
});

test('nothing is made and no link followed in a folder of everybody', () => {
	const { at, make, open } = home();
	make('secret');
	make('all');
	chmodSync(at('all'), 0o777);
	symlinkSync('../secret', at('all/link'));
	expect(open(['all/new', 'all/link'])).toEqual({ open: [], led: ['all/link'] });
	expect(existsSync(at('all/new'))).toBe(false);
	chmodSync(at('all'), 0o1777);
	expect(open(['all/new', 'all/link']).open).toEqual(['all/new', 'secret']);
});

test('links that lead round in a circle end', () => {
	const { at, open } = home();
	symlinkSync('two', at('one'));
	symlinkSync('one', at('two'));
	expect(open(['one/x'])).toEqual({ open: [], led: ['one/x'] });
});
