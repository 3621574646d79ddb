// What a review reads with git: the files that differ, however they are called, and what differs in them.
import { chmodSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { numbered } from '../../../src/domain/review/hunk.ts';
import { changedFiles } from '../../../src/git/changed-files.ts';
import { readHunks } from '../../../src/git/hunks.ts';
import { treeOnDisk } from '../../../src/git/tree-on-disk.ts';
import { openTreeStore } from '../../../src/git/tree-store.ts';
import { openLander } from '../../support/landing.ts';
import {
	commitFiles,
	gitIn,
	lines,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

const oddName = Buffer.from('odd\xffname', 'latin1');

async function openReview(before: Record<string, string>) {
	const { top, worktree, repository } = await openLander();
	commitFiles(worktree.path, before, 'before');
	const from = gitIn(worktree.path, 'rev-parse', 'HEAD');
	gitIn(top, 'fetch', '--quiet', worktree.privateDir, from);
	const { place } = await openTreeStore(repository);
	const read = async () => {
		const tree = valueOf(await treeOnDisk(worktree, from));
		const files = await changedFiles(place, from, tree);
		const byPath = new Map(files.map((file) => [file.path, file]));
		const hunksOf = (path: string) => {
			const file = byPath.get(path);
			return readHunks(place, file?.old?.object ?? null, file?.new?.object ?? null);
		};
		return { files, hunksOf };
	};
	return { path: worktree.path, place, read };
}

test('each file is told once, a renamed one with both names, whatever bytes a name has', async () => {
	const { path, read } = await openReview({
		...{ 'change.txt': 'one\ntwo\n', 'gone.txt': 'gone\n', 'run.sh': 'echo\n' },
		...{ 'moved.txt': lines(1, 20), 'link.txt': 'text\n', 'same.txt': 'same\n' },
	});
	writeFiles(path, {
		'change.txt': 'one\nzwei\ndrei\n',
		'gone.txt': null,
		'new.txt': 'x',
	});
	chmodSync(join(path, 'run.sh'), 0o755);
	renameSync(join(path, 'moved.txt'), join(path, 'tab\tand "quotes"'));
	rmSync(join(path, 'link.txt'));
	symlinkSync('change.txt', join(path, 'link.txt'));
	writeFileSync(Buffer.concat([Buffer.from(`${path}/`), oddName]), 'bytes\n');
	writeFileSync(join(path, 'data.bin'), Buffer.from([0, 1, 2]));
	const { files } = await read();
	const told = files.map(({ path: name, from, added, removed, old, new: now }) => [
		...[name, from, added, removed, old?.mode ?? null, now?.mode ?? null],
	]);
	expect(told).toEqual([
		['change.txt', null, 2, 1, '100644', '100644'],
		['data.bin', null, null, null, null, '100644'],
		['gone.txt', null, 0, 1, '100644', null],
		['link.txt', null, 1, 1, '100644', '120000'],
		['new.txt', null, 1, 0, null, '100644'],
		['odd\udcffname', null, 1, 0, null, '100644'],
		['run.sh', null, 0, 0, '100644', '100755'],
		['tab\tand "quotes"', 'moved.txt', 0, 0, '100644', '100644'],
	]);
});

test('hunks have the lines of both sides with their numbers, and say where no line end is', async () => {
	const { path, read } = await openReview({
		'a.txt': lines(1, 30),
		...{ 'open.txt': 'one\nlast', 'crlf.txt': 'a\r\nb\r\n', 'was.txt': 'x\n' },
	});
	const changed = lines(1, 30)
		.replace('line 3\n', '')
		.replace('line 25\n', 'line\n+25\n');
	writeFiles(path, {
		...{ 'a.txt': changed, 'open.txt': 'one\nlast\n', 'crlf.txt': 'a\r\nB\r\n' },
		...{ 'was.txt': null, 'empty.txt': '', 'made.txt': '-- x\n\\ y' },
	});
	const { hunksOf } = await read();
	const texts = async (name: string) => {
		const { hunks } = await hunksOf(name);
		return hunks.map((hunk) =>
			numbered(hunk).map(
				({ sign, text, old, new: now, open }) =>
					`${old ?? ''}|${now ?? ''}|${sign}${text}${open ? '|' : ''}`,
			),
		);
	};
	const [first, second] = await texts('a.txt');
	expect(first).toEqual([
		...['1|1| line 1', '2|2| line 2', '3||-line 3'],
		...['4|3| line 4', '5|4| line 5', '6|5| line 6'],
	]);
	expect(second?.slice(2, 6)).toEqual([
		...['24|23| line 24', '25||-line 25', '|24|+line', '|25|++25'],
	]);
	expect(await texts('open.txt')).toEqual([['1|1| one', '2||-last|', '|2|+last']]);
	expect(await texts('crlf.txt')).toEqual([['1|1| a\r', '2||-b\r', '|2|+B\r']]);
	expect(await texts('was.txt')).toEqual([['1||-x']]);
	expect(await texts('made.txt')).toEqual([['|1|+-- x', '|2|+\\ y|']]);
	expect(await texts('empty.txt')).toEqual([]);
});

test('what is no text is named, and what is too much is counted', async () => {
	const { path, read } = await openReview({
		...{ 'data.bin': 'a\0b', 'deleted.bin': '\0', 'huge.txt': 'small\n' },
		'many.txt': '',
	});
	writeFiles(path, {
		...{ 'data.bin': 'a\0c', 'deleted.bin': null, 'new.bin': 'made\0of other bytes' },
		...{ 'huge.txt': 'x'.repeat(5 * 1024 * 1024), 'many.txt': lines(1, 6000) },
		'wide.txt': `${'w'.repeat(100_000)}\n`,
	});
	const { hunksOf } = await read();
	for (const name of ['deleted.bin', 'new.bin', 'data.bin'])
		expect(await hunksOf(name)).toEqual({ hunks: [], without: 'binary', dropped: 0 });
	expect(await hunksOf('huge.txt')).toMatchObject({ without: 'large' });
	const many = await hunksOf('many.txt');
	expect([many.hunks[0]?.lines.length, many.dropped]).toEqual([5000, 1000]);
	expect((await hunksOf('wide.txt')).hunks[0]?.lines[0]?.text.length).toBe(4000);
});

test('what the repository says of attributes hides nothing', async () => {
	const { path, read } = await openReview({ 'a.ts': 'one\n', '.gitattributes': '' });
	writeFiles(path, { 'a.ts': 'two\n', '.gitattributes': '*.ts binary -diff\n' });
	const { hunksOf } = await read();
	expect((await hunksOf('a.ts')).hunks[0]?.lines).toEqual([
		{ sign: '-', text: 'one' },
		{ sign: '+', text: 'two' },
	]);
});
