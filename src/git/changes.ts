// Which paths differ between two trees. What a change may touch is decided elsewhere.
import { gitList, gitText } from './git.ts';
import type { Repository } from './repository.ts';

/** A changed path with modes as git writes them: 100644, 100755, 120000 link, 160000 submodule. */
export interface ChangedPath {
	readonly path: string;
	readonly kind: 'added' | 'changed' | 'deleted';
	readonly from: Side | null;
	readonly to: Side | null;
}

export interface Side {
	readonly mode: string;
	readonly object: string;
}

type Asked = Pick<Repository, 'place'> & Partial<Pick<Repository, 'readings'>>;

/** A landing is asked what it changes by everybody who may refuse it. */
const longestKept = 500;

/** Every path that differs; a rename is a deletion and an addition. */
export async function changedPaths(
	{ place, readings }: Asked,
	from: string,
	to: string,
): Promise<readonly ChangedPath[]> {
	const ask = async () => {
		const args = ['diff-tree', ...rawDiff, '--no-commit-id', from, to];
		const blocks = readBlocks(await gitList(place, args));
		return blocks.flatMap(({ changes }) => changes);
	};
	if (!readings || !objectName.test(from) || !objectName.test(to)) return ask();
	const isSmall = ({ length }: readonly ChangedPath[]) => length <= longestKept;
	return readings.answers.of(`changed ${from} ${to}`, ask, isSmall);
}

/** Whole, so that it stands for the same for ever. */
const objectName = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Those that differ from every one of several commits. */
export async function changedFromAll(
	repository: Asked,
	from: readonly string[],
	to: string,
): Promise<readonly ChangedPath[]> {
	return inAll(await Promise.all(from.map((one) => changedPaths(repository, one, to))));
}

/**
 * What each commit of `tip` that `onto` lacks changed, whatever became of it later. Of a merge it is
 * what differs from all its parents: the rest is told by the commits that it brings.
 */
export async function changesOnTheWay(
	{ place }: Pick<Repository, 'place'>,
	onto: string,
	tip: string,
): Promise<readonly ChangedPath[]> {
	const listed = await gitText(place, ['rev-list', '--parents', tip, `^${onto}`]);
	const commits = listed === '' ? [] : listed.split('\n').map((line) => line.split(' '));
	const parents = new Map(commits.map(([commit = '', ...others]) => [commit, others]));
	const input = [...parents].flatMap(([commit, others]) =>
		others.length < 2 ? [commit] : others.map((parent) => `${commit} ${parent}`),
	);
	if (input.length === 0) return [];
	const args = ['diff-tree', ...rawDiff, '--root', '--stdin'];
	const fields = await gitList(place, args, { input: `${input.join('\n')}\n` });
	// A parent from which nothing differs has no block.
	const blocks = Map.groupBy(readBlocks(fields), ({ commit }) => commit);
	return [...blocks].flatMap(([commit, some]) => {
		const whole = some.length >= (parents.get(commit ?? '')?.length ?? 1);
		return whole ? inAll(some.map(({ changes }) => changes)) : [];
	});
}

const rawDiff = ['-r', '-z', '--raw', '--no-renames'];

interface Block {
	/** The commit that it is about, where several are asked for. */
	readonly commit: string | null;
	readonly changes: readonly ChangedPath[];
}

/** What differs, in blocks that an id begins; a change is two fields, of which the first has a colon. */
function readBlocks(fields: readonly string[]): readonly Block[] {
	const blocks: { commit: string | null; changes: ChangedPath[] }[] = [];
	for (let at = 0; at < fields.length; ) {
		const field = fields[at] ?? '';
		if (!field.startsWith(':')) {
			blocks.push({ commit: field, changes: [] });
			at += 1;
			continue;
		}
		if (blocks.length === 0) blocks.push({ commit: null, changes: [] });
		blocks.at(-1)?.changes.push(changeOf(field, fields[at + 1]));
		at += 2;
	}
	return blocks;
}

function changeOf(field: string, path: string | undefined): ChangedPath {
	const [mode, newMode, object, newObject, letter] = field.slice(1).split(' ');
	if (!mode || !newMode || !object || !newObject || !letter || path === undefined)
		throw new Error(`git diff-tree said ${JSON.stringify(field)}`);
	return {
		path,
		kind: letter === 'A' ? 'added' : letter === 'D' ? 'deleted' : 'changed',
		from: letter === 'A' ? null : { mode, object },
		to: letter === 'D' ? null : { mode: newMode, object: newObject },
	};
}

/** Of several lists, the changes whose paths are in all of them. */
function inAll(lists: readonly (readonly ChangedPath[])[]): readonly ChangedPath[] {
	const [first = [], ...others] = lists;
	const paths = others.map((list) => new Set(list.map(({ path }) => path)));
	return first.filter(({ path }) => paths.every((some) => some.has(path)));
}
