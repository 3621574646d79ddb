// How large the terminal of a pane shall be for its tile here, and how large it became: another client
// may show it smaller.
import type { HolderLink } from '../../client/holder-link.ts';

export interface PaneSize {
	readonly columns: number;
	readonly rows: number;
}

export class SizeForTile {
	#wanted: PaneSize | null = null;
	/** What the holder was asked for. */
	#asked: PaneSize | null = null;
	/** What the holder made of it: the smallest of those in use that show the pane. */
	#granted: PaneSize | null = null;

	/** True where the tile is of another size than before. */
	want(size: PaneSize): boolean {
		const changed = !sameSize(size, this.#wanted);
		this.#wanted = size;
		return changed;
	}

	/** Whether another client shows it smaller, so that it does not fill its tile here. */
	get boxed(): boolean {
		const wanted = this.#wanted;
		if (!wanted || !this.#granted || !sameSize(wanted, this.#asked)) return false;
		const { columns, rows } = this.#granted;
		return columns < wanted.columns || rows < wanted.rows;
	}

	/** Whether another client gives it its size. */
	get grantedElsewhere(): boolean {
		return this.#granted !== null && !sameSize(this.#granted, this.#wanted);
	}

	grant(size: PaneSize): void {
		this.#granted = size;
	}

	/** Another holder or pane has been asked for nothing yet. */
	forget(): void {
		this.#asked = null;
	}

	/** Asks again for what was asked for; `used` where somebody is here. */
	claim(link: HolderLink, pane: string, used: boolean): void {
		const size = this.#wanted;
		if (!size || !sameSize(size, this.#asked)) return;
		void link.request('resize', { pane, ...size, used });
	}

	/** Asks for the size of the tile, where that was not done. */
	async ask(link: HolderLink, pane: string, used: boolean): Promise<void> {
		const size = this.#wanted;
		if (!size || sameSize(size, this.#asked)) return;
		this.#asked = size;
		this.#granted = null;
		const answer = await link.request('resize', { pane, ...size, used });
		if (!answer.ok) this.#asked = null;
	}
}

export function sameSize(one: PaneSize | null, other: PaneSize | null): boolean {
	return one?.columns === other?.columns && one?.rows === other?.rows;
}
