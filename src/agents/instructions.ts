// What every agent is told of weir, from outside of the repository, and why a write of its was refused.

import { patternOf } from '../domain/scope/path-pattern.ts';
import { shellWord } from '../lib/shell-word.ts';
import { type Adapter, serverName } from './adapter.ts';

interface Told {
	readonly name: string;
	readonly scope: readonly string[];
}

/**
 * How it says something to weir: by commands of its shell, or, where its CLI keeps those from weir or asks
 * leave for each, by the tools of the MCP server.
 */
export type Way = 'shell' | 'tools';

export function wayOf(adapter: Adapter | undefined, command: readonly string[]): Way {
	return adapter?.shellAsks || adapter?.boxes(command) ? 'tools' : 'shell';
}

/** The text for an agent's system prompt. */
export function instructionsFor({ name, scope }: Told, way: Way): string {
	const ways = way === 'shell' ? byVerbs : byTools;
	return `You are the agent "${name}". The program weir supervises you, beside other agents in worktrees of their own; a person looks after all of you and may be away.

- Work only in this folder: it is a git worktree of your own, on your own branch. Commit when it helps you; nothing reaches the base branch but by that person.
- ${scopeSentence(scope)} A write outside of that is stopped or undone, by whatever program, and a branch with one never lands. ${moreSentence(way)}
${ways.map((way) => `- ${way}\n`).join('')}`;
}

const byVerbs = [
	'When you cannot go on without a decision, run `weir ask "QUESTION" --choice A --choice B` in your shell. It waits and prints the answer. Ask for nothing that you can find out.',
	'When your task is done, run `weir done --note "WHAT YOU DID AND WHAT IS LEFT"`.',
	'On long work, run `weir report "ONE LINE"` now and then, so that whoever looks sees how far you are.',
];

const byTools = [
	`When you cannot go on without a decision, call the tool \`ask\` of the MCP server \`${serverName}\`. It waits and gives you the answer. Ask for nothing that you can find out.`,
	'When your task is done, call its tool `done` with what you did and what is left.',
	'On long work, call its tool `report` with one line now and then, so that whoever looks sees how far you are.',
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
export function refusalFor(agent: Told, outside: Outside, way: Way): string {
	const { path } = outside;
	if (path === null)
		return 'weir refused this write, since it does not say which file it is for.';
	if (path.startsWith('/'))
		return `weir refused this write: ${path} lies outside of your worktree. Work only there, by paths that begin in it.`;
	if (outside.ofGit)
		return `weir refused this write: ${path} is git's own, and in nobody's scope. Use git for what you want to change there.`;
	return `weir refused this write: ${path} is outside of your scope${reasonOf(outside)}. ${scopeSentence(agent.scope)} It cannot land, whatever writes it. Find a way within your scope. ${moreSentence(way, path)}`;
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

function moreSentence(way: Way, path: string | null = null): string {
	const pattern = path === null ? 'GLOB' : patternOf(path);
	const how =
		way === 'shell'
			? `run \`weir scope request ${path === null ? "'GLOB'" : shellWord(pattern)} --why "TEXT"\` in your shell`
			: `call the tool \`scope_request\` of the MCP server \`${serverName}\`, with the pattern ${pattern} and why`;
	return `If your task needs more, ${how}: a person decides, and it waits for that.`;
}
