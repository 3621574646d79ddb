// What an agent may say about itself, as tools: told to a model by its sheet, answered in words for it.
import type { Outcome, Refusal } from '../lib/outcome.ts';
import type { AgentWord, AgentWordAnswers } from '../protocol/agent-door.ts';
import { pathLines, scopeLines } from '../protocol/scope-lines.ts';

/** Says one word to weir as the agent, for so long at most where seconds are given. */
export type Say = <W extends AgentWord>(
	word: W,
	body: object,
	seconds?: number | null,
) => Promise<Outcome<AgentWordAnswers[W]>>;

export type Input = Readonly<Record<string, unknown>>;

export interface Said {
	readonly text: string;
	/** The model is to do something about it. */
	readonly failed: boolean;
}

/** JSON Schema, as far as these tools need it. */
export interface Field {
	readonly type: 'string' | 'number' | 'array' | 'boolean';
	readonly items?: { readonly type: 'string' };
	readonly description: string;
}

export interface AgentTool {
	readonly name: string;
	readonly title: string;
	readonly about: string;
	readonly fields: Readonly<Record<string, Field>>;
	readonly required: readonly string[];
	/** Nothing changes by it. */
	readonly reads: boolean;
	call(input: Input, say: Say): Promise<Said>;
}

const timeout: Field = {
	type: 'number',
	description: 'seconds to wait for an answer; without it, as long as it takes',
};

export const agentTools: readonly AgentTool[] = [
	{
		name: 'ask',
		title: 'Ask the person',
		about:
			'Asks the person who looks after you, who may be away, and waits for the answer. For decisions that you cannot make; not for what you can find out.',
		fields: {
			question: { type: 'string', description: 'in one or two sentences' },
			choices: {
				...{ type: 'array', items: { type: 'string' } },
				description: 'answers to choose from, nine at most',
			},
			timeout,
		},
		required: ['question'],
		reads: true,
		async call({ question, choices = [], timeout: seconds }, say) {
			const body = { text: question, choices };
			const asked = await say('ask', body, secondsOf(seconds));
			if (!asked.ok) return refused(asked.refusal);
			const { answer } = asked.value;
			if (!answer)
				return said('nobody answered; go on as you think best, and say what you assumed');
			const named = Array.isArray(choices) ? choices : [];
			const at = Number(answer.choice) - 1;
			const chosen = answer.choice === null ? null : String(named[at] ?? answer.choice);
			return said([chosen, answer.text].filter(Boolean).join('\n'));
		},
	},
	{
		name: 'done',
		title: 'Say that the task is done',
		about:
			'Says that your task is done, as far as you know. Refused while you have changed files outside of your scope. Say it once, at the end.',
		fields: {
			note: { type: 'string', description: 'what you did and what is left' },
		},
		required: [],
		reads: false,
		async call({ note = null }, say) {
			const told = await say('done', { note });
			return told.ok ? said('weir knows that you are done') : refused(told.refusal);
		},
	},
	{
		name: 'report',
		title: 'Report progress',
		about:
			'Says in one line how far you are, for whoever looks. On long work, now and then.',
		fields: { text: { type: 'string', description: 'one line' } },
		required: ['text'],
		reads: false,
		async call({ text }, say) {
			const told = await say('report', { text });
			return told.ok ? said('told') : refused(told.refusal);
		},
	},
	{
		name: 'gates',
		title: 'Run the gates',
		about:
			'Runs the gates (tests, lint, types) on what your files are now, waits, and tells what they say. Nothing of yours lands while one is red.',
		fields: {
			run: {
				type: 'boolean',
				description: 'false tells what is known already, without running anything',
			},
		},
		required: [],
		reads: true,
		async call({ run = true }, say) {
			const told = await say('gates', { run });
			if (!told.ok) return refused(told.refusal);
			const { gates } = told.value;
			if (gates.length === 0) return said('no gate is set up');
			return said(
				gates
					.map(({ name, verdict, failures, output }) =>
						[`${name}: ${verdict}`, ...failures, output].filter(Boolean).join('\n'),
					)
					.join('\n'),
			);
		},
	},
	{
		name: 'scope_show',
		title: 'Show the scope',
		about: 'Shows which files you may write, or of given paths which of them and why.',
		fields: {
			paths: {
				...{ type: 'array', items: { type: 'string' } },
				description: 'paths from your worktree on',
			},
		},
		required: [],
		reads: true,
		async call({ paths = [] }, say) {
			const shown = await say('scope.show', { paths });
			if (!shown.ok) return refused(shown.refusal);
			const one = Array.isArray(paths) && paths.length > 0;
			const lines = one
				? pathLines(shown.value)
				: scopeLines(shown.value, (since) => since);
			return said(lines.join('\n'));
		},
	},
	{
		name: 'scope_request',
		title: 'Ask for a wider scope',
		about:
			'Asks the person to let you write more files than your scope has, and waits for the answer. Only for what your task needs.',
		fields: {
			patterns: {
				...{ type: 'array', items: { type: 'string' } },
				description: 'gitignore patterns of what you need to write',
			},
			why: { type: 'string', description: 'why your task needs it' },
			timeout,
		},
		required: ['patterns', 'why'],
		reads: true,
		async call({ patterns, why, timeout: seconds }, say) {
			const asked = await say('scope.request', { patterns, why }, secondsOf(seconds));
			if (!asked.ok) return refused(asked.refusal);
			const { granted, answer, note } = asked.value;
			if (granted) return said(note === null ? 'granted' : `granted; ${note}`);
			if (answer === null) return said('nobody answered; stay within your scope');
			const text = answer.text === null ? '' : `: ${answer.text}`;
			return { text: `no${text}`, failed: true };
		},
	},
];

function secondsOf(value: unknown): number | null {
	return typeof value === 'number' && value >= 0 ? value : null;
}

function said(text: string): Said {
	return { text, failed: false };
}

function refused({ message, allow }: Refusal): Said {
	return { text: [message, allow].filter(Boolean).join('\n'), failed: true };
}
