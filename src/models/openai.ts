// OpenAI Responses, streamed: https://platform.openai.com/docs/api-reference/responses
import OpenAI, { APIConnectionError, APIError, APIUserAbortError } from 'openai';
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
import { type Growing, streamed } from './streamed.ts';

type Event = OpenAI.Responses.ResponseStreamEvent;
type Item = OpenAI.Responses.ResponseOutputItem;
type Input = OpenAI.Responses.ResponseInputItem;
type Response = OpenAI.Responses.Response;

const usualWindow = 272_000;
/** Those that think, and want back what they thought. Others refuse to be asked for it. */
const thinking = /^(?:o\d|gpt-[5-9]|codex)/;
/** The client wants one; places of the user's own may not. */
const noKey = 'none';

export type ChatChunk = OpenAI.Chat.ChatCompletionChunk;
export type ChatMessage = OpenAI.Chat.ChatCompletionMessageParam;
export type ChatUsage = OpenAI.CompletionUsage;

export function openaiClient(place: ModelPlace): OpenAI {
	return new OpenAI({
		apiKey: place.key ?? noKey,
		baseURL: place.baseUrl,
		// Tries are counted, paused and shown by whoever asks.
		maxRetries: 0,
		logLevel: 'off',
	});
}

/** The model of a name, not yet asked anything. */
export function openaiModel(place: ModelPlace): Model {
	const client = openaiClient(place);
	return {
		provider: 'openai',
		name: place.name,
		window: place.window ?? usualWindow,
		reply: (request) => reply(client, place.name, request),
	};
}

function reply(client: OpenAI, model: string, request: ModelRequest): Promise<Reply> {
	return streamed(
		() =>
			client.responses.create(
				{
					model,
					stream: true,
					// The transcript is the only copy.
					store: false,
					instructions: request.system,
					input: request.messages.flatMap(itemsFor),
					tools: request.tools.map(({ name, about, input }) => ({
						type: 'function',
						name,
						description: about,
						parameters: { ...input },
						strict: false,
					})),
					...(request.mayCall ? {} : { tool_choice: 'none' as const }),
					...(thinking.test(model) ? { include: ['reasoning.encrypted_content'] } : {}),
					prompt_cache_key: request.conversation,
				},
				{ signal: request.signal },
			),
		new GrowingReply(model),
		request,
		(error) => told(error, client.baseURL),
	);
}

/** A reply as far as it has come. */
class GrowingReply implements Growing<Event> {
	readonly #items: Item[] = [];
	readonly #model: string;
	/** Of text that came piece by piece: the whole is not told again. */
	#streamed = false;
	#end: Response | null = null;

	constructor(model: string) {
		this.#model = model;
	}

	take(event: Event, { onText, onSpent }: ModelRequest): void {
		switch (event.type) {
			case 'response.output_text.delta':
			case 'response.refusal.delta':
				this.#streamed = true;
				onText(event.delta);
				return;
			case 'response.output_item.done':
				this.#items.push(event.item);
				if (!this.#streamed && event.item.type === 'message') onText(textOf(event.item));
				if (event.item.type === 'message') this.#streamed = false;
				return;
			case 'response.completed':
			case 'response.incomplete':
				this.#end = event.response;
				onSpent(this.#spent(event.response));
				return;
			case 'response.failed': {
				const { error } = event.response;
				throw failureOf(
					statuses[error?.code ?? ''] ?? 500,
					error?.message ?? 'the response failed',
					undefined,
					error,
				);
			}
			case 'error':
				throw failureOf(
					statuses[event.code ?? ''] ?? 500,
					event.message,
					undefined,
					event,
				);
			default:
				return;
		}
	}

	whole(): Reply | null {
		if (!this.#end) return null;
		const parts = this.#items.flatMap(partsOf);
		return { ...this.#spent(this.#end), parts, stop: this.#stop(parts) };
	}

	#stop(parts: readonly Part[]): Reply['stop'] {
		if (this.#end?.incomplete_details?.reason === 'max_output_tokens') return 'length';
		if (this.#end?.incomplete_details?.reason === 'content_filter') return 'refused';
		return parts.some(({ kind }) => kind === 'call') ? 'calls' : 'done';
	}

	#spent({ id, model, usage }: Response) {
		return { id, model: model ?? this.#model, usage: usage ? usageOf(usage) : noUsage };
	}
}

/** Their input counts what was read from a cache, and what was written to one. */
function usageOf(told: OpenAI.Responses.ResponseUsage): Usage {
	// Compatible servers leave the details out.
	const details = told.input_tokens_details as
		| Partial<typeof told.input_tokens_details>
		| undefined;
	const cacheRead = details?.cached_tokens ?? 0;
	const cacheWrite = details?.cache_write_tokens ?? 0;
	const output = told.output_tokens_details as
		| Partial<typeof told.output_tokens_details>
		| undefined;
	return {
		input: Math.max(0, told.input_tokens - cacheRead - cacheWrite),
		cacheRead,
		cacheWrite,
		output: told.output_tokens,
		reasoning: output?.reasoning_tokens ?? 0,
	};
}

function partsOf(item: Item): Part[] {
	switch (item.type) {
		case 'message': {
			const text = textOf(item);
			return text === '' ? [] : [{ kind: 'text', text }];
		}
		case 'function_call':
			return [
				{
					kind: 'call',
					id: item.call_id,
					tool: item.name,
					input: item.arguments || '{}',
				},
			];
		case 'reasoning':
			return [{ kind: 'native', by: 'openai', value: item }];
		default:
			return [];
	}
}

function textOf({ content }: OpenAI.Responses.ResponseOutputMessage): string {
	return content.map((one) => (one.type === 'refusal' ? one.refusal : one.text)).join('');
}

function itemsFor(message: Message): Input[] {
	switch (message.by) {
		case 'user':
			return [{ role: 'user', content: message.text }];
		case 'tools':
			return message.results.map(({ call, text }) => ({
				type: 'function_call_output',
				call_id: call,
				output: text === '' ? '(nothing)' : text,
			}));
		case 'model':
			return message.parts.flatMap(itemFor);
	}
}

function itemFor(part: Part): Input[] {
	switch (part.kind) {
		case 'text':
			return [{ role: 'assistant', content: part.text }];
		case 'call':
			return [
				{
					type: 'function_call',
					call_id: part.id,
					name: part.tool,
					arguments: part.input,
				},
			];
		case 'native':
			// As it was received from the same API.
			return part.by === 'openai'
				? [part.value as OpenAI.Responses.ResponseReasoningItem]
				: [];
	}
}

/** What went wrong, in words of ours. */
export function told(error: unknown, url: string): unknown {
	if (error instanceof APIUserAbortError) return error;
	if (error instanceof APIConnectionError || isCutOff(error))
		return connectionFailure(url, error);
	if (!(error instanceof APIError)) return error;
	const status = error.status ?? statuses[error.code ?? ''];
	return failureOf(status, error.message, error.headers, error);
}

const statuses: Readonly<Record<string, number>> = {
	rate_limit_exceeded: 429,
	server_error: 500,
	server_is_overloaded: 503,
	invalid_prompt: 400,
	context_length_exceeded: 400,
};
