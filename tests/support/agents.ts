// Verbs on the agents of a scratch: what tests of their lives and landings have in common.
import { setTimeout as sleep } from 'node:timers/promises';
import { connectOrStart } from '../../src/client/start.ts';
import type { EventKind, EventOf, WeirEvent } from '../../src/domain/event.ts';
import type { Refusal } from '../../src/lib/outcome.ts';
import type {
	ClientOperation,
	ClientPush,
	ClientRequest,
	ClientResponses,
} from '../../src/protocol/client.ts';
import type { AgentJson, ListJson } from '../../src/protocol/status.ts';
import { patienceMs, type ScratchWeir } from './weir.ts';

/** What `weir merge --json` prints. */
export interface MergeJson {
	readonly landings: readonly {
		readonly agent: string;
		readonly landing: string;
		readonly phase: string;
		readonly old: string | null;
		readonly new: string | null;
		readonly files: readonly string[];
		readonly checkout: string | null;
	}[];
}

/** A program that lives until it is ended and prints nothing. */
export const idle = ['sleep', '1000'];

/** Creates an agent that runs these words. */
export async function start(
	weir: ScratchWeir,
	name: string,
	argv: readonly string[] = idle,
	...flags: string[]
): Promise<AgentJson> {
	const made = await weir.json<ListJson>('new', name, ...flags, '--', ...argv);
	const [agent] = made.agents;
	if (!agent) throw new Error(`weir new ${name} told of no agent`);
	return agent;
}

/** Runs a verb that has to be refused with exit code 3, and gives the refusal. */
export async function refusal(
	weir: ScratchWeir,
	...args: string[]
): Promise<Refusal & { readonly stderr: string }> {
	const words = args.includes('--')
		? args.toSpliced(args.indexOf('--'), 0, '--json')
		: [...args, '--json'];
	const ran = await weir.run(...words);
	if (ran.code !== 3) throw new Error(`weir ${args.join(' ')}: ${JSON.stringify(ran)}`);
	const { refusal: said } = JSON.parse(ran.stdout) as { refusal: Refusal };
	return { ...said, stderr: ran.stderr };
}

/** The whole journal. */
export async function journal(weir: ScratchWeir): Promise<WeirEvent[]> {
	const { stdout } = await weir.run('log', '--json');
	return stdout
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => (JSON.parse(line) as { event: WeirEvent }).event);
}

/** Waits until the journal holds so many events of the kind that pass, and gives them. */
export async function eventsOf<K extends EventKind>(
	weir: ScratchWeir,
	kind: K,
	count = 1,
	passes: (event: EventOf<K>) => boolean = () => true,
): Promise<EventOf<K>[]> {
	for (const end = Date.now() + patienceMs; ; await sleep(100)) {
		const events = (await journal(weir)).filter(
			(event): event is EventOf<K> => event.kind === kind,
		);
		const found = events.filter(passes);
		if (found.length >= count) return found;
		if (Date.now() > end)
			throw new Error(`no ${count} ${kind} among ${JSON.stringify(events)}`);
	}
}

/** Asks the supervisor itself, as the terminal interface does; fails where it refuses. */
export async function ask<O extends ClientOperation>(
	weir: ScratchWeir,
	operation: O,
	body: ClientRequest<O>,
	onPush: (push: ClientPush) => void = () => undefined,
): Promise<ClientResponses[O]> {
	const met = await connectOrStart({
		commonDir: `${weir.repo}/.git`,
		environment: weir.env,
		version: '0.1.0',
		role: 'verb',
	});
	if (!met.ok) throw new Error(met.refusal.message);
	using connection = met.value;
	connection.onPush.on(onPush);
	const answer = await connection.request(operation, body, { timeoutMs: 60_000 });
	if (!answer.ok) throw new Error(`${answer.refusal.code}: ${answer.refusal.message}`);
	return answer.value;
}

/** Trusts the commands that the repository's settings name, as they are now. */
export async function trust(weir: ScratchWeir): Promise<void> {
	const { hash } = await ask(weir, 'trust.pending', {});
	if (hash !== null) await ask(weir, 'trust.grant', { hash });
}

/** Waits until something holds. */
export async function until(
	what: string,
	holds: () => boolean | Promise<boolean>,
): Promise<void> {
	for (const end = Date.now() + patienceMs; !(await holds()); await sleep(20)) {
		if (Date.now() > end) throw new Error(`never: ${what}`);
	}
}
