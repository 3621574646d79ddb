// One agent's pane at its holder: its last rows, its size, what is typed into it, and the look back
// at what it printed.
import type { HolderLink } from '../../client/holder-link.ts';
import type { Area } from '../../domain/area.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Outcome } from '../../lib/outcome.ts';
import { PaneMode, type RowsPush, type ScreenRow } from '../../protocol/rows.ts';
import type { StillText } from '../copying/still-text.ts';
import type { Painter } from '../paint/painter.ts';
import type { Scrolled } from '../view.ts';
import { PaneLook } from './pane-look.ts';
import { type PaneSize, SizeForTile, sameSize } from './pane-size.ts';
import { type PastText, textNow, textThen, unreachable } from './pane-text.ts';
import { TypedBytes } from './typed-bytes.ts';

/** Its terminal as it can be seen here. */
export interface ShownTerminal extends PaneSize {
	/** Bits of `PaneMode`. */
	readonly modes: number;
	/** Another client shows it smaller. */
	readonly boxed: boolean;
}

export class LivePane {
	readonly agent: AgentId;
	/** The compositor's number; the holder has another. */
	readonly number: number;
	readonly #painter: Painter;
	readonly #onScroll: () => void;
	#link: HolderLink | null = null;
	#name = '';
	#remote: number | null = null;
	#area: Area | null = null;
	readonly #size = new SizeForTile();
	#state: Omit<RowsPush, 'changed'> | null = null;
	#rows: (ScreenRow | undefined)[] = [];
	readonly #typed = new TypedBytes();
	/** What is looked at instead of the live screen; null follows the program. */
	#look: PaneLook | null = null;
	/** Lines above the screen when the look began. */
	#seen = 0;
	/** Pushes taken and not yet given back as credit. */
	#owed = 0;

	constructor(agent: AgentId, number: number, painter: Painter, onScroll: () => void) {
		this.agent = agent;
		this.number = number;
		this.#painter = painter;
		this.#onScroll = onScroll;
	}

	get link(): HolderLink | null {
		return this.#link;
	}

	/** The holder's name of the pane. */
	get name(): string {
		return this.#name;
	}

	/** The holder's number of the pane, once it is watched. */
	get remote(): number | null {
		return this.#remote;
	}

	/** Whether there is a picture of it. */
	get shown(): boolean {
		return this.#state !== null;
	}

	get modes(): number {
		return this.#state?.modes ?? 0;
	}

	/** Flags of kitty's keyboard protocol that its program has pushed. */
	get kittyFlags(): number {
		return this.#state?.kittyFlags ?? 0;
	}

	/** Null before the first rows. */
	get terminal(): ShownTerminal | null {
		const size = this.#state;
		if (!size) return null;
		return {
			columns: size.columns,
			rows: size.rows,
			modes: size.modes,
			boxed: this.boxed,
		};
	}

	/** Whether another client shows it smaller, so that it does not fill its tile here. */
	get boxed(): boolean {
		return this.#size.boxed;
	}

	/** The holder gave the terminal this size. */
	resized(size: PaneSize): void {
		this.#size.grant(size);
	}

	/** Where its program's cursor stands, in its own cells. */
	get cursor(): { readonly column: number; readonly row: number } {
		const { cursorColumn: column = 0, cursorRow: row = 0 } = this.#state ?? {};
		return { column, row };
	}

	/** Where its inside stands on the screen. */
	get area(): Area | null {
		return this.#area;
	}

	/** Its own cell at a cell of the screen, the nearest one for a cell outside of it. */
	cellAt(x: number, y: number): { readonly x: number; readonly y: number } | null {
		return this.#painter.compositor.cellIn(this.number, x, y);
	}

	/** The part of its text that is looked at; null while it follows the program. */
	get look(): PaneLook | null {
		return this.#look;
	}

	/** Where the look stands; null while it follows the program. */
	get scrolled(): Scrolled | null {
		const look = this.#look;
		if (!look) return null;
		const total = this.#state?.scrollback ?? 0;
		const { top, text } = look;
		const above = Math.max(0, top - text.first);
		return { fresh: Math.max(0, total - this.#seen), top, above, dropped: text.dropped };
	}

	/** Its tile on the screen. True where that is of another size than before. */
	place(area: Area, size: PaneSize): boolean {
		const resized = this.#size.want(size);
		this.#area = area;
		this.#look?.resize(area.height);
		return resized;
	}

	attach(link: HolderLink, name: string): void {
		if (this.#link !== link || this.#name !== name) {
			this.#remote = null;
			this.#size.forget();
			this.follow();
		}
		this.#link = link;
		this.#name = name;
	}

	/** Another program has its name from now on, under a number that is not known yet. */
	renumbered(): void {
		this.#remote = null;
	}

	detach(): void {
		this.#link = null;
		this.#remote = null;
	}

	/**
	 * Asks for rows, a full set first. Answers those that came together with the answer, before the
	 * holder's number was known; null where there will be none.
	 */
	async watch(credit: number): Promise<readonly RowsPush[] | null> {
		const link = this.#link;
		if (!link) return null;
		this.#remote = null;
		this.#owed = 0;
		const early: RowsPush[] = [];
		const stop = link.onRows.on((push) => early.push(push));
		const answer = await link.request('watch', { pane: this.#name, credit });
		stop();
		if (!answer.ok) return null;
		const { number } = answer.value;
		this.#remote = number;
		return early.filter(({ pane }) => pane === number);
	}

	/** Lets the holder go on after a push was taken; half of its credit is given back at once. */
	credit(credit: number): void {
		this.#owed += 1;
		if (this.#owed * 2 < credit) return;
		void this.#link?.request('credit', { pane: this.#name, credit: this.#owed });
		this.#owed = 0;
	}

	unwatch(): void {
		if (this.#link && this.#remote !== null)
			void this.#link.request('unwatch', { pane: this.#name });
		this.detach();
		this.follow();
	}

	/** Whether another client gives it its size. */
	get sizedElsewhere(): boolean {
		return this.#size.grantedElsewhere;
	}

	/** Says again how large it is shown here: who is away no longer counts. */
	claim(used: boolean): void {
		if (this.#link) this.#size.claim(this.#link, this.#name, used);
	}

	/** Gives its terminal the size of its tile; `used` where somebody is here. */
	async resize(used: boolean): Promise<void> {
		if (this.#link) await this.#size.ask(this.#link, this.#name, used);
	}

	/** Takes rows; true where more than the picture changed: it is new, or of another size or mode. */
	take(push: RowsPush): boolean {
		const before = this.#state;
		if (push.full) this.#rows = [];
		for (const row of push.changed) this.#rows[row.row] = row;
		const { changed: _, ...state } = push;
		this.#state = state;
		this.#painter.push({ ...push, pane: this.number });
		if (this.#look) {
			const { columns, rows } = push;
			if (!sameSize({ columns, rows }, before)) {
				this.#seen = push.scrollback;
				void this.#look.rewrap(this.#still(push));
			}
			if (before?.scrollback !== push.scrollback) this.#onScroll();
		}
		return (
			before === null ||
			before.modes !== push.modes ||
			before.kittyFlags !== push.kittyFlags ||
			before.columns !== push.columns ||
			before.rows !== push.rows
		);
	}

	/** Types, and shows the program; answers once its terminal has taken it. */
	type(bytes: Uint8Array): Promise<Outcome<null>> {
		if (this.#link && this.#typed.fits(bytes)) this.follow();
		return this.tell(bytes);
	}

	/** Sends what nobody typed, such as a report; what is looked at stays. */
	async tell(bytes: Uint8Array): Promise<Outcome<null>> {
		const link = this.#link;
		if (!link) return unreachable();
		return this.#typed.send({ link, name: this.#name, number: this.#remote }, bytes);
	}

	/** Shows the live screen again. */
	follow(): void {
		if (!this.#look) return;
		this.#look.close();
		this.#look = null;
		const { compositor } = this.#painter;
		compositor.mark(this.number, []);
		compositor.view(this.number, { kind: 'follow' });
		this.#painter.changed();
		this.#onScroll();
	}

	/**
	 * Holds what it shows still, to look around in it and above it; what is printed from now on is
	 * seen once it follows again. Null before the first rows.
	 */
	lookBack(): PaneLook | null {
		if (this.#look || !this.#state || !this.#area) return this.#look;
		this.#seen = this.#state.scrollback;
		this.#look = new PaneLook({
			text: this.#still(this.#state),
			height: this.#area.height,
			paint: (view, marks) => {
				const { compositor } = this.#painter;
				compositor.view(this.number, view);
				compositor.mark(this.number, marks);
				this.#painter.changed();
			},
			onMove: this.#onScroll,
		});
		return this.#look;
	}

	/** The rows that are looked at, as far as they have been read. */
	get shownRows(): readonly ScreenRow[] {
		const look = this.#look;
		const rows = look
			? Array.from({ length: look.height }, (_, at) => look.text.row(look.top + at))
			: this.#rows;
		return rows.filter((row) => row !== undefined);
	}

	/** What it showed at the nearest other moment; null where nothing is recorded there. */
	pastText(
		direction: 'earlier' | 'later',
		time: number,
	): Promise<Outcome<PastText | null>> {
		const rows = this.#area?.height ?? 0;
		return textThen(this.#link, this.#name, { direction, time }, rows);
	}

	/** All that it shows and that is above; null before the first rows. */
	stillText(): StillText | null {
		return this.#state && this.#still(this.#state);
	}

	/** Moves by lines, up for negative ones; below the last line it follows again. */
	scroll(lines: number): void {
		if (!this.#look && lines >= 0) return;
		const look = this.lookBack();
		if (!look) return;
		look.moveTo(look.top + lines);
		if (look.top >= look.lastTop) this.follow();
	}

	/** Shows its text from a line on; at its end it follows its program. */
	lookAt(top: number): void {
		const total = this.#state?.scrollback ?? 0;
		if (top < total && !this.scrollsItself) this.scroll(top - total);
	}

	/** Whether a wheel is the program's: it scrolls by itself on its alternate screen. */
	get scrollsItself(): boolean {
		return (this.modes & PaneMode.alternateScreen) !== 0;
	}

	#still(state: Omit<RowsPush, 'changed'>): StillText {
		return textNow(this.#link, this.#name, state, this.#rows);
	}
}
