// Keeps one pane watched while it is wanted: finds its holder and opens it, and begins anew where that
// failed, where it was hidden or its program started again meanwhile, and where its holder is gone.
import type { HolderLink } from '../../client/holder-link.ts';
import type { Area } from '../../domain/area.ts';
import type { Closer, Lifetime } from '../../lib/lifetime.ts';
import type { Outcome } from '../../lib/outcome.ts';
import type { PaneAddress } from '../../protocol/requests/terminal-requests.ts';
import type { RowsPush } from '../../protocol/rows.ts';
import { TypedAhead } from '../input/typed-ahead.ts';
import type { HolderLines } from './holder-lines.ts';
import type { LivePane } from './live-pane.ts';

export interface WatchOptions {
	readonly pane: LivePane;
	readonly lines: HolderLines;
	/** Of all panes: a watch ends by being hidden. */
	readonly lifetime: Lifetime;
	/** Where the pane can be reached. */
	readonly locate: () => Promise<Outcome<PaneAddress>>;
	/** Whether somebody is at this client. */
	readonly isHere: () => boolean;
	/** Runs after it came to life, or changed size, mode or title. */
	readonly onChange: () => void;
	/** Rows were taken. */
	readonly onTaken: () => void;
	/** What was typed while it was being opened can be sent now. */
	readonly onReached: (typed: Uint8Array) => void;
	/** What was typed meanwhile will not be delivered. */
	readonly onUnreached: () => void;
}

/** How a pane is to be seen. */
export interface Showing {
	readonly generation: number;
	/** Its program is still to come: a pane of an older generation may stand in its place. */
	readonly starting: boolean;
	readonly inner: Area;
}

const resizeMs = 150;
const retryMs = 400;
/** Pushes that a holder may send ahead of our credit. */
const credit = 4;

export class PaneWatch {
	readonly pane: LivePane;
	readonly #options: WatchOptions;
	readonly #typedAhead = new TypedAhead();
	#wanted = false;
	#generation = 0;
	#starting = false;
	#opening = false;
	/** Counts how often it was hidden: what was being opened before is opened anew. */
	#hidings = 0;
	#cancelResize: Closer | undefined;

	constructor(options: WatchOptions) {
		this.pane = options.pane;
		this.#options = options;
	}

	/** Whether it is to be seen. */
	get wanted(): boolean {
		return this.#wanted;
	}

	/** A tile that has another size for a while gives it to the program. */
	show({ generation, starting, inner }: Showing): void {
		this.#starting = starting;
		const size = { columns: Math.max(2, inner.width), rows: Math.max(1, inner.height) };
		const resized = this.pane.place(inner, size);
		if (!this.#wanted || this.#generation !== generation) {
			this.#wanted = true;
			this.#generation = generation;
			this.pane.renumbered();
			void this.#watch();
		} else if (resized) this.#resizeSoon();
	}

	hide(): void {
		this.#wanted = false;
		this.#hidings += 1;
		this.#leave();
	}

	/** Something may have changed: where it could not be reached it is tried again. */
	retry(): void {
		if (this.#wanted && this.pane.link === null && !this.#opening) void this.#watch();
	}

	/** Keeps what is typed while it is being opened; false where it is not, or there is too much. */
	keep(bytes: Uint8Array): boolean {
		return this.#opening && !this.pane.link && this.#typedAhead.keep(bytes);
	}

	/** Rows came for it. */
	take(push: RowsPush): void {
		const changed = this.pane.take(push);
		this.pane.credit(credit);
		if (changed) this.#options.onChange();
		this.#options.onTaken();
	}

	/** A push went missing: asks for a full set. */
	async lost(): Promise<void> {
		if (!(await this.#rewatch())) this.retry();
	}

	/** The connection to its holder ended. */
	gone(): void {
		this.pane.detach();
		this.#options.onChange();
		if (this.#wanted) this.#retrySoon();
	}

	async #watch(): Promise<void> {
		if (this.#opening) return;
		this.#opening = true;
		const generation = this.#generation;
		const hidings = this.#hidings;
		const opened = await this.#open();
		this.#opening = false;
		if (this.#options.lifetime.closed) return;
		// Hidden meanwhile, which ends an opening: what was typed into it since still waits.
		const hidden = this.#hidings !== hidings && this.#generation === generation;
		if (hidden && (this.#wanted || !this.#typedAhead.empty)) return this.#watch();
		// Only a pane without a link is tried again.
		if (!opened) this.pane.detach();
		if (this.#typedAhead.take()) this.#options.onUnreached();
		// It was hidden meanwhile: nobody looks at the rows it asked for.
		if (!this.#wanted) return this.#leave();
		// It was started again meanwhile, perhaps in another holder.
		if (this.#generation !== generation) return this.#watch();
		if (opened) this.#options.onChange();
		else this.#retrySoon();
	}

	/** Whether its rows come from now on. */
	async #open(): Promise<boolean> {
		const { pane } = this;
		const { locate, lines, isHere, onReached } = this.#options;
		const generation = this.#generation;
		const address = await locate();
		if (!address.ok) return false;
		const link = await lines.to(address.value);
		if (!link.ok) return false;
		if (this.#starting && !(await hasStarted(link.value, address.value, generation)))
			return false;
		pane.attach(link.value, address.value.pane);
		const typed = this.#generation === generation ? this.#typedAhead.take() : null;
		if (typed) onReached(typed);
		// Before the first rows, so that what is drawn has the size it is shown in.
		await pane.resize(isHere());
		return this.#rewatch();
	}

	async #rewatch(): Promise<boolean> {
		const { pane } = this;
		const early = await pane.watch(credit);
		if (early === null) pane.detach();
		for (const push of early ?? []) if (pane.link) this.take(push);
		return early !== null;
	}

	#leave(): void {
		void this.#cancelResize?.();
		this.#cancelResize = undefined;
		this.pane.unwatch();
	}

	#resizeSoon(): void {
		void this.#cancelResize?.();
		this.#cancelResize = this.#options.lifetime.timer(resizeMs, () => {
			this.#cancelResize = undefined;
			void this.pane.resize(this.#options.isHere());
		});
	}

	#retrySoon(): void {
		this.#options.lifetime.timer(retryMs, () => this.retry());
	}
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
