// Pull requests by the user's own `gh`. Everything of others is data: one word with its flag, or its input.

import { counted } from '../lib/counted.ts';
import { type Environment } from '../lib/environment.ts';
import { type ForegroundEnd, runInForeground } from '../lib/foreground-program.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { plainText } from '../lib/plain-text.ts';
import type { RemotePlace } from './web-address.ts';

export interface Gh {
	readonly environment: Readonly<Record<string, string>>;
	/** In the user's checkout: gh knows the repository by its remotes. */
	readonly folder: string;
	readonly signal: AbortSignal;
	/** How long each question may be without an answer. */
	readonly answerSeconds: number;
}

export interface PullWish {
	/** The branch there. */
	readonly branch: string;
	readonly base: string;
	readonly title: string;
	readonly body: string;
	readonly draft: boolean;
	/** Whose repository it was pushed to; null where the address does not tell. */
	readonly pushedTo: RemotePlace | null;
}

export interface Pull {
	readonly url: string;
	readonly number: number | null;
	readonly base: string;
	/** It was there before. */
	readonly found: boolean;
}

/**
 * The open pull request of the branch, or a new one. Refuses with `gh.missing`, `gh.logged-out`,
 * `gh.unknown-remote`, `gh.silent`, `gh.broken-off` and `gh.failed`.
 */
export async function openPull(gh: Gh, wish: PullWish): Promise<Outcome<Pull>> {
	const owner = await ownerOfBase(gh);
	if (!owner.ok) return owner;
	const before = await findPull(gh, wish);
	if (!before.ok) return before;
	if (before.value) return ok(before.value);
	const { branch, base, title, body, draft, pushedTo } = wish;
	// From a fork the branch is named with whose it is.
	const fork = pushedTo !== null && !isSame(pushedTo.owner, owner.value);
	const head = fork ? `${pushedTo.owner}:${branch}` : branch;
	const args = [`--head=${head}`, `--base=${base}`, `--title=${title}`, '--body-file=-'];
	const made = await run(
		gh,
		['pr', 'create', ...args, ...(draft ? ['--draft'] : [])],
		body,
	);
	if (made.ok) {
		const url = addressIn(made.value);
		if (url !== null) return ok({ url, number: numberIn(url), base, found: false });
	}
	// Another was quicker, or it is there though gh failed.
	const after = await findPull(gh, wish);
	if (after.ok && after.value) return ok({ ...after.value, found: !made.ok });
	return made.ok
		? refuse('gh.failed', 'gh has opened no pull request that can be found', 'gh pr list')
		: made;
}

async function ownerOfBase(gh: Gh): Promise<Outcome<string>> {
	const told = await run(gh, ['repo', 'view', '--json=owner']);
	if (!told.ok) return told;
	const owner = textAt(parsed(told.value), 'owner', 'login');
	return owner === null ? unread() : ok(owner);
}

/** Of several the newest. */
async function findPull(
	gh: Gh,
	{ branch, pushedTo }: PullWish,
): Promise<Outcome<Pull | null>> {
	const fields = 'number,url,baseRefName,headRefName,headRepositoryOwner';
	const told = await run(gh, [
		...['pr', 'list', `--head=${branch}`, '--state=open', '--limit=50'],
		`--json=${fields}`,
	]);
	if (!told.ok) return told;
	const rows = parsed(told.value);
	if (!Array.isArray(rows)) return unread();
	for (const row of rows) {
		const owner = textAt(row, 'headRepositoryOwner', 'login');
		const url = addressIn(textAt(row, 'url') ?? '');
		const theirs = pushedTo !== null && owner !== null && !isSame(owner, pushedTo.owner);
		if (url === null || theirs || textAt(row, 'headRefName') !== branch) continue;
		const base = textAt(row, 'baseRefName') ?? '';
		return ok({ url, number: numberIn(url), base, found: true });
	}
	return ok(null);
}

async function run(
	{ environment, folder, signal, answerSeconds }: Gh,
	args: readonly string[],
	input = '',
): Promise<Outcome<string>> {
	const late = AbortSignal.timeout(answerSeconds * 1000);
	const what = args.slice(0, 2).join(' ');
	const ended = await runInForeground(['gh', ...args], {
		env: { ...environment, ...quiet },
		cwd: folder,
		input,
		signal: AbortSignal.any([signal, late]),
	});
	if (ended.kind === 'broken-off' && !signal.aborted)
		return refuse(
			'gh.silent',
			`gh ${what} has not ended in ${counted(answerSeconds, 'second')}`,
			'gh auth status',
		);
	return ended.kind === 'ended' && ended.code === 0
		? ok(ended.stdout)
		: whyNot(ended, what);
}

/** It asks nothing, pages nothing and looks for no newer gh. */
const quiet: Environment & Record<string, string> = {
	GH_PROMPT_DISABLED: '1',
	GH_NO_UPDATE_NOTIFIER: '1',
	GH_NO_EXTENSION_UPDATE_NOTIFIER: '1',
	GH_PAGER: 'cat',
	NO_COLOR: '1',
	CLICOLOR_FORCE: '0',
	GH_FORCE_TTY: '',
};

/** By what `gh help exit-codes` says, and by its words where that says nothing. */
function whyNot(ended: ForegroundEnd, what: string): Outcome<never> {
	if (ended.kind === 'missing')
		return refuse('gh.missing', 'gh, which opens pull requests, is not on the PATH');
	if (ended.kind === 'broken-off')
		return refuse('gh.broken-off', `gh ${what} was broken off`);
	const { code, stderr, stdout } = ended;
	const said = `${stderr}\n${stdout}`;
	if (code === 4 || /gh auth login|HTTP 401|Bad credentials/.test(said))
		return refuse('gh.logged-out', 'gh is not logged in', 'gh auth login');
	if (/known GitHub host|no git remotes|Could not resolve to a Repository/.test(said))
		return refuse(
			'gh.unknown-remote',
			'gh knows no remote of this repository',
			'gh repo set-default, or gh auth login --hostname HOST',
		);
	const [line = 'it did not say why'] = stderr.split('\n').filter((one) => one.trim());
	return refuse('gh.failed', `gh ${what} failed: ${plainText(line, 300)}`);
}

function unread(): Outcome<never> {
	return refuse(
		'gh.failed',
		'gh answers in words that weir does not know',
		'gh --version',
	);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Told as an answer that cannot be read.
		return null;
	}
}

function textAt(value: unknown, ...keys: readonly string[]): string | null {
	let at: unknown = value;
	for (const key of keys) {
		if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return null;
		at = (at as Record<string, unknown>)[key];
	}
	return typeof at === 'string' ? at : null;
}

/** The last line of it that is an address of the web and nothing else. */
function addressIn(text: string): string | null {
	const lines = text.split('\n').map((line) => line.trim());
	const line = lines.findLast((one) => /^https?:\/\/[!-~]{1,2000}$/.test(one));
	return line !== undefined && URL.canParse(line) ? line : null;
}

function numberIn(url: string): number | null {
	const number = Number(/\/(\d{1,9})$/.exec(url)?.[1] ?? Number.NaN);
	return number > 0 ? number : null;
}

/** GitHub's names do not differ in case alone. */
function isSame(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}
