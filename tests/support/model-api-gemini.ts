// Google's generateContent, streamed or in one piece.
import type { Conversation, Dialect, Reply, StreamEvent } from './model-api-dialect.ts';

interface Part {
	readonly text?: string;
	readonly functionResponse?: { readonly response?: unknown };
}

interface Content {
	readonly role?: string;
	readonly parts?: readonly Part[];
}

interface Body {
	readonly contents?: readonly Content[];
	readonly tools?: readonly {
		readonly functionDeclarations?: readonly { readonly name: string }[];
	}[];
}

export const geminiDialect: Dialect = {
	path: /\/models\/[^/]+:(?:streamG|g)enerateContent$/,
	read(body) {
		const { contents = [], tools = [] } = body as Body;
		return {
			entries: contents.flatMap(entriesOf),
			tools: tools.flatMap(({ functionDeclarations = [] }) =>
				functionDeclarations.map(({ name }) => name),
			),
		};
	},
	reply: (turn) => [replyOf(turn)],
	whole: (turn, _body, path) =>
		path.endsWith(':streamGenerateContent') ? null : replyOf(turn),
	failure: (status, message) => ({
		error: {
			code: status,
			status: status === 429 ? 'RESOURCE_EXHAUSTED' : 'INTERNAL',
			message,
		},
	}),
};

function replyOf(turn: Reply): StreamEvent {
	const parts =
		'say' in turn
			? [{ text: turn.say }]
			: turn.calls.map(({ tool, input }) => ({
					functionCall: { name: tool, args: input },
				}));
	const content = { role: 'model', parts };
	return {
		candidates: [{ content, finishReason: 'STOP', index: 0 }],
		usageMetadata: {
			promptTokenCount: 14,
			candidatesTokenCount: 5,
			cachedContentTokenCount: 4,
			totalTokenCount: 19,
		},
		modelVersion: 'scripted',
	};
}

/** Calls and what they brought stand between the texts. */
function entriesOf({ role, parts = [] }: Content): Conversation['entries'] {
	if (role === 'model') {
		const text = parts.map((part) => part.text ?? '').join('\n');
		return [{ by: 'model', text }];
	}
	return parts.map(({ text, functionResponse }) =>
		functionResponse === undefined
			? { by: 'user', text: text ?? '' }
			: { by: 'tool', text: textOf(functionResponse.response) },
	);
}

function textOf(response: unknown): string {
	const { output } = (response ?? {}) as { readonly output?: unknown };
	return typeof output === 'string' ? output : JSON.stringify(response ?? '');
}
