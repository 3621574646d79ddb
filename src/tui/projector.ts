// Brings what stands on the screen into line with a picture: panes into their places, the cursor into
// the one that is entered, and the modes of the outer terminal to what its program wants.
import type { AgentId } from '../domain/ids.ts';
import { isLinePrompt, promptCursor } from './chrome/line-prompt.ts';
import type { Glyphs } from './look/glyphs.ts';
import type { Painter } from './paint/painter.ts';
import type { Picture } from './paint/picture.ts';
import { PaneFocus } from './panes/pane-focus.ts';
import type { Panes, WantedPane } from './panes/panes.ts';
import { titleSpinners } from './panes/title-spinner.ts';
import { type KeyboardTraits, OuterModes } from './terminal/outer-modes.ts';

export interface ProjectorOptions {
	readonly painter: Painter;
	readonly panes: Panes;
	readonly glyphs: Glyphs;
	/** As far as the terminal has told it. */
	readonly keyboard: () => KeyboardTraits;
}

export class Projector {
	readonly #options: ProjectorOptions;
	readonly #outer: OuterModes;
	readonly #focus: PaneFocus;
	#placed = '';

	constructor(options: ProjectorOptions) {
		this.#options = options;
		const { painter, panes, keyboard } = options;
		this.#outer = new OuterModes(keyboard, (sequence) => painter.send(sequence));
		this.#focus = new PaneFocus(
			(agent) => panes.of(agent)?.modes ?? 0,
			(agent, report) => panes.tell(agent, report),
		);
	}

	/** Flags of kitty's keyboard protocol that the terminal was set to. */
	get kittyFlags(): number {
		return this.#outer.kittyFlags;
	}

	/** The user's terminal got the focus or lost it. */
	outside(focused: boolean): void {
		this.#focus.outside(focused);
	}

	/** The screen has another size: all places are given anew. */
	resized(): void {
		this.#placed = '';
	}

	/** The terminal was taken over anew: its modes are those of the start. */
	retaken(): void {
		this.#outer.forget();
	}

	show(picture: Picture): void {
		const { painter, panes } = this.#options;
		panes.show(wantedPanes(picture));
		this.#place(picture);
		this.#enter(picture);
		painter.changed();
	}

	#place({ arrangement, card, live }: Picture): void {
		const { painter, panes } = this.#options;
		const places = arrangement.tiles.flatMap(({ pane, inner }) => {
			const shown = panes.of(pane);
			return shown && pane in live ? [{ ...inner, pane: shown.number }] : [];
		});
		const dialogs = card ? [card.area] : [];
		// Placing anew composes the whole screen, and most changes move nothing.
		const placed = JSON.stringify([places, dialogs]);
		if (placed !== this.#placed) painter.compositor.arrange(places, dialogs);
		this.#placed = placed;
	}

	/** The pane whose text or program the keys are for has the cursor, unless a card takes it. */
	#enter(picture: Picture): void {
		const { painter, panes, glyphs } = this.#options;
		const { mode, mouse } = picture.view;
		const agent = enteredIn(picture);
		const entered = agent === null ? undefined : panes.of(agent);
		const typing = mode === 'type';
		const { compositor } = painter;
		compositor.focus(entered?.number ?? null);
		this.#outer.follow((typing && entered) || null, mouse);
		this.#focus.follow(typing ? agent : null);
		compositor.spinners(titleSpinners(picture, glyphs));
		const written = writtenAt(picture);
		compositor.textCursor(written ? { ...written, shape: 6 } : null);
	}
}

function wantedPanes({ arrangement, reflection }: Picture): readonly WantedPane[] {
	return arrangement.tiles.flatMap(({ pane, inner }): WantedPane[] => {
		const agent = reflection.state.agents[pane];
		if (!agent || agent.generation === 0) return [];
		const starting = agent.life.kind === 'preparing';
		return [{ agent: pane, generation: agent.generation, starting, inner }];
	});
}

/** The agent whose pane is typed into or copied from; null while a dialog lies open. */
function enteredIn({ view: { mode, dialog, focus } }: Picture): AgentId | null {
	return mode !== 'nav' && dialog === null ? focus : null;
}

/** Where the user writes a text of weir's own. */
function writtenAt({ view: { dialog }, arrangement, card }: Picture) {
	if (!dialog || !isLinePrompt(dialog)) return card?.cursor;
	const { x, y } = arrangement.message;
	return { x: x + promptCursor(dialog), y };
}
