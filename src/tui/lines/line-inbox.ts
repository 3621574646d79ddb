// The inbox of the line mode: every item in a sentence, and its answers as a numbered menu.
import { type InboxItem, nameOfItem } from '../../domain/inbox.ts';
import type { State } from '../../domain/state.ts';
import { plainText } from '../../lib/plain-text.ts';
import { signOfItem } from '../inbox/item-signs.ts';
import type { MenuItem } from './line-menu.ts';
import { ageSaid } from './spoken.ts';

const longestQuestion = 500;

/** `api asks, for 3 minutes: Keep the v1 route?` */
export function itemSentence(item: InboxItem, state: State, now: number): string {
	const name = nameOfItem(state, item);
	const likely = item.inferred ? 'probably ' : '';
	const about = item.detail === null ? '' : ` ${item.detail}`;
	const text = plainText((item.text + about).replaceAll('\n', ' '), longestQuestion);
	return `${name} ${likely}${signOfItem(item).does}, for ${ageSaid(item.since, now)}: ${text}`;
}

/** Each answer that can be given, in the order of the items. */
export function answersMenu(
	items: readonly InboxItem[],
	state: State,
): readonly MenuItem[] {
	return items.flatMap((item) => {
		const name = nameOfItem(state, item);
		return [...answersOf(item, name), ...othersOf(item, name)];
	});
}

function answersOf({ id, kind, answerable, choices, question }: InboxItem, name: string) {
	if (!answerable || (question === null && kind !== 'alarm')) return [];
	const words = (label: string, line: string): MenuItem => {
		return { label, deed: { kind: 'question', ask: `answer for ${name}> `, line } };
	};
	if (choices.length === 0)
		return [words(`answer ${name} in words`, `answer ${id} --text`)];
	return choices.map(({ key, label, free }): MenuItem => {
		const said = kind === 'alarm' ? `${name}: ${label}` : `answer ${name}: ${label}`;
		return free
			? words(said, `answer ${id} ${key} --text`)
			: { label: said, deed: { kind: 'line', line: `answer ${id} ${key}` } };
	});
}

function othersOf({ kind, answerable, agent }: InboxItem, name: string): MenuItem[] {
	const line = (label: string, verb: string): MenuItem => {
		return { label, deed: { kind: 'line', line: `${verb} ${name}` } };
	};
	if (kind === 'fail' || kind === 'lost') return [line(`start ${name} again`, 'respawn')];
	if (kind === 'budget' && agent === null)
		return [{ label: 'the limits of today', deed: { kind: 'line', line: 'budget' } }];
	if (kind === 'done') return [line(`what ${name} changed`, 'diff')];
	return answerable ? [] : [line(`read what ${name} shows`, 'read')];
}
