// The chats of Qwen Code: a folder for each directory that it was started in, a file for each conversation.
// Each response of a model is told of by a record of its own, those for titles and memory as well; what was
// read out of a cache is part of the input there.
import { join } from 'node:path';
import { fieldIn, textIn } from './adapter.ts';
import { countIn, type Reply, recordIn, timeIn, type UsageRecords } from './usage.ts';

export const qwenUsage: UsageRecords = {
	folders: ({ worktree, home, environment: { QWEN_HOME } }) => [
		{
			path: join(
				QWEN_HOME || join(home, '.qwen'),
				...['projects', worktree.replace(/[^A-Za-z0-9]/g, '-'), 'chats'],
			),
			depth: 1,
			holds: (path) => path.endsWith('.jsonl'),
		},
	],
	lines: () => ({ read: replyIn, foreign: false }),
};

function replyIn(line: string): Reply | null {
	const record = recordIn(line, '"qwen-code.api_response"');
	const event = fieldIn(fieldIn(record, 'systemPayload'), 'uiEvent');
	const id = textIn(event, 'response_id');
	const model = textIn(event, 'model');
	if (textIn(event, 'event.name') !== 'qwen-code.api_response') return null;
	if (id === null || model === null) return null;
	const all = countIn(fieldIn(event, 'input_token_count'));
	const cacheRead = Math.min(all, countIn(fieldIn(event, 'cached_content_token_count')));
	return {
		id,
		model,
		at: timeIn(fieldIn(event, 'event.timestamp')),
		tokens: {
			...{ input: all - cacheRead, cacheRead, cacheWrite: 0, longWrite: 0 },
			output: countIn(fieldIn(event, 'output_token_count')),
			reasoning: countIn(fieldIn(event, 'thoughts_token_count')),
		},
	};
}
