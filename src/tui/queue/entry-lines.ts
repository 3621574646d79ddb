// One entry of the queue: how it stands and why, what it conflicts with, and what can be done about it.

import type { QueueEntry } from '../../domain/queue/queue.ts';
import type { EntryClash } from '../../domain/queue/sight.ts';
import { type Resolving, resolvingOf } from '../../domain/resolving.ts';
import type { CommentStanding } from '../../domain/review/comment.ts';
import { standingOfComment, unsentComments } from '../../domain/review/reviewing.ts';
import { counted } from '../../lib/counted.ts';
import { fitText } from '../../lib/fit-text.ts';
import { visibleText } from '../../lib/plain-text.ts';
import { ageOf } from '../chrome/age.ts';
import type { Keymap } from '../keys/keymap.ts';
import { withKeys } from '../keys/named-keys.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { observationOf, type Reflection } from '../mirror.ts';
import { bold, type Line, span, wrapText } from '../paint/spans.ts';
import { gateSpans, gatesOf } from '../panes/gate-spans.ts';
import { standingRoles } from './queue-words.ts';

export interface EntryFacts {
	readonly reflection: Reflection;
	readonly keymap: Keymap;
	readonly now: number;
	readonly glyphs: Glyphs;
	readonly width: number;
	readonly height: number;
}

/** `5 jobs ⇄ api: 1 file`, or how it stands. */
export function entryTitle(entry: QueueEntry, number: number, glyphs: Glyphs): Line {
	const { agent, standing } = entry;
	const other = inTheWayOf(entry);
	const role = standingRoles[standing.word];
	return [
		bold(` ${number} ${agent.name} `),
		other
			? span(`${glyphs.conflict} ${other.name}: ${counted(other.count, 'file')} `, role)
			: span(`${standing.word} `, role),
	];
}

/** What has no room is the files, from the last on. */
export function entryLines(entry: QueueEntry, facts: EntryFacts): readonly Line[] {
	const head = headLines(entry, facts);
	const ways = wayLines(entry, facts);
	const room = Math.max(0, facts.height - head.length - ways.length);
	return [...head, ...bounded(conflictLines(entry, facts), room), ...ways];
}

/** The one that lands before it, if that is why it does not. */
function inTheWayOf({ behind, standing }: QueueEntry): EntryClash | null {
	return standing.word === 'clash' ? behind : null;
}

function headLines(entry: QueueEntry, facts: EntryFacts): Line[] {
	const { reflection, now, glyphs, width } = facts;
	const { agent, standing, held } = entry;
	const seen = observationOf(reflection, agent.id);
	const progress = seen.progress;
	const done =
		progress === null || progress.total === null
			? ''
			: `${progress.label} ${progress.done} of ${progress.total}`;
	const said = [
		held && standing.word === 'held'
			? `held by you, ${ageOf(held.at, now)}${held.why === null ? '' : `: ${visibleText(held.why)}`}`
			: visibleText(standing.why ?? 'nothing speaks against it'),
		standing.word === 'landing' ? done : '',
	].filter((text) => text !== '');
	const names = Object.keys(reflection.state.settings.gates);
	const gates = gateSpans(gatesOf(agent, seen, names), now, glyphs);
	const commits = seen.ahead === null ? '' : counted(seen.ahead, 'commit');
	const { diff } = seen;
	const lines =
		diff === null
			? ''
			: `, ${counted(diff.files, 'file')} +${diff.added}-${diff.removed}${diff.uncommitted > 0 ? `, ${diff.uncommitted} uncommitted` : ''}`;
	return [
		...wrapText(said.join('; '), width).map(
			(text): Line => [span(text, standingRoles[standing.word])],
		),
		[span(fitText(`${commits}${lines}`, width, glyphs.ellipsis), 'dim')],
		...(gates.length > 0 ? [gates] : []),
		...commentLines(entry, facts),
		...pullLines(entry, facts),
	];
}

/** What became of the human's comments on its work; nothing where there are none. */
function commentLines({ agent }: QueueEntry, facts: EntryFacts): Line[] {
	const { state } = facts.reflection;
	const { comments } = agent.reviewed;
	const said = (['unsent', 'waits', 'returned'] as const).flatMap((standing) => {
		const count = comments.filter(
			(comment) => standingOfComment(state, agent, comment) === standing,
		).length;
		return count === 0 ? [] : [`${count} ${commentWords[standing]}`];
	});
	if (said.length === 0) return [];
	const text = `your comments: ${said.join(', ')}`;
	const role = unsentComments(state, agent).length > 0 ? 'need' : 'dim';
	return [[span(fitText(text, facts.width, facts.glyphs.ellipsis), role)]];
}

const commentWords = {
	unsent: 'not sent yet',
	waits: 'waiting until it is idle',
	returned: 'returned',
} as const satisfies Record<CommentStanding, string>;

/** Where it was pushed, and the page of its pull request; it may have moved on since. */
function pullLines({ agent, head }: QueueEntry, { width, glyphs }: EntryFacts): Line[] {
	const { pull } = agent;
	if (!pull) return [];
	const since = head === null || head === pull.commit ? '' : ', commits since';
	const number = pull.opened?.number ?? null;
	const what = pull.opened
		? `pull request${number === null ? '' : ` ${number}`} from ${pull.remote}`
		: `pushed to ${pull.remote}`;
	const said = fitText(visibleText(`${what}${since}`), width, glyphs.ellipsis);
	const url = pull.opened?.url;
	return [
		[span(said, 'dim')],
		...(url === undefined ? [] : wrapText(url, width).map((text): Line => [span(text)])),
	];
}

function conflictLines(entry: QueueEntry, { width, glyphs }: EntryFacts): Line[] {
	const { agent, conflicts, conflicting, clashes, position } = entry;
	const files = (some: readonly string[], count: number): Line[] => [
		...some.map((file): Line => {
			return [span(`  ${fitText(visibleText(file), width - 2, glyphs.ellipsis)}`)];
		}),
		...(count > some.length
			? [[span(`  and ${counted(count - some.length, 'file')} more`, 'dim')] as Line]
			: []),
	];
	const base = conflicts ?? [];
	const withBase: Line[] =
		base.length === 0
			? []
			: [
					[],
					[bold(`with ${agent.base.branch}`, 'bad')],
					...files(base.slice(0, mostFiles), conflicting),
				];
	return [
		...withBase,
		...clashes.flatMap((clash): Line[] => {
			const earlier = clash.position < position;
			const what = `${glyphs.conflict} #${clash.position} ${clash.name}`;
			const unsure = clash.withoutRenames ? ', renames not looked for' : '';
			return [
				[],
				[
					bold(what, earlier ? 'warn' : undefined),
					span(`  ${counted(clash.count, 'file')}${unsure}`, 'dim'),
				],
				...files(clash.files.slice(0, mostFiles), clash.count),
			];
		}),
	];
}

/** Of one conflict. */
const mostFiles = 6;

function bounded(lines: readonly Line[], room: number): readonly Line[] {
	if (lines.length <= room) return lines;
	if (room < 3) return [];
	return [...lines.slice(0, room - 1), [span('and more', 'dim')]];
}

function wayLines(entry: QueueEntry, { reflection, keymap, width }: EntryFacts): Line[] {
	const { resolvedBy } = resolvingOf(reflection.state, entry.agent);
	const ways = (resolvedBy ? waysWith(resolvedBy) : waysOn(entry)).flatMap((text) =>
		wrapText(withKeys(text, keymap, 'queue'), width),
	);
	return ways.length === 0
		? []
		: [[], ...ways.map((text): Line => [span(text, 'accent')])];
}

/** Somebody has its conflict. */
function waysWith({
	agent,
	by,
}: NonNullable<Resolving['resolvedBy']>): readonly string[] {
	const next =
		by === 'hand'
			? '{queue.hand-off} goes on with it'
			: `what ${agent} lands is the work of both`;
	return [`${next}; weir remove ${agent} gives the conflict back`];
}

/** What brings it on, the likeliest first. */
function waysOn(entry: QueueEntry): readonly string[] {
	const { agent, standing } = entry;
	const other = inTheWayOf(entry);
	switch (standing.word) {
		case 'clash':
			return [
				`{queue.earlier} moves it up: before ${other?.name ?? 'the other'} it lands, and that one conflicts`,
				`{queue.hold} holds ${agent.name}; once ${other?.name ?? 'the other'} has landed, {queue.hand-off} hands it the conflict`,
			];
		case 'conflict':
			return [
				`{queue.hand-off} gives it to ${agent.name}, to another agent, or to you and your editor`,
			];
		case 'held':
			return ['{queue.hold} releases it'];
		case 'red':
			return ['{screen.gates} shows what failed'];
		case 'outside':
			return ['{agent.merge} says what, and widens its scope'];
		case 'ready':
			return ['{agent.merge} merges it, {queue.all} all that is ready'];
		default:
			return [];
	}
}
