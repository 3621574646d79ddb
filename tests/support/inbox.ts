// The inbox of a scratch, as scripts see it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { InboxItemJson } from '../../src/protocol/status.ts';
import { patienceMs, type ScratchWeir } from './weir.ts';

/** Waits until the agent has an item in the inbox that passes, and gives it. */
export async function openItem(
	weir: ScratchWeir,
	agent: string,
	passes: (item: InboxItemJson) => boolean = () => true,
): Promise<InboxItemJson> {
	for (const end = Date.now() + patienceMs; ; await sleep(100)) {
		const { items } = await weir.json<{ items: InboxItemJson[] }>('inbox');
		const found = items.find((item) => item.name === agent && passes(item));
		if (found) return found;
		if (Date.now() > end)
			throw new Error(`${agent} never asked: ${JSON.stringify(items)}`);
	}
}
