// OpenAI Chat Completions, streamed, as most servers of one's own speak it:
// https://platform.openai.com/docs/api-reference/chat
import { ModelFailure } from './failure.ts';
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
import {
	type ChatChunk,
	type ChatMessage,
	type ChatUsage,
	openaiClient,
	openaiModel,
	told,
} from './openai.ts';
import { type Growing, streamed } from './streamed.ts';

/** The model of a name, not yet asked anything. */
export function chatModel(place: ModelPlace): Model {
	const client = openaiClient(place);
	return {
		...openaiModel(place),
		provider: 'chat',
		reply: (request) =>
			streamed(
				() =>
					client.chat.completions.create(
						{
							model: place.name,
							stream: true,
							stream_options: { include_usage: true },
							messages: [
								{ role: 'system', content: request.system },
								...request.messages.flatMap(messagesFor),
							],
							tools: request.tools.map(({ name, about, input }) => ({
								type: 'function',
								function: { name, description: about, parameters: { ...input } },
							})),
							...(request.mayCall ? {} : { tool_choice: 'none' as const }),
						},
						{ signal: request.signal },
					),
				new GrowingReply(place.name),
				request,
				(error) => told(error, client.baseURL),
			),
	};
}

/** Asks by Responses, and where there is no such thing by Chat Completions from then on. */
export function eitherModel(place: ModelPlace): Model {
	const responses = openaiModel(place);
	const chat = chatModel(place);
	let found: Model | null = null;
	return {
		...responses,
		reply: async (request) => {
			if (found) return found.reply(request);
			try {
				const reply = await responses.reply(request);
				found = responses;
				return reply;
			} catch (error) {
				const isAbsent = error instanceof ModelFailure && absent.has(error.status ?? 0);
				if (!isAbsent) throw error;
			}
			const reply = await chat.reply(request);
			found = chat;
			return reply;
		},
	};
}

const absent: ReadonlySet<number> = new Set([404, 405, 501]);

interface GrowingCall {
	id: string;
	name: string;
	input: string;
}

/** A reply as far as it has come. */
class GrowingReply implements Growing<ChatChunk> {
	readonly #model: string;
	readonly #calls = new Map<number, GrowingCall>();
	#text = '';
	#end: string | null = null;
	#id = '';
	#answeredBy: string | null = null;
	#usage: Usage = noUsage;

	constructor(model: string) {
		this.#model = model;
	}

	take(chunk: ChatChunk, { onText, onSpent }: ModelRequest): void {
		this.#id = chunk.id || this.#id;
		this.#answeredBy = chunk.model || this.#answeredBy;
		if (chunk.usage) {
			this.#usage = usageOf(chunk.usage);
			onSpent(this.#spent());
		}
		for (const { delta, finish_reason: end } of chunk.choices) {
			if (delta.content) {
				this.#text += delta.content;
				onText(delta.content);
			}
			for (const call of delta.tool_calls ?? []) this.#takeCall(call);
			this.#end = end ?? this.#end;
		}
	}

	/** Some servers say no index, some no id. */
	#takeCall({ index = 0, id, function: said }: CallPiece): void {
		const known = this.#calls.get(index) ?? { id: '', name: '', input: '' };
		known.id ||= id ?? '';
		known.name ||= said?.name ?? '';
		known.input += said?.arguments ?? '';
		this.#calls.set(index, known);
	}

	whole(): Reply | null {
		if (this.#end === null) return null;
		const calls = [...this.#calls].map(
			([index, { id, name, input }]): Part => ({
				kind: 'call',
				id: id || `${this.#id}-${index}`,
				tool: name,
				input: input || '{}',
			}),
		);
		const text: Part[] = this.#text === '' ? [] : [{ kind: 'text', text: this.#text }];
		return { ...this.#spent(), parts: [...text, ...calls], stop: this.#stop() };
	}

	#stop(): Reply['stop'] {
		if (this.#end === 'length') return 'length';
		if (this.#end === 'content_filter') return 'refused';
		return this.#calls.size > 0 ? 'calls' : 'done';
	}

	#spent() {
		return { id: this.#id, model: this.#answeredBy ?? this.#model, usage: this.#usage };
	}
}

type CallPiece = Partial<
	NonNullable<ChatChunk['choices'][number]['delta']['tool_calls']>[number]
>;

/** Their input counts what was read from a cache. */
function usageOf(said: ChatUsage): Usage {
	const cacheRead = said.prompt_tokens_details?.cached_tokens ?? 0;
	return {
		input: Math.max(0, said.prompt_tokens - cacheRead),
		cacheRead,
		cacheWrite: 0,
		output: said.completion_tokens,
		reasoning: said.completion_tokens_details?.reasoning_tokens ?? 0,
	};
}

function messagesFor(message: Message): ChatMessage[] {
	switch (message.by) {
		case 'user':
			return [{ role: 'user', content: message.text }];
		case 'tools':
			return message.results.map(({ call, text }) => ({
				role: 'tool',
				tool_call_id: call,
				content: text === '' ? '(nothing)' : text,
			}));
		case 'model': {
			const text = message.parts
				.flatMap((part) => (part.kind === 'text' ? [part.text] : []))
				.join('');
			const calls = message.parts.flatMap((part) =>
				part.kind === 'call'
					? [
							{
								type: 'function' as const,
								id: part.id,
								function: { name: part.tool, arguments: part.input },
							},
						]
					: [],
			);
			// Neither a text nor a call: reasoning of another API alone.
			if (text === '' && calls.length === 0) return [];
			return [
				{
					role: 'assistant',
					content: text === '' ? null : text,
					...(calls.length === 0 ? {} : { tool_calls: calls }),
				},
			];
		}
	}
}
