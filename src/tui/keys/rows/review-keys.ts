// The rows of the key table for reviewing what an agent has changed.
import { whyNotDiscard } from '../../../domain/review/discarding.ts';
import { whyNotSendComments, whyNotTouch } from '../../../domain/review/reviewing.ts';
import { type Refusal, refusal } from '../../../lib/outcome.ts';
import { noAgent } from '../../chrome/no-agent.ts';
import { agentAimedAt } from '../../inbox/inbox-list.ts';
import {
	commentAimedAt,
	fileAimedAt,
	hunkAimedAt,
	rowAimedAt,
} from '../../review/reviewed.ts';
import type { KeyRow, Situation } from '../key-row.ts';

const review = { contexts: ['review'], keyOnly: true } as const;

export const reviewKeys = [
	{
		action: 'screen.review',
		contexts: ['nav', 'review', 'gates', 'queue'],
		keys: ['4'],
		verb: 'review',
		short: 'review',
		help: 'what the agent has changed, file by file, to be read and commented on',
	},
	{
		...review,
		action: 'review.next-hunk',
		keys: [']'],
		help: 'the next hunk, of the next file after the last one',
		hint: 'hunk',
		weight: 99,
		whyNot: whyNoFile,
	},
	{
		...review,
		action: 'review.previous-hunk',
		keys: ['['],
		help: 'the hunk before',
		whyNot: whyNoFile,
	},
	{
		...review,
		action: 'review.next-file',
		keys: ['J'],
		help: 'the next file',
		hint: 'file',
		weight: 98,
		whyNot: whyNoFile,
	},
	{
		...review,
		action: 'review.previous-file',
		keys: ['K'],
		help: 'the file before',
		whyNot: whyNoFile,
	},
	{
		...review,
		action: 'review.viewed',
		keys: ['v'],
		help: 'the file is read, until it changes; once more: it is not',
		hint: 'viewed',
		weight: 97,
		whyNot: whyNoFile,
	},
	{
		...review,
		action: 'comment.new',
		keys: ['c'],
		help: 'comment on the line',
		hint: 'comment',
		weight: 96,
		whyNot: whyNoLine,
	},
	{
		...review,
		action: 'comment.edit',
		keys: ['C'],
		help: 'write the comment otherwise',
		hint: 'edit',
		weight: 94,
		hinted: ({ state, view }) => commentAimedAt(state, view) !== null,
		whyNot: whyNoComment,
	},
	{
		...review,
		action: 'comment.drop',
		keys: ['D'],
		help: 'drop the comment',
		hint: 'drop',
		weight: 93,
		hinted: ({ state, view }) => commentAimedAt(state, view) !== null,
		whyNot: whyNoComment,
	},
	{
		...review,
		action: 'comment.send',
		keys: ['S'],
		help: 'send all comments that were not sent, in one message, once it is idle',
		hint: 'send comments',
		weight: 95,
		whyNot: whyNoSend,
	},
	{
		...review,
		action: 'review.stage',
		keys: ['space'],
		help: "stage the hunk in the agent's own index",
		hint: 'stage',
		weight: 63,
		whyNot: whyNoHunk,
	},
	{
		...review,
		action: 'review.discard',
		keys: ['d'],
		help: 'discard the hunk in its worktree; a snapshot is kept, undo puts it back',
		hint: 'discard',
		weight: 62,
		whyNot: whyNotDiscardHunk,
	},
	{ ...review, action: 'review.down', keys: ['j', 'down'], help: 'a line down' },
	{ ...review, action: 'review.up', keys: ['k', 'up'], help: 'a line up' },
	{
		...review,
		action: 'review.page-down',
		keys: ['ctrl+d', 'pagedown'],
		help: 'half a page down',
	},
	{
		...review,
		action: 'review.page-up',
		keys: ['ctrl+u', 'pageup'],
		help: 'half a page up',
	},
	{ ...review, action: 'review.first', keys: ['<', 'home'], help: 'to the first line' },
	{ ...review, action: 'review.end', keys: ['>', 'end'], help: 'to the last line' },
	{
		...review,
		action: 'review.wrap',
		keys: ['w'],
		help: 'long lines go on below, or are cut',
		hint: 'wrap',
		weight: 60,
	},
	{
		...review,
		action: 'review.place',
		keys: ['o'],
		help: 'open the file in your editor, at the line',
		hint: 'editor',
		weight: 61,
		whyNot: whyNoPlace,
	},
	{
		...review,
		action: 'review.filter',
		keys: ['/'],
		help: 'list only files whose paths hold some letters',
	},
	{ ...review, action: 'review.next-agent', keys: ['tab'], help: 'the next agent' },
	{
		...review,
		action: 'review.previous-agent',
		keys: ['shift+tab'],
		help: 'the agent before',
	},
	{
		...review,
		action: 'review.open',
		keys: ['enter'],
		help: 'the file alone on all of the screen, and back to the list',
		hint: 'file alone',
		weight: 64,
		whyNot: whyNoFile,
	},
] as const satisfies readonly KeyRow[];

function whyNoneReviewed({ state, view }: Situation): Refusal | null {
	return agentAimedAt(state, view) ? null : noAgent();
}

function whyNoFile(situation: Situation): Refusal | null {
	const no = whyNoneReviewed(situation);
	if (no) return no;
	return fileAimedAt(situation.state, situation.view)
		? null
		: refusal('review.no-file', 'no file is listed here');
}

function whyNoPlace(situation: Situation): Refusal | null {
	const no = whyNoFile(situation);
	const file = fileAimedAt(situation.state, situation.view);
	if (no || !file) return no;
	if (!file.new) return refusal('review.gone', `${file.path} was deleted: nothing opens`);
	if (!file.path.isWellFormed())
		return refusal('review.name', 'its name is no text: no editor can be told of it');
	return null;
}

function whyNoLine(situation: Situation): Refusal | null {
	const no = whyNoFile(situation);
	if (no) return no;
	const { state, view } = situation;
	return rowAimedAt(state, view)?.kind === 'line'
		? null
		: refusal('review.no-line', 'the cursor is on no line', '{review.down} goes on');
}

function whyNoComment({ state, view }: Situation): Refusal | null {
	const agent = agentAimedAt(state, view);
	const comment = commentAimedAt(state, view);
	if (!agent || !comment)
		return refusal('comment.unknown', 'no comment is here', '{comment.new} writes one');
	return whyNotTouch(state, agent, comment.id);
}

function whyNoSend({ state, view }: Situation): Refusal | null {
	const agent = agentAimedAt(state, view);
	return agent ? whyNotSendComments(state, agent) : noAgent();
}

function whyNoHunk(situation: Situation): Refusal | null {
	const no = whyNoFile(situation);
	if (no) return no;
	return hunkAimedAt(situation.state, situation.view)
		? null
		: refusal('review.no-hunk', 'the cursor is on no hunk');
}

function whyNotDiscardHunk(situation: Situation): Refusal | null {
	const { state, view } = situation;
	const agent = agentAimedAt(state, view);
	return whyNoHunk(situation) ?? (agent && whyNotDiscard(state, agent));
}
