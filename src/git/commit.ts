// "Commit for me": what to run in the agent's own context, sandbox and git directory. weir does not
// run it, and never commits on an agent's branch by itself.

export interface CommitPlan {
	readonly message: string;
	/** Files to commit, relative to the worktree; null takes all. */
	readonly paths: readonly string[] | null;
	/** Whether a merge brought in by weir is to be concluded: then all is taken. */
	readonly merging: boolean;
}

export interface Step {
	readonly argv: readonly [string, ...string[]];
	readonly env: Readonly<Record<string, string>>;
	readonly input: string;
}

/**
 * The commands, to be run one after another with the worktree as working folder, the second only
 * if the first ended with 0. The last one's exit code 1 with nothing on stderr means: nothing to
 * commit.
 */
export function commitSteps(plan: CommitPlan): readonly [add: Step, commit: Step] {
	const env = { GIT_EDITOR: 'false', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
	const literal = { ...env, GIT_LITERAL_PATHSPECS: '1' };
	const paths = plan.merging ? null : plan.paths;
	const add: Step =
		paths === null
			? { argv: ['git', 'add', '--all'], env, input: '' }
			: {
					argv: ['git', 'add', '--all', '--pathspec-from-file=-', '--pathspec-file-nul'],
					env: literal,
					input: paths.join('\0'),
				};
	const commit: Step = {
		argv: ['git', 'commit', '--quiet', '--file=-', '--cleanup=strip'],
		env,
		input: `${plan.message.trimEnd()}\n`,
	};
	return [add, commit];
}
