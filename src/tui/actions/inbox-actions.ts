// What keys do about the inbox: answer what is looked at, put it off, go to its pane, move on.
import { holds } from '../../domain/area.ts';
import type { Choice } from '../../domain/events/question-events.ts';
import { type InboxItem, nameOfItem } from '../../domain/inbox.ts';
import { inboxPlace } from '../../domain/list-place.ts';
import { refusalMessage } from '../chrome/message-line.ts';
import { emptyField } from '../chrome/text-field.ts';
import { alikeTo } from '../inbox/alike-items.ts';
import { choiceOfKey } from '../inbox/answer-keys.ts';
import type { Answer } from '../inbox/answers.ts';
import { itemAimedAt, itemsAt, listedIn, movedTo } from '../inbox/inbox-list.ts';
import { firstRow } from '../inbox/item-rows.ts';
import type { ActionId } from '../keys/keys.ts';
import type { Screen } from '../view.ts';
import { answerAlarm, readAlarm } from './alarm-actions.ts';
import { type Act, attend, type Controls, done, openNow, remark } from './controls.ts';
import { focusOn, startTyping } from './focus-actions.ts';

export const inboxActions = {
	'screen.inbox': (controls) => showScreen(controls, 'inbox'),
	'screen.before': (controls) => showScreen(controls, controls.view.screenBefore),
	'inbox.open': openItem,
	'inbox.down': (controls) => moveInbox(controls, 1),
	'inbox.up': (controls) => moveInbox(controls, -1),
	'inbox.first': (controls) => moveInbox(controls, Number.NEGATIVE_INFINITY),
	'inbox.end': (controls) => moveInbox(controls, Number.POSITIVE_INFINITY),
	'answer.yes': (controls) => answerByKey(controls, 'y'),
	'answer.always': (controls) => answerByKey(controls, 'a'),
	'answer.no': (controls) => answerByKey(controls, 'N'),
	'answer.1': (controls) => answerByKey(controls, '1'),
	'answer.2': (controls) => answerByKey(controls, '2'),
	'answer.3': (controls) => answerByKey(controls, '3'),
	'answer.4': (controls) => answerByKey(controls, '4'),
	'answer.5': (controls) => answerByKey(controls, '5'),
	'answer.6': (controls) => answerByKey(controls, '6'),
	'answer.7': (controls) => answerByKey(controls, '7'),
	'answer.8': (controls) => answerByKey(controls, '8'),
	'answer.9': (controls) => answerByKey(controls, '9'),
	'answer.words': replyInWords,
	'answer.alike': openAlike,
	'item.snooze': openSnooze,
	'snooze.short': (controls) => snooze(controls, 5),
	'snooze.usual': (controls) => snooze(controls, 15),
	'snooze.long': (controls) => snooze(controls, 60),
	'snooze.change': (controls) => snooze(controls, 240),
	'question.type': (controls) => {
		controls.change({ kind: 'dialog', dialog: null });
		startTyping(controls);
	},
} as const satisfies Readonly<Partial<Record<ActionId, Act>>>;

export function showScreen(controls: Controls, screen: Screen): void {
	if (screen === controls.view.screen) return;
	controls.change({ kind: 'screen', screen });
	if (screen === 'inbox') controls.inbox.opened();
}

export function moveInbox(controls: Controls, by: number): void {
	const { state, view } = controls;
	pickInbox(controls, listedIn(state, view).at + by);
}

/** The cursor on a row of the list. */
function pickInbox({ state, view, change }: Controls, row: number): void {
	change({ kind: 'inbox', inbox: movedTo(state, view, row) });
}

/** A click into the list. */
export function clickInbox(controls: Controls, x: number, y: number): void {
	const { state, view, arrangement } = controls;
	const listed = listedIn(state, view);
	const { inner } = inboxPlace(arrangement.body, listed.items.length).list;
	if (!holds(inner, x, y)) return;
	const row = firstRow(listed, inner.height) + y - inner.y;
	if (row < listed.items.length) pickInbox(controls, row);
}

/** Back to the panes, on the agent of the item. */
function openItem(controls: Controls): void {
	const item = itemAimedAt(controls.state, controls.view);
	if (!item) return;
	if (item.kind === 'alarm') return void readAlarm(controls);
	if (item.agent === null) return remark(controls, item.detail ?? item.text);
	controls.change({ kind: 'dialog', dialog: null });
	showScreen(controls, 'panes');
	focusOn(controls, item.agent);
	const { arrangement, view } = controls;
	if (!arrangement.tiles.some(({ pane }) => pane === view.focus))
		controls.change({ kind: 'zoom', zoom: true });
}

/** The answer that a key gives; a number that is none may be a screen's. */
function answerByKey(controls: Controls, key: string): void {
	const { state, view } = controls;
	if (view.dialog?.kind === 'alike') return answerAll(controls, view.dialog.items, key);
	const item = itemAimedAt(state, view);
	const choice = item && choiceOfKey(item, key);
	if (!item || !choice) {
		const screen = view.dialog === null ? screens[key] : undefined;
		return screen
			? showScreen(controls, screen)
			: remark(controls, `${key} is no answer here`);
	}
	if (item.kind === 'alarm') return void answerAlarm(controls, item, choice);
	if (choice.free) return openReply(controls, item, choice);
	give(controls, item, { choice, text: null });
}

const screens: Readonly<Record<string, Screen>> = {
	1: 'panes',
	2: 'inbox',
	4: 'review',
	5: 'gates',
	6: 'queue',
};

function replyInWords(controls: Controls): void {
	const item = itemAimedAt(controls.state, controls.view);
	if (item) openReply(controls, item, null);
}

/** Enter in the field below a question. */
export function sendReply(controls: Controls): void {
	const { state, view } = controls;
	if (view.dialog?.kind !== 'reply') return;
	const { choice, field } = view.dialog;
	const item = itemAimedAt(state, view);
	const text = field.text.trim() === '' ? null : field.text;
	if (!item || (choice === null && text === null)) return;
	give(controls, item, { choice, text });
}

function openAlike(controls: Controls): void {
	const { state, view } = controls;
	const item = itemAimedAt(state, view);
	if (!item) return;
	const items = alikeTo(item, awake(controls)).map(({ id }) => id);
	openNow(controls, { kind: 'alike', items });
}

function openSnooze(controls: Controls): void {
	const item = itemAimedAt(controls.state, controls.view);
	if (item) openNow(controls, { kind: 'snooze', item: item.id });
}

/** Until it changes is as long as anything may be put off: another try is another item. */
async function snooze(controls: Controls, minutes: number): Promise<void> {
	const { dialog } = controls.view;
	if (dialog?.kind !== 'snooze') return;
	controls.change({ kind: 'dialog', dialog: null });
	const asked = controls.ask('snooze', { item: dialog.item, minutes });
	const answer = await attend(controls, 'putting it off', asked);
	if (answer) done(controls, `put off for ${minutes} min`, 'weir inbox --all lists it');
}

/** True where there was an answer to speak of: it is recalled, or it is too late. */
export function recallAnswer(controls: Controls): boolean {
	const { held } = controls.view;
	if (held === null) return false;
	const recalled = controls.answers.recall();
	if (recalled) remark(controls, `the answer to ${recalled.name} was not sent`);
	else remark(controls, 'the answer is delivered already');
	return true;
}

function told({ choice, text }: Pick<Answer, 'choice' | 'text'>): string {
	return [choice?.label, text].filter((part) => part != null).join(': ');
}

export function answerDelivered(controls: Controls, answer: Answer): void {
	done(controls, `${answer.name} has the answer: ${told(answer)}`);
}

export function answerRefused(
	controls: Controls,
	{ name }: Answer,
	refusal: Parameters<typeof refusalMessage>[0],
): void {
	const changed = refusal.code === 'prompt.changed' || refusal.code === 'question.gone';
	if (!changed) return controls.say(refusalMessage(refusal));
	const text = `${name}: prompt changed, look; nothing was sent`;
	const allow = controls.view.screen === 'panes' ? '{attention.next} goes there' : null;
	controls.say({ text, allow, tone: 'plain' });
}

/** What lies open is about an item that is gone. */
export function closeOverGone(controls: Controls): void {
	const { state, view } = controls;
	const { dialog, held } = view;
	if (
		dialog?.kind !== 'question' &&
		dialog?.kind !== 'reply' &&
		dialog?.kind !== 'snooze'
	)
		return;
	if (held?.id === dialog.item || itemAimedAt(state, view)) return;
	controls.change({ kind: 'dialog', dialog: null });
	remark(controls, 'the question is gone: answered, or another stands there');
}

function openReply(controls: Controls, { id }: InboxItem, choice: Choice | null): void {
	const field = controls.view.replies[id] ?? emptyField;
	openNow(controls, { kind: 'reply', item: id, choice, field });
}

function give(
	controls: Controls,
	item: InboxItem,
	{ choice, text }: Pick<Answer, 'choice' | 'text'>,
): void {
	const { question } = item;
	if (question === null) return;
	const name = nameOfItem(controls.state, item);
	controls.change({ kind: 'dialog', dialog: null });
	controls.answers.give({ question, name, choice, text });
	done(controls, `to ${name}: ${told({ choice, text })}`, '{undo.open} recalls it');
}

function answerAll(controls: Controls, ids: readonly string[], key: string): void {
	const items = awake(controls).filter(({ id }) => ids.includes(id));
	controls.change({ kind: 'dialog', dialog: null });
	for (const item of items) {
		const choice = choiceOfKey(item, key);
		const name = nameOfItem(controls.state, item);
		if (item.question !== null && choice)
			void controls.answers.send({ question: item.question, name, choice, text: null });
	}
}

function awake({ state, view }: Controls): readonly InboxItem[] {
	return itemsAt(state, view).filter(({ snoozed }) => snoozed === null);
}
