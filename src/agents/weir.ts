// weir's own agent, `weir agent`: it speaks the Program Status Protocol, asks weir before it writes, puts
// its questions into the inbox as Claude Code's hooks do, and records each reply.

import { join } from 'node:path';
import type { Environment } from '../lib/environment.ts';
import { installedVersion } from '../lib/installation.ts';
import { conversationsFolder } from '../lib/paths.ts';
import { type Adapter, hasOption, textIn, type WriteAsked } from './adapter.ts';
import { claudeHook } from './claude-hooks.ts';
import { plainReply } from './plain-usage.ts';
import { recordIn, type UsageLines, type UsageRecords } from './usage.ts';

const conversationsOf = (home: string, environment: Environment) =>
	conversationsFolder({ HOME: home, ...environment });

/** A file a conversation, of whichever worktree: its first line says which. */
const usage: UsageRecords = {
	folders: ({ home, environment }) => [
		{
			path: conversationsOf(home, environment),
			depth: 0,
			holds: (path) => path.endsWith('.jsonl'),
		},
	],
	lines: ({ worktree }) => new ConversationLines(worktree),
};

class ConversationLines implements UsageLines {
	readonly #worktree: string;
	foreign = false;

	constructor(worktree: string) {
		this.#worktree = worktree;
	}

	read(line: string) {
		const begun = recordIn(line, '"kind":"begun"');
		if (begun !== null) this.foreign = textIn(begun, 'folder') !== this.#worktree;
		return this.foreign ? null : plainReply(line);
	}
}

const writers = ['edit', 'write'];

function askedBy(payload: unknown): WriteAsked | null {
	const tool = textIn(payload, 'tool_name');
	return tool === null || !writers.includes(tool)
		? null
		: { tool, paths: [], folder: null };
}

export const weir: Adapter = {
	name: 'weir',
	title: "weir's own agent",
	kind: { command: ['weir', 'agent'], stop: ['SIGTERM'], rules: null },
	launch({ command, prompt, resume, folder, instructions, newConversation }) {
		const conversation = resume ?? newConversation();
		return {
			argv: [
				...command,
				// Begun where it is not there: its program may have ended before.
				...['--conversation', conversation],
				...(hasOption(command, '--instructions')
					? []
					: ['--instructions', join(folder, 'instructions.md')]),
				...(prompt === null ? [] : ['--', prompt]),
			],
			env: {},
			files: { 'instructions.md': instructions },
			conversation,
		};
	},
	boxes: () => false,
	shellAsks: false,
	folders: [],
	// It asks by itself, over the agents' socket, and not by a hook.
	writes: { tools: writers, asked: askedBy, refused: (reason) => reason },
	hook: claudeHook,
	usage,
	logins: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'OPENAI_API_KEY'],
	sheet: {
		tried: installedVersion,
		reportsSince: '0.1.0',
		signals: ['its own reports', 'its questions in the inbox'],
		idleMegabytes: 90,
		loginFiles: () => [],
		logIn: 'export ANTHROPIC_API_KEY=… or OPENAI_API_KEY=…',
	},
	fixed: () => [],
	writable: (home, environment) => [conversationsOf(home, environment)],
};
