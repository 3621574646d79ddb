// A repository of 30,000 small files, made by fast-import because 30,000 `git add`s are not the
// subject.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { World } from './world.ts';

const folders = 300;
const filesInEach = 100;

/** d0/f0 to d299/f99, a few lines each, checked out on `main`. */
export function makeLargeRepository(world: World): string {
	const path = world.fresh('large');
	mkdirSync(path);
	const git = (argv: readonly string[], input?: string) =>
		execFileSync('git', ['-C', path, ...argv], {
			stdio: ['pipe', 'ignore', 'inherit'],
			...(input === undefined ? {} : { input }),
		});
	git(['init', '-q', '-b', 'main']);
	git(['config', 'user.name', 'bench']);
	git(['config', 'user.email', 'bench@example.invalid']);
	git(['fast-import', '--quiet'], importStream());
	git(['reset', '-q', '--hard']);
	return path;
}

function importStream(): string {
	const parts = [
		'commit refs/heads/main\n',
		'committer bench <bench@example.invalid> 1700000000 +0000\n',
		'data 5\nfiles\n',
	];
	for (let folder = 0; folder < folders; folder += 1) {
		for (let file = 0; file < filesInEach; file += 1) {
			const name = `d${folder}/f${file}`;
			const text = `export const name = '${name}';\n`.repeat(1 + ((folder + file) % 40));
			parts.push(`M 100644 inline ${name}\ndata ${text.length}\n${text}\n`);
		}
	}
	return parts.join('');
}
