// Gets what the agent in focus changes, and what differs in the file under the cursor: as the cursor comes
// there, and when the agent's files came to rest or its branch moved.
import type { Agent } from '../../domain/agent.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Hunk, HunkPlace } from '../../domain/review/hunk.ts';
import type { State } from '../../domain/state.ts';
import type { Outcome } from '../../lib/outcome.ts';
import type { Observation } from '../../protocol/observation.ts';
import type { HunksJson, ReviewFile, ReviewJson } from '../../protocol/review.ts';
import type { HunkColours } from '../syntax/hunk-colours.ts';
import type { View } from '../view.ts';
import type { ViewChange } from '../view-change.ts';
import { fileAimedAt, reviewedAgent, sidesOf } from './reviewed.ts';

export interface ReviewKeeperOptions {
	readonly now: () => {
		readonly state: State;
		readonly observed: Readonly<Record<AgentId, Observation>>;
	};
	readonly view: () => View;
	readonly change: (change: ViewChange<'review'>) => void;
	readonly after: (milliseconds: number, run: () => void) => () => void;
	readonly review: (agent: Agent) => Promise<Outcome<ReviewJson>>;
	readonly hunks: (file: ReviewFile) => Promise<Outcome<HunksJson>>;
	readonly places: (
		agent: Agent,
		file: ReviewFile,
	) => Promise<Outcome<{ readonly places: readonly HunkPlace[] | null }>>;
	/** Null where there are none. */
	readonly colours: (path: string, hunks: readonly Hunk[]) => Promise<HunkColours | null>;
}

/** A worktree that cannot be watched is looked at so often, and one that could not be read. */
const againMs = 5000;
/** The agent stages as it likes, which nothing tells of. */
const placesMs = 3000;

export class ReviewKeeper {
	readonly #options: ReviewKeeperOptions;
	/** What the review that was asked for last is of, and of which moment. */
	#asked = '';
	#asking = false;
	/** The contents that were asked for last. */
	#sides = '';
	#again: (() => void) | undefined;
	#looking = false;
	#lookAgain: (() => void) | undefined;

	constructor(options: ReviewKeeperOptions) {
		this.#options = options;
	}

	/** The view or the state is another. */
	changed(): void {
		const { view, now } = this.#options;
		if (view().screen !== 'review') return this.#forget();
		const { state } = now();
		const agent = reviewedAgent(state, view());
		if (!agent) return;
		if (this.#moment(agent) !== this.#asked) void this.#ask(agent);
		const file = fileAimedAt(state, view());
		if (file && keyOf(file) !== this.#sides) void this.#read(file);
		else if (file && view().review.places?.sides !== sidesOf(file)) void this.#look();
	}

	/** How far its hunks have come, now and as long as somebody looks. */
	async #look(): Promise<void> {
		if (this.#looking) return;
		const { view, now, change, places, after } = this.#options;
		const agent = reviewedAgent(now().state, view());
		const file = fileAimedAt(now().state, view());
		if (view().screen !== 'review' || !agent || !file) return;
		this.#looking = true;
		this.#lookAgain?.();
		const told = await places(agent, file);
		this.#looking = false;
		this.#lookAgain = after(placesMs, () => void this.#look());
		const words = told.ok ? (told.value.places ?? []) : [];
		const found = { sides: sidesOf(file), words };
		const same = JSON.stringify(view().review.places) === JSON.stringify(found);
		if (!same && view().screen === 'review')
			change({ kind: 'review', review: { places: found } });
	}

	#forget(): void {
		this.#lookAgain?.();
		this.#lookAgain = undefined;
		this.#again?.();
		this.#again = undefined;
		this.#asked = '';
		this.#sides = '';
	}

	/** Whatever makes another review of it. */
	#moment({ id, life, scope, base }: Agent): string {
		const { head, diff, outside, rests } = this.#options.now().observed[id] ?? {};
		const told = [head, diff, outside?.count, rests];
		return JSON.stringify([id, life.kind, scope, base, told]);
	}

	async #ask(agent: Agent): Promise<void> {
		// What changes meanwhile is asked for once the answer is there.
		if (this.#asking) return;
		this.#asking = true;
		this.#asked = this.#moment(agent);
		const review = await this.#options.review(agent);
		this.#asking = false;
		const { view, change, now } = this.#options;
		if (view().screen !== 'review') return;
		const { unwatched } = now().observed[agent.id] ?? {};
		if (!review.ok || unwatched !== undefined) this.#askAgain();
		const same = view().review.told?.agent === agent.id;
		const told = { agent: agent.id, review };
		change({
			kind: 'review',
			review: same ? { told } : { told, path: null, spot: null },
		});
	}

	#askAgain(): void {
		this.#again ??= this.#options.after(againMs, () => {
			this.#again = undefined;
			this.#asked = '';
			this.changed();
		});
	}

	async #read(file: ReviewFile): Promise<void> {
		const sides = keyOf(file);
		this.#sides = sides;
		const hunks = await this.#options.hunks(file);
		const { view, change } = this.#options;
		if (view().screen !== 'review' || this.#sides !== sides) return;
		const { path } = file;
		change({ kind: 'review', review: { file: { sides: sidesOf(file), path, hunks } } });
		if (!hunks.ok || view().theme.depth === 'mono') return;
		const found = await this.#options.colours(path, hunks.value.hunks);
		if (!found || this.#sides !== sides) return;
		const colours = { sides: sidesOf(file), hunks: found };
		change({ kind: 'review', review: { colours } });
	}
}

function keyOf(file: ReviewFile): string {
	return `${sidesOf(file)} ${file.path}`;
}
