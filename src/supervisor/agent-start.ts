// How an agent's program is started: as it is, or by the ways of its CLI, with files of this start alone.
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Adapter, LaunchContext } from '../agents/adapter.ts';
import { instructionsFor, wayOf } from '../agents/instructions.ts';
import { adapterBehind, adapterOf, foreignLogins } from '../agents/registry.ts';
import type { Agent } from '../domain/agent.ts';
import { taskText } from '../domain/creation.ts';
import type { EventData } from '../domain/event.ts';
import type { Worktree } from '../git/worktree.ts';
import { makeWithin } from '../lib/private-folder.ts';
import type { Variables } from './environment.ts';
import type { World } from './world.ts';

export interface AgentStart {
	readonly argv: readonly string[];
	readonly env: Variables;
	readonly conversation: string | null;
}

/** What to start for a `spawn.asked`, its files written. */
export async function prepareStart(
	agent: Agent,
	{ argv, generation, resume = null, note = null }: EventData<'spawn.asked'>,
	{ env, worktree }: { readonly env: Variables; readonly worktree: Worktree },
	world: World,
): Promise<AgentStart> {
	for (const name of adapterBehind(agent)?.folders ?? [])
		await makeWithin(join(worktree.path, name));
	const adapter = adapterOf(agent.adapter);
	if (!adapter) return plainStart(agent, argv, { resume, note }, env, world);
	const folder = join(world.places.starts, agent.id);
	await clearStarts(agent, world);
	await makeWithin(folder);
	const own = join(folder, String(generation));
	await makeWithin(own);
	const prompt = resume === null ? taskText(agent.prompt, note) : note;
	const launch = adapter.launch({
		...contextOf(adapter, agent, argv, world),
		prompt,
		resume,
		folder: own,
		gitDir: worktree.privateDir,
		environment: env,
	});
	for (const [name, text] of Object.entries(launch.files))
		await writeFile(join(own, name), text, { mode: 0o600 });
	const taken = [...foreignLogins(adapter), ...Object.keys(launch.env)];
	const left = without(env, taken);
	const set = Object.entries(launch.env).filter(([, value]) => value !== null);
	return {
		argv: launch.argv,
		env: { ...left, ...(Object.fromEntries(set) as Record<string, string>) },
		// Until something is said there is nothing to go on with; its hooks tell then.
		conversation: prompt === null && resume === null ? null : launch.conversation,
	};
}

/** The files of starts that are over. */
export async function clearStarts(agent: Pick<Agent, 'id'>, world: World): Promise<void> {
	await rm(join(world.places.starts, agent.id), { recursive: true, force: true });
}

function contextOf(
	adapter: Adapter,
	agent: Agent,
	command: readonly string[],
	{ places }: World,
) {
	const weir = [process.execPath, join(places.shim, 'weir')];
	const hook = [...weir, 'hook'];
	return {
		command,
		worktree: agent.path,
		repository: places.root,
		instructions: instructionsFor(agent, wayOf(adapter, command)),
		hook,
		guardHook: [...hook, '--before-write', '--of', adapter.name],
		tools: [...weir, 'mcp'],
		newConversation: () => randomUUID(),
	} satisfies Partial<LaunchContext>;
}

/** What stands in a user's `resume` for the conversation. */
const conversationMark = '{conversation}';

/** Of a kind of the settings without ways of its own: its words, and its prompt behind them. */
function plainStart(
	agent: Agent,
	argv: readonly string[],
	{ resume, note }: { readonly resume: string | null; readonly note: string | null },
	env: Variables,
	{ state }: World,
): AgentStart {
	const again = state().settings.agents[agent.kind]?.resume ?? null;
	const named = argv.some((word) => word.includes(conversationMark));
	const conversation = resume ?? (named ? randomUUID() : null);
	const words = resume !== null && again ? again : argv;
	const command = words.map((word) =>
		word.replaceAll(conversationMark, conversation ?? conversationMark),
	);
	const prompt = resume === null ? taskText(agent.prompt, note) : note;
	const told = agent.promptBy === 'argument' && prompt !== null ? [prompt] : [];
	// Who goes on with the last conversation needs no name for it.
	const unnamed = again && !again.some((word) => word.includes(conversationMark));
	return {
		argv: [...command, ...told],
		env,
		conversation: conversation ?? (unnamed ? 'last' : null),
	};
}

function without(env: Variables, names: readonly string[]): Variables {
	return Object.fromEntries(
		Object.entries(env).filter(([name]) => !names.includes(name)),
	);
}
