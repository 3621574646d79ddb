// The holders of one repository: started when places are needed, adopted after a restart, asked
// and listened to. Knows panes by name and generation, and nothing of agents.
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type HolderLink, openHolder } from '../client/holder-link.ts';
import { startHolder } from '../hosts/local.ts';
import { holderRecords, readExit, removeRecord } from '../hosts/records.ts';
import { Emitter } from '../lib/emitter.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { isAlive, untilGone } from '../lib/processes.ts';
import type {
	ExitRecord,
	HolderOperation,
	HolderPush,
	HolderRecord,
	HolderRequest,
	HolderResponse,
	PaneInfo,
	SpawnRequest,
} from '../protocol/holder.ts';
import { chooseHolder } from './holder-choice.ts';
import { Typing } from './typing.ts';

/** A program that has printed nothing for this long is taken to wait for input. */
const quietMs = 500;
const spawnMs = 30_000;
/** More holders than cores help nobody, and each takes 40 MB. */
const spread = Math.min(availableParallelism(), 3);
/** What a holder takes; how many it gets is said by the setting `holder.agents`, also later. */
const mostPerHolder = 64;
/** Two rungs of five seconds and the firm end of a hostile tree. */
const shutdownMs = 20_000;
/** How long a start waits for holders that live and do not answer. */
const adoptMs = 4000;
const adoptPauseMs = 50;
const reconnectMs = 500;

export interface FleetPlaces {
	/** Where holders write the file by which they are found again. */
	readonly records: string;
	/** Where the ends of programs are told, by living holders and by dead ones. */
	readonly exits: string;
	/** Folder of the sockets. */
	readonly runtime: string;
	readonly logs: string;
	/** Agents that share one holder, at most. */
	readonly perHolder: () => number;
}

interface PaneSize {
	readonly columns: number;
	readonly rows: number;
}

interface Member {
	readonly record: HolderRecord;
	readonly link: HolderLink;
	readonly panes: Map<string, number>;
	/** Places given away whose pane is not there yet. */
	reserved: number;
	/** It refused a pane: it is of a smaller limit, or keeps screens of programs that have ended. */
	full: boolean;
	readonly taken: number;
}

/** A pane whose holder died without telling how its program ended. */
export interface LostPane {
	readonly pane: string;
	readonly generation: number;
}

export class Fleet {
	readonly onPush = new Emitter<HolderPush>();
	readonly onLost = new Emitter<LostPane>();
	/** What weir types into panes. */
	readonly typing = new Typing((request) => this.ask(request.pane, 'write', request));

	readonly #places: FleetPlaces;
	readonly #members = new Map<string, Member>();
	/** The size that a client last gave a pane; its next program starts with it. */
	readonly #sizes = new Map<string, PaneSize>();
	readonly #unreached = new Set<string>();
	#starting: Promise<Outcome<Member>> | null = null;
	#closed = false;

	constructor(places: FleetPlaces) {
		this.#places = places;
	}

	/** Connects to every holder that lives; answers all panes that they have. */
	async adopt(): Promise<readonly PaneInfo[]> {
		const found = holderRecords(this.#places.records);
		const panes = await Promise.all(
			found.map(async ({ file, record }) => {
				if (!isAlive(record.process)) {
					removeRecord(file);
					return [];
				}
				const member = await this.#connectSoon(record);
				if (member) return this.#list(member);
				this.#unreached.add(record.id);
				void this.#reconnect({ record, panes: new Map() });
				return [];
			}),
		);
		return panes.flat();
	}

	/** Whether this holder lives and could not be reached: of its programs nothing is known. */
	isUnreached(holder: string): boolean {
		return this.#unreached.has(holder);
	}

	/** Holders with the number of their panes. */
	get holders(): readonly { id: string; process: number; agents: number }[] {
		return [...this.#members.values()].map(({ record, panes }) => ({
			id: record.id,
			process: record.process.pid,
			agents: panes.size,
		}));
	}

	/** Starts a program in a holder that has a place. */
	async spawn(
		request: SpawnRequest,
	): Promise<Outcome<{ holder: string; info: PaneInfo }>> {
		const placed = await this.#place(request.pane);
		if (!placed.ok) return placed;
		const member = placed.value;
		const spawned = await member.link.request('spawn', request, { timeoutMs: spawnMs });
		member.reserved -= 1;
		const isFull = !spawned.ok && spawned.refusal.code === 'holder.full';
		if (isFull && !member.panes.has(request.pane)) {
			member.full = true;
			return this.spawn(request);
		}
		if (!spawned.ok) return spawned;
		member.panes.set(request.pane, request.generation);
		return ok({ holder: member.record.id, info: spawned.value });
	}

	/** Asks the holder of the request's pane. */
	async ask<O extends HolderOperation>(
		pane: string,
		operation: O,
		body: HolderRequest<O>,
	): Promise<Outcome<HolderResponse<O>>> {
		const member = this.#memberOf(pane);
		return member ? member.link.request(operation, body) : noPane(pane);
	}

	/** As `ask`, for an operation that answers with rows. */
	async askRows(pane: string, body: HolderRequest<'history'>) {
		const member = this.#memberOf(pane);
		return member ? member.link.history(body) : noPane(pane);
	}

	/** What a holder knows of a pane; null where none has it. */
	async paneInfo(pane: string): Promise<PaneInfo | null> {
		const member = this.#memberOf(pane);
		if (!member) return null;
		const listed = await member.link.request('list', {});
		if (!listed.ok) return null;
		return listed.value.panes.find((info) => info.pane === pane) ?? null;
	}

	sizeOf(pane: string): PaneSize | null {
		return this.#sizes.get(pane) ?? null;
	}

	holderOf(pane: string): string | null {
		return this.#memberOf(pane)?.record.id ?? null;
	}

	/** Resolves when the pane has been silent for a moment, after ten seconds at the latest. */
	async quiet(pane: string): Promise<void> {
		for (let tries = 0; tries < 40; tries += 1) {
			const info = await this.paneInfo(pane);
			if (!info || info.silentMs >= quietMs) return;
			await new Promise((resolve) => setTimeout(resolve, quietMs / 2));
		}
	}

	address(pane: string): { socket: string; token: string } | null {
		const member = this.#memberOf(pane);
		return member ? { socket: member.record.socket, token: member.record.token } : null;
	}

	/** The pid of each holder: who descends from one is an agent. */
	get pids(): readonly number[] {
		return [...this.#members.values()].map(({ record }) => record.process.pid);
	}

	exitOf(pane: string, generation: number): ExitRecord | null {
		return readExit(this.#places.exits, pane, generation);
	}

	/** The end has been recorded elsewhere; the pane's last screen stays readable. */
	forget(pane: string): void {
		for (const member of this.#members.values())
			if (member.panes.delete(pane)) member.full = false;
		this.#sizes.delete(pane);
		this.typing.forget(pane);
	}

	/** Ends every program by its ladder and every holder after that. */
	async shutdown(): Promise<void> {
		await this.#starting;
		// A supervisor that crashed may have left one that was not on record yet.
		for (const { record } of holderRecords(this.#places.records)) {
			if (!this.#members.has(record.id) && isAlive(record.process))
				await this.#connect(record);
		}
		this.#closed = true;
		const members = [...this.#members.values()];
		await Promise.all(
			members.map(({ link }) => link.request('shutdown', {}, { timeoutMs: shutdownMs })),
		);
		await Promise.all(members.map(({ record }) => untilGone(record.process, shutdownMs)));
		this.close();
	}

	/** Leaves the holders to themselves and to the next supervisor. */
	close(): void {
		this.#closed = true;
		for (const { link } of this.#members.values()) link[Symbol.dispose]();
		this.#members.clear();
	}

	#memberOf(pane: string): Member | undefined {
		return [...this.#members.values()].find((member) => member.panes.has(pane));
	}

	async #place(pane: string): Promise<Outcome<Member>> {
		for (;;) {
			const limit = this.#places.perHolder();
			const holders = [...this.#members.values()];
			const chosen = this.#memberOf(pane) ?? chooseHolder(holders, { limit, spread });
			if (chosen) return ok(reserve(chosen));
			this.#starting ??= this.#start().finally(() => {
				this.#starting = null;
			});
			const started = await this.#starting;
			if (started.ok) continue;
			// Room in a busy holder is better than none.
			const shared = chooseHolder([...this.#members.values()], { limit, spread: 0 });
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
			return await this.#connect(record);
		} catch (error) {
			return refuse(
				'holder.start',
				`a holder could not be started: ${error instanceof Error ? error.message : String(error)}`,
				'weir doctor',
			);
		}
	}

	async #connect(record: HolderRecord): Promise<Outcome<Member>> {
		const opened = await openHolder(record);
		if (!opened.ok) return opened;
		const link = opened.value;
		const member = {
			record,
			link,
			panes: new Map<string, number>(),
			reserved: 0,
			full: false,
			get taken() {
				return this.panes.size + this.reserved;
			},
		};
		this.#members.set(record.id, member);
		link.onPush.on((push) => {
			if (push.push === 'resized') this.#sizes.set(push.pane, push);
			this.onPush.emit(push);
		});
		link.onClose.on(() => this.#lost(member));
		return ok(member);
	}

	/** A holder makes a socket that was swept away again within three seconds. */
	async #connectSoon(record: HolderRecord): Promise<Member | null> {
		for (const end = performance.now() + adoptMs; ; await pause(adoptPauseMs)) {
			const member = await this.#connect(record);
			if (member.ok) return member.value;
			if (performance.now() > end || !isAlive(record.process)) return null;
		}
	}

	async #list(member: Member): Promise<readonly PaneInfo[]> {
		const listed = await member.link.request('list', {});
		if (!listed.ok) return [];
		for (const info of listed.value.panes) {
			member.panes.set(info.pane, info.generation);
			this.#sizes.set(info.pane, info);
			const { pane, generation, recording } = info;
			if (recording) this.onPush.emit({ push: 'recording', pane, generation, recording });
		}
		return listed.value.panes;
	}

	/** The connection ended: the holder is asked again while it lives, else its panes are lost. */
	#lost(member: Member): void {
		this.#members.delete(member.record.id);
		if (!this.#closed) void this.#reconnect(member);
	}

	/** Tells what has happened meanwhile. A holder that lives is never given up. */
	async #reconnect(lost: Pick<Member, 'record' | 'panes'>): Promise<void> {
		while (!this.#closed && isAlive(lost.record.process)) {
			const again = await this.#connect(lost.record);
			if (again.ok) {
				this.#unreached.delete(lost.record.id);
				const panes = await this.#list(again.value);
				for (const { exit } of panes) if (exit) this.onPush.emit({ push: 'exit', exit });
				return;
			}
			await pause(reconnectMs);
		}
		if (!this.#closed) this.#tellLost(lost);
	}

	#tellLost(member: Pick<Member, 'record' | 'panes'>): void {
		removeRecord(join(this.#places.records, `${member.record.id}.json`));
		for (const [pane, generation] of member.panes) this.onLost.emit({ pane, generation });
	}
}

function reserve(member: Member): Member {
	member.reserved += 1;
	return member;
}

function noPane(pane: string): Outcome<never> {
	return refuse('pane.unknown', `no program was started in the pane ${pane} yet`);
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
