// Questions of the inbox that one answer fits.
import { alike } from '../../domain/flood.ts';
import type { InboxItem } from '../../domain/inbox.ts';

/** Open items that one answer fits as well, itself among them. */
export function alikeTo(
	item: InboxItem,
	items: readonly InboxItem[],
): readonly InboxItem[] {
	const keysOf = ({ choices }: InboxItem) => choices.map(({ key }) => key).join();
	const fitting = items.filter(
		(one) => one.answerable && one.question !== null && keysOf(one) === keysOf(item),
	);
	const group = alike(fitting).find(({ items: some }) =>
		some.some(({ id }) => id === item.id),
	);
	return group?.items ?? [];
}
