// Between the user's terminal and what shows weir on it: what the terminal says goes to the painter, the
// cockpit and the chrome, and where others have had it, it is told anew what it was told before.

import type { Environment } from '../lib/environment.ts';
import type { ScreenSize } from '../lib/terminal-fitness.ts';
import type { Cockpit } from './cockpit.ts';
import type { InputMode } from './input/input.ts';
import { type Background, backgroundOf } from './look/theme.ts';
import type { Painter } from './paint/painter.ts';
import type { TerminalUser } from './terminal/outer-terminal.ts';
import { schemeSequence } from './terminal/terminal-modes.ts';
import { coloursSequence, type TerminalProbe } from './terminal/terminal-probe.ts';
import type { TerminalReply } from './terminal/terminal-replies.ts';

export interface SwitchboardOptions {
	readonly painter: Painter;
	readonly cockpit: Cockpit;
	readonly probe: TerminalProbe;
	readonly environment: Environment;
}

/** What draws the chrome. */
interface Drawing {
	/** What it drew is gone. */
	forget(): void;
}

export class Switchboard implements TerminalUser {
	readonly #options: SwitchboardOptions;
	#chrome: Drawing | null = null;
	#scheme: Background | null = null;

	constructor(options: SwitchboardOptions) {
		this.#options = options;
		this.#askForSchemes();
	}

	get mode(): InputMode {
		return this.#options.cockpit.keyboard.mode;
	}

	get escapeTime(): 'auto' | number {
		return this.#options.cockpit.view.keymap.escapeTime;
	}

	/** The chrome is there from now on. */
	dress(chrome: Drawing): void {
		this.#chrome = chrome;
	}

	used(): void {
		this.#options.cockpit.used();
	}

	resize({ columns, rows }: ScreenSize): void {
		const { painter, cockpit } = this.#options;
		// What stands on the terminal stays until the chrome is drawn in its new size.
		if (this.#chrome) painter.hold();
		painter.resize(columns, rows);
		this.#chrome?.forget();
		cockpit.resize(columns, rows);
	}

	retaken(): void {
		this.#askForSchemes();
		this.#options.painter.repaint();
		this.#options.cockpit.retaken();
	}

	reply(reply: TerminalReply): void {
		const { painter, cockpit, environment } = this.#options;
		if (reply.kind === 'scheme') {
			cockpit.own.takeBackground(reply.background);
			// Some tell it whenever they are set to: asking each time would go on for ever.
			if (reply.background !== this.#scheme) painter.send(coloursSequence);
			this.#scheme = reply.background;
		}
		// An answer that came after all was drawn.
		else if (reply.kind === 'colour' && reply.of === 'background')
			cockpit.own.takeBackground(backgroundOf(reply.rgb, environment));
		else if (reply.kind === 'attributes') {
			this.#askForSchemes();
			cockpit.takeTraits();
		}
	}

	#askForSchemes(): void {
		const { painter, probe } = this.#options;
		if (probe.traits.tellsScheme) painter.send(schemeSequence);
	}
}
