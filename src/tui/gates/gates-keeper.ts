// Gets what the gate under the cursor said: as the cursor comes there, when its verdict or its run
// changes, and now and then while it runs. Nothing is asked while nothing changes and nothing runs.
import type { State } from '../../domain/state.ts';
import type { Outcome } from '../../lib/outcome.ts';
import type { GateReportJson } from '../../protocol/gates.ts';
import type { Observation } from '../../protocol/observation.ts';
import type { View } from '../view.ts';
import type { ViewChange } from '../view-change.ts';
import { cellAimedAt, type GateCell, reportAimedAt, runsIn } from './gate-table.ts';
import type { GatesView } from './gates-view.ts';
import { printedLines } from './printed-lines.ts';

export interface GatesKeeperOptions {
	readonly now: () => {
		readonly state: State;
		readonly observed: Readonly<Record<string, Observation>>;
	};
	readonly view: () => View;
	readonly change: (change: ViewChange<'gates' | 'tick'>) => void;
	readonly after: (milliseconds: number, run: () => void) => () => void;
	readonly report: (cell: GateCell) => Promise<Outcome<GateReportJson>>;
	/** What is told beside of them, as slots and suggestions; null where nothing is. */
	readonly room: (
		cell: GateCell | null,
	) => Promise<Pick<GatesView, 'slots' | 'suggested'> | null>;
}

const beatMs = 500;

export class GatesKeeper {
	readonly #options: GatesKeeperOptions;
	/** What the report that was asked for last is of. */
	#asked = '';
	/** The settings that the room was asked for by last. */
	#roomOf = '';
	#asking = false;
	#beat: (() => void) | undefined;

	constructor(options: GatesKeeperOptions) {
		this.#options = options;
	}

	/** The view or the state is another. */
	changed(): void {
		const { view, now } = this.#options;
		if (view().screen !== 'gates') return this.#forget();
		const { state, observed } = now();
		const cell = cellAimedAt(state, view());
		this.#askRoom(cell, state);
		if (!cell) return;
		if (this.#standing(cell) !== this.#asked) void this.#ask(cell);
		if (runsIn(state, observed).running > 0)
			this.#beat ??= this.#options.after(beatMs, () => this.#onBeat());
	}

	#forget(): void {
		this.#beat?.();
		this.#beat = undefined;
		this.#asked = '';
		this.#roomOf = '';
	}

	/** Time goes on for what runs, and what it prints grows. */
	#onBeat(): void {
		const { change, view, now } = this.#options;
		this.#beat = undefined;
		const { state, observed } = now();
		const cell = cellAimedAt(state, view());
		if (cell && observed[cell.agent.id]?.gates?.[cell.gate]) void this.#ask(cell);
		change({ kind: 'tick', now: Date.now() });
	}

	/** Whatever makes another report of it. */
	#standing({ agent, gate }: GateCell): string {
		const { observed } = this.#options.now();
		const { verdict, compared, fault, run } = agent.gates[gate] ?? {};
		const runs = observed[agent.id]?.gates?.[gate]?.began;
		const tree = [agent.tree?.tree, agent.tree?.moved];
		const said = [verdict?.key, verdict?.at, compared?.base, compared?.fresh, fault];
		return JSON.stringify([agent.id, gate, tree, said, run?.effect, runs]);
	}

	async #ask(cell: GateCell): Promise<void> {
		// What changes meanwhile is asked for once the answer is there.
		if (this.#asking) return;
		this.#asking = true;
		this.#asked = this.#standing(cell);
		const told = await this.#options.report(cell);
		this.#asking = false;
		const { view, change, now } = this.#options;
		if (view().screen !== 'gates') return;
		const { agent, gate } = cell;
		const lines = told.ok ? printedLines(told.value.output) : [];
		const report = { agent: agent.id, gate, told, lines };
		const same = reportAimedAt(now().state, view()) !== null;
		const failure = same ? view().gates.failure : 0;
		change({ kind: 'gates', gates: { report, failure } });
	}

	#askRoom(cell: GateCell | null, { settings: { gates, gateSlots } }: State): void {
		const of = JSON.stringify([gateSlots, Object.keys(gates).length]);
		if (this.#roomOf === of) return;
		this.#roomOf = of;
		void this.#lookAround(cell);
	}

	async #lookAround(cell: GateCell | null): Promise<void> {
		const room = await this.#options.room(cell);
		if (room) this.#options.change({ kind: 'gates', gates: room });
	}
}
