// The holders of one repository: started when places are needed, adopted after a restart, asked
// and listened to. Knows panes by name and generation, and nothing of agents.

import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startHolder } from '../hosts/local.ts';
import { readExit } from '../hosts/records.ts';
import { messageOf } from '../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { untilGone } from '../lib/processes.ts';
import type {
	ExitRecord,
	HolderOperation,
	HolderRequest,
	HolderResponse,
	PaneInfo,
	SpawnRequest,
} from '../protocol/holder.ts';
import { chooseHolder } from './holder-choice.ts';
import { type Member, Roster, type RosterPlaces, type Stray } from './roster.ts';
import { Typing } from './typing.ts';
import type { Withheld } from './withheld.ts';

/** A program that has printed nothing for this long is taken to wait for input. */
const quietMs = 500;
const spawnMs = 30_000;
/** More holders than cores help nobody, and each takes 40 MB. */
const spread = Math.min(availableParallelism(), 3);
/** What a holder takes; how many it gets is said by the setting `holder.agents`, also later. */
const mostPerHolder = 64;
/** Two rungs of five seconds and the firm end of a hostile tree. */
const shutdownMs = 20_000;
/** What a holder takes. */
const mostSecrets = 512;

export interface FleetPlaces extends RosterPlaces {
	/** Folder of the sockets. */
	readonly runtime: string;
	readonly logs: string;
	/** Keeps what the human said from all but the programs that they said it to. */
	readonly withheld: Pick<Withheld, 'back' | 'namedIn'>;
	/** Agents that share one holder, at most. */
	readonly perHolder: () => number;
}

export class Fleet {
	/** What weir types into panes. */
	readonly typing = new Typing((pane, text, once) => this.#type(pane, text, once));

	readonly #places: FleetPlaces;
	readonly #roster: Roster;
	#starting: Promise<Outcome<Member>> | null = null;

	constructor(places: FleetPlaces) {
		this.#places = places;
		this.#roster = new Roster(places);
	}

	/** What holders tell without being asked. */
	get onPush(): Roster['onPush'] {
		return this.#roster.onPush;
	}

	get onLost(): Roster['onLost'] {
		return this.#roster.onLost;
	}

	/** Connects to every holder that lives; answers all panes that they have. */
	adopt(): Promise<readonly PaneInfo[]> {
		return this.#roster.adopt();
	}

	/** Whether this holder lives and could not be reached: of its programs nothing is known. */
	isUnreached(holder: string): boolean {
		return this.#roster.isUnreached(holder);
	}

	/** Holders with the number of their panes. */
	get holders(): readonly { id: string; process: number; agents: number }[] {
		return this.#roster.members.map(({ record, panes }) => ({
			id: record.id,
			process: record.process.pid,
			agents: panes.size,
		}));
	}

	/** Programs that run for no agent of this journal. */
	strays(): Promise<readonly Stray[]> {
		return this.#roster.strays();
	}

	/** Starts a program in a holder that has a place. */
	async spawn(
		request: SpawnRequest,
	): Promise<Outcome<{ holder: string; info: PaneInfo }>> {
		const placed = await this.#place(request.pane);
		if (!placed.ok) return placed;
		const member = placed.value;
		const { withheld } = this.#places;
		const { argv, env } = withheld.back({ argv: request.argv, env: request.env });
		const redact = [...new Set([...request.redact, ...withheld.namedIn(request.argv)])];
		const said = { argv, env, redact: redact.slice(0, mostSecrets) };
		const spec = { ...request, ...said, owner: this.#places.owner() ?? undefined };
		const spawned = await member.link.request('spawn', spec, { timeoutMs: spawnMs });
		member.reserved -= 1;
		const isFull = !spawned.ok && spawned.refusal.code === 'holder.full';
		if (isFull && !member.panes.has(request.pane)) {
			member.refused = true;
			return this.spawn(request);
		}
		if (!spawned.ok) return spawned;
		member.panes.set(request.pane, request.generation);
		return ok({ holder: member.record.id, info: spawned.value });
	}

	/** What is typed is echoed: its secrets are not to be recorded. */
	async #type(pane: string, text: string, once?: string): Promise<Outcome<object>> {
		const { withheld } = this.#places;
		const secrets = withheld.namedIn(text);
		if (secrets.length > 0) {
			const covered = await this.ask(pane, 'redact', { pane, secrets });
			if (!covered.ok) return covered;
		}
		const data = Buffer.from(withheld.back(text), 'utf8').toString('base64');
		return this.ask(pane, 'write', { pane, data, once });
	}

	/** Asks the holder of the request's pane. */
	async ask<O extends HolderOperation>(
		pane: string,
		operation: O,
		body: HolderRequest<O>,
	): Promise<Outcome<HolderResponse<O>>> {
		const member = this.#roster.of(pane);
		return member ? member.link.request(operation, body) : noPane(pane);
	}

	/** As `ask`, for an operation that answers with rows. */
	async askRows(pane: string, body: HolderRequest<'history'>) {
		const member = this.#roster.of(pane);
		return member ? member.link.history(body) : noPane(pane);
	}

	/** What a holder knows of a pane; null where none has it. */
	async paneInfo(pane: string): Promise<PaneInfo | null> {
		const member = this.#roster.of(pane);
		if (!member) return null;
		const listed = await member.link.request('list', {});
		if (!listed.ok) return null;
		return listed.value.panes.find((info) => info.pane === pane) ?? null;
	}

	/** The size that a client last gave a pane: its next program starts with it. */
	sizeOf(pane: string) {
		return this.#roster.sizeOf(pane);
	}

	holderOf(pane: string): string | null {
		return this.#roster.of(pane)?.record.id ?? null;
	}

	/** Resolves when the pane has been silent for a moment, after ten seconds at the latest. */
	async quiet(pane: string): Promise<void> {
		for (let tries = 0; tries < 40; tries += 1) {
			const info = await this.paneInfo(pane);
			if (!info || info.silentMs >= quietMs) return;
			await sleep(quietMs / 2);
		}
	}

	address(pane: string): { socket: string; token: string } | null {
		const member = this.#roster.of(pane);
		return member ? { socket: member.record.socket, token: member.record.token } : null;
	}

	/** The pid of each holder: who descends from one is an agent. */
	get pids(): readonly number[] {
		return this.#roster.members.map(({ record }) => record.process.pid);
	}

	exitOf(pane: string, generation: number): ExitRecord | null {
		return readExit(this.#places.exits, pane, generation);
	}

	/** The end has been recorded elsewhere; the pane's last screen stays readable. */
	forget(pane: string): void {
		this.#roster.forget(pane);
		this.typing.forget(pane);
	}

	/** Ends every program by its ladder and every holder after that. */
	async shutdown(): Promise<void> {
		await this.#starting;
		await this.#roster.find();
		this.#roster.letGo();
		const members = this.#roster.members;
		await Promise.all(
			members.map(({ link }) => link.request('shutdown', {}, { timeoutMs: shutdownMs })),
		);
		await Promise.all(members.map(({ record }) => untilGone(record.process, shutdownMs)));
		this.close();
	}

	/** Leaves the holders to themselves and to the next supervisor. */
	close(): void {
		this.#roster.close();
	}

	async #place(pane: string): Promise<Outcome<Member>> {
		for (;;) {
			const limit = this.#places.perHolder();
			const holders = this.#roster.members;
			const chosen = this.#roster.of(pane) ?? chooseHolder(holders, { limit, spread });
			if (chosen) return ok(reserve(chosen));
			this.#starting ??= this.#start().finally(() => {
				this.#starting = null;
			});
			const started = await this.#starting;
			if (started.ok) continue;
			// Room in a busy holder is better than none.
			const shared = chooseHolder(this.#roster.members, { limit, spread: 0 });
			return shared ? ok(reserve(shared)) : started;
		}
	}

	async #start(): Promise<Outcome<Member>> {
		const id = `h${randomBytes(4).toString('hex')}`;
		try {
			const record = await startHolder({
				id,
				recordFile: join(this.#places.records, `${id}.json`),
				exitsDir: this.#places.exits,
				socket: join(this.#places.runtime, `${id}.sock`),
				logFile: join(this.#places.logs, `${id}.log`),
				panes: mostPerHolder,
			});
			return await this.#roster.connect(record, true);
		} catch (error) {
			return refuse(
				'holder.start',
				`a holder could not be started: ${messageOf(error)}`,
				'weir doctor',
			);
		}
	}
}

function reserve(member: Member): Member {
	member.reserved += 1;
	return member;
}

function noPane(pane: string): Outcome<never> {
	return refuse('pane.unknown', `no program was started in the pane ${pane} yet`);
}
