// The git directory that an agent works with: its own refs, index, config and new objects, and the
// user's objects borrowed. Built by hand, because `clone --shared` would copy every ref of weir's
// and of other agents, name a local path as origin, and leave out repo-local settings.
//
//   <worktree.root>/.git-of/<agent>/
//     HEAD config index packed-refs shallow weir-owner
//     objects/info/alternates   -> <common>/objects
//     info/exclude
//
// weir never runs git with this directory as its git directory: an agent can write all of it.
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { draftOf } from '../lib/replace-file.ts';
import { conversions, copiedConfig } from './copied-config.ts';
import { clearDrafts, readSmall } from './files.ts';
import { ownerFile, ownerText } from './owner.ts';
import type { NamedRef } from './refs.ts';
import type { Repository } from './repository.ts';

export interface ClonePlan {
	readonly privateDir: string;
	readonly agent: string;
	/** Top folder of the worktree that will point here. */
	readonly worktree: string;
	/** Short name of the agent's branch. */
	readonly branch: string;
	readonly commit: string;
	/** Branches under this prefix (`weir/`) belong to other agents and are left out. */
	readonly prefix: string;
	/** Refs of the user's repository, of which branches, remote branches and tags are copied. */
	readonly refs: readonly NamedRef[];
}

/** Makes the private clone, whole or not at all. One that is there already is kept. */
export async function makePrivateClone(
	repository: Repository,
	plan: ClonePlan,
): Promise<void> {
	if (existsSync(join(plan.privateDir, ownerFile))) return;
	await mkdir(dirname(plan.privateDir), { recursive: true, mode: 0o700 });
	await clearDrafts(plan.privateDir);
	const draft = draftOf(plan.privateDir);
	try {
		await fill(draft, repository, plan);
		await rename(draft, plan.privateDir);
	} catch (error) {
		await rm(draft, { recursive: true, force: true });
		throw error;
	}
}

export interface PrivateHead {
	readonly commit: string;
	/** Full ref the agent is on, or null where its HEAD is detached. */
	readonly ref: string | null;
}

/**
 * Where the agent stands: its HEAD, or, while it rebases, the branch it will come back to. Read
 * from the files, without git. Refuses with `worktree.unreadable-head`.
 */
export async function readPrivateHead(
	privateDir: string,
	branch: string,
): Promise<Outcome<PrivateHead>> {
	const head = await readSmall(join(privateDir, 'HEAD'));
	const symbolic = /^ref: (refs\/[^\s]+)\n?$/.exec(head ?? '')?.[1];
	const rebasing =
		existsSync(join(privateDir, 'rebase-merge')) ||
		existsSync(join(privateDir, 'rebase-apply'));
	const detached = objectId.exec(head ?? '')?.[0];
	if (symbolic === undefined && detached !== undefined && !rebasing) {
		return ok({ commit: detached, ref: null });
	}
	const ref = symbolic ?? `refs/heads/${branch}`;
	const commit = await readPrivateRef(privateDir, ref);
	if (commit !== null) return ok({ commit, ref });
	return refuse(
		'worktree.unreadable-head',
		`the agent's HEAD (${ref}) names no commit`,
		`git -C <worktree> switch ${branch}`,
	);
}

/** The object a ref of the private clone names, or null. Symbolic refs are not followed. */
export async function readPrivateRef(
	privateDir: string,
	ref: string,
): Promise<string | null> {
	if (ref.split('/').some((part) => part === '..' || part === '.' || part === '')) {
		return null;
	}
	const loose = await readSmall(join(privateDir, ref));
	const id = objectId.exec(loose ?? '')?.[0];
	if (id !== undefined) return id;
	return (await readPackedRefs(privateDir, (name) => name === ref)).get(ref) ?? null;
}

/** Packed refs of the private clone that `wanted` names. */
export async function readPackedRefs(
	privateDir: string,
	wanted: (ref: string) => boolean,
): Promise<Map<string, string>> {
	const found = new Map<string, string>();
	const path = join(privateDir, 'packed-refs');
	const entry = await lstat(path).catch(() => null);
	if (!entry?.isFile()) return found;
	const lines = createInterface({ input: createReadStream(path, 'utf8') });
	for await (const line of lines) {
		const match = /^([0-9a-f]{40}|[0-9a-f]{64}) (refs\/\S+)$/.exec(line);
		if (match?.[1] && match[2] && wanted(match[2])) found.set(match[2], match[1]);
	}
	return found;
}

const objectId = /^(?:[0-9a-f]{64}|[0-9a-f]{40})(?=\n?$)/;

async function fill(
	draft: string,
	repository: Repository,
	plan: ClonePlan,
): Promise<void> {
	const own = `refs/heads/${plan.branch}`;
	const folders = ['objects/info', 'objects/pack', 'info', 'hooks', dirname(own)];
	await mkdir(draft, { mode: 0o700, recursive: true });
	for (const folder of folders) await mkdir(join(draft, folder), { recursive: true });
	const write = (name: string, text: string) => writeFile(join(draft, name), text);
	await write('HEAD', `ref: ${own}\n`);
	await write(own, `${plan.commit}\n`);
	await write('objects/info/alternates', `${join(repository.commonDir, 'objects')}\n`);
	await write('config', await configText(repository));
	await write('info/exclude', '');
	const ownBranches = `refs/heads/${plan.prefix}`;
	const shared = plan.refs.filter(
		({ ref }) =>
			/^refs\/(heads|remotes|tags)\//.test(ref) &&
			ref !== own &&
			!ref.startsWith(ownBranches),
	);
	const packed = shared.filter(({ symbolic }) => symbolic === '');
	await write('packed-refs', packed.map((r) => `${r.target} ${r.ref}\n`).join(''));
	for (const { ref, symbolic } of shared) {
		if (symbolic === '' || !ref.startsWith('refs/remotes/')) continue;
		await mkdir(join(draft, dirname(ref)), { recursive: true });
		await write(ref, `ref: ${symbolic}\n`);
	}
	if (repository.shallow) {
		await copyFile(join(repository.commonDir, 'shallow'), join(draft, 'shallow'));
	}
	await write(
		ownerFile,
		ownerText({
			agent: plan.agent,
			commonDir: repository.commonDir,
			worktree: plan.worktree,
		}),
	);
}

/** Settings of the user's repository that an agent's commits and pushes need. Nothing that runs. */
const copied = new RegExp(
	`^(user\\..*|i18n\\..*|commit\\.gpgsign|tag\\.gpgsign|gpg\\..*|remote\\..*\\.(url|pushurl|fetch)|url\\..*|${conversions})$`,
);

async function configText(repository: Repository): Promise<string> {
	const sha256 = repository.objectFormat === 'sha256';
	let text = `[core]\n\trepositoryformatversion = ${sha256 ? 1 : 0}\n\tbare = false\n\tlogallrefupdates = true\n`;
	if (sha256) text += '[extensions]\n\tobjectformat = sha256\n';
	// Both write below objects/info, which no sandbox leaves open.
	text += '[repack]\n\tupdateServerInfo = false\n[gc]\n\twriteCommitGraph = false\n';
	return text + (await copiedConfig(repository, copied));
}
