// The holders that a supervisor is in touch with: adopted at the start, connected anew as long as they
// live, and told as lost with their panes when they do not.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type HolderLink, openHolder } from '../client/holder-link.ts';
import { holderRecords, removeRecord } from '../hosts/records.ts';
import { Emitter } from '../lib/emitter.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import { isAlive } from '../lib/processes.ts';
import { unheld } from '../lib/trampoline.ts';
import type { HolderPush, HolderRecord, PaneInfo } from '../protocol/holder.ts';

/** How long a start waits for holders that live and do not answer. */
const adoptMs = 4000;
const adoptPauseMs = 50;
const reconnectMs = 500;

interface PaneSize {
	readonly columns: number;
	readonly rows: number;
}

/** A holder that is connected. */
export interface Member {
	readonly record: HolderRecord;
	readonly link: HolderLink;
	/** Its panes with the generation of each. */
	readonly panes: Map<string, number>;
	/** Places given away whose pane is not there yet. */
	reserved: number;
	/** It refused a pane: it is of a smaller limit, or keeps screens of programs that have ended. */
	refused: boolean;
	/** Panes of another journal, by names that this one may give, too. */
	foreign: ReadonlySet<string>;
	/** What it told before it is known whose its panes are. */
	untold: HolderPush[] | null;
	/** It takes no further pane. */
	readonly full: boolean;
	readonly taken: number;
}

/** A program that runs on although the journal that knew its agent is no more. */
export interface Stray {
	readonly pid: number;
	readonly folder: string;
	readonly argv: readonly string[];
}

/** A pane whose holder died without telling how its program ended. */
export interface LostPane {
	readonly pane: string;
	readonly generation: number;
}

export interface RosterPlaces {
	/** Where holders write the file by which they are found again. */
	readonly records: string;
	/** Where the ends of programs are told, by living holders and by dead ones. */
	readonly exits: string;
	/** Of a folder for each pane, with one for each generation. */
	readonly recordings: string;
	/** Marks the panes of this journal; null while that is empty and has none. */
	readonly owner: () => string | null;
}

export class Roster {
	readonly onPush = new Emitter<HolderPush>();
	readonly onLost = new Emitter<LostPane>();
	readonly #places: RosterPlaces;
	readonly #members = new Map<string, Member>();
	/** The size that a client last gave a pane, also after its holder was lost. */
	readonly #sizes = new Map<string, PaneSize>();
	readonly #unreached = new Set<string>();
	#closed = false;

	constructor(places: RosterPlaces) {
		this.#places = places;
	}

	get members(): readonly Member[] {
		return [...this.#members.values()];
	}

	/** The holder of a pane. */
	of(pane: string): Member | undefined {
		return this.members.find((member) => member.panes.has(pane));
	}

	sizeOf(pane: string): PaneSize | null {
		return this.#sizes.get(pane) ?? null;
	}

	/** Whether this holder lives and could not be reached: of its programs nothing is known. */
	isUnreached(holder: string): boolean {
		return this.#unreached.has(holder);
	}

	/** Connects to every holder that lives; answers all panes that they have. */
	async adopt(): Promise<readonly PaneInfo[]> {
		const panes = await Promise.all(
			holderRecords(this.#places.records).map(async ({ file, record }) => {
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

	/** Connects to living holders that are not known: a supervisor that crashed may have left one. */
	async find(): Promise<void> {
		for (const { record } of holderRecords(this.#places.records))
			if (!this.#members.has(record.id) && isAlive(record.process))
				await this.connect(record);
	}

	/** Programs that run for no agent of this journal. */
	async strays(): Promise<readonly Stray[]> {
		// One whose record was removed writes it again within three seconds.
		await this.find();
		for (const member of this.members) if (member.untold) await this.#list(member);
		const found = await Promise.all(this.members.map(straysOf));
		return found.flat();
	}

	/** `fresh` where it was started just now, for panes of this journal alone. */
	async connect(record: HolderRecord, fresh = false): Promise<Outcome<Member>> {
		const opened = await openHolder(record);
		if (!opened.ok) return opened;
		const link = opened.value;
		const member: Member = {
			record,
			link,
			panes: new Map<string, number>(),
			reserved: 0,
			refused: false,
			foreign: new Set(),
			untold: fresh ? null : [],
			get full() {
				return this.refused || this.foreign.size > 0;
			},
			get taken() {
				return this.panes.size + this.reserved;
			},
		};
		this.#members.set(record.id, member);
		link.onPush.on((push) => {
			if (member.untold) member.untold.push(push);
			else this.#tell(member, push);
		});
		link.onClose.on(() => this.#lost(member));
		return ok(member);
	}

	forget(pane: string): void {
		for (const member of this.members)
			if (member.panes.delete(pane)) member.refused = false;
		this.#sizes.delete(pane);
	}

	/** From now on a holder that is gone is nobody's loss. */
	letGo(): void {
		this.#closed = true;
	}

	/** Leaves the holders to themselves and to the next supervisor. */
	close(): void {
		this.letGo();
		for (const { link } of this.members) link[Symbol.dispose]();
		this.#members.clear();
	}

	/** A holder makes a socket that was swept away again within two seconds. */
	async #connectSoon(record: HolderRecord): Promise<Member | null> {
		for (const end = performance.now() + adoptMs; ; await sleep(adoptPauseMs)) {
			const member = await this.connect(record);
			if (member.ok) return member.value;
			if (performance.now() > end || !isAlive(record.process)) return null;
		}
	}

	async #list(member: Member): Promise<readonly PaneInfo[]> {
		const listed = await member.link.request('list', {});
		const panes = listed.ok ? listed.value.panes : [];
		const own = panes.filter((info) => this.#isOwn(info));
		const foreign = panes.filter((info) => !this.#isOwn(info));
		member.foreign = new Set(foreign.map(({ pane }) => pane));
		for (const info of own) {
			member.panes.set(info.pane, info.generation);
			this.#sizes.set(info.pane, info);
			const { pane, generation, recording } = info;
			if (recording) this.onPush.emit({ push: 'recording', pane, generation, recording });
		}
		if (own.length > 0) await this.#tellPlaces(member);
		const { untold } = member;
		member.untold = null;
		for (const push of untold ?? []) this.#tell(member, push);
		return own;
	}

	/** Who moved the repository to another file system left the holder where it was. */
	async #tellPlaces({ record, link, panes }: Member): Promise<void> {
		const { records, exits, recordings } = this.#places;
		const followed = [...panes].map(([pane, generation]) => {
			const folder = join(recordings, pane, String(generation));
			return { pane, generation, folder };
		});
		const found = followed.filter(({ folder }) => existsSync(dirname(folder)));
		await link.request('places', {
			record: join(records, `${record.id}.json`),
			exits,
			recordings: found,
		});
	}

	#tell(member: Member, push: HolderPush): void {
		if (member.foreign.has(push.push === 'exit' ? push.exit.pane : push.pane)) return;
		if (push.push === 'resized') this.#sizes.set(push.pane, push);
		this.onPush.emit(push);
	}

	/** A holder of before does not tell whose a pane is: this journal's, unless that has begun anew. */
	#isOwn({ owner: marked }: PaneInfo): boolean {
		const owner = this.#places.owner();
		return owner !== null && (marked === undefined || marked === owner);
	}

	/** The connection ended: the holder is asked again while it lives, else its panes are lost. */
	#lost(member: Member): void {
		this.#members.delete(member.record.id);
		if (!this.#closed) void this.#reconnect(member);
	}

	/** Tells what has happened meanwhile. A holder that lives is never given up. */
	async #reconnect(lost: Pick<Member, 'record' | 'panes'>): Promise<void> {
		while (!this.#closed && isAlive(lost.record.process)) {
			const again = await this.connect(lost.record);
			if (again.ok) {
				this.#unreached.delete(lost.record.id);
				const panes = await this.#list(again.value);
				for (const { exit } of panes) if (exit) this.onPush.emit({ push: 'exit', exit });
				return;
			}
			await sleep(reconnectMs);
		}
		if (!this.#closed) this.#tellLost(lost);
	}

	#tellLost(member: Pick<Member, 'record' | 'panes'>): void {
		removeRecord(join(this.#places.records, `${member.record.id}.json`));
		for (const [pane, generation] of member.panes) this.onLost.emit({ pane, generation });
	}
}

/** Of its foreign panes those that still run. */
async function straysOf({ link, foreign }: Member): Promise<readonly Stray[]> {
	const listed = foreign.size > 0 ? await link.request('list', {}) : null;
	const panes = listed?.ok ? listed.value.panes : [];
	const strays = panes.map(async ({ pane, process, exit }): Promise<Stray[]> => {
		if (exit || !process || !foreign.has(pane)) return [];
		const spec = await link.request('spec', { pane });
		const { cwd: folder, argv } = (spec.ok && spec.value) || { cwd: '', argv: [] };
		return [{ pid: process.pid, folder, argv: unheld(argv) }];
	});
	return (await Promise.all(strays)).flat();
}
