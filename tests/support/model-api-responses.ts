// OpenAI Responses, streamed.
import {
	type Conversation,
	type Dialect,
	piecesOf,
	type StreamEvent,
	type ToolCall,
} from './model-api-dialect.ts';

interface Item {
	readonly type?: string;
	readonly role?: string;
	readonly content?: string | readonly Piece[];
	readonly output?: unknown;
	readonly arguments?: string;
	readonly tools?: readonly Tool[];
}

interface Piece {
	readonly text?: string;
	/** What an agent tells another. */
	readonly encrypted_content?: string;
}

interface Tool {
	readonly name?: string;
	readonly type: string;
	/** Of a namespace. */
	readonly tools?: readonly Tool[];
}

interface Body {
	readonly input?: string | readonly Item[];
	readonly tools?: readonly Tool[];
}

export const responsesDialect: Dialect = {
	path: /\/responses$/,
	read(body) {
		const { input = [], tools = [] } = body as Body;
		const items: readonly Item[] =
			typeof input === 'string' ? [{ role: 'user', content: input }] : input;
		return {
			entries: items.flatMap(entryOf),
			// Codex offers them as an item of the conversation.
			tools: [...tools, ...items.flatMap((item) => item.tools ?? [])].flatMap(namesOf),
		};
	},
	reply(turn) {
		const id = nextId();
		const said = 'say' in turn ? turn.say : turn.saying;
		const items = [
			...(said === undefined ? [] : [messageItem(said)]),
			...('say' in turn ? [] : turn.calls.map(callItem)),
		];
		const { input = 10, cacheRead = 0, cacheWrite = 0, output = 5 } = turn.usage ?? {};
		const usage = {
			input_tokens: input + cacheRead + cacheWrite,
			input_tokens_details: { cached_tokens: cacheRead, cache_write_tokens: cacheWrite },
			output_tokens: output,
			output_tokens_details: { reasoning_tokens: 0 },
			total_tokens: input + cacheRead + cacheWrite + output,
		};
		return [
			{ type: 'response.created', response: { id: `resp_${id}` } },
			...items.flatMap((item, output_index) => [
				{ type: 'response.output_item.added', output_index, item },
				...(said !== undefined && output_index === 0
					? piecesOf(said).map((delta) => ({
							type: 'response.output_text.delta',
							output_index,
							delta,
						}))
					: []),
				{ type: 'response.output_item.done', output_index, item },
			]),
			{
				type: 'response.completed',
				response: { id: `resp_${id}`, output: items, usage },
			},
		] satisfies StreamEvent[];
	},
	failure: (status, message) => ({
		error: { type: status === 429 ? 'rate_limit_exceeded' : 'server_error', message },
	}),
};

function messageItem(text: string): object {
	return {
		type: 'message',
		role: 'assistant',
		id: `msg_${nextId()}`,
		content: [{ type: 'output_text', text }],
	};
}

function callItem({ tool, namespace, input, letters }: ToolCall): object {
	const id = `call_${nextId()}`;
	const named = { id, call_id: id, name: tool, ...(namespace && { namespace }) };
	return typeof input === 'string'
		? { ...named, type: 'custom_tool_call', input }
		: { ...named, type: 'function_call', arguments: letters ?? JSON.stringify(input) };
}

function namesOf({ name, type, tools }: Tool): readonly string[] {
	return tools ? tools.flatMap(namesOf) : [name ?? type];
}

function entryOf({
	type = 'message',
	role,
	content,
	output,
	...item
}: Item): Conversation['entries'] {
	if (type.endsWith('_output')) return [{ by: 'tool', text: textOf(output) }];
	if (type.endsWith('_call')) return [{ by: 'model', text: item.arguments ?? '' }];
	if (type === 'agent_message' && Array.isArray(content))
		return (content as readonly Piece[]).flatMap(({ encrypted_content: text }) =>
			text === undefined ? [] : [{ by: 'user', text }],
		);
	if (type !== 'message') return [];
	return [{ by: role === 'assistant' ? 'model' : 'user', text: textOf(content) }];
}

function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	return Array.isArray(content)
		? (content as readonly { text?: string }[]).map(({ text }) => text ?? '').join('\n')
		: JSON.stringify(content ?? '');
}

let ids = 0;
function nextId(): string {
	ids += 1;
	return String(ids).padStart(8, '0');
}
