// A push to a remote, and the look at it before.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { plainText } from '../lib/plain-text.ts';
import { shellWord } from '../lib/shell-word.ts';
import { runUserGit, type UserGit } from './user-git.ts';

/** The first address that a push to the remote goes to; null where git tells none. */
export function pushAddress(git: UserGit, remote: string): Promise<string | null> {
	return addressOf(git, ['--push', '--', remote]);
}

async function addressOf(git: UserGit, words: readonly string[]): Promise<string | null> {
	const told = await runUserGit(git, ['remote', 'get-url', ...words]);
	if (told.kind !== 'ended' || told.code !== 0) return null;
	return told.stdout.trim().split('\n', 1)[0] || null;
}

/** Where the branches are that a push moves: a remote may be read from elsewhere. */
async function placeToAsk(git: UserGit, remote: string): Promise<string> {
	const [from, to] = [
		await addressOf(git, ['--', remote]),
		await pushAddress(git, remote),
	];
	return to === null || from === to ? remote : to;
}

/**
 * The commit that a branch of the remote is at; null where it has none. Refuses with `push.broken-off`, and
 * with `push.unreachable` where nobody answers or lets us in.
 */
export async function remoteTip(
	git: UserGit,
	{ remote, branch }: { readonly remote: string; readonly branch: string },
	onStderr: (text: string) => void,
): Promise<Outcome<string | null>> {
	const ref = `refs/heads/${branch}`;
	const told = await runUserGit(
		git,
		['ls-remote', '--quiet', '--', await placeToAsk(git, remote), ref],
		onStderr,
	);
	if (told.kind === 'missing') return gitMissing();
	if (told.kind === 'broken-off')
		return refuse('push.broken-off', `${remote} was not waited for; nothing was pushed`);
	if (told.code !== 0)
		return refuse(
			'push.unreachable',
			`${remote} cannot be reached: ${reasonIn(told.stderr)}`,
			`git ls-remote ${shellWord(remote)}`,
		);
	const rows = told.stdout.split('\n').map((line) => line.split('\t'));
	return ok(rows.find(([, name]) => name === ref)?.[0] ?? null);
}

export interface Push {
	readonly remote: string;
	readonly branch: string;
	readonly commit: string;
	/** Replaces what is there, if it is still this; null goes forward alone. */
	readonly over: string | null;
	/** Whether the user's `pre-push` runs. */
	readonly hooks: boolean;
	/** The command that tries it once more. */
	readonly again: string;
}

/**
 * Refuses with `push.rejected` where the other side said no, `push.moved` where its branch is another by
 * now, `push.hook` where the user's hook did, `push.failed`, `push.broken-off`.
 */
export async function pushBranch(
	git: UserGit,
	push: Push,
	onStderr: (text: string) => void,
): Promise<Outcome<void>> {
	const { remote, branch, commit, over, hooks, again } = push;
	const ref = `refs/heads/${branch}`;
	const args = ['push', '--porcelain', '--progress'];
	if (!hooks) args.push('--no-verify');
	if (over !== null) args.push(`--force-with-lease=${ref}:${over}`);
	args.push('--', remote, `${commit}:${ref}`);
	const told = await runUserGit(git, args, onStderr);
	if (told.kind === 'missing') return gitMissing();
	if (told.kind === 'broken-off')
		return refuse(
			'push.broken-off',
			`the push to ${remote} was broken off; whether it has arrived is not known`,
			`${again} looks, and goes on`,
		);
	if (told.code === 0) return ok(undefined);
	const refusal = refusalIn(told.stdout, ref);
	if (refusal !== null && movedThere.test(refusal))
		return refuse(
			'push.moved',
			`${branch} on ${remote} was moved by somebody else at this very moment`,
			`${again} looks again`,
		);
	if (refusal !== null)
		return refuse(
			'push.rejected',
			`${remote} rejected ${branch}: ${refusal}${remarksIn(told.stderr)}`,
			`${again}, once it lets it in`,
		);
	const reason = reasonIn(told.stderr);
	// git itself says why, but of a hook that ended otherwise than well.
	if (hooks && !/^(?:fatal|error): (?!failed to push)/m.test(told.stderr))
		return refuse(
			'push.hook',
			`nothing was pushed to ${remote}: your pre-push hook said no`,
			`${again} --no-verify leaves it out`,
		);
	return refuse('push.failed', `nothing was pushed to ${remote}: ${reason}`, again);
}

const movedThere = /fetch first|non-fast-forward|stale info|needs force/;

function gitMissing(): Outcome<never> {
	return refuse('git.missing', 'git is not on the PATH', 'install git');
}

/** `!<tab>from:to<tab>[remote rejected] (why)` */
function refusalIn(stdout: string, ref: string): string | null {
	for (const line of stdout.split('\n')) {
		const [flag, names, said] = line.split('\t');
		if (flag === '!' && names?.endsWith(`:${ref}`)) return plainText(said ?? '', 200);
	}
	return null;
}

/** What the other side printed, its last words. */
function remarksIn(stderr: string): string {
	const said = stderr
		.split(/[\r\n]+/)
		.filter((line) => line.startsWith('remote: ') && !isProgress(line))
		.map((line) => line.slice('remote: '.length).trim())
		.filter((line) => line !== '');
	return said.length === 0 ? '' : ` (${plainText(said.slice(-3).join(' '), 300)})`;
}

/** The line that says why, the first that git calls fatal or an error, else the last. */
function reasonIn(stderr: string): string {
	const lines = stderr.split(/[\r\n]+/).filter((line) => line.trim() !== '');
	const words = /^(?:ssh|kex_exchange_identification|.*Permission denied|fatal|error)\b/;
	const line =
		lines.find((one) => words.test(one)) ?? lines.at(-1) ?? 'it did not say why';
	return plainText(line.replace(/^(?:fatal|error): /, ''), 300);
}

/** Whether a line tells only how far it has come. */
export function isProgress(line: string): boolean {
	return /^(?:remote: )?(?:Enumerating|Counting|Compressing|Writing|Delta|Resolving|Total|Receiving|Unpacking) /.test(
		line,
	);
}
