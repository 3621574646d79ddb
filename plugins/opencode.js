// What weir hears of opencode and what it keeps its tools from, as a plugin of it. Found by running 1.18.33.
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { refusal, runHook, teller } from './run-hook.js';

/** Tools that write by themselves; what a shell writes is not to be read off its command. */
const writers = new Set(['write', 'edit', 'multiedit', 'patch', 'apply_patch']);

/** A permission waits for a person, who may be away. */
const patienceMs = 24 * 60 * 60 * 1000;

/** A supervisor that ends takes its hooks along, and the next one has not heard of what is open. */
const mostTries = 10;
const pauseMs = 1000;

/**
 * @param {{
 *   readonly hook: readonly string[],
 *   readonly guardHook: readonly string[],
 *   readonly records: string,
 * }} given The hooks, and the folder in which it writes down what replies used.
 */
export function weir({ hook, guardHook, records }) {
	return async ({ client, directory }) => {
		const tell = teller(hook);
		/** Of a subagent's session, the one that it works for. */
		const parents = new Map();
		const told = (session_id) => ({
			session_id,
			...(parents.get(session_id) && { agent_id: session_id }),
		});
		const states = statesOf(tell, { parents, told });
		const record = recorderIn(records);
		const asking = askingOf({ hook, tell, told, client });
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

/** What it does, by the names of its events. */
function statesOf(tell, { parents, told }) {
	/** Sessions that work, and how they ended where that was no good end. */
	const ends = new Map();
	/** Those that wait to ask their model again. */
	const retrying = new Set();
	const said = new Map();
	const say = (session_id, rest) => {
		void tell({ ...told(session_id), ...rest });
	};
	return {
		'session.created': ({ info }) => parents.set(info.id, info.parentID),
		'session.status': ({ sessionID, status }) => {
			if (status.type === 'idle') return;
			const isKnown = ends.has(sessionID);
			if (!isKnown) ends.set(sessionID, null);
			if (status.type === 'retry') {
				retrying.add(sessionID);
				say(sessionID, { hook_event_name: 'Retry', error: status.message });
			} else if (retrying.delete(sessionID) || !isKnown)
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
		// After Esc it comes twice.
		'session.idle': ({ sessionID }) => {
			if (!ends.has(sessionID)) return;
			const stop = {
				hook_event_name: 'Stop',
				last_assistant_message: said.get(sessionID) ?? '',
			};
			say(sessionID, ends.get(sessionID) ?? stop);
			ends.delete(sessionID);
			retrying.delete(sessionID);
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
function askingOf({ hook, tell, told, client }) {
	const open = new Map();
	const ask = async (id, payload, reply) => {
		const ended = new AbortController();
		open.set(id, ended);
		const options = { signal: ended.signal, timeout: patienceMs };
		let { stdout } = await runHook(hook, payload, options);
		for (let tries = 0; stdout === '' && open.has(id) && tries < mostTries; tries += 1) {
			await sleep(pauseMs, undefined, { ref: false });
			if (open.has(id)) ({ stdout } = await runHook(hook, payload, options));
		}
		if (!open.delete(id) || stdout === '') return;
		const { decision } = JSON.parse(stdout).hookSpecificOutput;
		await reply(decision);
	};
	// It goes on, and has no event for that. Told first, so that nobody takes it for one that still asks.
	const close = async ({ requestID, permissionID }) => {
		const id = requestID ?? permissionID;
		const ended = open.get(id);
		open.delete(id);
		if (open.size === 0) await tell({ hook_event_name: 'UserPromptSubmit' });
		ended?.abort();
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
				...told(sessionID),
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
				...told(sessionID),
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
