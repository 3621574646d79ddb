// Prints the journal, and follows it.
import type { Connection } from '../../client/connection.ts';
import type { WeirEvent } from '../../domain/event.ts';
import { fitText } from '../../lib/fit-text.ts';
import { type Outcome, ok } from '../../lib/outcome.ts';
import { plainText } from '../../lib/plain-text.ts';
import { usage } from '../arguments.ts';
import { print, printJson } from '../print.ts';
import { reachToRead } from '../reach.ts';
import { type Call, done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const since = sinceOf(call.text('since'), Date.now());
	if (!since.ok) return since;
	const { seq, time } = since.value;
	const reached = await reachToRead(call);
	if (!reached.ok) return reached;
	if (reached.value.connection === null) return done;
	using connection = reached.value.connection;
	const names = new Map<string, string>();
	let last = seq - 1;
	const show = (event: WeirEvent) => {
		if (event.seq <= last) return;
		last = event.seq;
		if (event.kind === 'agent.created' && !names.has(event.data.agent))
			names.set(event.data.agent, event.data.name);
		if (Date.parse(event.at) < time) return;
		if (call.json) printJson({ v: 1, event });
		else print(fitTerminal(lineOf(event, names)));
	};
	const follow = call.on('follow');
	// What happens while the past is read is kept until the past has been shown.
	const waiting: WeirEvent[] = [];
	let live = false;
	const only = call.text('agent');
	connection.onPush.on((push) => {
		if (!follow || push.push !== 'events') return;
		for (const event of push.events) {
			if (only !== null && !isAbout(event, only, names)) continue;
			if (live) show(event);
			else waiting.push(event);
		}
	});
	const closed = new Promise<void>((resolve) => {
		connection.onClose.on(() => resolve());
	});
	// The names of today, of agents whose creation is not shown too.
	const attached = await connection.request('attach', {});
	if (!attached.ok) return attached;
	for (const agent of Object.values(attached.value.state.agents))
		names.set(agent.id, agent.name);
	const read = await readAll(connection, call, last + 1, show);
	if (!read.ok) return read;
	if (!follow) return done;
	for (const event of waiting) show(event);
	live = true;
	await closed;
	return done;
};

/** A number of an event, a time, or how long ago: `57`, `2026-11-21T01:00Z`, `10m`. */
function sinceOf(
	text: string | null,
	now: number,
): Outcome<{ seq: number; time: number }> {
	if (text === null) return ok({ seq: 1, time: 0 });
	if (/^\d+$/.test(text)) return ok({ seq: Math.max(1, Number(text)), time: 0 });
	const [, count, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
	const ago = Number(count) * (unitMs[unit] ?? 0);
	const time = count === undefined ? Date.parse(text) : now - ago;
	if (Number.isFinite(time)) return ok({ seq: 1, time });
	return usage('log', `--since takes an event's number, a time or 10m, not ${text}`);
}

const unitMs: Readonly<Record<string, number>> = {
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
};

async function readAll(
	connection: Connection,
	call: Call,
	from: number,
	show: (event: WeirEvent) => void,
): Promise<Outcome<void>> {
	for (let next = from; ; ) {
		const page = await connection.request('log', {
			from: next,
			limit: 1000,
			agent: call.text('agent'),
		});
		if (!page.ok) return page;
		for (const event of page.value.events) show(event);
		const last = page.value.events.at(-1);
		if (!page.value.more || !last) return ok(undefined);
		next = last.seq + 1;
	}
}

function isAbout(event: WeirEvent, name: string, names: Map<string, string>): boolean {
	if (event.kind === 'agent.created') names.set(event.data.agent, event.data.name);
	const id = agentIn(event);
	return id !== null && (id === name || names.get(id) === name);
}

function lineOf(event: WeirEvent, names: ReadonlyMap<string, string>): string {
	const { seq, at, kind, actor, data } = event;
	const id = agentIn(event);
	const agent = id === null ? '' : (names.get(id) ?? id);
	const told = { ...data, agent: undefined, effect: undefined, settings: undefined };
	const rest = JSON.stringify(told).slice(1, -1);
	return `${seq}  ${at}  ${kind}  ${agent}${agent ? '  ' : ''}${actor}  ${rest}`;
}

/** Whom it is about. */
function agentIn({ data }: WeirEvent): string | null {
	if ('agent' in data) return data.agent;
	return 'whose' in data ? data.whose : null;
}

/** On a terminal one line of it, whatever agents have put into it; else all of it. */
function fitTerminal(line: string): string {
	if (!process.stdout.isTTY) return line;
	return fitText(plainText(line, line.length), process.stdout.columns);
}
