// The panes of the agents: rows come straight from their holders, keys go straight to them. Only what
// is visible is watched; a pane without a tile costs nothing and keeps the size it had.
import type { HolderLink } from '../../client/holder-link.ts';
import type { Area } from '../../domain/area.ts';
import type { AgentId } from '../../domain/ids.ts';
import { Emitter } from '../../lib/emitter.ts';
import { type Closer, Lifetime } from '../../lib/lifetime.ts';
import type { Outcome } from '../../lib/outcome.ts';
import type { PaneAddress } from '../../protocol/client.ts';
import type { HolderPush, TerminalColours } from '../../protocol/holder.ts';
import type { RowsPush } from '../../protocol/rows.ts';
import type { Painter } from '../paint/painter.ts';
import { HolderLines } from './holder-lines.ts';
import { LivePane } from './live-pane.ts';
import { readTitle, toldTitle } from './program-title.ts';

/** A tile that wants to be painted. */
export interface WantedPane {
	readonly agent: AgentId;
	readonly generation: number;
	/** Its program is still to come: a pane of an older generation may stand in its place. */
	readonly starting: boolean;
	readonly inner: Area;
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

const resizeMs = 150;
/** So long after the last key somebody is taken to be here; holders count by the same. */
const hereMs = 10_000;
/** Between two claims: what another client does in between shows. */
const claimMs = 2000;
const retryMs = 400;
/** Pushes that a holder may send ahead of our credit. */
const credit = 4;

export class Panes implements AsyncDisposable {
	/** The scroll position of a pane changed, or lines came while it is scrolled. */
	readonly onScroll = new Emitter<AgentId>();
	readonly #options: PanesOptions;
	readonly #lines: HolderLines;
	readonly #lifetime = new Lifetime();
	readonly #panes = new Map<AgentId, LivePane>();
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
		this.#lines.onPush.on(({ link, value }) => {
			for (const pane of this.#panes.values())
				if (pane.link === link) this.#title(pane, toldTitle(value, pane.name));
		});
		this.#lines.onGone.on((link) => this.#gone(link));
	}

	/** The pane of an agent, once it was looked at. */
	of(agent: AgentId): LivePane | undefined {
		return this.#panes.get(agent);
	}

	/**
	 * Shows these panes from now on. What is new is watched, what is no longer there is not, and a
	 * tile that has another size for a while gives it to its program.
	 */
	show(wanted: readonly WantedPane[]): void {
		const places = new Set(wanted.map(({ agent }) => agent));
		for (const [agent, pane] of this.#panes)
			if (!places.has(agent) && pane.wanted) this.#hide(pane);
		for (const { agent, generation, starting, inner } of wanted) {
			const pane = this.#paneOf(agent);
			pane.starting = starting;
			const size = { columns: Math.max(2, inner.width), rows: Math.max(1, inner.height) };
			const resized = pane.place(inner, size);
			if (!pane.wanted || pane.generation !== generation) {
				pane.wanted = true;
				pane.generation = generation;
				void this.#watch(pane);
			} else if (resized) this.#resizeSoon(pane);
		}
	}

	/** Resolves when every visible pane has rows, or after `limitMs`. */
	firstRows(limitMs: number): Promise<void> {
		const complete = () =>
			[...this.#panes.values()].every(({ wanted, shown }) => !wanted || shown);
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
		for (const [agent, pane] of this.#panes) {
			if (kept.has(agent)) continue;
			this.#hide(pane);
			this.#options.painter.compositor.drop(pane.number);
			this.#panes.delete(agent);
		}
	}

	/** Something may have changed for the agent: a pane that could not be reached is tried again. */
	retry(agent: AgentId): void {
		const pane = this.#panes.get(agent);
		if (pane?.wanted && pane.link === null && !pane.opening) void this.#watch(pane);
	}

	/** Sends what was typed to an agent's program, once its pane is open where it is being opened. */
	type(agent: AgentId, bytes: Uint8Array): void {
		const pane = this.#panes.get(agent);
		if (pane?.opening && !pane.link && pane.typedAhead.keep(bytes)) return;
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
		void this.#panes.get(agent)?.tell(report);
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
		for (const pane of this.#panes.values())
			if (pane.number === number)
				void this.#rewatch(pane).then((watched) => {
					if (!watched) this.retry(pane.agent);
					return undefined;
				});
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.#lifetime.close();
	}

	#paneOf(agent: AgentId): LivePane {
		const known = this.#panes.get(agent);
		if (known) return known;
		this.#lastNumber += 1;
		const { painter } = this.#options;
		const pane = new LivePane(agent, this.#lastNumber, painter, () => {
			this.onScroll.emit(agent);
		});
		this.#panes.set(agent, pane);
		return pane;
	}

	/** Whether there was a pane to claim. */
	#claim(used: boolean): boolean {
		const elsewhere = [...this.#panes.values()].filter((pane) => pane.sizedElsewhere);
		for (const pane of elsewhere) pane.claim(used);
		return elsewhere.length > 0;
	}

	get #here(): boolean {
		return performance.now() - this.#usedAt < hereMs;
	}

	async #watch(pane: LivePane): Promise<void> {
		if (pane.opening) return;
		pane.opening = true;
		const { generation, hidings } = pane;
		const opened = await this.#open(pane);
		pane.opening = false;
		if (this.#lifetime.closed) return;
		// Hidden meanwhile, which ends an opening: what was typed into it since still waits.
		const hidden = pane.hidings !== hidings && pane.generation === generation;
		if (hidden && (pane.wanted || !pane.typedAhead.empty)) return this.#watch(pane);
		// Only a pane without a link is tried again.
		if (!opened) pane.detach();
		if (pane.typedAhead.take())
			this.#options.onTypingFailed(pane.agent, 'its pane could not be reached');
		// It was hidden meanwhile: nobody looks at the rows it asked for.
		if (!pane.wanted) return pane.unwatch();
		// It was started again meanwhile, perhaps in another holder.
		if (pane.generation !== generation) return this.#watch(pane);
		if (opened) this.#options.onChange(pane.agent);
		else this.#lifetime.timer(retryMs, () => this.retry(pane.agent));
	}

	/** Whether the rows of the pane come from now on. */
	async #open(pane: LivePane): Promise<boolean> {
		const { generation } = pane;
		const address = await this.#options.locate(pane.agent);
		if (!address.ok) return false;
		const link = await this.#lines.to(address.value);
		if (!link.ok) return false;
		if (pane.starting && !(await hasStarted(link.value, address.value, generation)))
			return false;
		pane.attach(link.value, address.value.pane);
		const typed = pane.generation === generation ? pane.typedAhead.take() : null;
		if (typed) this.type(pane.agent, typed);
		// Before the first rows, so that what is drawn has the size it is shown in.
		await pane.resize(this.#here);
		const watched = await this.#rewatch(pane);
		if (watched)
			void readTitle(link.value, pane.name).then((title) => {
				if (pane.link === link.value) this.#title(pane, title);
				return undefined;
			});
		return watched;
	}

	#title(pane: LivePane, title: string | null): void {
		if (title === null || pane.title === title) return;
		pane.title = title;
		this.#options.onChange(pane.agent);
	}

	async #rewatch(pane: LivePane): Promise<boolean> {
		const early = await pane.watch(credit);
		if (early === null) pane.detach();
		for (const push of early ?? []) if (pane.link) this.#rows(pane.link, push);
		return early !== null;
	}

	#hide(pane: LivePane): void {
		pane.wanted = false;
		pane.hidings += 1;
		pane.unwatch();
	}

	#resizeSoon(pane: LivePane): void {
		void pane.cancelResize?.();
		pane.cancelResize = this.#lifetime.timer(resizeMs, () => {
			pane.cancelResize = undefined;
			void pane.resize(this.#here);
		});
	}

	#rows(link: HolderLink, push: RowsPush): void {
		for (const pane of this.#panes.values()) {
			if (pane.link !== link || pane.remote !== push.pane) continue;
			const changed = pane.take(push);
			pane.credit(credit);
			if (changed) this.#options.onChange(pane.agent);
			this.#onTaken.emit();
			return;
		}
	}

	#heard(link: HolderLink, push: HolderPush): void {
		if (push.push !== 'resized') return;
		for (const pane of this.#panes.values()) {
			if (pane.link !== link || pane.name !== push.pane) continue;
			pane.resized({ columns: push.columns, rows: push.rows });
			this.#options.onChange(pane.agent);
		}
	}

	#gone(link: HolderLink): void {
		for (const pane of this.#panes.values()) {
			if (pane.link !== link) continue;
			pane.detach();
			this.#options.onChange(pane.agent);
			if (pane.wanted) this.#lifetime.timer(retryMs, () => this.retry(pane.agent));
		}
	}
}

/** An older holder does not know what to do with them: its programs are told of a common terminal. */
function tellColours(link: HolderLink, colours: TerminalColours | null): void {
	if (colours) void link.request('colours', colours);
}

/** Whether the holder's pane is of this generation already. */
async function hasStarted(
	link: HolderLink,
	address: PaneAddress,
	generation: number,
): Promise<boolean> {
	const listed = await link.request('list', {});
	if (!listed.ok) return false;
	const found = listed.value.panes.find(({ pane }) => pane === address.pane);
	return found !== undefined && found.generation >= generation;
}
