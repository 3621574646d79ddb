// The user's terminal from weir's first byte to its last. It is taken over before what draws on it is
// loaded, so that it answers weir's questions meanwhile; whoever draws on it comes later.
import { writeSync } from 'node:fs';
import type { Environment } from '../../lib/environment.ts';
import type { ScreenSize } from '../../lib/terminal-fitness.ts';
import {
	escapeTime,
	Input,
	type InputMode,
	isFarewell,
	KeyMode,
} from '../input/input.ts';
import { answerTime, probeSequence, TerminalProbe } from './terminal-probe.ts';
import type { TerminalReply } from './terminal-replies.ts';
import { TerminalSession } from './terminal-session.ts';

/** Who draws on the terminal and is typed to. */
export interface TerminalUser {
	/** The mode of the keys that is current. */
	readonly mode: InputMode;
	readonly escapeTime: Parameters<typeof escapeTime>[0];
	/** Something was typed, clicked or pasted. */
	used(): void;
	resize(size: ScreenSize): void;
	/** Others have had the terminal: everything must be said to it anew. */
	retaken(): void;
	/** What the probe has taken already. */
	reply(reply: TerminalReply): void;
}

export class OuterTerminal implements Disposable {
	readonly session: TerminalSession;
	readonly probe: TerminalProbe;
	/** Settles with an exit code when it is to be left; never rejects. */
	readonly left: Promise<number>;
	readonly leave: (code: number) => void;
	readonly #input: Input;
	#user: TerminalUser | null = null;

	/** Takes the terminal over and asks it what it can do. */
	constructor(environment: Environment) {
		const { promise, resolve } = Promise.withResolvers<number>();
		this.left = promise;
		this.leave = resolve;
		this.probe = new TerminalProbe(answerTime(environment));
		// Keys typed before there is anything to see are dropped.
		const early = new KeyMode((event) => {
			if (event.kind === 'reply') this.take(event.reply);
		});
		this.#input = new Input({
			escapeTimeMs: () => escapeTime(this.#user?.escapeTime ?? 'auto', environment),
			mode: () => this.#user?.mode ?? early,
		});
		this.session = new TerminalSession({
			input: process.stdin,
			output: process.stdout,
			onInput: (bytes) => {
				if (!isFarewell(bytes)) this.#user?.used();
				this.#input.feed(bytes);
			},
			onResize: (size) => this.#user?.resize(size),
			onContinue: () => this.#user?.retaken(),
			onSignal: (signal) => this.leave(signal === 'SIGINT' ? 130 : 128 + 15),
		});
		writeSync(this.session.fd, probeSequence);
	}

	/** Hears what comes from now on. */
	serve(user: TerminalUser): void {
		this.#user = user;
	}

	/** An answer of the terminal, told by whichever mode has the keys. */
	take(reply: TerminalReply): void {
		this.probe.take(reply);
		this.#user?.reply(reply);
	}

	[Symbol.dispose](): void {
		this.session.close();
		this.#input[Symbol.dispose]();
		this.probe[Symbol.dispose]();
	}
}
