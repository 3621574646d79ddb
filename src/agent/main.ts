// `weir agent`: a terminal, or one turn without one, drives a conversation.
import type { Refusal } from '../lib/outcome.ts';
import { keepYoungHeapSmall } from '../lib/young-heap.ts';
import { openAgent } from './opened.ts';
import type { AgentOptions } from './options.ts';
import { runPrinted } from './printed.ts';
import { runInTerminal } from './terminal-program.ts';

/** Runs until the user leaves or the turn is over; answers with the exit code. */
export async function runAgent(options: AgentOptions): Promise<number> {
	keepYoungHeapSmall();
	const opened = await openAgent(options);
	if (!opened.ok) return refused(opened.refusal, options);
	const { transcript } = opened.value;
	try {
		const run = options.print ? runPrinted : runInTerminal;
		return await run(opened.value);
	} finally {
		transcript[Symbol.dispose]();
	}
}

function refused({ code, message, allow }: Refusal, { json }: AgentOptions): number {
	if (json)
		process.stdout.write(
			`${JSON.stringify({ v: 1, refusal: { code, message, allow: allow ?? null } })}\n`,
		);
	process.stderr.write(`weir: ${message}${allow ? `\n  ${allow}` : ''}\n`);
	return code.startsWith('usage.') ? 2 : 3;
}
