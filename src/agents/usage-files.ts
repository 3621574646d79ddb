// Records of a kind of one's own: files by a pattern of the settings, in the words of a known format.
import { join } from 'node:path';
import type { UsagePlaces } from '../domain/agent-kinds.ts';
import { claudeUsage } from './claude-usage.ts';
import { codexUsage } from './codex-usage.ts';
import { plainReply } from './plain-usage.ts';
import type { UsageRecords } from './usage.ts';

const formats: Readonly<Record<UsagePlaces['format'], UsageRecords['lines']>> = {
	claude: claudeUsage.lines,
	codex: codexUsage.lines,
	weir: () => ({ read: plainReply, foreign: false }),
};

const deepest = 8;

/** Files below the worktree, or below the user's home where the pattern begins with `~/`. */
export function usageFiles({ format, files }: UsagePlaces): UsageRecords {
	const atHome = files.startsWith('~/');
	const parts = (atHome ? files.slice(2) : files).split('/');
	// What is no pattern is walked to, not searched.
	const plain = parts.slice(0, -1).findIndex((part) => part.includes('*'));
	const fixed = parts.slice(0, plain < 0 ? parts.length - 1 : plain);
	const rest = parts.slice(fixed.length);
	const pattern = new RegExp(`^${rest.map(patternOf).join('')}$`);
	const depth = rest.includes('**') ? deepest : rest.length - 1;
	return {
		folders: ({ home, worktree }) => [
			{
				path: join(atHome ? home : worktree, ...fixed),
				depth,
				holds: (path) => pattern.test(path),
			},
		],
		lines: formats[format],
	};
}

function patternOf(part: string, at: number, parts: readonly string[]): string {
	const last = at === parts.length - 1;
	if (part === '**') return last ? '.*' : '(?:[^/]+/)*';
	const text = part.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '[^/]*');
	return last ? text : `${text}/`;
}
