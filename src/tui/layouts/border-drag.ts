// Borders that are dragged: those under the button as it went down follow it until it is let go. Where
// two cross, both do.
import { holds } from '../../domain/area.ts';
import { moveBorder } from '../../domain/borders.ts';
import type { Controls } from '../actions/controls.ts';
import type { MouseEvent } from '../input/mouse.ts';

/** Found again in each new arrangement. */
interface Held {
	readonly cut: string;
	readonly at: number;
}

export class BorderDrag {
	readonly #controls: Controls;
	#held: readonly Held[] = [];
	#moved = false;

	constructor(controls: Controls) {
		this.#controls = controls;
	}

	get held(): boolean {
		return this.#held.length > 0;
	}

	drop(): void {
		this.#held = [];
	}

	/** `clicked`: the button was let go where it went down. `other`: no border has to do with it. */
	take(mouse: MouseEvent): 'dragged' | 'clicked' | 'other' {
		if (mouse.action === 'press') {
			this.#held = mouse.button === 'left' ? this.#under(mouse) : [];
			this.#moved = false;
			return this.held ? 'dragged' : 'other';
		}
		if (!this.held) return 'other';
		if (mouse.action === 'drag') this.#follow(mouse);
		if (mouse.action !== 'release') return 'dragged';
		this.drop();
		return this.#moved ? 'dragged' : 'clicked';
	}

	#under({ x, y }: MouseEvent): readonly Held[] {
		return this.#controls.arrangement.borders
			.filter(({ area }) => holds(area, x, y))
			.map(({ cut, at }) => ({ cut: cut.name, at }));
	}

	#follow({ x, y }: MouseEvent): void {
		const { change } = this.#controls;
		this.#moved = true;
		for (const { cut, at } of this.#held) {
			const { arrangement, view } = this.#controls;
			const border = arrangement.borders.find(
				(one) => one.cut.name === cut && one.at === at,
			);
			if (!border) continue;
			const to = border.axis === 'x' ? x : y;
			change({ kind: 'shares', shares: moveBorder(view.shares, border, to) });
		}
	}
}
