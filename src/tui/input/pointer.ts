// What the mouse does outside of programs: a click focuses, a drag moves a border or selects text, the
// wheel scrolls.
import { holds } from '../../domain/area.ts';
import type { AgentId } from '../../domain/ids.ts';
import { tileAt } from '../../domain/tile.ts';
import type { Controls } from '../actions/controls.ts';
import { stepFocus } from '../actions/focus-actions.ts';
import { clickGates, moveGates } from '../actions/gate-actions.ts';
import { clickInbox, moveInbox } from '../actions/inbox-actions.ts';
import { clickQueue, moveQueue } from '../actions/queue-actions.ts';
import { clickReview, moveReview } from '../actions/review-actions.ts';
import { TextDrag } from '../copying/text-drag.ts';
import { askedBy } from '../inbox/asked-by.ts';
import { contextOf } from '../keys/context-of.ts';
import { encodeKey } from '../keys/key-encoding.ts';
import { pressed } from '../keys/key-press.ts';
import { rowsOf } from '../keys/keys.ts';
import { BorderDrag } from '../layouts/border-drag.ts';
import { type StripRow, visibleStrips } from '../layouts/strip-rows.ts';
import { shownAgents } from '../view.ts';
import type { MouseEvent } from './mouse.ts';

const wheelLines = 3;

export class Pointer {
	readonly #controls: Controls;
	readonly #drag: BorderDrag;
	readonly #text: TextDrag;

	constructor(controls: Controls, clock: () => number) {
		this.#controls = controls;
		this.#drag = new BorderDrag(controls);
		this.#text = new TextDrag(controls, clock);
	}

	/** A button that went down on a border is still held: no program hears of it. */
	get dragging(): boolean {
		return this.#drag.held;
	}

	take(mouse: MouseEvent): void {
		if (mouse.action === 'wheel') return this.#wheel(mouse);
		if (this.#controls.view.dialog !== null) return this.#drag.drop();
		const dragged = this.#drag.take(mouse);
		if (dragged === 'clicked' || (dragged === 'other' && mouse.action === 'press'))
			this.#click(mouse);
		if (dragged === 'other') this.#text.take(mouse);
	}

	#click({ x, y, button }: MouseEvent): void {
		const { view, arrangement, change } = this.#controls;
		if (button !== 'left') return;
		if (view.screen === 'inbox') return clickInbox(this.#controls, x, y);
		if (view.screen === 'gates') return clickGates(this.#controls, x, y);
		if (view.screen === 'review') return clickReview(this.#controls, x, y);
		if (view.screen === 'queue') return clickQueue(this.#controls, x, y);
		const framed = arrangement.tiles.find(({ outer }) => holds(outer, x, y));
		const tile = tileAt(arrangement.tiles, x, y) ?? this.#titledAt(x, y) ?? framed;
		const strip = this.#stripAt(x, y);
		if (strip?.kind === 'bay' || strip?.kind === 'folded')
			return change({ kind: 'fold', bay: strip.bay });
		const agent = strip && 'agent' in strip ? strip.agent.id : tile?.pane;
		if (view.mode === 'type' && agent !== view.focus)
			change({ kind: 'mode', mode: 'nav' });
		if (agent !== undefined) change({ kind: 'focus', agent });
	}

	/** The tile whose name stands in the line. */
	#titledAt(x: number, y: number) {
		return this.#controls.arrangement.tiles.find(
			({ outer }) => outer.y === y && holds(outer, x, y),
		);
	}

	#stripAt(x: number, y: number): StripRow | undefined {
		const { arrangement, state, view } = this.#controls;
		const place = arrangement.strips?.inner;
		if (!place || !holds(place, x, y)) return undefined;
		const asked = (agent: AgentId) => askedBy(state, agent);
		return visibleStrips(shownAgents(state), view, place, asked)[y - place.y];
	}

	#wheel({ x, y, button }: MouseEvent): void {
		const controls = this.#controls;
		const { arrangement, view } = controls;
		if (button !== 'up' && button !== 'down') return;
		const down = button === 'down';
		if (view.dialog !== null) {
			const action = down ? 'list.down' : 'list.up';
			const rows = rowsOf(view.keymap, contextOf(view));
			const row = rows.find((one) => one.action === action);
			if (row) controls.run(row);
			return;
		}
		if (view.screen === 'inbox') return moveInbox(controls, down ? 1 : -1);
		if (view.screen === 'gates') return moveGates(controls, { down: down ? 1 : -1 });
		if (view.screen === 'queue') return moveQueue(controls, down ? 1 : -1);
		if (view.screen === 'review')
			return moveReview(controls, down ? wheelLines : -wheelLines);
		const place = arrangement.strips?.inner;
		if (place && holds(place, x, y)) return stepFocus(controls, down ? 1 : -1, false);
		const tile = tileAt(arrangement.tiles, x, y);
		if (!tile) return;
		const pane = controls.pane(tile.pane);
		// A program on its alternate screen scrolls by itself: the wheel is its arrow keys.
		if (pane?.scrollsItself && view.mode === 'type' && tile.pane === view.focus) {
			const arrow = encodeKey(pressed(button), pane.modes, pane.kittyFlags) ?? '';
			return controls.type(tile.pane, Buffer.from(arrow.repeat(wheelLines)));
		}
		const lines = down ? wheelLines : -wheelLines;
		if (view.mode === 'copy' && tile.pane === view.focus) controls.copy.scroll(lines);
		else pane?.scroll(lines);
	}
}
