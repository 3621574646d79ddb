// The MCP server: the official SDK on one side, an agent's tools on the other.
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
	CallToolRequestSchema,
	ErrorCode,
	ListToolsRequestSchema,
	McpError,
} from '@modelcontextprotocol/sdk/types.js';
import { sayAsAgent } from '../client/agent-line.ts';
import { untilAnswered } from '../client/until-answered.ts';
import type { Environment } from '../lib/environment.ts';
import { type AgentTool, agentTools, type Say } from './agent-tools.ts';

/** Clients give up after a while without a sign; a person takes longer. */
const signMs = 10_000;

export interface McpOptions {
	readonly environment: Environment;
	readonly version: string;
}

/** Serves on standard input and output until the client closes them. */
export async function serve({ environment, version }: McpOptions): Promise<void> {
	/** Nobody hears an answer any more. */
	const gone = new AbortController();
	const server = new Server(
		{ name: 'weir', title: 'weir', version },
		{ capabilities: { tools: {} } },
	);
	server.setRequestHandler(ListToolsRequestSchema, () => ({
		tools: agentTools.map(sheetOf),
	}));
	server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
		const tool = agentTools.find(({ name }) => name === params.name);
		if (!tool)
			throw new McpError(ErrorCode.InvalidParams, `there is no tool ${params.name}`);
		// oxlint-disable-next-line no-underscore-dangle -- the protocol calls it so
		const token = params._meta?.progressToken;
		let signs = 0;
		const sign = setInterval(() => {
			if (token === undefined) return;
			signs += 1;
			const progress = { progressToken: token, progress: signs, message: 'waiting' };
			// A client that is gone ends the server anyway.
			extra
				.sendNotification({ method: 'notifications/progress', params: progress })
				.catch(() => undefined);
		}, signMs);
		try {
			const said = await tool.call(
				params.arguments ?? {},
				sayingOf(environment, AbortSignal.any([extra.signal, gone.signal])),
			);
			return { content: [{ type: 'text', text: said.text }], isError: said.failed };
		} finally {
			clearInterval(sign);
		}
	});
	const ended = new Promise<void>((resolve) => {
		// oxlint-disable-next-line unicorn/prefer-add-event-listener -- the SDK knows no other way
		server.onclose = () => {
			gone.abort();
			resolve();
		};
		// The transport does not tell the end of its input.
		process.stdin.once('end', () => void server.close());
		process.stdin.once('close', () => void server.close());
	});
	await server.connect(new StdioServerTransport());
	await ended;
}

/** Whoever waits for a person waits through a change of supervisors. */
function sayingOf(environment: Environment, signal: AbortSignal): Say {
	return (word, body, seconds = null) =>
		untilAnswered(seconds, (timeoutMs) => {
			signal.throwIfAborted();
			return sayAsAgent(
				environment,
				word,
				{ ...body, timeoutMs },
				{ timeoutMs: null, signal },
			);
		});
}

function sheetOf({ name, title, about, fields, required, reads }: AgentTool) {
	return {
		...{ name, title, description: about },
		inputSchema: { type: 'object' as const, properties: fields, required: [...required] },
		annotations: {
			readOnlyHint: reads,
			destructiveHint: false,
			openWorldHint: false,
		},
	};
}
