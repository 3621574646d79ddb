// Where a symbolic link leads, from what git holds alone: no file system is asked, which would follow
// whatever stands there now.

/** As many links a system follows before it gives up. */
const mostHops = 40;

/** Where the link at a path leads, in its own words; undefined where no link is. */
export type LinkAt = (path: string) => string | undefined;

/**
 * The path in the worktree that a link leads to, through other links of the same tree; '' is the
 * worktree itself. Null where it leads out of it, round and round, or nowhere.
 */
export function whereLinkLeads(
	path: string,
	target: string,
	linkAt: LinkAt,
): string | null {
	const here = path.split('/').slice(0, -1);
	const ahead = target.split('/');
	if (target === '' || target.startsWith('/')) return null;
	for (let hops = 1; ahead.length > 0; ) {
		const part = ahead.shift() ?? '';
		if (part === '' || part === '.') continue;
		if (part === '..') {
			if (here.pop() === undefined) return null;
			continue;
		}
		here.push(part);
		const through = linkAt(here.join('/'));
		if (through === undefined) continue;
		hops += 1;
		if (hops > mostHops || through.startsWith('/')) return null;
		here.pop();
		ahead.unshift(...through.split('/'));
	}
	return here.join('/');
}
