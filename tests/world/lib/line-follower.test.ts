// Files that others append to, cut off, replace, and put other things in the place of.
import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LineFollower } from '../../../src/lib/line-follower.ts';
import { makeScratch } from '../../support/scratch.ts';

interface Followed {
	readonly path: string;
	/** The lines that are new, behind `*` where the file has begun anew. */
	readonly read: () => Promise<string[]>;
}

function follow(longest = 100): Followed {
	const path = join(makeScratch(), 'records');
	const follower = new LineFollower(path, longest);
	return {
		path,
		async read() {
			const lines: string[] = [];
			for await (const { text } of follower.lines(() => lines.push('*')))
				lines.push(text);
			return lines;
		},
	};
}

test('each line comes once, when it is whole', async () => {
	const { path, read } = follow();
	writeFileSync(path, 'one\ntw');
	expect(await read()).toEqual(['*', 'one']);
	expect(await read()).toEqual([]);
	appendFileSync(path, 'o\nthree\n');
	expect(await read()).toEqual(['two', 'three']);
});

test('a file that was cut off or replaced begins anew', async () => {
	const { path, read } = follow();
	writeFileSync(path, 'one\ntwo\n');
	expect(await read()).toEqual(['*', 'one', 'two']);
	writeFileSync(path, 'new\n');
	expect(await read()).toEqual(['*', 'new']);
});

test('a line that is too long is passed over, whole or in pieces', async () => {
	const { path, read } = follow(10);
	writeFileSync(path, `${'x'.repeat(11)}\nfits\n${'y'.repeat(300_000)}`);
	expect(await read()).toEqual(['*', 'fits']);
	appendFileSync(path, 'y\nlast\n');
	expect(await read()).toEqual(['last']);
});

test('a pipe in its place is not waited for, and a link is not followed', async () => {
	const { path, read } = follow();
	execFileSync('mkfifo', [path]);
	expect(await read()).toEqual([]);
	rmSync(path);
	symlinkSync('/etc/passwd', path);
	await expect(read()).rejects.toThrow('ELOOP');
});
