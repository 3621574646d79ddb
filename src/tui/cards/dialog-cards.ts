// What each dialog says. A table by kind; a dialog that decides names its keys itself.

import type { Agent } from '../../domain/agent.ts';
import { howAgain, type RespawnMode } from '../../domain/tries.ts';
import { counted } from '../../lib/counted.ts';
import { outsideMark } from '../../protocol/marked-diff.ts';
import { sizeOf } from '../chrome/age.ts';
import { helpLines, helpWidth } from '../chrome/help-lines.ts';
import type { LinePrompt } from '../chrome/line-prompt.ts';
import { listed } from '../chrome/listed.ts';
import { contextOf } from '../keys/context-of.ts';
import type { Situation } from '../keys/key-row.ts';
import { keysLine } from '../keys/keys-line.ts';
import { withKeys } from '../keys/named-keys.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { bold, type Line, span } from '../paint/spans.ts';
import { isDemo } from '../view.ts';
import { awayCard } from './away-card.ts';
import { type CardContent, readingRows, sentence } from './card.ts';
import { commentCard } from './comment-card.ts';
import { composeCard } from './compose-card.ts';
import { conflictCard } from './conflict-card.ts';
import type { Dialog } from './dialog.ts';
import { holdCard } from './hold-card.ts';
import { landAllCard } from './land-all-card.ts';
import { layoutsCard, saveLayoutCard } from './layouts-card.ts';
import { linksCard } from './links-card.ts';
import { jumpCard, paletteCard } from './list-cards.ts';
import { mergeCard } from './merge-card.ts';
import { newAgentCard } from './new-agent-card.ts';
import { outsideCard } from './outside-card.ts';
import { overrideCard } from './override-card.ts';
import { pullCard } from './pull-card.ts';
import { alikeCard, questionCard, replyCard, snoozeCard } from './question-card.ts';
import { swapCard } from './swap-card.ts';
import { themesCard } from './themes-card.ts';
import { undoCard } from './undo-card.ts';
import { whyCard } from './why-card.ts';
import { widenCard } from './widen-card.ts';

/** Dialogs that are cards: a search is written into the line of the messages. */
type CardDialog = Exclude<Dialog, LinePrompt>;
type CardKind = CardDialog['kind'];

type CardMaker<K extends CardKind> = (
	dialog: Extract<Dialog, { kind: K }>,
	situation: Situation,
	glyphs: Glyphs,
) => CardContent;

export function dialogCard(
	dialog: CardDialog,
	situation: Situation,
	glyphs: Glyphs,
): CardContent {
	const maker = makers[dialog.kind] as CardMaker<CardKind>;
	return maker(dialog, situation, glyphs);
}

const makers: { [K in CardKind]: CardMaker<K> } = {
	help: ({ top }, { view }) => {
		const all = helpLines(view);
		const rows = readingRows(view);
		return {
			title: 'keys',
			width: helpWidth,
			lines: all.slice(top, top + rows),
		};
	},

	palette: paletteCard,

	jump: jumpCard,

	swap: (_dialog, situation) => swapCard(situation),

	layouts: layoutsCard,

	'save-layout': saveLayoutCard,

	themes: themesCard,
	links: linksCard,

	new: newAgentCard,
	compose: composeCard,
	away: awayCard,

	question: questionCard,
	reply: replyCard,
	comment: commentCard,
	snooze: snoozeCard,
	alike: alikeCard,

	text: ({ shows, title, lines, top, truncated }, { view }) => {
		const rows = readingRows(view);
		const shown = lines.slice(top, top + rows);
		const end = Math.min(lines.length, top + rows);
		const cut = truncated ? cuts[shows] : '';
		return {
			title: `${title}  ${lines.length === 0 ? 'nothing' : `${top + 1}-${end} of ${lines.length}${cut}`}`,
			width: view.columns,
			lines: [
				...shown.map(shows === 'diff' ? diffLine : (text): Line => [span(text)]),
				...Array.from({ length: Math.max(0, rows - shown.length) }, (): Line => []),
			],
		};
	},

	why: whyCard,
	widen: widenCard,
	outside: outsideCard,

	loss: ({ deed, agent, loss }, situation) => ({
		title: `${deed === 'respawn otherwise' ? 'respawn' : deed} ${loss.name}?`,
		width: 66,
		tone: 'bad',
		lines: [
			...(loss.running === null
				? []
				: [[span('running      '), bold(loss.running, 'warn')]]),
			...listed('uncommitted', loss.uncommitted, 'warn', 8),
			...(deed === 'remove'
				? listed(
						'not merged',
						loss.unmergedCommits.map(({ id, subject }) => `${id.slice(0, 8)} ${subject}`),
						'warn',
						6,
					)
				: []),
			...(deed === 'remove' && loss.ignored.files > 0
				? [
						[
							span('ignored      '),
							bold(
								`${counted(loss.ignored.files, 'file')}, ${sizeOf(loss.ignored.bytes)}`,
								'bad',
							),
							span('  not kept', 'bad'),
						],
					]
				: []),
			[],
			...sentence(
				withKeys(
					keptBy[deed](situation.state.agents[agent]),
					situation.view.keymap,
					'nav',
				),
				64,
				situation.view,
				'dim',
			),
		],
		footer: keysLine('loss', situation, {
			'dialog.yes': deed === 'respawn otherwise' ? 'respawn' : deed,
		}),
	}),

	merge: mergeCard,
	override: overrideCard,
	hold: holdCard,

	conflict: conflictCard,

	undo: undoCard,
	'land-all': landAllCard,
	pull: pullCard,

	revert: ({ why }, situation) => ({
		title: 'undo by a revert?',
		width: 66,
		tone: 'bad',
		lines: [
			...sentence(why, 64, situation.view),
			[],
			...sentence(
				'A revert adds a commit that takes the changes back.',
				64,
				situation.view,
				'dim',
			),
		],
		footer: keysLine('revert', situation, { 'dialog.yes': 'revert' }),
	}),

	paste: ({ name, lines, cut }, situation) => ({
		title: `paste ${counted(lines, 'line')} into ${name}?`,
		width: 66,
		tone: 'warn',
		lines: [
			...sentence(
				`Its program did not ask for marked pastes: it will take each line as if you had typed it and pressed Enter.`,
				64,
				situation.view,
			),
			...(cut
				? sentence(
						'The paste was longer than 1 MB; the rest is left out.',
						64,
						situation.view,
						'warn',
					)
				: []),
		],
		footer: keysLine('paste', situation, { 'dialog.yes': 'paste' }),
	}),

	quit: ({ running }, situation) => ({
		title: 'leave weir?',
		width: 66,
		lines: [
			...listed(`${running.length} running`, running, 'run', 8),
			[],
			...sentence(
				isDemo(situation.view)
					? 'the demo ends: its agents and its scratch repository go'
					: 'detached, agents go on; weir brings you back to them',
				64,
				situation.view,
				'dim',
			),
		],
		footer: keysLine(contextOf(situation.view), situation),
	}),
};

const cuts = {
	diff: ', cut: weir diff shows all',
	output: ', only the end of it',
} as const;

const keptBy = {
	kill: () => 'kept: the worktree, and a snapshot of it. {undo.open} starts it again',
	respawn: (agent) => `kept: the worktree, and a snapshot of it. ${wayOn(agent, 'auto')}`,
	'respawn otherwise': (agent) =>
		`kept: the worktree, and a snapshot of it. ${wayOn(agent, 'other')}`,
	remove: () =>
		'kept: a snapshot with all its commits and all other files; the branch goes with the worktree. {undo.open} brings both back',
} as const satisfies Record<string, (agent: Agent | undefined) => string>;

function wayOn(agent: Agent | undefined, mode: RespawnMode): string {
	const how = agent && howAgain(agent, mode, null);
	return how?.ok && how.value.resume != null
		? 'Its program starts again and goes on with its conversation'
		: 'Its program starts anew';
}

function diffLine(text: string): Line {
	if (text.startsWith('diff ') && text.endsWith(outsideMark))
		return [
			bold(text.slice(0, -outsideMark.length)),
			bold(`${outsideMark} outside its scope`, 'warn'),
		];
	if (text.startsWith('diff ')) return [bold(text)];
	if (/^(?:index |\+\+\+ |--- |new file|deleted file|rename |similarity )/.test(text))
		return [span(text, 'dim')];
	if (text.startsWith('@@')) return [span(text, 'accent')];
	if (text.startsWith('+')) return [span(text, 'added')];
	if (text.startsWith('-')) return [span(text, 'removed')];
	return [span(text)];
}
