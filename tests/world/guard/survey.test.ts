// What of a scope lies on a disk, and files with names outside of it.
import { linkSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { breakHardLinks, shutFolders } from '../../../src/guard/sandbox/hard-links.ts';
import { rulingsFor } from '../../../src/guard/sandbox/rulings.ts';
import { scopeView } from '../../../src/guard/sandbox/scope-view.ts';
import { surveyScope } from '../../../src/guard/sandbox/survey.ts';
import { writeFiles } from '../../support/repository.ts';
import { makeScratch } from '../../support/scratch.ts';

const files = {
	'.git': 'gitdir: elsewhere\n',
	'.github/workflows/ci.yml': '',
	'.github/CODEOWNERS': '',
	'docs/a.md': '',
	'docs/old/b.md': '',
	'src/api/x.ts': '',
	'src/api/legacy/y.ts': '',
	'src/web/z.ts': '',
	'readme.md': '',
};

async function plannedFor(...patterns: string[]): Promise<string[]> {
	const folder = makeScratch();
	writeFiles(folder, files);
	symlinkSync('src', join(folder, 'link'));
	const { places } = rulingsFor(await surveyScope(folder, scopeView(patterns)));
	for (const { path } of places) statSync(join(folder, path));
	return places.map(({ path, writable }) => `${writable ? '+' : '-'}${path}`);
}

test('without a scope all is open but what must be named', async () => {
	expect(await plannedFor()).toEqual(['+', '-.github/workflows']);
});

test('folders are opened whole', async () => {
	expect(await plannedFor('src/api/**', 'docs/')).toEqual(['+docs', '+src/api']);
});

test('what is taken out of a folder is shut', async () => {
	expect(await plannedFor('/src/**', '!/src/api/legacy/')).toEqual([
		...['+src', '-src/api/legacy'],
	]);
});

test('a file is opened with its folder, and what lies beside it is shut', async () => {
	expect(await plannedFor('/docs/a.md')).toEqual(['+docs', '-docs/old']);
	expect(await plannedFor('/src/api/x.ts')).toEqual(['+src/api', '-src/api/legacy']);
});

test('a link is nothing that a scope leads through', async () => {
	expect(await plannedFor('link/**')).toEqual([]);
	expect(await plannedFor('/link')).toContain('+');
});

test('a folder that only a pattern knows is made', async () => {
	expect(await plannedFor('src/new/deep/**')).toEqual(['+src/new/deep']);
	expect(await plannedFor('/readme.md/x/**')).toEqual([]);
});

test('a file named anywhere opens every folder, and shuts what is there', async () => {
	const places = await plannedFor('*.md');
	expect(places[0]).toBe('+');
	expect(places).toContain('-src/api/x.ts');
	expect(places.filter((place) => place.endsWith('.md'))).toEqual([]);
});

test('a hard link that leads out becomes a file of its own, one that does not stays', async () => {
	const folder = makeScratch();
	writeFiles(folder, { 'out/a': 'a\n', 'wt/in/b': 'b\n', 'wt/shut/c': 'c\n' });
	const at = (path: string) => join(folder, path);
	linkSync(at('out/a'), at('wt/in/a'));
	linkSync(at('wt/in/b'), at('wt/in/b2'));
	linkSync(at('out/a'), at('wt/shut/a'));
	const places = [
		{ path: '', writable: true },
		{ path: 'shut', writable: false },
	];
	const ended = await breakHardLinks(at('wt'), places);
	expect(ended).toEqual({ copied: 1, shut: [] });
	const names = ['wt/in/a', 'out/a', 'wt/in/b', 'wt/shut/a'];
	expect(names.map((path) => statSync(at(path)).nlink)).toEqual([1, 2, 2, 2]);
	expect(readFileSync(at('wt/in/a'), 'utf8')).toBe('a\n');
});

test('a folder with more of them than can be copied is shut', async () => {
	const folder = makeScratch();
	mkdirSync(join(folder, 'wt/node_modules/x'), { recursive: true });
	writeFiles(folder, { store: 'x\n' });
	for (let at = 0; at <= 1000; at += 1)
		linkSync(join(folder, 'store'), join(folder, 'wt/node_modules/x', String(at)));
	const places = [{ path: '', writable: true }];
	const { copied, shut } = await breakHardLinks(join(folder, 'wt'), places);
	expect([copied, shut]).toEqual([0, ['node_modules']]);
	expect(shutFolders(places, shut)).toEqual([
		...places,
		{ path: 'node_modules', writable: false },
	]);
});
