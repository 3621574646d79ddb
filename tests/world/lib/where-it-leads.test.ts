import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { whereItLeads } from '../../../src/lib/where-it-leads.ts';
import { makeScratch } from '../../support/scratch.ts';

/** `in/` and `out/`, and links from the one to the other. */
function folders(): string {
	const folder = makeScratch();
	for (const name of ['in/deep', 'out'])
		mkdirSync(join(folder, name), { recursive: true });
	writeFileSync(join(folder, 'in', 'file'), '');
	for (const [name, target] of [
		['folder', '../out'],
		['absolute', join(folder, 'out')],
		['file-out', '../out/file'],
		['dangling', 'folder/not/there'],
		['chain', 'dangling'],
		['round', 'round'],
	] as const)
		symlinkSync(target, join(folder, 'in', name));
	return folder;
}

test.each([
	['in/file', 'in/file'],
	['in/new/file', 'in/new/file'],
	['in/./deep/../file', 'in/file'],
	['in/folder/new', 'out/new'],
	['in/absolute/new/file', 'out/new/file'],
	['in/file-out', 'out/file'],
	['in/dangling', 'out/not/there'],
	['in/chain', 'out/not/there'],
	// As the kernel goes: up from where the link led.
	['in/folder/../new', 'new'],
	['in/not-there/../file', 'in/file'],
	['in/file/below', 'in/file/below'],
	['in//deep/', 'in/deep'],
])('%s leads to %s', async (path, target) => {
	const folder = folders();
	expect(await whereItLeads(`${folder}/${path}`)).toBe(join(folder, target));
});

test('what leads in a circle leads nowhere', async () => {
	expect(await whereItLeads(`${folders()}/in/round/x`)).toBeNull();
});

test('a name that no file can have leads to itself', async () => {
	const long = `/${'x'.repeat(5000)}/y`;
	expect(await whereItLeads(long)).toBe(long);
	await expect(whereItLeads('/a\0b')).rejects.toThrow('null bytes');
});
