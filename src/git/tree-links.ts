// The links of a tree and where they lead, as git holds them: no file system is asked.
import { git, gitList } from './git.ts';
import type { Repository } from './repository.ts';

export const linkMode = '120000';

/** No system takes a longer one; what a hostile tree holds instead is not read. */
const longestTarget = 4096;
/** Stands for what is too long to be a target: it leads nowhere. */
const nowhere = '/';

/** All links of a tree, by path. */
export async function linksOf(
	repository: Pick<Repository, 'place'>,
	tree: string,
): Promise<ReadonlyMap<string, string>> {
	const format = '--format=%(objectmode) %(objectname) %(path)';
	const entries = await gitList(repository.place, ['ls-tree', '-r', '-z', format, tree]);
	const links = entries.flatMap((entry) => {
		const [mode = '', object = ''] = entry.split(' ', 2);
		const path = entry.slice(mode.length + object.length + 2);
		return mode === linkMode ? [{ path, object }] : [];
	});
	const targets = await targetsOf(
		repository,
		links.map(({ object }) => object),
	);
	return new Map(links.map(({ path, object }) => [path, targets.get(object) ?? nowhere]));
}

/** All paths of a tree. */
export function pathsOf(
	{ place }: Pick<Repository, 'place'>,
	tree: string,
): Promise<string[]> {
	return gitList(place, ['ls-tree', '-r', '-z', '--name-only', tree]);
}

/** Where links lead, by the object that says so. */
export async function targetsOf(
	{ place }: Pick<Repository, 'place'>,
	objects: readonly string[],
): Promise<ReadonlyMap<string, string>> {
	const wanted = [...new Set(objects)];
	const targets = new Map(wanted.map((object) => [object, nowhere]));
	const short = await shortOnes(place, wanted);
	if (short.length === 0) return targets;
	const input = `${short.join('\n')}\n`;
	const bytes = await git(place, ['cat-file', '--batch'], { input });
	// `<object> blob <size>`, a line end, so many bytes, a line end.
	for (let at = 0; at < bytes.length; ) {
		const end = bytes.indexOf('\n', at);
		const [object = '', , size = ''] = bytes.toString('utf8', at, end).split(' ');
		const from = end + 1;
		const to = from + Number(size);
		targets.set(object, bytes.toString('utf8', from, to));
		at = to + 1;
	}
	return targets;
}

async function shortOnes(
	place: Repository['place'],
	objects: readonly string[],
): Promise<string[]> {
	if (objects.length === 0) return [];
	const args = ['cat-file', '--batch-check=%(objecttype) %(objectsize) %(objectname)'];
	const said = await git(place, args, { input: `${objects.join('\n')}\n` });
	return said
		.toString('utf8')
		.split('\n')
		.flatMap((line) => {
			const [type, size, object = ''] = line.split(' ');
			return type === 'blob' && Number(size) <= longestTarget ? [object] : [];
		});
}
