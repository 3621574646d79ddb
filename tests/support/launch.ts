// How an adapter is asked to start its CLI.
import type { LaunchContext } from '../../src/agents/adapter.ts';

export const conversation = '4350e428-4b44-452e-b1c6-7906ad1f3c0f';
export const other = 'fb48423b-1b8e-462a-8a28-a005f1fbfe58';

/** A first start of `cli` with a prompt, but for what is said otherwise. */
export function contextOf(some: Partial<LaunchContext>): LaunchContext {
	return {
		command: ['cli'],
		prompt: 'do it',
		resume: null,
		worktree: '/w',
		gitDir: '/git-of/w',
		repository: '/r',
		folder: '/starts/1',
		instructions: 'be "good"\n',
		hook: ['/usr/bin/node', "/it's/weir", 'hook'],
		guardHook: ['/usr/bin/node', "/it's/weir", 'hook', '--before-write'],
		tools: ['/usr/bin/node', "/it's/weir", 'mcp'],
		newConversation: () => conversation,
		environment: {},
		...some,
	};
}

/** What follows an option. */
export function after(argv: readonly string[], option: string): string | undefined {
	return argv.includes(option) ? argv[argv.indexOf(option) + 1] : undefined;
}
