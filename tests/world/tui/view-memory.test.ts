// Views and saved layouts as files, in folders of their own.
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { KeptView } from '../../../src/domain/kept-view.ts';
import { SavedLayouts } from '../../../src/tui/layouts/saved-layouts.ts';
import { ViewMemory } from '../../../src/tui/layouts/view-memory.ts';
import { makeScratch } from '../../support/scratch.ts';

let place: string;
beforeEach(() => {
	place = makeScratch();
});

const view = (focus: string): KeptView => ({
	v: 1,
	layout: { kind: 'main-stack', shares: { main: [1.3, 0.7] }, folded: ['done'] },
	setting: 'auto',
	order: ['a3', 'a1'],
	focus,
	previous: null,
	zoom: false,
});

async function leave(client: string, focus: string): Promise<void> {
	await using memory = new ViewMemory(place, client);
	memory.keep(view('a0'));
	memory.keep(view(focus));
}

test('each client finds its own view again, another takes what was left last', async () => {
	await leave('one', 'a1');
	await leave('two', 'a2');
	const folder = join(place, 'weir', 'views');
	const files = readdirSync(folder).map((name) => join(folder, name));
	for (const [at, file] of files.entries()) {
		expect(statSync(file).mode & 0o777).toBe(0o600);
		utimesSync(file, 1_000 + at, 1_000 + at);
	}
	await leave('one', 'a4');
	const seen = (client: string) => new ViewMemory(place, client).read()?.focus;
	expect([seen('one'), seen('two'), seen('three')]).toEqual(['a4', 'a2', 'a4']);
	expect(new ViewMemory(place, 'one').read()).toEqual(view('a4'));
});

test('what is no view of ours counts as none', async () => {
	await leave('one', 'a1');
	const folder = join(place, 'weir', 'views');
	for (const text of ['', 'null', '{"v":2}', '{"v":1,"layout":{"kind":"spiral"}}']) {
		for (const name of readdirSync(folder)) writeFileSync(join(folder, name), text);
		expect(new ViewMemory(place, 'one').read()).toBe(null);
	}
});

test('a view that cannot be kept disturbs nobody', async () => {
	writeFileSync(join(place, 'weir'), '');
	await leave('one', 'a1');
	expect(new ViewMemory(place, 'one').read()).toBe(null);
});

test('layouts are saved by name, replaced, and deleted', () => {
	const layouts = new SavedLayouts({ XDG_DATA_HOME: place });
	const { layout } = view('a1');
	expect(layouts.all()).toEqual([]);
	expect(layouts.save('wide', layout).ok).toBe(true);
	expect(layouts.save('tall', { ...layout, kind: 'strips' }).ok).toBe(true);
	expect(layouts.save('wide', { ...layout, kind: 'grid' }).ok).toBe(true);
	const other = new SavedLayouts({ XDG_DATA_HOME: place });
	expect(other.all().map(({ name, kind }) => [name, kind])).toEqual([
		['tall', 'strips'],
		['wide', 'grid'],
	]);
	expect(other.remove('tall').ok).toBe(true);
	expect(layouts.all().map(({ name }) => name)).toEqual(['wide']);
});
