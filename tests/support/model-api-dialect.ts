// What a scripted model does in a reply, and how one wire format says it.

export interface ToolCall {
	readonly tool: string;
	/** In which its CLI offers it, where its API knows such. */
	readonly namespace?: string;
	/** A text where the tool takes its input as it is. */
	readonly input: object | string;
	/** The model's own letters in place of that, which may be no JSON. */
	readonly letters?: string;
}

/** What a reply is said to have cost, and how it comes. */
interface Manner {
	/** Tokens: of the input those read from a cache, and those written to it, come besides. */
	readonly usage?: {
		readonly input?: number;
		readonly cacheRead?: number;
		readonly cacheWrite?: number;
		readonly output?: number;
	};
	/** What it thinks first, a block each, where its API signs that. */
	readonly thinks?: readonly string[];
	/** So many times its stream ends in the middle first. */
	readonly broken?: number;
	/** It begins, and then nothing more comes. */
	readonly hangs?: boolean;
	/** Between two pieces. */
	readonly paceMs?: number;
}

/** What the model does in one reply. */
export type Turn =
	| ({ readonly say: string } & Manner)
	/** Calls tools of the CLI, all in one reply, after it has said this. */
	| ({ readonly calls: readonly ToolCall[]; readonly saying?: string } & Manner)
	/** The API fails with this status, so many times before the script goes on; for ever without. */
	| {
			readonly fail: 400 | 401 | 429 | 500 | 503 | 529;
			readonly times?: number;
			readonly retry?: boolean;
			/** Seconds. */
			readonly retryAfter?: number;
			/** In place of the usual words. */
			readonly message?: string;
	  };

export type Reply = Exclude<Turn, { readonly fail: number }>;

/** A conversation as a dialect reads it out of a request: the user's texts and what came after each. */
export interface Conversation {
	readonly entries: readonly {
		readonly by: 'user' | 'model' | 'tool';
		readonly text: string;
	}[];
	readonly tools: readonly string[];
}

export interface Dialect {
	readonly path: RegExp;
	readonly read: (body: unknown) => Conversation;
	/** The events of a streamed reply. */
	readonly reply: (turn: Reply, body: unknown) => readonly StreamEvent[];
	/** What stands behind the last event. */
	readonly end?: string;
	/** A reply that is not streamed; null where it is wanted streamed, as it always is without this. */
	readonly whole?: (turn: Reply, body: unknown, path: string) => object | null;
	/** What such an API has against a request of a model that thinks; null for nothing. */
	readonly objection?: (body: unknown) => string | null;
	readonly failure: (status: number, message: string) => object;
}

export interface StreamEvent {
	/** How it is named in the stream, where the dialect names events. */
	readonly type?: string;
	readonly [field: string]: unknown;
}

/** A text as it is streamed. */
export function piecesOf(text: string): readonly string[] {
	return text.match(/[^]{1,24}/gu) ?? [''];
}
