// The transcripts of Claude Code: a folder for each directory that it was started in, a file for each
// conversation, one for each subagent below it. What was read out of a cache is not part of the input.
import { join } from 'node:path';
import { resetTime } from '../lib/reset-time.ts';
import { fieldIn, listIn, textIn } from './adapter.ts';
import {
	countIn,
	type RateLimit,
	type Reply,
	recordIn,
	timeIn,
	type UsageLines,
	type UsageRecords,
} from './usage.ts';

export const claudeUsage: UsageRecords = {
	folders: ({ worktree, home, environment: { CLAUDE_CONFIG_DIR } }) => [
		{
			path: join(
				CLAUDE_CONFIG_DIR || join(home, '.claude'),
				'projects',
				worktree.replace(/[^A-Za-z0-9]/g, '-'),
			),
			// <conversation>.jsonl, <conversation>/subagents/agent-*.jsonl
			depth: 2,
			holds: (path) => path.endsWith('.jsonl'),
		},
	],
	lines: () => new TranscriptLines(),
};

class TranscriptLines implements UsageLines {
	readonly foreign = false;
	#limit: RateLimit | null = null;

	get limit(): RateLimit | null {
		return this.#limit;
	}

	read(line: string): Reply | null {
		this.#limit = limitIn(line) ?? this.#limit;
		return replyIn(line);
	}
}

/** `You've hit your session limit · resets 9:50pm (Asia/Saigon)` */
function limitIn(line: string): RateLimit | null {
	const record = recordIn(line, '"isApiErrorMessage":true');
	const at = timeIn(fieldIn(record, 'timestamp'));
	if (textIn(record, 'error') !== 'rate_limit' || at === null) return null;
	const [part] = listIn(fieldIn(record, 'message'), 'content');
	const why = textIn(part, 'text') ?? '';
	const until = resetTime(why.slice(0, 500), at);
	return until === null ? null : { until, why, at };
}

/** One reply stands in several lines, for each part of it one, each with the same id. */
function replyIn(line: string): Reply | null {
	const record = recordIn(line, '"usage"');
	const message = fieldIn(record, 'message');
	const usage = fieldIn(message, 'usage');
	const id = textIn(message, 'id') ?? textIn(record, 'requestId');
	const model = textIn(message, 'model');
	if (textIn(record, 'type') !== 'assistant' || id === null || model === null)
		return null;
	// What it says itself of an error.
	if (typeof usage !== 'object' || usage === null || model === '<synthetic>') return null;
	const cacheWrite = countIn(fieldIn(usage, 'cache_creation_input_tokens'));
	const kept = fieldIn(usage, 'cache_creation');
	const longWrite = countIn(fieldIn(kept, 'ephemeral_1h_input_tokens'));
	return {
		id,
		model,
		at: timeIn(fieldIn(record, 'timestamp')),
		tokens: {
			input: countIn(fieldIn(usage, 'input_tokens')),
			cacheRead: countIn(fieldIn(usage, 'cache_read_input_tokens')),
			cacheWrite,
			longWrite: Math.min(longWrite, cacheWrite),
			output: countIn(fieldIn(usage, 'output_tokens')),
			reasoning: 0,
		},
	};
}
