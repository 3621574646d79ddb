// What every agent is told of weir, from outside of the repository, and why a write of its was refused.
// `reaches`: its commands can reach weir, which the sandbox of a CLI may keep them from.

import { patternOf } from '../domain/scope/path-pattern.ts';
import { shellWord } from '../lib/shell-word.ts';

interface Told {
	readonly name: string;
	readonly scope: readonly string[];
}

/** The text for an agent's system prompt. */
export function instructionsFor({ name, scope }: Told, reaches: boolean): string {
	const ways = reaches ? byVerbs : byTurns;
	return `You are the agent "${name}". The program weir supervises you, beside other agents in worktrees of their own; a person looks after all of you and may be away.

- Work only in this folder: it is a git worktree of your own, on your own branch. Commit when it helps you; nothing reaches the base branch but by that person.
- ${scopeSentence(scope)} A write outside of that is stopped or undone, by whatever program, and a branch with one never lands. ${moreSentence(reaches)}
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

/** A file that a tool of it wanted to write, and may not. */
export interface Outside {
	/** From its worktree on, or absolute where it lies outside of that; null where it is not known. */
	readonly path: string | null;
	/** The pattern that takes it out; null where none covers it. */
	readonly by: string | null;
	/** Covered by nothing but a pattern that names it. */
	readonly mustBeNamed: boolean;
	/** In a folder of git, which no pattern covers. */
	readonly ofGit: boolean;
}

/** To the model, in place of what its tool would have said. */
export function refusalFor(agent: Told, outside: Outside, reaches: boolean): string {
	const { path } = outside;
	if (path === null)
		return 'weir refused this write, since it does not say which file it is for.';
	if (path.startsWith('/'))
		return `weir refused this write: ${path} lies outside of your worktree. Work only there, by paths that begin in it.`;
	if (outside.ofGit)
		return `weir refused this write: ${path} is git's own, and in nobody's scope. Use git for what you want to change there.`;
	return `weir refused this write: ${path} is outside of your scope${reasonOf(outside)}. ${scopeSentence(agent.scope)} It cannot land, whatever writes it. Find a way within your scope. ${moreSentence(reaches, path)}`;
}

function reasonOf({ by, mustBeNamed }: Outside): string {
	if (mustBeNamed)
		return ', which would have to name it, as it decides what runs elsewhere';
	return by === null ? '' : `, by its pattern ${by}`;
}

const patternsSaid = 30;

function scopeSentence(scope: readonly string[]): string {
	if (scope.length === 0)
		return 'Your scope is all files of this worktree but those that decide what runs elsewhere (CI, git attributes, hooks, settings of weir).';
	const said = scope.slice(0, patternsSaid).map((pattern) => `\`${pattern}\``);
	const more = scope.length > said.length ? [`${scope.length - said.length} more`] : [];
	return `Your scope, the files that you may write, is ${[...said, ...more].join(', ')} (gitignore patterns; the last that matches decides).`;
}

function moreSentence(reaches: boolean, path: string | null = null): string {
	const pattern = path === null ? "'GLOB'" : shellWord(patternOf(path));
	return reaches
		? `If your task needs more, run \`weir scope request ${pattern} --why "TEXT"\` in your shell: a person decides, and it waits for that.`
		: `If your task needs more, end your turn with the path${path === null ? '' : ` ${path}`} and why: a person decides.`;
}
