// What weir hears of opencode and what it keeps its tools from, as a plugin of it. Found by running 1.18.33.
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { refusal, runHook, teller } from './run-hook.js';

/** Tools that write by themselves; what a shell writes is not to be read off its command. */
const writers = new Set(['write', 'edit', 'multiedit', 'patch', 'apply_patch']);

/** A permission waits for a person, who may be away. */
const patienceMs = 24 * 60 * 60 * 1000;

/**
 * @param {{
 *   readonly hook: readonly string[],
 *   readonly guardHook: readonly string[],
 *   readonly records: string,
 * }} given The hooks, and the folder in which it writes down what replies used.
 */
export function weir({ hook, guardHook, records }) {
	return async ({ client, directory }) => {
		const states = statesOf(teller(hook));
		const record = recorderIn(records);
		const asking = askingOf(hook, client);
		return {
			event: async ({ event: { type, properties } }) => {
				states[type]?.(properties);
				asking[type]?.(properties);
				if (type === 'message.updated') record(properties.info);
			},
			'tool.execute.before': async ({ tool }, { args }) => {
				if (!writers.has(tool)) return;
				const asked = { tool_name: tool, tool_input: args, cwd: directory };
				const reason = await refusal(guardHook, asked);
				if (reason !== null) throw new Error(reason);
			},
		};
	};
}

/** What it does, by the names of its events. A session with a parent is a subagent's. */
function statesOf(tell) {
	const parents = new Map();
	/** Sessions that work, and how they ended where that was no good end. */
	const ends = new Map();
	const said = new Map();
	const say = (session_id, rest) => {
		const agent = parents.get(session_id) ? { agent_id: session_id } : {};
		tell({ session_id, ...agent, ...rest });
	};
	return {
		'session.created': ({ info }) => parents.set(info.id, info.parentID),
		'session.status': ({ sessionID, status }) => {
			if (status.type === 'idle' || ends.has(sessionID)) return;
			ends.set(sessionID, null);
			say(sessionID, { hook_event_name: 'UserPromptSubmit' });
		},
		'session.error': ({ sessionID, error }) => {
			const aborted = error?.name === 'MessageAbortedError';
			ends.set(
				sessionID,
				aborted
					? { hook_event_name: 'Interrupt' }
					: {
							hook_event_name: 'StopFailure',
							error: error?.data?.message ?? error?.name,
						},
			);
		},
		'message.part.updated': ({ part }) => {
			if (part.type === 'text') said.set(part.sessionID, part.text);
		},
		'session.idle': ({ sessionID }) => {
			const stop = {
				hook_event_name: 'Stop',
				last_assistant_message: said.get(sessionID) ?? '',
			};
			say(sessionID, ends.get(sessionID) ?? stop);
			ends.delete(sessionID);
			said.delete(sessionID);
		},
	};
}

/** Writes each reply down once that is whole. */
function recorderIn(folder) {
	const written = new Set();
	return ({ id, role, sessionID, modelID, providerID, time, tokens }) => {
		if (role !== 'assistant' || !time?.completed || !tokens || written.has(id)) return;
		written.add(id);
		const { input, output, reasoning, cache } = tokens;
		const line = {
			...{ id, model: modelID, provider: providerID },
			at: new Date(time.completed).toISOString(),
			...{ input, output: output + reasoning, reasoning },
			...{ cacheRead: cache.read, cacheWrite: cache.write },
		};
		mkdirSync(folder, { recursive: true });
		appendFileSync(join(folder, `${sessionID}.jsonl`), `${JSON.stringify(line)}\n`);
	};
}

/** Permissions and questions: asked of weir while its dialog stands; whoever answers first has answered. */
function askingOf(hook, client) {
	const open = new Map();
	const ask = async (id, payload, reply) => {
		const ended = new AbortController();
		open.set(id, ended);
		const options = { signal: ended.signal, timeout: patienceMs };
		const { stdout } = await runHook(hook, payload, options);
		if (!open.delete(id) || stdout === '') return;
		const { decision } = JSON.parse(stdout).hookSpecificOutput;
		await reply(decision);
	};
	const close = ({ requestID, permissionID }) => {
		const id = requestID ?? permissionID;
		open.get(id)?.abort();
		open.delete(id);
	};
	// The client of plugins has no method for a refusal with words.
	const { _client: wire } = client;
	const post = (url, body) =>
		wire.post({ url, body, headers: { 'content-type': 'application/json' } });
	return {
		'permission.asked': ({ id, sessionID, permission, patterns, metadata }) => {
			const tool_input = {
				command: metadata?.command ?? patterns?.join(' ') ?? '',
				description: metadata?.description ?? metadata?.diff,
			};
			const payload = {
				hook_event_name: 'PermissionRequest',
				session_id: sessionID,
				tool_name: permission,
				tool_input,
			};
			void ask(id, payload, ({ behavior, message }) =>
				post(`/permission/${id}/reply`, {
					reply: behavior === 'allow' ? 'once' : 'reject',
					...(message && { message }),
				}),
			);
		},
		'permission.replied': close,
		'question.asked': ({ id, sessionID, questions }) => {
			const payload = {
				hook_event_name: 'PermissionRequest',
				session_id: sessionID,
				tool_name: 'AskUserQuestion',
				tool_input: {
					questions: questions.map((one) => ({ ...one, multiSelect: one.multiple })),
				},
			};
			void ask(id, payload, ({ behavior, updatedInput }) =>
				behavior === 'allow'
					? post(`/question/${id}/reply`, {
							answers: questions.map(({ question }) => [updatedInput.answers[question]]),
						})
					: post(`/question/${id}/reject`, {}),
			);
		},
		'question.replied': close,
		'question.rejected': close,
	};
}
