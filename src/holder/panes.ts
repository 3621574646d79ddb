// The panes of this holder by name, and the records of how their programs ended.

import {
	exitFile,
	forgetOldExits,
	readExit,
	removeRecord,
	writeRecord,
} from '../hosts/records.ts';
import { Emitter } from '../lib/emitter.ts';
import type { FollowedFolder } from '../lib/followed-folder.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { Tidying } from '../lib/tidying.ts';
import type {
	ExitRecord,
	HolderPush,
	PaneInfo,
	SpawnRequest,
	TerminalColours,
} from '../protocol/holder.ts';
import type { History } from '../terminal/history.ts';
import { Pane } from './pane.ts';
import { ShownSizes, type Size } from './shown-sizes.ts';

export interface PanesOptions {
	/** Folder of the exit records. */
	readonly exits: Pick<FollowedFolder, 'path'>;
	/** How many panes there may be. */
	readonly limit: number;
	readonly history: History;
	readonly tidying: Tidying;
	readonly log: (line: string) => void;
}

/** An end that nobody collects is kept this long. */
export const keptMs = 24 * 60 * 60 * 1000;

export class Panes implements Disposable {
	readonly onPush = new Emitter<HolderPush>();
	readonly onChange = new Emitter<{ readonly pane: Pane; readonly urgent: boolean }>();
	/** A pane is gone: its rows will not come again. */
	readonly onGone = new Emitter<Pane>();
	/** A program has ended, or a pane is gone. */
	readonly onFewer = new Emitter<void>();

	readonly #options: PanesOptions;
	readonly #panes = new Map<string, Pane>();
	readonly #sweep: NodeJS.Timeout;
	readonly #sizes = new ShownSizes<Pane, object>(() => performance.now());
	#lastNumber = 0;
	#colours: TerminalColours | null = null;
	#closed: string | undefined;

	constructor(options: PanesOptions) {
		this.#options = options;
		this.#sweep = setInterval(() => this.#forgetOld(), sweepMs);
		this.#sweep.unref();
	}

	get size(): number {
		return this.#panes.size;
	}

	/** Takes no new pane from now on; `reason` is the sentence of the refusal. */
	close(reason: string): void {
		this.#closed = reason;
	}

	/** The colours that programs are told, in panes of today and of later. */
	setColours(colours: TerminalColours): void {
		this.#colours = colours;
		for (const pane of this.#panes.values()) pane.setColours(colours);
	}

	all(): readonly Pane[] {
		return [...this.#panes.values()];
	}

	/** The processes that were spawned and have not been told to have ended. */
	programs(): ReadonlySet<number> {
		return new Set(
			this.all().flatMap((pane) => (pane.running ? [pane.program.pid] : [])),
		);
	}

	find(name: string): Outcome<Pane> {
		const pane = this.#panes.get(name);
		return pane ? ok(pane) : refuse('pane.unknown', `there is no pane ${name}`);
	}

	findNumbered(number: number): Outcome<Pane> {
		for (const pane of this.#panes.values()) if (pane.number === number) return ok(pane);
		return refuse('pane.unknown', `there is no pane of number ${number}`);
	}

	/** The pane while its program of this generation is there to be signalled. */
	findRunning(name: string, generation: number): Outcome<Pane> {
		const found = this.find(name);
		if (!found.ok) return found;
		const { spec, running } = found.value;
		if (spec.generation !== generation)
			return refuse(
				'pane.generation',
				`${name} is at generation ${spec.generation}, not ${generation}`,
			);
		if (!running) return refuse('pane.ended', `the program of ${name} has ended`);
		return found;
	}

	/** Starts a program; an ended pane of that name and an older generation gives way. */
	spawn(spec: SpawnRequest): Outcome<PaneInfo> {
		const allowed = this.#maySpawn(spec);
		if (!allowed.ok) return allowed;
		const started = Pane.start((this.#lastNumber += 1), spec, {
			...this.#options,
			record: (exit) => this.#recordExit(exit),
		});
		if (!started.ok) return started;
		const before = this.#panes.get(spec.pane);
		if (before) this.#drop(before);
		const pane = started.value;
		if (this.#colours) pane.setColours(this.#colours);
		this.#panes.set(spec.pane, pane);
		this.#listen(pane);
		return ok(pane.info());
	}

	/** A viewer shows a pane in so many cells; whether somebody is there. */
	show(pane: Pane, viewer: object, size: Size, used: boolean): void {
		this.#resize(pane, this.#sizes.show(pane, viewer, size, used));
	}

	/** A viewer shows a pane no longer. */
	hide(pane: Pane, viewer: object): void {
		this.#resize(pane, this.#sizes.hide(pane, viewer));
	}

	/** A viewer is gone. */
	leave(viewer: object): void {
		for (const pane of this.#sizes.shownBy(viewer)) this.hide(pane, viewer);
	}

	/** Forgets an ended pane; its record, also one of a generation that gave way, or null. */
	collect(name: string, generation: number): Outcome<ExitRecord | null> {
		const pane = this.#panes.get(name);
		const same = pane?.spec.generation === generation ? pane : undefined;
		if (same?.running)
			return refuse('pane.running', `the program of ${name} has not ended`);
		if (!isPaneName(name)) return ok(null);
		const record = same?.exit ?? readExit(this.#options.exits.path, name, generation);
		removeRecord(exitFile(this.#options.exits.path, name, generation));
		if (same) this.#drop(same);
		return ok(record);
	}

	[Symbol.dispose](): void {
		clearInterval(this.#sweep);
		for (const pane of this.#panes.values()) pane[Symbol.dispose]();
		this.#panes.clear();
	}

	#maySpawn({ pane, generation }: SpawnRequest): Outcome<void> {
		if (this.#closed !== undefined) return refuse('holder.draining', this.#closed);
		if (!isPaneName(pane))
			return refuse('pane.name', `${JSON.stringify(pane)} cannot name a pane`);
		const before = this.#panes.get(pane);
		if (before?.running)
			return refuse(
				'pane.running',
				`${pane} runs generation ${before.spec.generation} already`,
			);
		if (before && before.spec.generation >= generation)
			return refuse(
				'pane.generation',
				`${pane} has had generation ${before.spec.generation} already`,
			);
		if (!before && this.#panes.size >= this.#options.limit)
			return refuse(
				'holder.full',
				`this holder has its ${this.#options.limit} panes already`,
			);
		return ok(undefined);
	}

	#resize(pane: Pane, size: Size | null): void {
		if (!size) return;
		const { columns, rows } = size;
		pane.resize(columns, rows);
		this.onPush.emit({ push: 'resized', pane: pane.spec.pane, columns, rows });
	}

	#listen(pane: Pane): void {
		const name = pane.spec.pane;
		const { generation } = pane.spec;
		pane.onChange.on(({ urgent }) => this.onChange.emit({ pane, urgent }));
		pane.onSignal.on((signal) =>
			this.onPush.emit({ push: 'signal', pane: name, generation, signal }),
		);
		pane.onRecording.on((recording) =>
			this.onPush.emit({ push: 'recording', pane: name, generation, recording }),
		);
		pane.program.onStopping.on(({ sent, living }) =>
			this.onPush.emit({ push: 'stopping', pane: name, generation, sent, living }),
		);
		pane.onEnd.on((exit) => {
			this.onPush.emit({ push: 'exit', exit });
			this.onFewer.emit();
		});
	}

	async #recordExit(exit: ExitRecord): Promise<void> {
		try {
			const file = exitFile(this.#options.exits.path, exit.pane, exit.generation);
			await writeRecord(file, exit);
		} catch (error) {
			// A full disk must not hide that the program ended; `list` still tells it.
			this.#options.log(
				`the end of ${exit.pane} could not be recorded: ${String(error)}`,
			);
		}
	}

	#drop(pane: Pane): void {
		this.#panes.delete(pane.spec.pane);
		this.#sizes.forget(pane);
		this.onGone.emit(pane);
		pane[Symbol.dispose]();
		this.onFewer.emit();
	}

	#forgetOld(): void {
		for (const pane of this.#panes.values())
			if (pane.exit && Date.now() - Date.parse(pane.exit.at) > keptMs) this.#drop(pane);
		forgetOldExits(this.#options.exits.path, keptMs);
	}
}

const sweepMs = 10 * 60 * 1000;

// A pane's name is part of a file's name.
function isPaneName(name: string): boolean {
	return /^[A-Za-z0-9_@+:][A-Za-z0-9._@+:-]{0,127}$/.test(name);
}
