// What weir's plugin for opencode writes down of its replies: it keeps them itself in a database, and its own
// input has nothing in it that went through a cache.
import { join } from 'node:path';
import { plainReply } from './plain-usage.ts';
import type { UsageContext, UsageRecords } from './usage.ts';

export const opencodeUsage: UsageRecords = {
	folders: (context) => [
		{
			path: opencodeRecords(context),
			depth: 0,
			holds: (path) => path.endsWith('.jsonl'),
		},
	],
	lines: () => ({ read: plainReply, foreign: false }),
};

/** Where the plugin puts a file for each session of a worktree, beside what opencode keeps. */
export function opencodeRecords({
	worktree,
	home,
	environment: { XDG_DATA_HOME },
}: Pick<UsageContext, 'worktree' | 'home' | 'environment'>): string {
	const data = XDG_DATA_HOME || join(home, '.local', 'share');
	return join(data, 'opencode', 'weir', worktree.replace(/[^A-Za-z0-9]/g, '-'));
}
