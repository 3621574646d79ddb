// Selecting with the mouse, inside one pane only: a drag selects characters, a double click a word, a
// triple click a line. It leads into copy mode, where keys go on with it.
import { type Area, holds } from '../../domain/area.ts';
import type { AgentId } from '../../domain/ids.ts';
import { tileAt } from '../../domain/tile.ts';
import type { Controls } from '../actions/controls.ts';
import { enterCopy } from '../actions/copy-actions.ts';
import type { MouseEvent } from '../input/mouse.ts';

interface Press {
	readonly agent: AgentId;
	readonly x: number;
	readonly y: number;
	readonly at: number;
	/** How many times in quick succession. */
	readonly clicks: number;
}

const doubleClickMs = 400;

export class TextDrag {
	readonly #controls: Controls;
	readonly #clock: () => number;
	#press: Press | null = null;
	#held = false;
	#selecting = false;

	constructor(controls: Controls, clock: () => number) {
		this.#controls = controls;
		this.#clock = clock;
	}

	/** After a click has had its other effects, such as the focus. */
	take(mouse: MouseEvent): void {
		if (mouse.action === 'press') this.#down(mouse);
		else if (mouse.action === 'drag') this.#drag(mouse);
		else if (mouse.action === 'release') this.#up();
	}

	#down({ x, y, button }: MouseEvent): void {
		this.#up();
		const tile = tileAt(this.#controls.arrangement.tiles, x, y);
		const before = this.#press;
		this.#press = null;
		if (button !== 'left' || !tile || !holds(tile.inner, x, y)) return;
		const at = this.#clock();
		const again = before?.x === x && before.y === y && at - before.at < doubleClickMs;
		const clicks = again ? (before.clicks % 3) + 1 : 1;
		this.#press = { agent: tile.pane, x, y, at, clicks };
		this.#held = true;
		if (clicks > 1) this.#click(this.#press, tile.inner);
		else if (this.#copying(tile.pane))
			this.#controls.copy.pointTo(x - tile.inner.x, y - tile.inner.y);
	}

	#click({ agent, x, y, clicks }: Press, inner: Area): void {
		if (!this.#copying(agent)) enterCopy(this.#controls);
		if (!this.#copying(agent)) return;
		const by = clicks === 2 ? 'word' : 'line';
		this.#controls.copy.selectAt(x - inner.x, y - inner.y, by);
	}

	#drag({ x, y }: MouseEvent): void {
		const press = this.#press;
		const inner = press && this.#controls.pane(press.agent)?.area;
		if (!press || !inner || !this.#held) return;
		const { copy } = this.#controls;
		if (!this.#selecting) {
			if (!this.#copying(press.agent)) enterCopy(this.#controls);
			if (!this.#copying(press.agent)) return this.#up();
			this.#selecting = true;
			copy.selectFrom(press.x - inner.x, press.y - inner.y);
		}
		if (y < inner.y) copy.scroll(-1);
		if (y >= inner.y + inner.height) copy.scroll(1);
		copy.dragTo(x - inner.x, y - inner.y);
	}

	#up(): void {
		this.#held = false;
		this.#selecting = false;
	}

	#copying(agent: AgentId): boolean {
		const { mode, focus } = this.#controls.view;
		return mode === 'copy' && focus === agent;
	}
}
