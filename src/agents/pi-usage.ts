// The sessions of pi: a folder for each directory that it was started in, a file for each session. What was
// read out of a cache, or put into one, is not part of the input.
import { join } from 'node:path';
import { fieldIn, textIn } from './adapter.ts';
import { countIn, type Reply, recordIn, timeIn, type UsageRecords } from './usage.ts';

export const piUsage: UsageRecords = {
	folders: ({ worktree, home, environment: { PI_CODING_AGENT_DIR } }) => [
		{
			path: join(
				PI_CODING_AGENT_DIR || join(home, '.pi', 'agent'),
				'sessions',
				`--${worktree.replace(/^[/\\]/, '').replace(/[/\\:]/g, '-')}--`,
			),
			depth: 0,
			holds: (path) => path.endsWith('.jsonl'),
		},
	],
	lines: () => ({ read: replyIn, foreign: false }),
};

function replyIn(line: string): Reply | null {
	const record = recordIn(line, '"usage"');
	const message = fieldIn(record, 'message');
	const usage = fieldIn(message, 'usage');
	const id = textIn(message, 'responseId') ?? textIn(record, 'id');
	const model = textIn(message, 'model');
	if (textIn(message, 'role') !== 'assistant' || id === null || model === null)
		return null;
	return {
		id,
		model,
		at: timeIn(fieldIn(record, 'timestamp')),
		tokens: {
			input: countIn(fieldIn(usage, 'input')),
			cacheRead: countIn(fieldIn(usage, 'cacheRead')),
			cacheWrite: countIn(fieldIn(usage, 'cacheWrite')),
			longWrite: 0,
			output: countIn(fieldIn(usage, 'output')),
			reasoning: 0,
		},
	};
}
