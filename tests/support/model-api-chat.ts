// OpenAI Chat Completions, streamed or in one piece.
import type { Conversation, Dialect, Reply, ToolCall } from './model-api-dialect.ts';

interface Message {
	readonly role: string;
	readonly content?: string | readonly { readonly text?: string }[] | null;
}

interface Body {
	readonly model?: string;
	readonly stream?: boolean;
	readonly messages?: readonly Message[];
	readonly tools?: readonly { readonly function?: { readonly name: string } }[];
}

const usage = {
	prompt_tokens: 14,
	completion_tokens: 5,
	total_tokens: 19,
	prompt_tokens_details: { cached_tokens: 4 },
};

export const chatDialect: Dialect = {
	path: /\/chat\/completions$/,
	read(body) {
		const { messages = [], tools = [] } = body as Body;
		return {
			entries: messages.flatMap(entriesOf),
			tools: tools.map((tool) => tool.function?.name ?? ''),
		};
	},
	reply(turn, body) {
		const common = commonOf(body, 'chat.completion.chunk');
		const calls = 'say' in turn ? [] : turn.calls.map(callOf);
		const content = 'say' in turn ? turn.say : turn.saying;
		const finish_reason = calls.length > 0 ? 'tool_calls' : 'stop';
		const deltas = [
			{ role: 'assistant' },
			...(content === undefined
				? []
				: piecesOf(content).map((text) => ({ content: text }))),
			...(calls.length === 0 ? [] : [{ tool_calls: calls }]),
		];
		return [
			...deltas.map((delta) => ({
				...common,
				choices: [{ index: 0, delta, finish_reason: null }],
			})),
			{ ...common, choices: [{ index: 0, delta: {}, finish_reason }] },
			{ ...common, choices: [], usage: usageOf(turn) },
		];
	},
	end: '[DONE]',
	whole(turn, body, _path) {
		if ((body as Body).stream === true) return null;
		const calls = 'say' in turn ? undefined : turn.calls.map(callOf);
		const message = {
			role: 'assistant',
			content: 'say' in turn ? turn.say : null,
			tool_calls: calls,
		};
		const finish_reason = calls ? 'tool_calls' : 'stop';
		const choices = [{ index: 0, message, finish_reason }];
		return { ...commonOf(body, 'chat.completion'), choices, usage };
	},
	failure: (status, message) => ({
		error: {
			type: status === 429 ? 'rate_limit_exceeded' : 'server_error',
			message,
		},
	}),
};

function entriesOf({ role, content }: Message): Conversation['entries'] {
	const texts =
		typeof content === 'string' ? [content] : (content ?? []).map(({ text }) => text);
	const text = texts.filter((one) => one !== undefined);
	if (role === 'assistant') return [{ by: 'model', text: text.join('\n') }];
	if (role === 'tool') return [{ by: 'tool', text: text.join('\n') }];
	if (role !== 'user') return [];
	// Copilot CLI says the time before.
	return text.map((one) => ({
		by: 'user',
		text: one.replace(/^<(\w+)>.*<\/\1>\s*/, ''),
	}));
}

function usageOf({ usage: said }: Reply): object {
	if (!said) return usage;
	const { input = 10, cacheRead = 0, cacheWrite = 0, output = 5 } = said;
	const prompt = input + cacheRead + cacheWrite;
	return {
		prompt_tokens: prompt,
		completion_tokens: output,
		total_tokens: prompt + output,
		prompt_tokens_details: { cached_tokens: cacheRead },
	};
}

/** As a model says it: in two pieces. */
function piecesOf(text: string): string[] {
	const middle = Math.ceil(text.length / 2);
	return [text.slice(0, middle), text.slice(middle)];
}

function callOf({ tool, input, letters }: ToolCall, index: number): object {
	return {
		index,
		id: `call_${nextId()}`,
		type: 'function',
		function: {
			name: tool,
			arguments: letters ?? (typeof input === 'string' ? input : JSON.stringify(input)),
		},
	};
}

function commonOf(body: unknown, object: string): object {
	const { model = 'scripted' } = body as Body;
	return { id: `chatcmpl-${nextId()}`, object, created: 1, model };
}

let ids = 0;
function nextId(): string {
	ids += 1;
	return String(ids).padStart(8, '0');
}
