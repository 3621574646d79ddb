// Anthropic Messages, streamed.
import type { Conversation, Dialect, StreamEvent, ToolCall } from './model-api.ts';

interface Block {
	readonly type: string;
	readonly text?: string;
	readonly content?: string | readonly Block[];
}

interface Message {
	readonly role: 'user' | 'assistant';
	readonly content: string | readonly Block[];
}

interface Body {
	readonly model?: string;
	readonly messages?: readonly Message[];
	readonly tools?: readonly { readonly name: string }[];
}

export const messagesDialect: Dialect = {
	path: /\/v1\/messages$/,
	read(body) {
		const { messages = [], tools = [] } = body as Body;
		return { entries: messages.flatMap(entriesOf), tools: tools.map(({ name }) => name) };
	},
	reply(turn, body) {
		const model = (body as Body).model ?? 'scripted';
		const blocks = 'say' in turn ? [textBlock(turn.say)] : turn.calls.map(callBlock);
		return [
			{ type: 'message_start', message: emptyMessage(model) },
			...blocks.flatMap(({ start, delta }, index) => [
				{ type: 'content_block_start', index, content_block: start },
				{ type: 'content_block_delta', index, delta },
				{ type: 'content_block_stop', index },
			]),
			{
				type: 'message_delta',
				delta: {
					stop_reason: 'say' in turn ? 'end_turn' : 'tool_use',
					stop_sequence: null,
				},
				usage: { output_tokens: 5 },
			},
			{ type: 'message_stop' },
		] satisfies StreamEvent[];
	},
	failure: (status) => ({
		type: 'error',
		error: {
			type: errorTypes[status] ?? 'api_error',
			message: `scripted ${status}`,
		},
	}),
};

const errorTypes: Readonly<Record<number, string>> = {
	401: 'authentication_error',
	429: 'rate_limit_error',
	529: 'overloaded_error',
};

function entriesOf({ role, content }: Message): Conversation['entries'] {
	const blocks =
		typeof content === 'string' ? [{ type: 'text', text: content }] : content;
	if (role === 'assistant') return [{ by: 'model', text: textOf(blocks) }];
	return blocks.map((block) => ({
		by: block.type === 'tool_result' ? 'tool' : 'user',
		text: textOf([block]),
	}));
}

function textOf(blocks: readonly Block[]): string {
	return blocks
		.map(({ text, content }) =>
			typeof content === 'string' ? content : (text ?? textOf(content ?? [])),
		)
		.join('\n');
}

function textBlock(text: string) {
	return {
		start: { type: 'text', text: '' },
		delta: { type: 'text_delta', text },
	};
}

function callBlock({ tool, input }: ToolCall) {
	return {
		start: { type: 'tool_use', id: `toolu_${nextId()}`, name: tool, input: {} },
		delta: { type: 'input_json_delta', partial_json: JSON.stringify(input) },
	};
}

function emptyMessage(model: string): object {
	return {
		id: `msg_${nextId()}`,
		type: 'message',
		role: 'assistant',
		model,
		content: [],
		stop_reason: null,
		stop_sequence: null,
		usage: { input_tokens: 10, output_tokens: 1 },
	};
}

let ids = 0;
function nextId(): string {
	ids += 1;
	return String(ids).padStart(8, '0');
}
