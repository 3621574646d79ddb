// What the terminal can do, asked in one round trip. The last question is one that every terminal
// answers (DA1), so that its answer says that no other will come.
import { afterInput } from '../../lib/after-input.ts';
import { colourDepth } from '../../lib/colour-depth.ts';
import type { Environment } from '../../lib/environment.ts';
import { isOverSsh } from '../../lib/over-ssh.ts';
import type { TerminalColours } from '../../protocol/holder.ts';
import type { After } from '../input/input.ts';
import type { EmitOptions } from '../paint/emit.ts';
import { notificationQuestion } from './notify-question.ts';
import { statusQuestion } from './outer-status.ts';
import type { TerminalReply } from './terminal-replies.ts';

/** A terminal at hand answers within milliseconds; one at the end of a line after a way and back. */
const answerMs = { near: 200, far: 1500 };

/** How long to wait for the answers of a terminal that gives none, not even the last. */
export function answerTime(env: Environment): number {
	return isOverSsh(env) ? answerMs.far : answerMs.near;
}

/** Each part 0 to 255. */
type Colour = readonly [number, number, number];

/** Null is a question without an answer. */
export interface TerminalTraits {
	readonly background: Colour | null;
	readonly foreground: Colour | null;
	readonly cursor: Colour | null;
	/** Those of the first sixteen colours that it told. */
	readonly palette: Readonly<Record<number, Colour>>;
	/** Synchronized output, mode 2026. */
	readonly synchronized: boolean | null;
	/** Kitty's keyboard protocol. */
	readonly keyboard: boolean;
	/** A border glyph, which is of ambiguous width, takes two cells. */
	readonly ambiguousWide: boolean | null;
	readonly version: string | null;
	/** It can tell when it turns dark or light, mode 2031. */
	readonly tellsScheme: boolean;
	/** It shows notifications by OSC 99. */
	readonly notifies: boolean;
	/** It listens to what programs say of themselves (OSC 7501). */
	readonly hearsStatus: boolean;
}

/** Asked at the start, and again when the terminal turned dark or light. */
const colourQuestions = `\x1b]10;?\x1b\\\x1b]11;?\x1b\\\x1b]12;?\x1b\\\x1b]4;${Array.from({ length: 16 }, (_, at) => `${at};?`).join(';')}\x1b\\`;

/** Asks for the colours alone, with the question whose answer comes last. */
export const coloursSequence = `${colourQuestions}\x1b[c`;

/**
 * The questions, to be written on the alternate screen after it is entered. The glyph is tried in row
 * 2: from row 1 the answer would look like the key F3.
 */
export const probeSequence =
	`\x1b[2;1H\u2500\x1b[6n\x1b[2;1H\x1b[2X${colourQuestions}` +
	`\x1b[?2026$p\x1b[?2031$p\x1b[?u\x1b[>q${notificationQuestion}${statusQuestion}\x1b[c`;

export class TerminalProbe implements Disposable {
	/** Resolves with what is known at the last answer or when time is up. Never rejects. */
	readonly done: Promise<TerminalTraits>;
	#traits: TerminalTraits = {
		background: null,
		foreground: null,
		cursor: null,
		palette: {},
		synchronized: null,
		keyboard: false,
		ambiguousWide: null,
		version: null,
		tellsScheme: false,
		notifies: false,
		hearsStatus: false,
	};
	readonly #cancel: () => void;
	#settle: (traits: TerminalTraits) => void = () => undefined;

	constructor(limitMs: number, after: After = afterInput) {
		this.done = new Promise((settle) => {
			this.#settle = settle;
		});
		this.#cancel = after(limitMs, () => this.#settle(this.#traits));
	}

	/** What is known so far; answers may come later than `done`. */
	get traits(): TerminalTraits {
		return this.#traits;
	}

	take(reply: TerminalReply): void {
		const known = this.#traits;
		if (reply.kind === 'colour') this.#traits = withColour(known, reply.of, reply.rgb);
		else if (reply.kind === 'mode' && reply.mode === 2026)
			this.#traits = { ...known, synchronized: reply.value === 1 || reply.value === 2 };
		else if (reply.kind === 'mode' && reply.mode === 2031)
			this.#traits = { ...known, tellsScheme: reply.value === 1 || reply.value === 2 };
		else if (reply.kind === 'keyboard') this.#traits = { ...known, keyboard: true };
		else if (reply.kind === 'cursor')
			this.#traits = { ...known, ambiguousWide: reply.column === 3 };
		else if (reply.kind === 'notifications') this.#traits = { ...known, notifies: true };
		else if (reply.kind === 'status') this.#traits = { ...known, hearsStatus: true };
		else if (reply.kind === 'version') this.#traits = { ...known, version: reply.text };
		else if (reply.kind === 'attributes') {
			this.#cancel();
			this.#settle(this.#traits);
		}
	}

	[Symbol.dispose](): void {
		this.#cancel();
		this.#settle(this.#traits);
	}
}

function withColour(
	traits: TerminalTraits,
	of: number | 'foreground' | 'background' | 'cursor',
	rgb: Colour,
): TerminalTraits {
	if (typeof of !== 'number') return { ...traits, [of]: rgb };
	return of < 16 ? { ...traits, palette: { ...traits.palette, [of]: rgb } } : traits;
}

/** What programs are told of the terminal's colours; null where it does not tell its own. */
export function coloursOf(traits: TerminalTraits): TerminalColours | null {
	const { foreground, background, cursor, palette } = traits;
	if (!background || !foreground) return null;
	const known = Object.values(palette).map(hex);
	return {
		foreground: hex(foreground),
		background: hex(background),
		cursor: hex(cursor ?? foreground),
		palette: known.length === 16 ? known : [],
	};
}

function hex(rgb: Colour): string {
	return `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** How to write to a terminal with these traits. */
export function emitOptions(
	traits: TerminalTraits,
	env: Environment,
	wanted: { readonly colours: boolean; readonly still: boolean } = {
		colours: true,
		still: false,
	},
): EmitOptions {
	const plain = /^(?:linux|vt|ansi|screen$)/.test(env.TERM ?? '');
	const old = plain || env.TERM_PROGRAM === 'Apple_Terminal';
	return {
		depth: wanted.colours ? colourDepth(env) : 'mono',
		blinks: !wanted.still,
		// Unknown private modes are ignored: only a plain no is taken for one.
		synchronized: traits.synchronized !== false,
		underlineStyles: !old,
		links: !old,
		ambiguousWide: traits.ambiguousWide === true,
	};
}
