// The chats of Gemini CLI: a folder for each project, called by the last part of its path, a file for each
// conversation. A line is written again when more is known: the reply is the same by its id. What was read
// out of a cache is part of the input there, and what it thought is no part of the output.
import { basename, join } from 'node:path';
import { fieldIn, textIn } from './adapter.ts';
import { countIn, type Reply, recordIn, timeIn, type UsageRecords } from './usage.ts';

export const geminiUsage: UsageRecords = {
	folders: ({ worktree, home, environment: { GEMINI_CLI_HOME } }) => [
		{
			path: join(
				GEMINI_CLI_HOME || home,
				...['.gemini', 'tmp', basename(worktree).toLowerCase(), 'chats'],
			),
			depth: 1,
			holds: (path) => path.endsWith('.jsonl'),
		},
	],
	lines: () => ({ read: replyIn, foreign: false }),
};

function replyIn(line: string): Reply | null {
	const record = recordIn(line, '"tokens"');
	const tokens = fieldIn(record, 'tokens');
	const id = textIn(record, 'id');
	const model = textIn(record, 'model');
	if (textIn(record, 'type') !== 'gemini' || id === null || model === null) return null;
	if (typeof tokens !== 'object' || tokens === null) return null;
	const all = countIn(fieldIn(tokens, 'input')) + countIn(fieldIn(tokens, 'tool'));
	const cacheRead = Math.min(all, countIn(fieldIn(tokens, 'cached')));
	const reasoning = countIn(fieldIn(tokens, 'thoughts'));
	return {
		id,
		model,
		at: timeIn(fieldIn(record, 'timestamp')),
		tokens: {
			...{ input: all - cacheRead, cacheRead, cacheWrite: 0, longWrite: 0 },
			output: countIn(fieldIn(tokens, 'output')) + reasoning,
			reasoning,
		},
	};
}
