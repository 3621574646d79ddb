// A model API on loopback that says what a script says: Anthropic Messages and OpenAI Responses, both
// streamed. What a model would say next follows from the conversation alone, so that retries and the
// side calls of a CLI change nothing.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { messagesDialect } from './model-api-messages.ts';
import { responsesDialect } from './model-api-responses.ts';

export interface ToolCall {
	readonly tool: string;
	/** A text where the tool takes its input as it is. */
	readonly input: object | string;
}

/** What the model does in one reply. */
export type Turn =
	| { readonly say: string }
	/** Calls tools of the CLI, all in one reply. */
	| { readonly calls: readonly ToolCall[] }
	/** The API fails with this status, so many times before the script goes on; for ever without. */
	| {
			readonly fail: 401 | 429 | 500 | 529;
			readonly times?: number;
			readonly retry?: boolean;
	  };

/** What is said to a prompt that begins with the text: one turn after another. */
export interface Scene {
	readonly prompt: string;
	readonly turns: readonly Turn[];
}

/** One request for a reply, as far as a test wants to know it. */
export interface ModelRequest {
	/** All texts that the user's side of the conversation holds, tools' results included. */
	readonly said: readonly string[];
	/** The scene that it belongs to; null for a side call. */
	readonly prompt: string | null;
	readonly tools: readonly string[];
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

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
	readonly reply: (
		turn: Exclude<Turn, { readonly fail: number }>,
		body: unknown,
	) => readonly StreamEvent[];
	readonly failure: (status: number) => object;
}

export interface StreamEvent {
	readonly type: string;
	readonly [field: string]: unknown;
}

export interface ModelApi extends AsyncDisposable {
	readonly url: string;
	/** Those that belong to a scene, the newest last, of the last 500. */
	readonly requests: readonly ModelRequest[];
	/** How many requests came, side calls and refused ones included. */
	readonly count: () => number;
}

const mostRequests = 500;
const dialects: readonly Dialect[] = [messagesDialect, responsesDialect];

export async function startModelApi(scenes: readonly Scene[]): Promise<ModelApi> {
	const requests: ModelRequest[] = [];
	const failed = new Map<Turn, number>();
	let count = 0;
	const server = createServer((request, response) => {
		count += 1;
		serve(request, response).catch((error: unknown) => {
			// The CLI hung up in the middle, as it does at Esc.
			response.destroy(error instanceof Error ? error : undefined);
		});
	});

	async function serve(request: IncomingMessage, response: ServerResponse) {
		const body: unknown = parse(await text(request));
		const path = (request.url ?? '').split('?', 1)[0] ?? '';
		const dialect = dialects.find((one) => one.path.test(path));
		if (request.method !== 'POST' || !dialect) return answer(response, 404, {});
		const conversation = dialect.read(body);
		const { turn, prompt } = nextTurn(conversation, scenes, failed);
		requests.push({
			said: conversation.entries
				.filter(({ by }) => by !== 'model')
				.map((one) => one.text),
			prompt,
			tools: conversation.tools,
			headers: request.headers,
		});
		if (requests.length > mostRequests) requests.shift();
		if ('fail' in turn) {
			failed.set(turn, (failed.get(turn) ?? 0) + 1);
			// What Claude Code goes by; Codex goes by the status.
			response.setHeader(
				'x-should-retry',
				String(turn.retry ?? turn.times !== undefined),
			);
			return answer(response, turn.fail, dialect.failure(turn.fail));
		}
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		for (const event of dialect.reply(turn, body))
			response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
		response.end();
	}

	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		count: () => count,
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** What comes after the last prompt that a scene knows: as many turns are over as the model has replied. */
function nextTurn(
	{ entries }: Conversation,
	scenes: readonly Scene[],
	failed: ReadonlyMap<Turn, number>,
): { readonly turn: Turn; readonly prompt: string | null } {
	const at = entries.findLastIndex(
		({ by, text }) =>
			by === 'user' && scenes.some(({ prompt }) => text.startsWith(prompt)),
	);
	const scene = scenes.find(({ prompt }) => entries[at]?.text.startsWith(prompt));
	// Side calls want a title or a summary of what was said.
	if (!scene) return { turn: { say: 'ok' }, prompt: null };
	const replies = entries.slice(at).filter(({ by }) => by === 'model').length;
	const left = scene.turns.filter(
		(turn) => !('fail' in turn) || (failed.get(turn) ?? 0) < (turn.times ?? Infinity),
	);
	return { turn: left[replies] ?? { say: 'that is all' }, prompt: scene.prompt };
}

function parse(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return null;
	}
}

function answer(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { 'content-type': 'application/json' });
	response.end(JSON.stringify(body));
}
