// A model API on loopback that says what a script says: Anthropic Messages, OpenAI Responses and Chat
// Completions, Google's generateContent. What a model would say next follows from the conversation alone, so that retries and the
// side calls of a CLI change nothing.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { chatDialect } from './model-api-chat.ts';
import type {
	Conversation,
	Dialect,
	Reply,
	StreamEvent,
	ToolCall,
	Turn,
} from './model-api-dialect.ts';
import { geminiDialect } from './model-api-gemini.ts';
import { messagesDialect } from './model-api-messages.ts';
import { responsesDialect } from './model-api-responses.ts';

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
	readonly body: unknown;
}

export interface ModelApi extends AsyncDisposable {
	readonly url: string;
	/** Those that belong to a scene, the newest last, of the last 500. */
	readonly requests: readonly ModelRequest[];
	/** What stands in tool calls for a text that is only known later, such as `{worktree}`. */
	readonly words: Map<string, string>;
	/** How many requests came, side calls and refused ones included. */
	readonly count: () => number;
}

const mostRequests = 500;
const dialects: readonly Dialect[] = [
	messagesDialect,
	responsesDialect,
	chatDialect,
	geminiDialect,
];

export async function startModelApi(scenes: readonly Scene[]): Promise<ModelApi> {
	const requests: ModelRequest[] = [];
	const failed = new Map<Turn, number>();
	const words = new Map<string, string>();
	const thinks = scenes.some(({ turns }) => turns.some((turn) => 'thinks' in turn));
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
		const isOld = path.startsWith('/old/') && path.endsWith('/responses');
		if (isOld) count -= 1;
		const dialect = isOld ? undefined : dialects.find((one) => one.path.test(path));
		if (request.method !== 'POST' || !dialect) return answer(response, 404, {});
		const conversation = dialect.read(body);
		const objection = thinks ? (dialect.objection?.(body) ?? null) : null;
		if (objection !== null) return answer(response, 400, dialect.failure(400, objection));
		const { turn, prompt } = nextTurn(conversation, scenes, failed);
		requests.push({
			said: conversation.entries
				.filter(({ by }) => by !== 'model')
				.map((one) => one.text),
			prompt,
			tools: conversation.tools,
			headers: request.headers,
			body,
		});
		if (requests.length > mostRequests) requests.shift();
		if ('fail' in turn) {
			failed.set(turn, (failed.get(turn) ?? 0) + 1);
			// What Claude Code goes by; Codex goes by the status.
			response.setHeader(
				'x-should-retry',
				String(turn.retry ?? turn.times !== undefined),
			);
			if (turn.retryAfter !== undefined)
				response.setHeader('retry-after', String(turn.retryAfter));
			const message = turn.message ?? `scripted ${turn.fail}`;
			return answer(response, turn.fail, dialect.failure(turn.fail, message));
		}
		const said = filled(turn, words);
		const whole = dialect.whole?.(said, body, path) ?? null;
		if (whole !== null) return answer(response, 200, whole);
		await stream(response, turn, dialect.reply(said, body), dialect.end);
	}

	async function stream(
		response: ServerResponse,
		turn: Reply,
		events: readonly StreamEvent[],
		end?: string,
	) {
		const tries = failed.get(turn) ?? 0;
		const breaks = tries < (turn.broken ?? 0);
		if (breaks) failed.set(turn, tries + 1);
		const sent = breaks || turn.hangs ? events.slice(0, events.length / 2) : events;
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		for (const event of sent) {
			if (event.type !== undefined) response.write(`event: ${event.type}\n`);
			response.write(`data: ${JSON.stringify(event)}\n\n`);
			if (turn.paceMs) await sleep(turn.paceMs);
		}
		if (turn.hangs) return;
		if (end !== undefined && !breaks) response.write(`data: ${end}\n\n`);
		// A proxy that gives up ends the body as if it were whole; a server that dies cuts the connection.
		if (breaks && tries % 2 === 0) response.destroy();
		else response.end();
	}

	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		words,
		count: () => count,
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** What comes after the last prompt that a scene knows: as many turns are over as the model has replied. */
function nextTurn(
	{ entries, tools }: Conversation,
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
	// What follows each other is of one reply, which may be said in several items.
	const replies = entries
		.slice(at)
		.filter(
			({ by }, index, all) => by === 'model' && all[index - 1]?.by !== 'model',
		).length;
	const left = scene.turns.filter(
		(turn) => !('fail' in turn) || (failed.get(turn) ?? 0) < (turn.times ?? Infinity),
	);
	const turn = left[replies] ?? { say: 'that is all' };
	// Who has no tools wants a title as well.
	if ('calls' in turn && tools.length === 0) return { turn: { say: 'ok' }, prompt: null };
	return { turn, prompt: scene.prompt };
}

function filled(turn: Reply, words: ReadonlyMap<string, string>): Reply {
	if (!('calls' in turn)) return turn;
	const calls = turn.calls.map(({ input, ...call }) => {
		let text = JSON.stringify(input);
		for (const [word, meant] of words) text = text.replaceAll(word, meant);
		return { ...call, input: JSON.parse(text) as ToolCall['input'] };
	});
	return { ...turn, calls };
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
