// A holder from its first record to its last breath: it owns panes, serves peers, and leaves
// nothing behind when it goes.

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeRecord, writeRecord } from '../hosts/records.ts';
import { FollowedFolder } from '../lib/followed-folder.ts';
import { Listener } from '../lib/listener.ts';
import { descendantsOf, identityOf } from '../lib/processes.ts';
import { Tidying } from '../lib/tidying.ts';
import { type HolderRecord, holderProtocol } from '../protocol/holder.ts';
import { History } from '../terminal/history.ts';
import type { Pane } from './pane.ts';
import { Panes } from './panes.ts';
import { Peers } from './peers.ts';
import { keepReaping } from './reaping.ts';

export interface HolderOptions {
	readonly id: string;
	/** Files and folders, absolute. */
	readonly record: string;
	readonly exits: string;
	readonly socket: string;
	/** How many panes it takes. */
	readonly panes: number;
	readonly version: string;
	readonly log: (line: string) => void;
}

// A holder without panes that nobody talks to is forgotten; the next one starts in an instant.
const idleLimitMs = 15 * 60 * 1000;
const idleLookMs = 60 * 1000;
const recordLookMs = 3000;

export class Holder {
	readonly #options: HolderOptions;
	readonly #panes: Panes;
	readonly #peers: Peers;
	readonly #history = new History();
	readonly #tidying = new Tidying();
	readonly #listener: Listener;
	/** A repository may be moved while its agents run. */
	readonly #records: FollowedFolder;
	readonly #exits: FollowedFolder;
	readonly #record: HolderRecord;
	readonly #reaping: Disposable;
	readonly #timers: readonly NodeJS.Timeout[];
	#draining = false;
	#busyAt = performance.now();
	#ending: Promise<void> | undefined;
	#ended: () => void = () => undefined;

	/** Settles when the holder has ended its programs and removed its files. */
	readonly ended: Promise<void>;

	constructor(options: HolderOptions) {
		const self = identityOf(process.pid);
		if (!self) throw new Error('this system does not tell who a process is');
		this.#options = options;
		this.ended = new Promise((done) => {
			this.#ended = done;
		});
		this.#record = {
			id: options.id,
			socket: options.socket,
			token: randomBytes(32).toString('hex'),
			process: self,
			protocol: holderProtocol,
			version: options.version,
			since: new Date().toISOString(),
		};
		this.#records = new FollowedFolder(...followedRecords(options.record));
		this.#exits = new FollowedFolder(options.exits);
		this.#panes = new Panes({
			exits: this.#exits,
			limit: options.panes,
			history: this.#history,
			tidying: this.#tidying,
			log: options.log,
		});
		this.#peers = new Peers({
			...this.#record,
			records: this.#records,
			panes: this.#panes,
			settle: ({ record, exits }) => {
				this.#records.goTo(...followedRecords(record));
				this.#exits.goTo(exits);
			},
			drain: () => this.#drain(),
			shutdown: () => void this.shutdown(),
		});
		this.#listener = new Listener({
			path: options.socket,
			onConnection: (socket) => this.#peers.accept(socket),
			log: options.log,
		});
		this.#panes.onPush.on((push) => this.#peers.push(push));
		this.#panes.onChange.on(({ pane, urgent }) => this.#peers.changed(pane, urgent));
		this.#panes.onGone.on((pane) => this.#peers.gone(pane));
		this.#panes.onFewer.on(() => this.#endIfDrained());
		this.#reaping = keepReaping(() => this.#panes.programs());
		this.#timers = [
			setInterval(() => this.#endIfIdle(), idleLookMs),
			setInterval(() => void this.#keepRecord(), recordLookMs),
		];
	}

	/** Listens, then writes the record: who finds it finds a holder that answers. */
	async open(): Promise<void> {
		await this.#listener.open();
		await writeRecord(this.#recordFile, this.#record);
	}

	/** Ends every program by its ladder, then the holder. */
	shutdown(): Promise<void> {
		this.#ending ??= this.#end();
		return this.#ending;
	}

	get #recordFile(): string {
		return join(this.#records.path, basename(this.#options.record));
	}

	#drain(): void {
		this.#draining = true;
		this.#panes.close('this holder takes no new panes: it is being replaced');
		// After the answer has left.
		setImmediate(() => this.#endIfDrained());
	}

	#endIfDrained(): void {
		if (this.#draining && this.#panes.size === 0) void this.shutdown();
	}

	#endIfIdle(): void {
		const now = performance.now();
		if (this.#panes.size > 0 || this.#peers.greeted > 0) this.#busyAt = now;
		else if (now - this.#busyAt > idleLimitMs) void this.shutdown();
	}

	// Without its record nobody finds it. A folder that is gone means that its repository is.
	async #keepRecord(): Promise<void> {
		const { log } = this.#options;
		const record = this.#recordFile;
		if (this.#ending || existsSync(record)) return;
		if (!existsSync(dirname(record))) {
			const isIdle = this.#panes.size === 0 && this.#peers.greeted === 0;
			return isIdle ? this.shutdown() : undefined;
		}
		try {
			await writeRecord(record, this.#record);
			log('the record had vanished and was written again');
		} catch (error) {
			log(`the record cannot be written again: ${String(error)}`);
		}
	}

	async #end(): Promise<void> {
		this.#panes.close('this holder is shutting down');
		await Promise.all(this.#panes.all().map(ended));
		await endRest();
		for (const timer of this.#timers) clearInterval(timer);
		removeRecord(this.#recordFile);
		this.#listener[Symbol.dispose]();
		this.#peers[Symbol.dispose]();
		this.#panes[Symbol.dispose]();
		this.#reaping[Symbol.dispose]();
		this.#tidying[Symbol.dispose]();
		await this.#history.close();
		this.#records[Symbol.dispose]();
		this.#exits[Symbol.dispose]();
		this.#ended();
	}
}

/** Whoever removes the folders of weir and makes them anew finds the record there again. */
function followedRecords(record: string): [folder: string, anchor: string] {
	const folder = dirname(record);
	return [folder, join(folder, '..', '..')];
}

function ended(pane: Pane): Promise<void> {
	if (!pane.running) return Promise.resolve();
	return new Promise((done) => {
		pane.onEnd.on(() => done());
		pane.program.stop();
	});
}

// What left its pane without a trace is still a descendant of this subreaper.
async function endRest(): Promise<void> {
	for (let round = 0; round < 10; round += 1) {
		const rest = descendantsOf(process.pid);
		if (rest.length === 0) return;
		for (const pid of rest) {
			try {
				process.kill(pid, 'SIGKILL');
			} catch {
				// It ended meanwhile.
			}
		}
		await sleep(20);
	}
}
