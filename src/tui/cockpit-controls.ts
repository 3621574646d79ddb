// What the actions of keys get of a cockpit.
import type { Lifetime } from '../lib/lifetime.ts';
import type { Controls } from './actions/controls.ts';
import { Clipboard } from './copying/clipboard.ts';
import { type Mirror, observationOf } from './mirror.ts';
import type { Painter } from './paint/painter.ts';
import type { Panes } from './panes/panes.ts';

/** Whoever leaves has given their answers: so long they may take to be delivered. */
const lastAnswerMs = 1000;

interface ControlledParts
	extends Pick<
		Controls,
		| 'environment'
		| 'savedLayouts'
		| 'change'
		| 'say'
		| 'run'
		| 'copy'
		| 'inbox'
		| 'answers'
		| 'lend'
		| 'lendToRead'
		| 'leave'
	> {
	readonly mirror: Mirror;
	readonly painter: Painter;
	readonly panes: Panes;
	readonly lifetime: Lifetime;
	readonly view: () => Controls['view'];
	readonly arrangement: () => Controls['arrangement'];
}

export function makeControls(parts: ControlledParts): Controls {
	const { mirror, painter, panes, lifetime, view, arrangement, ...rest } = parts;
	const { answers, environment, leave } = parts;
	return {
		...rest,
		get view() {
			return view();
		},
		get state() {
			return mirror.now.state;
		},
		get root() {
			return mirror.now.repository?.root ?? null;
		},
		get arrangement() {
			return arrangement();
		},
		observed: (agent) => observationOf(mirror.now, agent),
		ask: (operation, body) => mirror.ask(operation, body),
		pane: (agent) => panes.of(agent),
		type: (agent, bytes) => panes.type(agent, bytes),
		clipboard: new Clipboard({
			environment,
			send: (control) => painter.send(control),
		}),
		redraw: () => painter.repaint(),
		leave: (code) => {
			lifetime.timer(lastAnswerMs, () => leave(code));
			void answers.settled().then(() => leave(code));
		},
	};
}
