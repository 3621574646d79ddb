// The sign in the title of the focused pane turns while weir itself is at work on its agent. A program
// that works shows so by itself, and a sign that only turned would say nothing of it.
import type { Agent } from '../../domain/agent.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { signOf } from '../look/state-signs.ts';
import type { Spinner } from '../paint/compositor.ts';
import type { Picture } from '../paint/picture.ts';
import { shownAgents } from '../view.ts';
import { signColumn } from './pane-title.ts';

export function titleSpinners(picture: Picture, glyphs: Glyphs): readonly Spinner[] {
	const { arrangement, reflection, view } = picture;
	const agents = shownAgents(reflection.state);
	const at = agents.findIndex(({ id }) => id === view.focus);
	const agent = agents[at];
	const tile = arrangement.tiles.find(({ pane }) => pane === view.focus);
	if (!agent || !tile || !isUnderWay(agent)) return [];
	const { x, y } = tile.outer;
	const sign = glyphs[signOf(agent).glyph];
	return [{ x: x + signColumn(agent, at + 1), y, sign, frames: glyphs.spinner }];
}

/** Whether weir has begun something with it that is not done yet. */
function isUnderWay({ life }: Agent): boolean {
	return ['preparing', 'stopping', 'removing', 'restoring'].includes(life.kind);
}
