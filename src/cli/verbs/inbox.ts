// What needs you, the most urgent first, with the answers that may be given.
import { proposalWords } from '../../domain/asks.ts';
import { counted } from '../../lib/counted.ts';
import { ok } from '../../lib/outcome.ts';
import type { ClientResponses } from '../../protocol/client.ts';
import type { InboxItemJson } from '../../protocol/status.ts';
import { print, printJson, printLine, printTable, shortAge } from '../print.ts';
import { reachToRead } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const reached = await reachToRead(call);
	if (!reached.ok) return reached;
	using connection = reached.value.connection;
	const asked = connection
		? await connection.request('inbox', {})
		: ok<ClientResponses['inbox']>({ items: [], proposal: null });
	if (!asked.ok) return asked;
	const all = asked.value.items;
	const items = call.on('all') ? all : all.filter(({ snoozed }) => snoozed === null);
	const proposal = asked.value.proposal ?? null;
	if (call.json) printJson({ v: 1, items, proposal });
	else if (call.on('ids')) for (const { id } of items) print(id);
	else {
		printItems(items, all.length - items.length);
		if (proposal)
			print(`${proposalWords(proposal)}; the last: ${proposal.examples.join(', ')}`);
	}
	return done;
};

function printItems(items: readonly InboxItemJson[], hidden: number): void {
	if (items.length === 0) print('nobody needs you');
	else printTable([['ID', 'KIND', 'ABOUT', 'WAITS', 'QUESTION'], ...items.map(rowOf)]);
	for (const { detail } of items.filter(({ tier }) => tier === 1))
		for (const line of detail?.split('\n') ?? []) printLine(`  ${line}`);
	for (const item of items.filter(({ choices }) => choices.length > 0))
		printLine(`${item.id}: ${answersOf(item)}`);
	if (hidden > 0) print(`${counted(hidden, 'item')} snoozed: weir inbox --all`);
}

function rowOf({ id, kind, inferred, name, since, snoozed, text }: InboxItemJson) {
	const until = snoozed === null ? '' : `(snoozed until ${snoozed}) `;
	return [id, `${inferred ? '~' : ''}${kind}`, name, shortAge(since), until + text];
}

function answersOf({ id, choices }: InboxItemJson): string {
	const ways = choices.map(({ key, label, free }) => {
		const words = free ? ' --text TEXT' : '';
		return `weir answer ${id} ${key}${words} (${label})`;
	});
	return ways.join(', ');
}
