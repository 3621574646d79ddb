// What every agent is told of weir, from outside of the repository.

/**
 * The text for an agent's system prompt. `reaches`: its commands can reach weir, which the sandbox of a
 * CLI may keep them from.
 */
export function instructionsFor(
	agent: { readonly name: string },
	reaches: boolean,
): string {
	const ways = reaches ? byVerbs : byTurns;
	return `You are the agent "${agent.name}". The program weir supervises you, beside other agents in worktrees of their own; a person looks after all of you and may be away.

- Work only in this folder: it is a git worktree of your own, on your own branch. Commit when it helps you; nothing reaches the base branch but by that person.
${ways.map((way) => `- ${way}\n`).join('')}`;
}

const byVerbs = [
	'When you cannot go on without a decision, run `weir ask "QUESTION" --choice A --choice B` in your shell. It waits and prints the answer. Ask for nothing that you can find out.',
	'When your task is done, run `weir done --note "WHAT YOU DID AND WHAT IS LEFT"`.',
	'On long work, run `weir report "ONE LINE"` now and then, so that whoever looks sees how far you are.',
];

const byTurns = [
	'When you cannot go on without a decision, end your turn with the question and the answers that you see. Ask for nothing that you can find out.',
	'When your task is done, end your turn with what you did and what is left.',
];
