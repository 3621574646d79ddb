// The rollouts of Codex: a file for each thread, below the day on which it began, whichever directory it was
// started in. What was read out of a cache, or put into one, is part of the input there.
import { join } from 'node:path';
import type { Tokens } from '../domain/cost/tokens.ts';
import { fieldIn, textIn } from './adapter.ts';
import {
	countIn,
	type RateLimit,
	type Reply,
	recordIn,
	timeIn,
	type UsageLines,
	type UsageRecords,
} from './usage.ts';

export const codexUsage: UsageRecords = {
	folders: ({ home, environment: { CODEX_HOME }, days }) =>
		days.map((day) => ({
			path: join(CODEX_HOME || join(home, '.codex'), 'sessions', ...day.split('-')),
			depth: 0,
			holds: (path) => path.startsWith('rollout-') && path.endsWith('.jsonl'),
		})),
	lines: ({ worktree }) => new RolloutLines(worktree),
};

class RolloutLines implements UsageLines {
	readonly #worktree: string;
	#foreign = false;
	#thread = '';
	#model = 'unknown model';
	/** It tells of each response by itself: sums of the thread would count them again. */
	#tells = false;
	#limit: RateLimit | null = null;

	constructor(worktree: string) {
		this.#worktree = worktree;
	}

	get foreign(): boolean {
		return this.#foreign;
	}

	get limit(): RateLimit | null {
		return this.#limit;
	}

	read(line: string): Reply | null {
		const record = recordIn(
			line,
			...['"session_meta"', '"turn_context"', '"token_usage_record"', '"token_count"'],
		);
		const payload = fieldIn(record, 'payload');
		const at = timeIn(fieldIn(record, 'timestamp'));
		switch (textIn(record, 'type')) {
			case 'session_meta':
				this.#begin(payload);
				return null;
			case 'turn_context':
				this.#model = textIn(payload, 'model') ?? this.#model;
				return null;
			case 'token_usage_record':
				this.#tells = true;
				return this.#response(payload, at);
			case 'event_msg':
				this.#limit = limitIn(payload, at) ?? this.#limit;
				return this.#tells ? null : this.#sum(payload, at);
			default:
				return null;
		}
	}

	/** A thread that goes on from another has the beginning of that one after its own. */
	#begin(payload: unknown): void {
		if (this.#thread !== '') return;
		this.#thread = textIn(payload, 'id') ?? 'a thread';
		const directory = textIn(payload, 'cwd');
		this.#foreign = directory !== null && directory !== this.#worktree;
	}

	#response(payload: unknown, at: string | null): Reply | null {
		const tokens = tokensIn(fieldIn(payload, 'usage'));
		const id = textIn(payload, 'response_id');
		return (
			tokens && { id: id ?? `${this.#thread} ${at}`, model: this.#model, at, tokens }
		);
	}

	/** Of older versions: how much the last response was is told with the sum, once or several times. */
	#sum(payload: unknown, at: string | null): Reply | null {
		if (textIn(payload, 'type') !== 'token_count') return null;
		const info = fieldIn(payload, 'info');
		const tokens = tokensIn(fieldIn(info, 'last_token_usage'));
		const sum = fieldIn(fieldIn(info, 'total_token_usage'), 'total_tokens');
		if (!tokens || typeof sum !== 'number') return null;
		return { id: `${this.#thread} ${sum}`, model: this.#model, at, tokens };
	}
}

/** All of a window is used: until the last such window ends there is no reply. */
function limitIn(payload: unknown, at: string | null): RateLimit | null {
	const limits = fieldIn(payload, 'rate_limits');
	const ends = ['primary', 'secondary'].flatMap((name) => {
		const window = fieldIn(limits, name);
		const used = fieldIn(window, 'used_percent');
		const resets = fieldIn(window, 'resets_at');
		const isFull = typeof used === 'number' && used >= 100;
		const until = typeof resets === 'number' ? timeIn(resets * 1000) : null;
		return isFull && until !== null ? [until] : [];
	});
	const until = ends.toSorted().at(-1);
	if (until === undefined || at === null || until <= at) return null;
	return { until, why: 'all of its usage limit is used', at };
}

function tokensIn(usage: unknown): Tokens | null {
	if (typeof usage !== 'object' || usage === null) return null;
	const all = countIn(fieldIn(usage, 'input_tokens'));
	const cacheRead = Math.min(all, countIn(fieldIn(usage, 'cached_input_tokens')));
	const written = countIn(fieldIn(usage, 'cache_write_input_tokens'));
	const cacheWrite = Math.min(all - cacheRead, written);
	return {
		input: all - cacheRead - cacheWrite,
		cacheRead,
		cacheWrite,
		longWrite: 0,
		output: countIn(fieldIn(usage, 'output_tokens')),
		reasoning: countIn(fieldIn(usage, 'reasoning_output_tokens')),
	};
}
