// The sessions of Copilot CLI: a folder for each, whichever directory it was started in, with a file of all
// that happened. What was read out of a cache, or put into one, is part of the input there.
import { join } from 'node:path';
import { fieldIn, textIn } from './adapter.ts';
import {
	countIn,
	type Reply,
	recordIn,
	timeIn,
	type UsageLines,
	type UsageRecords,
} from './usage.ts';

export const copilotUsage: UsageRecords = {
	folders: ({ home, environment: { COPILOT_HOME } }) => [
		{
			path: join(COPILOT_HOME || join(home, '.copilot'), 'session-state'),
			depth: 1,
			holds: (path) => path.endsWith('/events.jsonl'),
		},
	],
	lines: ({ worktree }) => new EventLines(worktree),
};

class EventLines implements UsageLines {
	readonly #worktree: string;
	foreign = false;

	constructor(worktree: string) {
		this.#worktree = worktree;
	}

	read(line: string): Reply | null {
		const record = recordIn(line, '"session.start"', '"session.usage_record"');
		const data = fieldIn(record, 'data');
		switch (textIn(record, 'type')) {
			case 'session.start':
				this.foreign = textIn(fieldIn(data, 'context'), 'cwd') !== this.#worktree;
				return null;
			case 'session.usage_record':
				return this.foreign ? null : replyIn(data, textIn(record, 'timestamp'));
			default:
				return null;
		}
	}
}

function replyIn(data: unknown, at: string | null): Reply | null {
	const usage = fieldIn(data, 'usage');
	const id =
		textIn(fieldIn(usage, 'accounting'), 'usageId') ?? textIn(usage, 'apiCallId');
	const model = textIn(usage, 'model');
	if (id === null || model === null) return null;
	const all = countIn(fieldIn(usage, 'inputTokens'));
	const cacheRead = Math.min(all, countIn(fieldIn(usage, 'cacheReadTokens')));
	const rest = all - cacheRead;
	const cacheWrite = Math.min(rest, countIn(fieldIn(usage, 'cacheWriteTokens')));
	return {
		id,
		model,
		at: timeIn(at),
		tokens: {
			...{ input: rest - cacheWrite, cacheRead, cacheWrite, longWrite: 0 },
			output: countIn(fieldIn(usage, 'outputTokens')),
			reasoning: countIn(fieldIn(usage, 'reasoningTokens')),
		},
	};
}
