// The tools that a model gets, and its calls as plans.
import { messageOf } from '../lib/error-words.ts';
import { type Outcome, refuse } from '../lib/outcome.ts';
import type { ToolCall, ToolSheet } from '../models/model.ts';
import { argumentsIn } from './tools/arguments.ts';
import { ask } from './tools/ask.ts';
import { done } from './tools/done.ts';
import { edit } from './tools/edit.ts';
import { gates } from './tools/gates.ts';
import { read } from './tools/read.ts';
import { run } from './tools/run.ts';
import { search } from './tools/search.ts';
import type { Hands, Plan, Tool } from './tools/tool.ts';
import { write } from './tools/write.ts';

const everywhere: readonly Tool[] = [read, search, edit, write, run];
/** Said to weir. */
const inPanes: readonly Tool[] = [gates, ask, done];

export class Toolbox {
	readonly #hands: Hands;
	readonly #tools: ReadonlyMap<string, Tool>;

	constructor(hands: Hands) {
		this.#hands = hands;
		const tools = hands.door ? [...everywhere, ...inPanes] : everywhere;
		this.#tools = new Map(tools.map((tool) => [tool.sheet.name, tool]));
	}

	get sheets(): readonly ToolSheet[] {
		return [...this.#tools.values()].map(({ sheet }) => sheet);
	}

	/** What a call would do; refused in words for the model. */
	async plan({ tool: name, input }: ToolCall): Promise<Outcome<Plan>> {
		const tool = this.#tools.get(name);
		if (!tool)
			return refuse(
				'call.unknown',
				`there is no tool ${JSON.stringify(name.slice(0, 100))}`,
				`there are ${[...this.#tools.keys()].join(', ')}`,
			);
		const given = argumentsIn(input, tool.sheet);
		if (!given.ok) return given;
		try {
			return await tool.plan(given.value, this.#hands);
		} catch (error) {
			return refuse('call.failed', messageOf(error));
		}
	}
}
