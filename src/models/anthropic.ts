// Anthropic Messages, streamed: https://platform.claude.com/docs/en/api/messages
import Anthropic, {
	APIConnectionError,
	APIError,
	APIUserAbortError,
} from '@anthropic-ai/sdk';
import { connectionFailure, failureOf, isCutOff } from './failure.ts';
import {
	type Message,
	type Model,
	type ModelPlace,
	type ModelRequest,
	noUsage,
	type Part,
	type Reply,
	type Usage,
} from './model.ts';
import { withoutTornThinking } from './retold.ts';
import { type Growing, streamed } from './streamed.ts';

/** What one reply may say at most; the smallest limit of the models that are offered is above it. */
const mostOutput = 32_000;
const usualWindow = 200_000;
/** Tools and system prompt, and the ends of the last two turns: four marks are allowed. */
const markedTurns = 2;
const keep = { type: 'ephemeral' } as const;

/** The model of a name, not yet asked anything. */
export function anthropicModel(place: ModelPlace): Model {
	const client = new Anthropic({
		apiKey: place.key,
		authToken: place.token,
		baseURL: place.baseUrl,
		// A place of the user's own may want no key; the client has to be told that none is meant.
		...(place.key === null && place.token === null
			? { defaultHeaders: { authorization: null } }
			: {}),
		// Tries are counted, paused and shown by whoever asks.
		maxRetries: 0,
		logLevel: 'off',
	});
	return {
		provider: 'anthropic',
		name: place.name,
		window: place.window ?? usualWindow,
		reply: (request) => reply(client, place.name, request),
	};
}

function reply(client: Anthropic, model: string, request: ModelRequest): Promise<Reply> {
	return streamed(
		() =>
			client.messages.create(
				{
					model,
					max_tokens: mostOutput,
					stream: true,
					system: [{ type: 'text', text: request.system, cache_control: keep }],
					tools: request.tools.map(({ name, about, input }) => ({
						name,
						description: about,
						input_schema: { ...input, required: [...input.required] },
					})),
					...(request.mayCall ? {} : { tool_choice: { type: 'none' as const } }),
					messages: marked(withoutTornThinking(request.messages).map(messageFor)),
				},
				{ signal: request.signal },
			),
		new GrowingReply(model),
		request,
		(error) => told(error, client.baseURL),
	);
}

/** A reply as far as it has come. */
class GrowingReply implements Growing<Anthropic.RawMessageStreamEvent> {
	readonly #blocks = new Map<number, Anthropic.ContentBlock & { json?: string }>();
	#model: string;
	#id = '';
	#usage: Usage = noUsage;
	#stop: Anthropic.StopReason | null = null;
	#over = false;

	constructor(model: string) {
		this.#model = model;
	}

	take(event: Anthropic.RawMessageStreamEvent, request: ModelRequest): void {
		switch (event.type) {
			case 'message_start':
				this.#id = event.message.id;
				this.#model = event.message.model;
				this.#count(event.message.usage, request);
				return;
			case 'content_block_start':
				this.#blocks.set(event.index, { ...event.content_block });
				return;
			case 'content_block_delta':
				this.#grow(this.#blocks.get(event.index), event.delta, request);
				return;
			case 'message_delta':
				this.#stop = event.delta.stop_reason;
				this.#count(event.usage, request);
				return;
			case 'message_stop':
				this.#over = true;
				return;
			default:
				return;
		}
	}

	whole(): Reply | null {
		if (!this.#over) return null;
		const blocks = [...this.#blocks].toSorted(([one], [other]) => one - other);
		return {
			id: this.#id,
			model: this.#model,
			usage: this.#usage,
			parts: blocks.flatMap(([, block]) => partOf(block)),
			stop: stops[this.#stop ?? ''] ?? 'done',
		};
	}

	#grow(
		block: (Anthropic.ContentBlock & { json?: string }) | undefined,
		delta: Anthropic.RawContentBlockDelta,
		{ onText }: ModelRequest,
	): void {
		if (block?.type === 'text' && delta.type === 'text_delta') {
			block.text += delta.text;
			onText(delta.text);
		} else if (block?.type === 'tool_use' && delta.type === 'input_json_delta')
			block.json = (block.json ?? '') + delta.partial_json;
		else if (block?.type === 'thinking' && delta.type === 'thinking_delta')
			block.thinking += delta.thinking;
		else if (block?.type === 'thinking' && delta.type === 'signature_delta')
			block.signature = delta.signature;
	}

	/** Later counts replace earlier ones, where they tell. */
	#count(
		told: Partial<Anthropic.Usage> | Anthropic.MessageDeltaUsage | undefined,
		{ onSpent }: ModelRequest,
	): void {
		// Servers of others tell none.
		if (!told) return;
		const before = this.#usage;
		this.#usage = {
			input: told.input_tokens ?? before.input,
			cacheRead: told.cache_read_input_tokens ?? before.cacheRead,
			cacheWrite: told.cache_creation_input_tokens ?? before.cacheWrite,
			output: told.output_tokens ?? before.output,
			reasoning: told.output_tokens_details?.thinking_tokens ?? before.reasoning,
		};
		onSpent({ id: this.#id, model: this.#model, usage: this.#usage });
	}
}

const stops: Readonly<Record<string, Reply['stop']>> = {
	tool_use: 'calls',
	max_tokens: 'length',
	model_context_window_exceeded: 'length',
	refusal: 'refused',
};

function partOf(block: Anthropic.ContentBlock & { json?: string }): Part[] {
	switch (block.type) {
		case 'text':
			return block.text === '' ? [] : [{ kind: 'text', text: block.text }];
		case 'tool_use': {
			const input = block.json ?? JSON.stringify(block.input ?? {});
			return [{ kind: 'call', id: block.id, tool: block.name, input: input || '{}' }];
		}
		case 'thinking':
		case 'redacted_thinking':
			return [{ kind: 'native', by: 'anthropic', value: block }];
		default:
			return [];
	}
}

function messageFor(message: Message): Anthropic.MessageParam {
	switch (message.by) {
		case 'user':
			return { role: 'user', content: [{ type: 'text', text: message.text }] };
		case 'tools':
			return {
				role: 'user',
				content: message.results.map(({ call, text, failed }) => ({
					type: 'tool_result',
					tool_use_id: call,
					content: text === '' ? '(nothing)' : text,
					is_error: failed,
				})),
			};
		case 'model': {
			const content = message.parts.flatMap(blockFor);
			// Nothing is no message.
			const said = content.length > 0 ? content : [{ type: 'text' as const, text: '…' }];
			return { role: 'assistant', content: said };
		}
	}
}

function blockFor(part: Part): Anthropic.ContentBlockParam[] {
	switch (part.kind) {
		case 'text':
			return part.text.trim() === '' ? [] : [{ type: 'text', text: part.text }];
		case 'call':
			return [
				{ type: 'tool_use', id: part.id, name: part.tool, input: objectIn(part.input) },
			];
		case 'native':
			// As it was received from the same API.
			return part.by === 'anthropic' ? [part.value as Anthropic.ThinkingBlockParam] : [];
	}
}

/** An object in any case: its result says that it was none. */
function objectIn(json: string): object {
	try {
		const value: unknown = JSON.parse(json);
		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? value
			: {};
	} catch {
		return {};
	}
}

function marked(messages: readonly Anthropic.MessageParam[]): Anthropic.MessageParam[] {
	const users = messages.flatMap(({ role }, at) => (role === 'user' ? [at] : []));
	const last = new Set(users.slice(-markedTurns));
	return messages.map((message, at) => {
		if (message.role !== 'user' || !last.has(at)) return message;
		if (typeof message.content === 'string') return message;
		const content = [...message.content];
		const end = content.pop();
		if (end?.type !== 'text' && end?.type !== 'tool_result') return message;
		return { ...message, content: [...content, { ...end, cache_control: keep }] };
	});
}

function told(error: unknown, url: string): unknown {
	if (error instanceof APIUserAbortError) return error;
	if (error instanceof APIConnectionError || isCutOff(error))
		return connectionFailure(url, error);
	if (!(error instanceof APIError)) return error;
	// An error within a stream has no status, but a type.
	const status = error.status ?? statuses[error.type ?? ''];
	return failureOf(status, error.apiMessage ?? error.message, error.headers, error);
}

const statuses: Readonly<Record<string, number>> = {
	overloaded_error: 529,
	rate_limit_error: 429,
	api_error: 500,
	invalid_request_error: 400,
	authentication_error: 401,
};
