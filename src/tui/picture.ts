// All that the chrome shows at one moment: what is known, how it is looked at, and what follows from
// both.
import type { AgentId } from '../domain/ids.ts';
import type { Arrangement } from '../domain/layout.ts';
import type { State } from '../domain/state.ts';
import { type Card, cardOf } from './card.ts';
import { dialogCard } from './dialog-cards.ts';
import type { Glyphs } from './glyphs.ts';
import { leaderCard } from './leader-card.ts';
import type { PaneSize } from './live-pane.ts';
import type { Reflection } from './mirror.ts';
import type { Theme } from './theme.ts';
import { chosenTheme } from './theme-choice.ts';
import { arrangementOf, shownAgents, type View } from './view.ts';

export interface Picture {
	readonly reflection: Reflection;
	readonly view: View;
	readonly arrangement: Arrangement<AgentId>;
	readonly card: Card | null;
	readonly theme: Theme;
	/** Panes whose terminal has been seen, with its size. */
	readonly live: Readonly<Record<AgentId, PaneSize>>;
}

export function drawPicture(
	reflection: Reflection,
	view: View,
	glyphs: Glyphs,
	sizeOf: (agent: AgentId) => PaneSize | null,
): Picture {
	const { state } = reflection;
	return {
		reflection,
		view,
		arrangement: arrangementOf(state, view),
		card: openCard(state, view, glyphs),
		theme: chosenTheme(view.theme),
		live: liveSizes(state, sizeOf),
	};
}

function openCard(state: State, view: View, glyphs: Glyphs): Card | null {
	if (view.dialog?.kind === 'search') return null;
	if (view.dialog !== null)
		return cardOf(dialogCard(view.dialog, { state, view }, glyphs), view, glyphs);
	return view.leader === 'menu' ? cardOf(leaderCard(view.keymap), view, glyphs) : null;
}

/** Where no program has been since, an old terminal would hide what is said in its place. */
function liveSizes(
	state: State,
	sizeOf: (agent: AgentId) => PaneSize | null,
): Picture['live'] {
	const live: Record<AgentId, PaneSize> = {};
	for (const { id, life } of shownAgents(state)) {
		const size = sizeOf(id);
		const hidden =
			life.kind === 'failed' ? life.step === 'worktree' : life.kind === 'restoring';
		if (size && !hidden) live[id] = { columns: size.columns, rows: size.rows };
	}
	return live;
}
