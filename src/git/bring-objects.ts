// Objects from one folder of them to another, which may lie on another disk, as one pack.
import { type GitPlace, git } from './git.ts';

/** More at once is refused: it passes through memory. */
const mostBytes = 1024 * 1024 * 1024;

/** Brings what `tip` leads to and `known` does not. Idempotent. */
export async function bringObjects(
	from: GitPlace,
	to: GitPlace,
	{ tip, known }: { readonly tip: string; readonly known: string },
): Promise<void> {
	// What merges made is small and mostly new: looking for likenesses costs more than it saves.
	const args = ['pack-objects', '--revs', '--window=0', '--stdout', '-q'];
	const pack = await git(from, args, {
		input: `${tip}\n^${known}\n`,
		maxBytes: mostBytes,
		timeoutMs: 600_000,
	});
	await git(to, ['index-pack', '--stdin'], { input: pack, timeoutMs: 600_000 });
}
