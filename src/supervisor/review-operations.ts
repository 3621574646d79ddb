// Requests of whoever reviews what an agent has done: which files differ from where its work began,
// committed or not, and what differs in one of them.
import { whyNoWorktree } from '../domain/agent-refusals.ts';
import type { CommentId } from '../domain/ids.ts';
import { contentsOf } from '../domain/review/file-side.ts';
import { standingOfComment } from '../domain/review/reviewing.ts';
import { type ChangedFile, changedFiles } from '../git/changed-files.ts';
import { hunkPlaces } from '../git/hunk-places.ts';
import { readHunks } from '../git/hunks.ts';
import { stageHunk } from '../git/stage-hunk.ts';
import { treeOnDisk } from '../git/tree-on-disk.ts';
import { openTreeStore } from '../git/tree-store.ts';
import type { Worktree } from '../git/worktree.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { ReviewFile, ReviewLetter } from '../protocol/review.ts';
import { followEffects } from './follow-effects.ts';
import { lineAt } from './line-at.ts';
import { outsideOf } from './scope-operations.ts';
import { agentOf, type Desk, type Handler } from './session.ts';
import { worktreeOf } from './worktree-effects.ts';
import { standingOf } from './worktree-look.ts';

/** More nobody reads; they are counted. Their names, six bytes a character at most, must fit a bulk frame. */
const mostFiles = 1500;
const mostOfNames = 90_000;

export const handleReview: Handler<'review'> = async (request, desk) => {
	const found = agentOf(desk, request.agent);
	if (!found.ok) return found;
	const agent = found.value;
	const standing = await standingOf(desk.world, desk.loop, agent);
	if (!standing.ok) return standing;
	const { worktree, from, tip } = standing.value;
	const tree = await treeOnDisk(worktree, tip);
	if (!tree.ok) return tree;
	const { place } = await openTreeStore(worktree.repository);
	const [changed, judged] = await Promise.all([
		changedFiles(place, from, tree.value),
		outsideOf(desk, agent, standing.value),
	]);
	const outside = new Set(judged.ok ? judged.value.map(({ path }) => path) : []);
	const { viewed, comments } = agent.reviewed;
	const files = changed.map((file) => ({
		...reviewFile(file, outside),
		viewed: viewed[file.path] === contentsOf(file),
	}));
	const sum = (of: (file: ReviewFile) => number) =>
		files.reduce((all, file) => all + of(file), 0);
	return ok({
		agent: agent.name,
		base: { branch: agent.base.branch, commit: from },
		tree: tree.value,
		files: firstOf(files),
		comments: comments.map(({ message, ...said }) => ({
			...said,
			standing: standingOfComment(desk.loop.state, agent, { ...said, message }),
		})),
		counts: {
			files: files.length,
			added: sum(({ added }) => added ?? 0),
			removed: sum(({ removed }) => removed ?? 0),
			outside: sum((file) => Number(file.outside)),
		},
	});
};

export const handleReviewHunks: Handler<'review.hunks'> = async (request, desk) => {
	const { place } = await openTreeStore(desk.world.repository);
	return ok(await readHunks(place, request.old, request.new));
};

export const handleReviewPlaces: Handler<'review.places'> = async (request, desk) => {
	const worktree = await reviewedIn(desk, request.agent);
	if (!worktree.ok) return worktree;
	const { place } = await openTreeStore(desk.world.repository);
	return ok({ places: await hunkPlaces(worktree.value, place, request) });
};

export const handleReviewView: Handler<'review.view'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	const { path, contents } = request;
	const done = await desk.loop.submit(
		{ kind: 'review.view', agent: agent.value.id, path, contents },
		'human',
	);
	return done.ok ? ok({}) : done;
};

export const handleReviewComment: Handler<'review.comment'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	// It is looked up among those that are known.
	const comment = request.comment as CommentId | null;
	const { path, line } = request;
	const quote = request.quote ?? (await lineAt(agent.value.path, path, line));
	if (quote === null)
		return refuse(
			'comment.no-line',
			`${path} has no line ${line} in the worktree of ${agent.value.name}`,
			`weir review ${agent.value.name}`,
		);
	const written = await desk.loop.submit(
		{ ...request, quote, kind: 'review.comment', agent: agent.value.id, comment },
		'human',
	);
	if (!written.ok) return written;
	const [event] = written.value;
	if (event?.kind !== 'comment.written') throw new Error('no comment was written');
	return ok({ comment: event.data.comment });
};

export const handleReviewBegin: Handler<'review.begin'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	// Of one that is not known it is a draft of nothing that anybody finds.
	const comment = request.comment as CommentId | null;
	const done = await desk.loop.submit(
		{ ...request, kind: 'review.begin', agent: agent.value.id, comment },
		'human',
	);
	return done.ok ? ok({}) : done;
};

export const handleReviewDrop: Handler<'review.drop'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	// It is looked up among those that are known.
	const comment = request.comment as CommentId;
	const done = await desk.loop.submit(
		{ kind: 'review.drop', agent: agent.value.id, comment },
		'human',
	);
	return done.ok ? ok({}) : done;
};

export const handleReviewSend: Handler<'review.send'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	const sent = await desk.loop.submit(
		{ kind: 'review.send', agent: agent.value.id },
		'human',
	);
	if (!sent.ok) return sent;
	const event = sent.value.find(({ kind }) => kind === 'comments.sent');
	return ok({
		comments: event?.kind === 'comments.sent' ? event.data.comments.length : 0,
	});
};

export const handleReviewDiscard: Handler<'review.discard'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	const asked = await desk.loop.submit(
		{ ...request, kind: 'review.discard', agent: agent.value.id },
		'human',
	);
	if (!asked.ok) return asked;
	const no = await followEffects(desk.loop, asked.value);
	return no ? { ok: false, refusal: no } : ok({});
};

export const handleReviewStage: Handler<'review.stage'> = async (request, desk) => {
	const worktree = await reviewedIn(desk, request.agent);
	if (!worktree.ok) return worktree;
	const { place } = await openTreeStore(desk.world.repository);
	const staged = await stageHunk(worktree.value, place, request);
	return staged.ok ? ok({}) : staged;
};

function firstOf(files: readonly ReviewFile[]): readonly ReviewFile[] {
	let left = mostOfNames;
	return files.slice(0, mostFiles).filter(({ path, from }) => {
		left -= path.length + (from?.length ?? 0);
		return left >= 0;
	});
}

function reviewFile(
	file: ChangedFile,
	outside: ReadonlySet<string>,
): Omit<ReviewFile, 'viewed'> {
	const { path, from } = file;
	return {
		...file,
		letter: letterOf(file),
		outside: outside.has(path) || (from !== null && outside.has(from)),
	};
}

function letterOf({ from, old, new: now }: ChangedFile): ReviewLetter {
	if (!old) return 'A';
	if (!now) return 'D';
	if (from !== null) return 'R';
	return old.mode.slice(0, 2) === now.mode.slice(0, 2) ? 'M' : 'T';
}

/** The worktree in which an agent's work stands. */
async function reviewedIn(desk: Desk, name: string): Promise<Outcome<Worktree>> {
	const found = agentOf(desk, name);
	if (!found.ok) return found;
	const no = whyNoWorktree(found.value);
	return no ? { ok: false, refusal: no } : worktreeOf(desk.world, found.value);
}
