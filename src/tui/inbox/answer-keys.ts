// Which key gives which answer. Letters that questions share have a key of their own; all others go by
// their number.
import type { InboxItem } from '../../domain/inbox.ts';

type Choice = InboxItem['choices'][number];

const lettered: Readonly<Record<string, string>> = { y: 'y', a: 'a', n: 'N', ack: 'a' };

/** The key of a choice of the item; null where none is left for it. */
export function keyOfChoice({ choices }: InboxItem, choice: Choice): string | null {
	const letter = lettered[choice.key];
	if (letter !== undefined) return letter;
	if (/^[1-9]$/.test(choice.key)) return choice.key;
	const place = choices.indexOf(choice) + 1;
	const free = place <= 9 && choices.every(({ key }) => key !== String(place));
	return free ? String(place) : null;
}

/** The choice that a key gives. */
export function choiceOfKey(item: InboxItem, key: string): Choice | null {
	if (!item.answerable) return null;
	return item.choices.find((choice) => keyOfChoice(item, choice) === key) ?? null;
}

/** Whether it can be answered in words alone. */
export function takesWords({ answerable, question, choices }: InboxItem): boolean {
	return answerable && question !== null && choices.length === 0;
}
