// The panes of the agents: rows come straight from their holders, keys go straight to them. Only what
// is visible is watched; a pane without a tile costs nothing and keeps the size it had.
import type { HolderLink } from '../../client/holder-link.ts';
import type { AgentId } from '../../domain/ids.ts';
import { Emitter } from '../../lib/emitter.ts';
import { type Closer, Lifetime } from '../../lib/lifetime.ts';
import type { Outcome } from '../../lib/outcome.ts';
import type { HolderPush, TerminalColours } from '../../protocol/holder.ts';
import type { PaneAddress } from '../../protocol/requests/terminal-requests.ts';
import type { RowsPush } from '../../protocol/rows.ts';
import type { Painter } from '../paint/painter.ts';
import { HolderLines } from './holder-lines.ts';
import { LivePane } from './live-pane.ts';
import { PaneWatch, type Showing } from './pane-watch.ts';

/** A tile that wants to be painted. */
export interface WantedPane extends Showing {
	readonly agent: AgentId;
}

export interface PanesOptions {
	readonly painter: Painter;
	/** Those of the user's terminal, for programs that ask; null where it does not tell. */
	readonly colours: () => TerminalColours | null;
	/** Where an agent's pane can be reached. */
	readonly locate: (agent: AgentId) => Promise<Outcome<PaneAddress>>;
	/** Runs after a pane came to life, changed size or mode, or was scrolled. */
	readonly onChange: (agent: AgentId) => void;
	/** Keys that could not be delivered. */
	readonly onTypingFailed: (agent: AgentId, why: string) => void;
}

/** So long after the last key somebody is taken to be here; holders count by the same. */
const hereMs = 10_000;
/** Between two claims: what another client does in between shows. */
const claimMs = 2000;

export class Panes implements AsyncDisposable {
	/** The scroll position of a pane changed, or lines came while it is scrolled. */
	readonly onScroll = new Emitter<AgentId>();
	readonly #options: PanesOptions;
	readonly #lines: HolderLines;
	readonly #lifetime = new Lifetime();
	readonly #watches = new Map<AgentId, PaneWatch>();
	readonly #onTaken = new Emitter<void>();
	#lastNumber = 0;
	#usedAt = performance.now();
	#claimedAt = Number.NEGATIVE_INFINITY;
	#claimAgain: Closer | undefined;

	constructor(options: PanesOptions) {
		this.#options = options;
		this.#lines = new HolderLines((link) => tellColours(link, options.colours()));
		this.#lifetime.add(this.#lines);
		this.#lines.onRows.on(({ link, value }) => this.#rows(link, value));
		this.#lines.onPush.on(({ link, value }) => this.#heard(link, value));
		this.#lines.onGone.on((link) => {
			for (const watch of this.#at(link)) watch.gone();
		});
	}

	/** The pane of an agent, once it was looked at. */
	of(agent: AgentId): LivePane | undefined {
		return this.#watches.get(agent)?.pane;
	}

	/** Shows these panes from now on. What is new is watched, what is no longer there is not. */
	show(wanted: readonly WantedPane[]): void {
		const places = new Set(wanted.map(({ agent }) => agent));
		for (const [agent, watch] of this.#watches)
			if (!places.has(agent) && watch.wanted) watch.hide();
		for (const { agent, ...showing } of wanted) this.#watchOf(agent).show(showing);
	}

	/** Resolves when every visible pane has rows, or after `limitMs`. */
	firstRows(limitMs: number): Promise<void> {
		const complete = () =>
			[...this.#watches.values()].every(({ wanted, pane }) => !wanted || pane.shown);
		if (complete()) return Promise.resolve();
		return new Promise((resolve) => {
			const waiting = this.#lifetime.child();
			waiting.add(resolve);
			waiting.timer(limitMs, () => void waiting.close());
			waiting.add(
				this.#onTaken.on(() => {
					if (complete()) void waiting.close();
				}),
			);
		});
	}

	/** Agents that are gone for good. */
	forget(kept: ReadonlySet<AgentId>): void {
		for (const [agent, watch] of this.#watches) {
			if (kept.has(agent)) continue;
			watch.hide();
			this.#options.painter.compositor.drop(watch.pane.number);
			this.#watches.delete(agent);
		}
	}

	/** Something may have changed for the agent: a pane that could not be reached is tried again. */
	retry(agent: AgentId): void {
		this.#watches.get(agent)?.retry();
	}

	/** Sends what was typed to an agent's program, once its pane is open where it is being opened. */
	type(agent: AgentId, bytes: Uint8Array): void {
		const watch = this.#watches.get(agent);
		if (watch?.keep(bytes)) return;
		const pane = watch?.pane;
		if (!pane?.link) {
			this.#options.onTypingFailed(agent, 'its pane cannot be reached yet');
			return;
		}
		this.#options.painter.urgent(pane.number);
		void pane.type(bytes).then((typed) => {
			if (!typed.ok) this.#options.onTypingFailed(agent, typed.refusal.message);
			return undefined;
		});
	}

	/** Sends a report to an agent's program; one that cannot be reached misses it. */
	tell(agent: AgentId, report: Uint8Array): void {
		void this.of(agent)?.tell(report);
	}

	/** Somebody is here: panes that another client gives another size are claimed. */
	used(): void {
		this.#usedAt = performance.now();
		if (this.#usedAt - this.#claimedAt < claimMs || !this.#claim(true)) return;
		this.#claimedAt = this.#usedAt;
		// Who was at the other client until just now counts until then.
		void this.#claimAgain?.();
		this.#claimAgain = this.#lifetime.timer(hereMs + claimMs, () => {
			this.#claimAgain = undefined;
			this.#claim(false);
		});
	}

	/** The colours of the user's terminal are known now, or are others. */
	tellColours(): void {
		this.#lines.greetAgain();
	}

	/** A push of this compositor pane went missing: asks for a full set. */
	lost(number: number): void {
		for (const watch of this.#watches.values())
			if (watch.pane.number === number) void watch.lost();
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.#lifetime.close();
	}

	#watchOf(agent: AgentId): PaneWatch {
		const known = this.#watches.get(agent);
		if (known) return known;
		this.#lastNumber += 1;
		const { painter, locate, onChange, onTypingFailed } = this.#options;
		const pane = new LivePane(agent, this.#lastNumber, painter, () =>
			this.onScroll.emit(agent),
		);
		const watch = new PaneWatch({
			pane,
			lines: this.#lines,
			lifetime: this.#lifetime,
			locate: () => locate(agent),
			isHere: () => performance.now() - this.#usedAt < hereMs,
			onChange: () => onChange(agent),
			onTaken: () => this.#onTaken.emit(),
			onReached: (typed) => this.type(agent, typed),
			onUnreached: () => onTypingFailed(agent, 'its pane could not be reached'),
		});
		this.#watches.set(agent, watch);
		return watch;
	}

	/** Whether there was a pane to claim. */
	#claim(used: boolean): boolean {
		let claimed = false;
		for (const { wanted, pane } of this.#watches.values()) {
			if (!wanted || !pane.sizedElsewhere) continue;
			pane.claim(used);
			claimed = true;
		}
		return claimed;
	}

	/** The panes of a holder. */
	#at(link: HolderLink): readonly PaneWatch[] {
		return [...this.#watches.values()].filter(({ pane }) => pane.link === link);
	}

	#rows(link: HolderLink, push: RowsPush): void {
		for (const watch of this.#watches.values()) {
			const { pane } = watch;
			if (pane.link === link && pane.remote === push.pane) return watch.take(push);
		}
	}

	#heard(link: HolderLink, push: HolderPush): void {
		for (const watch of this.#at(link)) {
			const { pane } = watch;
			if (push.push === 'resized' && pane.name === push.pane) {
				pane.resized({ columns: push.columns, rows: push.rows });
				this.#options.onChange(pane.agent);
			}
		}
	}
}

/** An older holder does not know what to do with them: its programs are told of a common terminal. */
function tellColours(link: HolderLink, colours: TerminalColours | null): void {
	if (colours) void link.request('colours', colours);
}
