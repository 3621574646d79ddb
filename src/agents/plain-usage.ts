// Records of replies in weir's own words, a line of JSON each: {"id", "model", "at", "input", "cacheRead",
// "cacheWrite", "output", "reasoning"}. `input` is what neither came out of a cache nor went into one;
// `reasoning` is part of `output`. Other lines, and other fields, say nothing here.
import { fieldIn, textIn } from './adapter.ts';
import { countIn, type Reply, recordIn, timeIn } from './usage.ts';

/** The reply that a line tells of. */
export function plainReply(line: string): Reply | null {
	const record = recordIn(line, '"output"');
	const id = textIn(record, 'id');
	const model = textIn(record, 'model');
	if (id === null || model === null || typeof fieldIn(record, 'output') !== 'number')
		return null;
	const cacheWrite = countIn(fieldIn(record, 'cacheWrite'));
	return {
		id,
		model,
		at: timeIn(fieldIn(record, 'at')),
		tokens: {
			input: countIn(fieldIn(record, 'input')),
			cacheRead: countIn(fieldIn(record, 'cacheRead')),
			cacheWrite,
			longWrite: Math.min(cacheWrite, countIn(fieldIn(record, 'longWrite'))),
			output: countIn(fieldIn(record, 'output')),
			reasoning: countIn(fieldIn(record, 'reasoning')),
		},
	};
}
