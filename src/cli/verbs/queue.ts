// What waits to land and how it stands; holds, releases and moves it.
import type { Connection } from '../../client/connection.ts';
import { counted } from '../../lib/counted.ts';
import { type Outcome, ok } from '../../lib/outcome.ts';
import { visibleText } from '../../lib/plain-text.ts';
import type { ClientRequest, ClientResponses } from '../../protocol/client.ts';
import type { QueueEntryJson } from '../../protocol/queue.ts';
import { usage } from '../arguments.ts';
import { print, printJson, printTable } from '../print.ts';
import { reach, reachToRead } from '../reach.ts';
import { type Call, done, type Ending, type Run } from '../verb.ts';

type Deed = (call: Call, names: readonly string[]) => Promise<Outcome<Ending>>;
type Told = ClientResponses['queue'];

export const run: Run = (call) => {
	const [word, ...names] = call.words;
	if (word === undefined) return list(call);
	const deed = Object.hasOwn(deeds, word) ? deeds[word] : undefined;
	return deed
		? deed(call, names)
		: Promise.resolve(usage('queue', `hold, release or move, not ${word}`));
};

const deeds: Readonly<Record<string, Deed>> = { hold, release, move };

async function list(call: Call): Promise<Outcome<Ending>> {
	const wrong = strayFlag(call, []);
	if (wrong !== null) return usage('queue', wrong);
	const reached = await reachToRead(call);
	if (!reached.ok) return reached;
	using connection = reached.value.connection;
	const asked = connection ? await connection.request('queue', {}) : ok({ queue: [] });
	if (!asked.ok) return asked;
	const { queue } = asked.value;
	if (call.json) printJson({ v: 1, queue });
	else if (queue.length === 0) print('nothing waits to land');
	else printTable(rowsOf(queue));
	return done;
}

async function hold(call: Call, names: readonly string[]): Promise<Outcome<Ending>> {
	const wrong = strayFlag(call, ['why']);
	if (wrong !== null) return usage('queue', wrong);
	if (names.length === 0) return usage('queue', 'name the agents to hold');
	const agents = [...new Set(names)];
	const why = call.text('why');
	return change(call, `${agents.join(', ')} held: nothing of it lands`, (connection) =>
		connection.request('queue.hold', { agents, why }),
	);
}

async function release(call: Call, names: readonly string[]): Promise<Outcome<Ending>> {
	const wrong = strayFlag(call, []);
	if (wrong !== null) return usage('queue', wrong);
	if (names.length === 0) return usage('queue', 'name the agents to release');
	const agents = [...new Set(names)];
	return change(call, `${agents.join(', ')} may land again`, (connection) =>
		connection.request('queue.release', { agents }),
	);
}

async function move(call: Call, names: readonly string[]): Promise<Outcome<Ending>> {
	const wrong = strayFlag(call, ['before', 'first', 'last']);
	if (wrong !== null) return usage('queue', wrong);
	const [agent] = names;
	if (agent === undefined || names.length > 1) return usage('queue', 'name one agent');
	const place = placeIn(call);
	if (place === null) return usage('queue', 'say --before OTHER, --first or --last');
	return change(call, `${agent} has another place`, (connection) =>
		connection.request('queue.move', { agent, place }),
	);
}

function placeIn(call: Call): ClientRequest<'queue.move'>['place'] | null {
	const other = call.text('before');
	const said = [other !== null, call.on('first'), call.on('last')].filter(Boolean);
	if (said.length !== 1) return null;
	if (other !== null) return { kind: 'before', other };
	return { kind: call.on('first') ? 'first' : 'last' };
}

const flags = ['why', 'before', 'first', 'last'];

/** A flag that means nothing to what is asked for is not passed over. */
function strayFlag(call: Call, meant: readonly string[]): string | null {
	const stray = flags.find(
		(flag) => !meant.includes(flag) && (call.on(flag) || call.text(flag) !== null),
	);
	return stray === undefined
		? null
		: `--${stray} is not for ${call.words[0] ?? 'a list'}`;
}

async function change(
	call: Call,
	past: string,
	ask: (connection: Connection) => Promise<Outcome<Told>>,
): Promise<Outcome<Ending>> {
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const asked = await ask(connection);
	if (!asked.ok) return asked;
	const { queue } = asked.value;
	if (call.json) printJson({ v: 1, queue });
	else {
		print(past);
		if (queue.length > 0) printTable(rowsOf(queue));
	}
	return done;
}

function rowsOf(queue: readonly QueueEntryJson[]): string[][] {
	return [
		['#', 'AGENT', 'STANDING', 'GATES', 'PREDICTED', 'WHY'],
		...queue.map((entry) => [
			String(entry.position),
			entry.agent,
			entry.standing,
			entry.gates.map(({ name, verdict }) => `${name}:${verdict}`).join(' '),
			predictedIn(entry),
			visibleText(entry.why ?? ''),
		]),
	];
}

/** With the base first: nothing else counts before that is resolved. */
function predictedIn({ base, conflicts, clashes, predicted }: QueueEntryJson): string {
	if (conflicts === null) return '-';
	if (conflicts.length > 0) return `conflicts with ${base}`;
	if (!predicted) return '-';
	const [first] = clashes;
	if (!first) return 'clean';
	return clashes.length === 1
		? `conflicts with ${first.agent} (${counted(first.count, 'file')})`
		: `conflicts with ${first.agent} and ${clashes.length - 1} more`;
}
