// A mission whose supervisor is killed again and again: a scratch repository, agents that work when
// told to, and one attached client that remembers every event it was shown.
import { existsSync, mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../../src/client/connection.ts';
import { connectOrStart } from '../../src/client/start.ts';
import type { Agent } from '../../src/domain/agent.ts';
import type { EventKind, WeirEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { initialState, type State } from '../../src/domain/state.ts';
import type { Outcome } from '../../src/lib/outcome.ts';
import type {
	ClientOperation,
	ClientRequest,
	ClientResponses,
} from '../../src/protocol/client.ts';
import { effectsOf } from './effects.ts';
import { builtSupervisor, patienceMs, type ScratchWeir, scratchWeir } from './weir.ts';

/** When the supervisor is killed: so long after a kind of event, as the base moves, or by time. */
export type Moment =
	| { readonly after: EventKind; readonly delayMs: number }
	| { readonly after: 'base-moves' }
	| { readonly after: 'nothing'; readonly delayMs: number };

/** Something asked of the supervisor, and how the state shows that it is done. */
export interface Deed {
	readonly name: string;
	readonly ask: (mission: Mission) => Promise<Outcome<unknown>>;
	readonly reached: (state: State) => boolean;
}

/** A program that tells its start, commits a file for each line `work…` and echoes the rest. */
const agentProgram = `
echo "$WEIR_AGENT $WEIR_GENERATION $$" >> "$XDG_CACHE_HOME/starts"
echo "ready $WEIR_AGENT $WEIR_GENERATION"
while read -r line; do
	case $line in
	work*) echo "$line" > "$line.txt"; git add -A; git commit -qm "$line"; echo "did $line" ;;
	*) echo "got <$line>" ;;
	esac
done
`;

export class Mission {
	readonly weir: ScratchWeir;
	/** Events by number as the client was shown them, as JSON. */
	readonly seen = new Map<number, string>();
	readonly adoptionMs: number[] = [];
	kills = 0;
	state: State = initialState;
	#connection: Connection | null = null;
	#armed: Moment | null = null;
	#killedAt = 0;
	#running: readonly Agent[] = [];
	#listeners = new Set<() => void>();

	constructor(config = '') {
		this.weir = scratchWeir();
		const folder = join(this.weir.env.XDG_CONFIG_HOME ?? '', 'weir');
		this.#write(folder, config);
		writeFileSync(this.program, agentProgram);
	}

	get program(): string {
		return join(this.weir.folder, 'agent.sh');
	}

	/** Every start that a program told of: agent, generation and pid. */
	starts(): { agent: string; generation: number; pid: number }[] {
		const file = join(this.weir.env.XDG_CACHE_HOME ?? '', 'starts');
		if (!existsSync(file)) return [];
		return readFileSync(file, 'utf8')
			.trim()
			.split('\n')
			.map((line) => {
				const [agent = '', generation, pid] = line.split(' ');
				return { agent, generation: Number(generation), pid: Number(pid) };
			});
	}

	async request<O extends ClientOperation>(
		operation: O,
		body: ClientRequest<O>,
	): Promise<Outcome<ClientResponses[O]>> {
		const connection = await this.connect();
		return connection.request(operation, body, { timeoutMs: patienceMs });
	}

	/** Whether the client was shown an event of this kind after number `from`. */
	happened(kind: EventKind, from: number): boolean {
		return [...this.seen].some(
			([seq, text]) => seq > from && text.includes(`"kind":"${kind}"`),
		);
	}

	/** The connection, made anew (with a new supervisor) after a kill. */
	async connect(): Promise<Connection> {
		if (this.#connection) return this.#connection;
		const { repo, env } = this.weir;
		const reached = await connectOrStart({
			commonDir: join(repo, '.git'),
			environment: env,
			version: '0.1.0',
			role: 'verb',
			program: builtSupervisor,
			limitMs: patienceMs,
		});
		if (!reached.ok) throw new Error(reached.refusal.message);
		const connection = reached.value;
		this.#connection = connection;
		connection.onClose.on(() => {
			if (this.#connection === connection) this.#connection = null;
			this.#tell();
		});
		connection.onPush.on((push) => {
			if (push.push !== 'events') return;
			for (const event of push.events) this.#take(event);
			// Only now: between two events of one batch there is no state that anybody was in.
			this.#tell();
		});
		const attached = await connection.request('attach', {});
		if (!attached.ok) return this.connect();
		this.state = attached.value.state;
		this.#fold();
		await this.#catchUp(connection);
		if (this.#killedAt > 0) this.adoptionMs.push(performance.now() - this.#killedAt);
		this.#killedAt = 0;
		return connection;
	}

	/** Arms the killing of the supervisor; `fired` waits for it. */
	arm(moment: Moment): void {
		this.#armed = moment;
		if (moment.after === 'nothing') {
			setTimeout(() => this.#fire(moment), moment.delayMs);
		}
		if (moment.after === 'base-moves') {
			const watcher = watch(
				join(this.weir.repo, '.git', 'refs', 'heads'),
				(_kind, file) => {
					if (file !== 'main') return;
					watcher.close();
					this.#fire(moment);
				},
			);
		}
	}

	/** Does a deed, however often the supervisor is killed meanwhile. */
	async carryOut(deed: Deed): Promise<void> {
		for (let tries = 0; tries < 12; tries += 1) {
			await this.quiet();
			if (deed.reached(this.state)) return;
			const answer = await deed.ask(this);
			if (!answer.ok && !answer.refusal.code.startsWith('supervisor.')) {
				throw new Error(`${deed.name}: ${JSON.stringify(answer.refusal)}`);
			}
			await this.until(deed.name, () => !this.#connection || deed.reached(this.state));
		}
		throw new Error(`${deed.name} was asked for too often`);
	}

	/** Does a deed while the supervisor is killed at the moment, and looks at what was adopted. */
	async carryOutUnder(deed: Deed, moment: Moment): Promise<void> {
		await this.quiet();
		const before = this.kills;
		this.arm(moment);
		await this.carryOut(deed);
		for (let waits = 0; this.kills === before && waits < 20; waits += 1) await sleep(20);
		if (this.kills === before) await this.kill();
		await this.quiet();
		await this.carryOut(deed);
		await this.checkAdopted();
	}

	/** Kills the supervisor with SIGKILL, now. */
	async kill(): Promise<void> {
		const { supervisor } = await this.connect();
		this.#shoot(supervisor.pid);
		await this.until('the end of the supervisor', () => this.#connection === null);
	}

	/** Waits until a supervisor runs and nothing is under way. */
	async quiet(): Promise<void> {
		const end = performance.now() + patienceMs;
		while (performance.now() < end) {
			await this.connect();
			await this.until(
				'quiet',
				() => !this.#connection || Object.keys(this.state.effects).length === 0,
			);
			if (this.#connection) return;
		}
		throw new Error('never quiet');
	}

	async until(what: string, reached: () => boolean): Promise<void> {
		if (reached()) return;
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		const late = setTimeout(() => {
			const { agents, effects } = this.state;
			const lives = Object.values(agents).map(({ name, life }) => [name, life]);
			const log = readFileSync(
				join(this.weir.repo, '.git', 'weir', 'supervisor.log'),
				'utf8',
			);
			const state = JSON.stringify({ lives, effects });
			const last = [...this.seen.values()].slice(-12).join('\n');
			reject(new Error(`never: ${what}; ${state}\n${last}\n${log.slice(-3000)}`));
		}, patienceMs);
		const look = () => {
			if (reached()) resolve();
		};
		this.#listeners.add(look);
		try {
			await promise;
		} finally {
			clearTimeout(late);
			this.#listeners.delete(look);
		}
	}

	/** Every event of the journal. */
	async journal(): Promise<WeirEvent[]> {
		const events: WeirEvent[] = [];
		for (let more = true; more; ) {
			const from = events.length + 1;
			const page = await this.request('log', { from, limit: 1000, agent: null });
			if (!page.ok) throw new Error(page.refusal.message);
			events.push(...page.value.events);
			more = page.value.more;
		}
		return events;
	}

	/** All events, at a moment at which nothing is under way; what begins by itself meanwhile is waited for. */
	async settledJournal(): Promise<WeirEvent[]> {
		for (let tries = 0; tries < 12; tries += 1) {
			await this.quiet();
			const events = await this.journal();
			const isAll = Math.max(0, ...this.seen.keys()) <= events.length;
			if (isAll && effectsOf(events).every(({ settled }) => settled > 0)) return events;
			await this.until(
				'what the journal says',
				() => !this.#connection || this.state.seq >= events.length,
			);
		}
		throw new Error('something begins again and again');
	}

	async screen(name: string): Promise<string> {
		const answer = await this.request('screen', { agent: name, ansi: false });
		return answer.ok ? answer.value.lines.join('\n') : JSON.stringify(answer.refusal);
	}

	async shows(name: string, text: string): Promise<void> {
		let screen = '';
		for (const end = performance.now() + patienceMs; performance.now() < end; ) {
			screen = await this.screen(name);
			if (screen.includes(text)) return;
			await sleep(30);
		}
		throw new Error(`${name} never showed ${text} but:\n${screen}`);
	}

	/** Agents that ran when the supervisor was killed run on, or their end is in the journal. */
	async checkAdopted(): Promise<void> {
		await this.quiet();
		const events = await this.journal();
		for (const before of this.#running) {
			if (before.life.kind !== 'running') continue;
			const told = events.some(
				(event) =>
					(event.kind === 'agent.exited' || event.kind === 'stop.asked') &&
					event.data.agent === before.id &&
					event.data.generation === before.generation,
			);
			if (told) continue;
			const now = this.state.agents[before.id];
			const { pid } = before.life.process;
			if (now?.life.kind !== 'running' || now.life.process.pid !== pid)
				throw new Error(`${before.name} was not adopted: ${JSON.stringify(now)}`);
			process.kill(pid, 0);
			await this.shows(now.name, `ready ${now.name} ${now.generation}`);
		}
	}

	/** Ends the client and all that runs; fails where something is left. */
	async close(): Promise<void> {
		this.#armed = null;
		const reached = await this.connect();
		reached[Symbol.dispose]();
		await this.weir.close();
	}

	/** What happened while this client was not attached; it does not count as seen before a kill. */
	async #catchUp(connection: Connection): Promise<void> {
		const from = Math.max(0, ...this.seen.keys()) + 1;
		const past = await connection.request('log', { from, limit: 1000, agent: null });
		if (!past.ok) return;
		for (const event of past.value.events) {
			if (!this.seen.has(event.seq)) this.seen.set(event.seq, JSON.stringify(event));
		}
		this.#fold();
	}

	#take(event: WeirEvent): void {
		this.seen.set(event.seq, JSON.stringify(event));
		this.#fold();
		const armed = this.#armed;
		if (armed && armed.after === event.kind && 'delayMs' in armed) {
			if (armed.delayMs === 0) this.#fire(armed);
			else setTimeout(() => this.#fire(armed), armed.delayMs);
		}
	}

	/** Pushes may come before the answer to `attach`: what is known is folded in its order. */
	#fold(): void {
		for (;;) {
			const next = this.seen.get(this.state.seq + 1);
			if (next === undefined) return;
			this.state = evolve(this.state, JSON.parse(next) as WeirEvent);
		}
	}

	#fire(moment: Moment): void {
		if (this.#armed !== moment) return;
		this.#armed = null;
		if (this.#connection) this.#shoot(this.#connection.supervisor.pid);
	}

	#shoot(pid: number): void {
		this.#armed = null;
		this.kills += 1;
		this.#running = Object.values(this.state.agents).filter(
			({ life }) => life.kind === 'running',
		);
		this.#killedAt = performance.now();
		process.kill(pid, 'SIGKILL');
		// What it had sent is still read; it is not asked any more.
		this.#connection = null;
		this.#tell();
	}

	#tell(): void {
		for (const listener of this.#listeners) listener();
	}

	#write(folder: string, config: string): void {
		if (config === '') return;
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		writeFileSync(join(folder, 'config.yaml'), config);
	}
}
