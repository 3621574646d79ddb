// What has been said, folded from the entries of a transcript: what the model is told next, which calls
// wait for their result, and what it all has cost.
import {
	filledBy,
	type Message,
	noUsage,
	type ToolCall,
	type ToolResult,
	type Usage,
} from '../models/model.ts';
import type { Entry } from './entry.ts';

/** A call without a result, and whether its tool had begun. */
export interface OpenCall {
	readonly call: ToolCall;
	readonly begun: boolean;
}

export class Conversation {
	#messages: Message[] = [];
	#open: OpenCall[] = [];
	#used: Usage = noUsage;
	readonly #usedBy = new Map<string, Usage>();
	#filled = 0;
	#order = '';
	#begunIn: string | null = null;

	get messages(): readonly Message[] {
		return this.#messages;
	}

	/** In the order in which the model wants them done. */
	get open(): readonly OpenCall[] {
		return this.#open;
	}

	/** Of the whole conversation. */
	get used(): Usage {
		return this.#used;
	}

	/** By the models that replied. */
	get usedBy(): ReadonlyMap<string, Usage> {
		return this.#usedBy;
	}

	/** Tokens that the last reply filled of the window. */
	get filled(): number {
		return this.#filled;
	}

	/** What the user said last. */
	get order(): string {
		return this.#order;
	}

	/** The folder in which it was begun. */
	get begunIn(): string | null {
		return this.#begunIn;
	}

	/** Whether the model has the last word, or nothing was said. */
	get rests(): boolean {
		const last = this.#messages.at(-1);
		return this.#open.length === 0 && (!last || last.by === 'model');
	}

	take(entry: Entry): void {
		switch (entry.kind) {
			case 'begun':
				this.#begunIn = entry.folder;
				return;
			case 'prompt':
				this.#order = entry.text;
				this.#messages.push({ by: 'user', text: entry.text });
				return;
			case 'usage':
				this.#used = sum(this.#used, entry);
				this.#usedBy.set(
					entry.model,
					sum(this.#usedBy.get(entry.model) ?? noUsage, entry),
				);
				this.#filled = filledBy(entry);
				return;
			case 'reply':
				this.#messages.push({
					by: 'model',
					parts: entry.parts,
					...(entry.torn === true ? { torn: true } : {}),
				});
				this.#open = entry.parts.flatMap((part) =>
					part.kind === 'call' ? [{ call: part, begun: false }] : [],
				);
				return;
			case 'intent':
				this.#open = this.#open.map((one) =>
					one.call.id === entry.call ? { ...one, begun: true } : one,
				);
				return;
			case 'result':
				this.#settle(entry);
				return;
			case 'cancelled':
				return;
			case 'compacted':
				this.#messages = [{ by: 'user', text: recalled(entry.summary, this.#order) }];
				this.#open = [];
				this.#filled = 0;
				return;
		}
	}

	/** A result of no open call is that of one that was answered already: once counts. */
	#settle({ call, text, failed }: ToolResult): void {
		if (!this.#open.some((one) => one.call.id === call)) return;
		this.#open = this.#open.filter((one) => one.call.id !== call);
		const last = this.#messages.at(-1);
		const result = { call, text, failed };
		if (last?.by === 'tools')
			this.#messages[this.#messages.length - 1] = {
				by: 'tools',
				results: [...last.results, result],
			};
		else this.#messages.push({ by: 'tools', results: [result] });
	}
}

function recalled(summary: string, order: string): string {
	return `The conversation had grown too long. This is what matters of it:

${summary}

The user's last order, word for word:

${order}

Go on from there; what is done already stays done.`;
}

function sum(one: Usage, other: Usage): Usage {
	return {
		input: one.input + other.input,
		cacheRead: one.cacheRead + other.cacheRead,
		cacheWrite: one.cacheWrite + other.cacheWrite,
		output: one.output + other.output,
		reasoning: one.reasoning + other.reasoning,
	};
}
