// What an agent consists of but its face: the model, what was said, the tools, put together.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { definedOnly } from '../lib/environment.ts';
import { messageOf } from '../lib/error-words.ts';
import { wipeVariable } from '../lib/native.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { conversationsFolder } from '../lib/paths.ts';
import { isWord, secretsOf } from '../lib/secrets.ts';
import type { Model } from '../models/model.ts';
import { AgentDoor } from './agent-door.ts';
import { Budget } from './budget.ts';
import { Conversation } from './conversation.ts';
import type { Face } from './face.ts';
import { chooseModel, keyVariables, type ModelChoice } from './model-choice.ts';
import type { AgentOptions } from './options.ts';
import { Permissions } from './permission.ts';
import { Session } from './session.ts';
import { systemPrompt } from './system-prompt.ts';
import { Toolbox } from './toolbox.ts';
import { Transcript } from './transcript.ts';
import { Workspace } from './workspace.ts';

/** All of an agent but its face. */
export interface Opened {
	readonly options: AgentOptions;
	readonly model: Model;
	readonly conversation: Conversation;
	readonly transcript: Transcript;
	readonly door: AgentDoor | null;
	readonly budget: Budget;
	readonly sessionWith: (face: Face) => Session;
}

/** Refused where a key, the conversation or a folder is missing. */
export async function openAgent(options: AgentOptions): Promise<Outcome<Opened>> {
	// A copy: its keys are taken out of that of the process.
	const environment = { ...options.environment };
	const chosen = chooseModel(options, environment);
	if (!chosen.ok) return chosen;
	if (!options.print && !(process.stdin.isTTY && process.stdout.isTTY))
		return refuse(
			'usage.no-terminal',
			'weir agent wants a terminal',
			'weir agent --print PROMPT needs none',
		);
	const instructions = readInstructions(options.instructions);
	if (!instructions.ok) return instructions;
	const workspace = workspaceOf(options);
	if (!workspace.ok) return workspace;
	const model = await load(chosen.value);
	const id = options.resume ?? options.conversation ?? randomUUID();
	const conversation = new Conversation();
	const folder = conversationsFolder(environment);
	const mayBegin = options.resume === null;
	const { folder: at } = workspace.value;
	const opened = Transcript.open(folder, id, mayBegin, (entry) =>
		conversation.take(entry),
	);
	if (!opened.ok) return opened;
	const transcript = opened.value;
	if (conversation.begunIn === null) {
		const begun = transcript.begin({ folder: at, version: options.version });
		if (!begun.ok) return begun;
	}
	const limits = { tokens: options.maxTokens, usd: options.maxCost };
	const budget = new Budget(limits, conversation);
	if (limits.usd !== null) {
		const priced = await budget.readPrices(model.name, environment);
		if (!priced.ok) {
			transcript[Symbol.dispose]();
			return priced;
		}
	}
	const door = AgentDoor.in(environment, id);
	const variables = definedOnly(environment);
	for (const name of keyVariables) if (variables[name]) wipeVariable(name);
	const secrets = [
		...keyVariables.flatMap((name) => variables[name]?.trim() || []),
		...secretsOf(variables).filter((secret) => !isWord(secret)),
	];
	const toolbox = new Toolbox({
		workspace: workspace.value,
		environment: withoutKeys(variables),
		door,
	});
	const parts = {
		...{ model, transcript, conversation, toolbox, door, secrets, budget },
		permissions: new Permissions(options.mode),
		system: systemPrompt({
			folder: at,
			mode: options.mode,
			instructions: instructions.value,
			day: new Date().toDateString(),
		}),
	};
	return ok({
		...{ options, model, conversation, transcript, door, budget },
		sessionWith: (face) => new Session({ ...parts, face }),
	});
}

/** At the start, so that an upgrade in the middle of a conversation replaces nothing. */
async function load({ provider, place }: ModelChoice): Promise<Model> {
	if (provider !== 'anthropic') {
		const { openaiModel } = await import('../models/openai.ts');
		// OpenAI's own place has what it has; of others it is seen.
		if (provider === 'openai' && place.baseUrl === null) return openaiModel(place);
		const { chatModel, eitherModel } = await import('../models/chat.ts');
		return provider === 'chat' ? chatModel(place) : eitherModel(place);
	}
	const { anthropicModel } = await import('../models/anthropic.ts');
	return anthropicModel(place);
}

function readInstructions(path: string | null): Outcome<string | null> {
	if (path === null) return ok(null);
	try {
		return ok(readFileSync(path, 'utf8'));
	} catch (error) {
		return refuse(
			'instructions.unreadable',
			`${path} cannot be read: ${messageOf(error)}`,
		);
	}
}

function workspaceOf({ folder, addDirs }: AgentOptions): Outcome<Workspace> {
	try {
		return ok(new Workspace(folder, addDirs));
	} catch (error) {
		return refuse('folder.missing', `a folder cannot be used: ${messageOf(error)}`);
	}
}

function withoutKeys(
	variables: Readonly<Record<string, string>>,
): Record<string, string> {
	const left = Object.entries(variables).filter(([name]) => !keyVariables.includes(name));
	return Object.fromEntries(left);
}
