// All that the chrome shows at one moment: what is known, how it is looked at, and what follows from
// both.
import type { AgentId } from '../../domain/ids.ts';
import type { Arrangement } from '../../domain/layout.ts';
import type { State } from '../../domain/state.ts';
import { type Card, cardOf } from '../cards/card.ts';
import { dialogCard } from '../cards/dialog-cards.ts';
import { leaderCard } from '../cards/leader-card.ts';
import { isLinePrompt } from '../chrome/line-prompt.ts';
import type { Glyphs } from '../look/glyphs.ts';
import type { Theme } from '../look/theme.ts';
import { chosenTheme } from '../look/theme-choice.ts';
import type { Reflection } from '../mirror.ts';
import type { ShownTerminal } from '../panes/live-pane.ts';
import { arrangementOf, shownAgents, type View } from '../view.ts';

export interface Picture {
	readonly reflection: Reflection;
	readonly view: View;
	readonly arrangement: Arrangement<AgentId>;
	readonly card: Card | null;
	readonly theme: Theme;
	/** Panes whose terminal has been seen, with its size. */
	readonly live: Readonly<Record<AgentId, ShownTerminal>>;
}

export function drawPicture(
	reflection: Reflection,
	view: View,
	glyphs: Glyphs,
	terminalOf: (agent: AgentId) => ShownTerminal | null,
): Picture {
	const { state } = reflection;
	return {
		reflection,
		view,
		arrangement: arrangementOf(state, view),
		card: openCard(state, view, glyphs),
		theme: chosenTheme(view.theme),
		live: liveTerminals(state, terminalOf),
	};
}

function openCard(state: State, view: View, glyphs: Glyphs): Card | null {
	if (view.dialog !== null && isLinePrompt(view.dialog)) return null;
	if (view.dialog !== null)
		return cardOf(dialogCard(view.dialog, { state, view }, glyphs), view, glyphs);
	return view.leader === 'menu' ? cardOf(leaderCard(view.keymap), view, glyphs) : null;
}

/** Where no program has been since, an old terminal would hide what is said in its place. */
function liveTerminals(
	state: State,
	terminalOf: (agent: AgentId) => ShownTerminal | null,
): Picture['live'] {
	const live: Record<AgentId, ShownTerminal> = {};
	for (const { id, life } of shownAgents(state)) {
		const terminal = terminalOf(id);
		const hidden =
			life.kind === 'failed' ? life.step === 'worktree' : life.kind === 'restoring';
		if (terminal && !hidden) live[id] = terminal;
	}
	return live;
}
