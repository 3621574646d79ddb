// The item of the inbox that is looked at: its very words, what they are about, where, how weir knows of
// it, and the answers with their keys.
import type { Agent } from '../../domain/agent.ts';
import type { InboxItem } from '../../domain/inbox.ts';
import type { State } from '../../domain/state.ts';
import { fitText } from '../../lib/fit-text.ts';
import { ageOf } from '../chrome/age.ts';
import type { Keymap } from '../keys/keymap.ts';
import { withKeys } from '../keys/named-keys.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { observationOf, type Reflection } from '../mirror.ts';
import { bold, type Line, padText, span, wrapText } from '../paint/spans.ts';
import { alikeTo } from './alike-items.ts';
import { keyOfChoice, takesWords } from './answer-keys.ts';
import type { Listed } from './inbox-list.ts';
import type { InboxView } from './inbox-view.ts';
import { signOfItem } from './item-signs.ts';

export interface DetailFacts {
	readonly reflection: Reflection;
	readonly listed: Listed;
	readonly shown: InboxView['shown'];
	readonly keymap: Keymap;
	readonly width: number;
	readonly height: number;
	readonly now: number;
	readonly glyphs: Glyphs;
}

/** `7 db-migrate asks for permission 3m` */
export function detailTitle(
	item: InboxItem,
	agents: readonly Agent[],
	now: number,
	glyphs: Glyphs,
): Line {
	const at = agents.findIndex(({ id }) => id === item.agent);
	const { role, does } = signOfItem(item);
	const likely = item.inferred ? glyphs.inferred : '';
	const name = item.branch ?? `${at + 1} ${agents[at]?.name ?? ''}`;
	return [
		bold(` ${name} `),
		span(`${likely}${does}`, role),
		span(` ${ageOf(item.since, now)} `, 'dim'),
	];
}

/** What has no room is what it is about, from its end. */
export function detailLines(item: InboxItem, facts: DetailFacts): readonly Line[] {
	const { width, height } = facts;
	const text = wrapText(item.text, width).map((line) => [bold(line)]);
	const answers = answerLines(item, facts);
	const known = knownLines(item, facts);
	const most = height - answers.length - 1;
	const head = text.slice(0, Math.max(1, most));
	const spare = Math.max(0, most - head.length);
	const tail = spare > known.length ? [[], ...known] : [];
	const about = aboutLines(item, spare - tail.length - 1, facts);
	const lead = about.length > 0 ? [[], ...about] : [];
	const lines = [...head, ...lead, ...tail, [], ...answers];
	return [...lines, ...shownLines(item, height - lines.length, facts)];
}

/** The end of what its agent shows, where there is room for it. */
function shownLines(
	{ id, agent }: InboxItem,
	room: number,
	{ shown, width, glyphs }: DetailFacts,
): Line[] {
	if (shown?.item !== id) return [];
	const written = shown.lines.map((line) => line.trimEnd());
	const last = written.findLastIndex((line) => line !== '');
	const first = written.findIndex((line) => line !== '');
	const lines = written.slice(Math.max(0, first), last + 1).slice(-(room - 2));
	if (room - 2 < leastShown || lines.length === 0) return [];
	return [
		[],
		[span(padText(agent === null ? 'it printed' : 'it shows', labelCells), 'dim')],
		...lines.map((line): Line => {
			return line === '' ? [] : [span(fitText(line, width, glyphs.ellipsis), 'dim')];
		}),
	];
}

/** Fewer lines of a screen say nothing. */
const leastShown = 3;

/** What it is about: the command, the file. */
function aboutLines(
	{ detail }: InboxItem,
	room: number,
	{ width, glyphs }: DetailFacts,
): Line[] {
	if (detail === null || room < 1) return [];
	const lines = detail.split('\n').flatMap((line) => wrapText(line, width - 2));
	const kept = lines.length > room ? lines.slice(0, Math.max(0, room - 1)) : lines;
	const more = lines.length - kept.length;
	return [
		...kept.map((line): Line => [span(`  ${line}`)]),
		...(more > 0 ? [[span(`  ${glyphs.ellipsis} ${more} more lines`, 'dim')]] : []),
	];
}

function knownLines(item: InboxItem, facts: DetailFacts): Line[] {
	const { reflection, listed, keymap } = facts;
	const { state } = reflection;
	const agent = item.agent === null ? undefined : state.agents[item.agent];
	const same = alikeTo(item, listed.items).length - 1;
	const rows: (readonly [string, string] | null)[] = [
		agent ? ['where', placeOf(agent, reflection)] : null,
		['known by', `${sourceOf(item, state)}, ${clockOf(item.since)}`],
		same > 0
			? [
					'alike',
					withKeys(`${same} more: {answer.alike} answers all of them`, keymap, 'inbox'),
				]
			: null,
	];
	return rows
		.filter((row) => row !== null)
		.flatMap(([label, text]) =>
			wrapText(text, facts.width - labelCells).map(
				(line, at): Line => [
					span(padText(at === 0 ? label : '', labelCells), 'dim'),
					span(line, 'dim'),
				],
			),
		);
}

const labelCells = 10;

/** The keys that answer, a line each, and what else can be done. */
function answerLines(item: InboxItem, { keymap, width }: DetailFacts): Line[] {
	const lines = item.choices.flatMap((choice): Line[] => {
		const key = item.answerable ? keyOfChoice(item, choice) : null;
		return key === null ? [] : [answerLine(key, choice.label, width)];
	});
	const key = (action: string) => withKeys(`{${action}}`, keymap, 'inbox');
	const words = takesWords(item) ? [['answer.words', 'answer in words'] as const] : [];
	// What may be answered is not said again.
	const others = [...words, ...waysOn[item.kind]].filter(
		([action]) => item.choices.length === 0 || !answering.has(action),
	);
	return [
		...lines,
		...others.map(([action, label]) => answerLine(key(action), label, width)),
	];
}

const answering: ReadonlySet<string> = new Set(['agent.kill', 'trespass.open']);

const waysOn = {
	alarm: [
		['inbox.open', 'what the gate printed'],
		['alarm.place', 'the first failure in your editor'],
		['alarm.run', 'run the gate again'],
	],
	budget: [['inbox.open', 'look at its pane']],
	approve: [['inbox.open', 'look at its pane']],
	ask: [['inbox.open', 'look at its pane']],
	fail: [
		['agent.respawn', 'start it again'],
		['inbox.open', 'look at its pane'],
	],
	lost: [
		['agent.respawn', 'start it again'],
		['inbox.open', 'look at its pane'],
	],
	stuck: [
		['inbox.open', 'look at its pane'],
		['agent.kill', 'kill its program'],
	],
	trespass: [
		['trespass.open', 'put it back, or see all of it'],
		['scope.widen', 'let it write that'],
		['agent.diff', 'what it changed'],
		['inbox.open', 'look at its pane'],
		['agent.kill', 'kill its program'],
	],
	scope: [
		['scope.widen', 'let it write that'],
		['inbox.open', 'look at its pane'],
		['agent.diff', 'what it changed'],
	],
	done: [
		['agent.diff', 'what it changed'],
		['agent.merge', 'merge it'],
	],
} as const satisfies Record<InboxItem['kind'], readonly (readonly [string, string])[]>;

function answerLine(key: string, label: string, width: number): Line {
	return [bold(padText(key, 7), 'accent'), span(padText(label, width - 7).trimEnd())];
}

function placeOf(agent: Agent, reflection: Reflection): string {
	const said = observationOf(reflection, agent.id).words?.directory ?? agent.path;
	if (said === agent.path) return `worktree ${agent.path.split('/').at(-1)}`;
	const inside = said.startsWith(`${agent.path}/`);
	return inside ? `${said.slice(agent.path.length + 1)} in its worktree` : said;
}

function sourceOf(item: InboxItem, state: State): string {
	if (item.kind === 'alarm') return 'a gate, on the newest files there';
	if (item.kind === 'budget') return 'the records of its CLI; weir cost has more';
	if (item.kind === 'scope') return 'the hook of its CLI, before it wrote';
	const question = item.question === null ? null : state.questions[item.question];
	if (question?.via.kind === 'verb')
		return `weir ${question.scope ? 'scope request' : 'ask'}, said by the agent`;
	if (item.kind === 'trespass') return 'the watch of its worktree';
	if (question?.via.kind === 'hook') return 'a hook of its CLI, which waits';
	const source =
		(item.agent === null ? undefined : state.agents[item.agent]?.report.source) ?? '';
	return sourceWords[source] ?? source;
}

const sourceWords: Readonly<Record<string, string>> = {
	human: 'you set it',
	osc7501: 'its own report (OSC 7501)',
	hook: 'a hook of its CLI',
	records: 'the records of its CLI',
	declared: 'the agent said so',
	osc133: 'its shell (OSC 133)',
	progress: 'its progress (OSC 9;4), a guess',
	title: 'its title, a guess',
	screen: 'its screen, a guess',
	process: 'its program',
	output: 'its silence, a guess',
};

function clockOf(since: string): string {
	return new Date(since).toTimeString().slice(0, 8);
}
