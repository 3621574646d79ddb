// What is asked of a model, whoever makes it: messages and tools in, a reply out.

/** `chat` is OpenAI's older API, which servers of others speak. */
export type ProviderName = 'anthropic' | 'openai' | 'chat';

/** Tokens of one reply. Each is counted under one kind alone, but that `reasoning` is a part of `output`. */
export interface Usage {
	/** Neither read from a cache nor written to one. */
	readonly input: number;
	readonly cacheRead: number;
	readonly cacheWrite: number;
	readonly output: number;
	readonly reasoning: number;
}

export const noUsage: Usage = {
	input: 0,
	cacheRead: 0,
	cacheWrite: 0,
	output: 0,
	reasoning: 0,
};

/** How much of its window a reply filled, with what it said. */
export function filledBy({ input, cacheRead, cacheWrite, output }: Usage): number {
	return input + cacheRead + cacheWrite + output;
}

/** A use of a tool that a model wants. */
export interface ToolCall {
	readonly kind: 'call';
	readonly id: string;
	readonly tool: string;
	/** JSON as the model wrote it, which may be none. */
	readonly input: string;
}

export type Part =
	| { readonly kind: 'text'; readonly text: string }
	| ToolCall
	/** What its maker alone can read, and wants back: reasoning. */
	| { readonly kind: 'native'; readonly by: ProviderName; readonly value: object };

export interface ToolResult {
	readonly call: string;
	readonly text: string;
	readonly failed: boolean;
}

export type Message =
	| { readonly by: 'user'; readonly text: string }
	/** `torn`: what it thought is not all there any more. */
	| { readonly by: 'model'; readonly parts: readonly Part[]; readonly torn?: true }
	| { readonly by: 'tools'; readonly results: readonly ToolResult[] };

/** What a model is told of a tool. */
export interface ToolSheet {
	readonly name: string;
	readonly about: string;
	readonly input: InputSchema;
}

/** The part of JSON Schema that tools need. */
export interface InputSchema {
	readonly type: 'object';
	readonly properties: Readonly<Record<string, Field>>;
	readonly required: readonly string[];
}

export interface Field {
	readonly type: 'string' | 'integer' | 'boolean' | 'array';
	readonly description: string;
	readonly items?: { readonly type: 'string' };
}

export interface ModelRequest {
	readonly system: string;
	readonly tools: readonly ToolSheet[];
	readonly messages: readonly Message[];
	/** Requests of one conversation share a cache. */
	readonly conversation: string;
	/** False where it is to answer in words. */
	readonly mayCall: boolean;
	readonly signal: AbortSignal;
	/** Something came, whatever it was. */
	readonly onSign: () => void;
	/** More of what it says. */
	readonly onText: (text: string) => void;
	/** What this request has cost so far; counts though it breaks off. */
	readonly onSpent: (spent: Spent) => void;
}

export interface Spent {
	readonly id: string;
	readonly model: string;
	readonly usage: Usage;
}

export interface Reply extends Spent {
	readonly parts: readonly Part[];
	/** `length`: it was cut at what it may say at most. */
	readonly stop: 'done' | 'calls' | 'length' | 'refused';
}

export interface Model {
	readonly provider: ProviderName;
	readonly name: string;
	/** Tokens that a request and its reply may have together. */
	readonly window: number;
	/** Asks once; what goes wrong is thrown as a `ModelFailure`. */
	reply(request: ModelRequest): Promise<Reply>;
}

/** Where a model is reached, and by what. */
export interface ModelPlace {
	readonly name: string;
	readonly baseUrl: string | null;
	readonly key: string | null;
	/** A token in place of a key. */
	readonly token: string | null;
	readonly window: number | null;
}
