// Entering copy mode, leaving it, and what becomes of what was copied.

import { counted } from '../lib/counted.ts';
import type { Controls } from './controls.ts';
import { done, remark } from './controls.ts';
import type { Taken } from './copy-mode.ts';
import { focusedAgent } from './view.ts';

export function enterCopy(controls: Controls): void {
	const { state, view, arrangement, change } = controls;
	const agent = focusedAgent(state, view);
	if (!agent) return;
	if (!arrangement.tiles.some(({ pane }) => pane === agent.id))
		change({ kind: 'zoom', zoom: true });
	const pane = controls.pane(agent.id);
	if (!pane || !controls.copy.enter(pane))
		return remark(controls, `${agent.name} has nothing on its screen yet`);
	if (view.mode !== 'copy') change({ kind: 'copy', copy: { from: view.mode } });
	change({ kind: 'mode', mode: 'copy' });
}

/** One step back: out of the selection, then out of copy mode. */
export function leaveCopy(controls: Controls): void {
	if (controls.copy.deselect()) return;
	controls.change({ kind: 'mode', mode: 'nav' });
}

/** What is selected goes to the clipboard; whoever came from typing types on. */
export function takeCopy(controls: Controls): void {
	controls.copy.take((taken) => {
		if (!taken) return remark(controls, 'nothing is selected', 'v selects from here');
		if (taken.text.trim() === '')
			return remark(controls, 'only blanks are selected, and are not copied');
		controls.change({ kind: 'mode', mode: controls.view.copy.from });
		tell(controls, taken);
	});
}

function tell(controls: Controls, { text }: Taken): void {
	if (!controls.clipboard.put(text))
		return controls.say({
			text: 'the terminal takes nothing more for its clipboard now',
			allow: 'try it again in a moment',
			tone: 'bad',
		});
	const lines = text.trimEnd().split('\n').length;
	const what = lines > 1 ? counted(lines, 'line') : counted(text.length, 'character');
	done(controls, `copied ${what}`);
}
