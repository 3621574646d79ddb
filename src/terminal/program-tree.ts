// Which processes belong to one program that was spawned: everything it has started, however far
// that has detached itself. Looks only; endings.ts acts.
import { markOf } from '../lib/lineage.ts';
import {
	descendantsIn,
	type ProcessRow,
	type ProcessTable,
} from '../lib/process-table.ts';
import {
	ancestorsOf,
	eachDescendant,
	eachProcess,
	identityOf,
	isMarked,
	type ProcessIdentity,
	processRow,
} from '../lib/processes.ts';

/** How the processes of one program are known. The more is given, the less can hide. */
export interface ProgramOrigin {
	/** The process that was spawned; it may have ended. */
	readonly root: ProcessIdentity;
	/** A variable that was set for this program and no other. */
	readonly variable?: { readonly name: string; readonly value: string } | undefined;
	/** What it was started to wear: `newMark` of lineage.ts. */
	readonly mark?: string | null | undefined;
}

/**
 * A process belongs to the tree if one of these holds:
 * - its parent belongs to it;
 * - its session or group was founded by a member;
 * - its environment sets the variable, or it wears the mark.
 * Members that were seen once are remembered, so that what they leave behind is found after they
 * have ended: for that, this process has to be a subreaper. This process, its ancestors and pid 1
 * never belong.
 */
export class ProgramTree {
	readonly #origin: ProgramOrigin;
	/** Start time by pid of all members seen that still matter. */
	readonly #known: Map<number, string>;
	/** Processes whose environment and mark have been looked at in vain. */
	readonly #strangers = new Set<string>();

	constructor(origin: ProgramOrigin) {
		this.#origin = origin;
		const { pid, startTime, bootId } = origin.root;
		// Of another boot nothing runs any more, whatever bears these numbers now.
		const sameBoot = identityOf(process.pid)?.bootId === bootId;
		this.#known = new Map(sameBoot ? [[pid, startTime]] : []);
	}

	/** Whether a member that was seen earlier still runs. Cheaper than `members`. */
	get anyKnownRuns(): boolean {
		for (const [pid, startTime] of this.#known) {
			const row = processRow(pid);
			if (row && row.startTime === startTime && !row.ended) return true;
		}
		return false;
	}

	/**
	 * All members that run now, parents before children. `onFound` is told of most of them while
	 * the look is still on: what flees must be held at once.
	 */
	members(onFound?: (row: ProcessRow) => void): ProcessRow[] {
		return this.#look(eachProcess(), true, onFound);
	}

	/**
	 * The members among the descendants of this process, at the cost of those alone. If it was a
	 * subreaper when the program was spawned, only daemons of the machine that work for the
	 * program, by its variable, lie outside.
	 */
	nearMembers(onFound?: (row: ProcessRow) => void): ProcessRow[] {
		return this.#look(eachDescendant(process.pid), false, onFound);
	}

	#look(
		rows: Iterable<ProcessRow>,
		whole: boolean,
		onFound: (row: ProcessRow) => void = () => undefined,
	): ProcessRow[] {
		const spared = new Set([
			0,
			1,
			process.pid,
			...(ancestorsOf(process.pid) ?? [process.ppid]),
		]);
		const table = new Map<number, ProcessRow>();
		const found = new Map<number, ProcessRow>();
		const add = (row: ProcessRow) => {
			if (found.has(row.pid) || spared.has(row.pid)) return;
			found.set(row.pid, row);
			if (!row.ended) onFound(row);
		};
		for (const row of rows) {
			table.set(row.pid, row);
			if (found.has(row.parent) || this.#isKnown(row) || this.#isTold(row, spared))
				add(row);
		}
		const founders = this.#founders(table);
		for (let before = -1; before !== found.size; ) {
			before = found.size;
			const isFounder = (pid: number) => founders.has(pid) || found.has(pid);
			for (const row of table.values())
				if (isFounder(row.session) || isFounder(row.group)) add(row);
			for (const row of descendantsIn(table, found.keys())) add(row);
		}
		this.#remember(table, found, whole);
		return parentsFirst([...found.values()].filter((row) => !row.ended));
	}

	/**
	 * Numbers that stand for a session or group of this program. The number of a member that has
	 * ended could be somebody else's by now: then it has a bearer with another start, or one that
	 * has ended too, against which only those heirs count that this process has adopted.
	 */
	#founders(table: ProcessTable): Set<number> {
		const founders = new Set<number>();
		let adopted: Set<number> | undefined;
		for (const [pid, startTime] of this.#known) {
			const bearer = table.get(pid);
			if (bearer) {
				if (bearer.startTime === startTime) founders.add(pid);
				continue;
			}
			adopted ??= new Set(descendantsIn(table, [process.pid]).map((row) => row.pid));
			const heirs = heirsOf(table, pid);
			if (heirs.length > 0 && heirs.every((row) => adopted?.has(row.pid)))
				founders.add(pid);
		}
		return founders;
	}

	#isKnown(row: ProcessRow): boolean {
		return this.#known.get(row.pid) === row.startTime;
	}

	#isTold(row: ProcessRow, spared: ReadonlySet<number>): boolean {
		const { variable, mark } = this.#origin;
		if (row.ended || spared.has(row.pid)) return false;
		const key = keyOf(row);
		if (this.#strangers.has(key)) return false;
		const marked = variable ? isMarked(row.pid, variable.name, variable.value) : false;
		if (marked || (mark && markOf(row.pid) === mark)) return true;
		if (marked === false) this.#strangers.add(key);
		return false;
	}

	/** A look at everything forgets what can matter no more: a storm leaves nothing behind. */
	#remember(table: ProcessTable, found: ProcessTable, whole: boolean): void {
		if (whole) {
			const founders = new Set<number>();
			const present = new Set<string>();
			for (const row of table.values()) {
				founders.add(row.session).add(row.group);
				present.add(keyOf(row));
			}
			for (const [pid, startTime] of this.#known) {
				const bearer = table.get(pid);
				const matters = bearer ? bearer.startTime === startTime : founders.has(pid);
				if (!matters) this.#known.delete(pid);
			}
			for (const key of this.#strangers)
				if (!present.has(key)) this.#strangers.delete(key);
		}
		for (const row of found.values()) this.#known.set(row.pid, row.startTime);
	}
}

function heirsOf(table: ProcessTable, founder: number): ProcessRow[] {
	return [...table.values()].filter(
		(row) => row.session === founder || row.group === founder,
	);
}

function parentsFirst(rows: readonly ProcessRow[]): ProcessRow[] {
	const table = new Map(rows.map((row) => [row.pid, row]));
	const outside = rows.map((row) => row.parent).filter((pid) => !table.has(pid));
	return descendantsIn(table, outside);
}

function keyOf(row: ProcessRow): string {
	return `${row.pid} ${row.startTime}`;
}
