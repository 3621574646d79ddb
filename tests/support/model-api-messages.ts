// Anthropic Messages, streamed.
import { createHash } from 'node:crypto';
import {
	type Conversation,
	type Dialect,
	piecesOf,
	type StreamEvent,
	type ToolCall,
	type Turn,
} from './model-api-dialect.ts';

interface Block {
	readonly type: string;
	readonly text?: string;
	readonly content?: string | readonly Block[];
	readonly thinking?: string;
	readonly signature?: string;
	readonly id?: string;
	readonly tool_use_id?: string;
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
		const said = 'say' in turn ? turn.say : turn.saying;
		const blocks = [
			...(turn.thinks ?? []).map(thinkingBlock),
			...(said === undefined ? [] : [textBlock(said)]),
			...('say' in turn ? [] : turn.calls.map(callBlock)),
		];
		return [
			{ type: 'message_start', message: emptyMessage(model, turn.usage) },
			...blocks.flatMap(({ start, deltas }, index) => [
				{ type: 'content_block_start', index, content_block: start },
				...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
				{ type: 'content_block_stop', index },
			]),
			{
				type: 'message_delta',
				delta: {
					stop_reason: 'say' in turn ? 'end_turn' : 'tool_use',
					stop_sequence: null,
				},
				usage: { output_tokens: turn.usage?.output ?? 5 },
			},
			{ type: 'message_stop' },
		] satisfies StreamEvent[];
	},
	objection(body) {
		const { messages = [] } = body as Body;
		const blocks = messages.map(({ content }) =>
			typeof content === 'string' ? [] : content,
		);
		for (const [at, own] of blocks.entries()) {
			const thoughts = own.filter(({ type }) => type === 'thinking');
			const whole = thoughts.every(
				({ thinking = '', signature }, index) =>
					signature === signed(thinking, index, thoughts.length),
			);
			if (!whole)
				return `messages.${at}: \`thinking\` or \`redacted_thinking\` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.`;
			const asked = (blocks[at - 1] ?? []).flatMap(({ id }) => id ?? []);
			const lone = own.find(
				({ tool_use_id: call }) => call !== undefined && !asked.includes(call),
			);
			if (lone)
				return `messages.${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${lone.tool_use_id}`;
		}
		const last = messages.findLastIndex(({ role }) => role === 'assistant');
		const [first] = blocks[last] ?? [];
		const answers = blocks
			.slice(last + 1)
			.flat()
			.some(({ type }) => type === 'tool_result');
		return answers && first?.type !== 'thinking'
			? `messages.${last}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first?.type}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks).`
			: null;
	},
	failure: (status, message) => ({
		type: 'error',
		error: { type: errorTypes[status] ?? 'api_error', message },
	}),
};

const errorTypes: Readonly<Record<number, string>> = {
	400: 'invalid_request_error',
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
		deltas: piecesOf(text).map((piece) => ({ type: 'text_delta', text: piece })),
	};
}

function thinkingBlock(thinking: string, at: number, all: readonly string[]) {
	return {
		start: { type: 'thinking', thinking: '', signature: '' },
		deltas: [
			...piecesOf(thinking).map((piece) => ({ type: 'thinking_delta', thinking: piece })),
			{ type: 'signature_delta', signature: signed(thinking, at, all.length) },
		],
	};
}

/** Good for this text alone, in this place among its like. */
function signed(thinking: string, at: number, count: number): string {
	const words = JSON.stringify([thinking, at, count]);
	return createHash('sha256').update(words).digest('base64');
}

function callBlock({ tool, input, letters }: ToolCall) {
	const json = letters ?? JSON.stringify(input);
	return {
		start: { type: 'tool_use', id: `toolu_${nextId()}`, name: tool, input: {} },
		deltas: piecesOf(json).map((piece) => ({
			type: 'input_json_delta',
			partial_json: piece,
		})),
	};
}

function emptyMessage(
	model: string,
	usage: Extract<Turn, { say: string }>['usage'],
): object {
	return {
		id: `msg_${nextId()}`,
		type: 'message',
		role: 'assistant',
		model,
		content: [],
		stop_reason: null,
		stop_sequence: null,
		usage: {
			input_tokens: usage?.input ?? 10,
			cache_read_input_tokens: usage?.cacheRead ?? 0,
			cache_creation_input_tokens: usage?.cacheWrite ?? 0,
			output_tokens: 1,
		},
	};
}

let ids = 0;
function nextId(): string {
	ids += 1;
	return String(ids).padStart(8, '0');
}
