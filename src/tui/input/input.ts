// Input for weir itself: keys by name, pastes, mouse, focus, and the terminal's answers apart from
// all of them.

import { afterInput } from '../../lib/after-input.ts';
import type { Environment } from '../../lib/environment.ts';
import { isOverSsh } from '../../lib/over-ssh.ts';
import { replyOf, type TerminalReply } from '../terminal/terminal-replies.ts';
import { type Key, keyOf } from './input-keys.ts';
import { type InputToken, InputTokens } from './input-tokens.ts';
import { type MouseEvent, mouseOf } from './mouse.ts';

export type InputEvent =
	| ({ readonly kind: 'key' } & Key)
	/** A piece of a paste as UTF-8; a character may be cut between two pieces. */
	| {
			readonly kind: 'paste';
			readonly bytes: Uint8Array;
			readonly first: boolean;
			readonly last: boolean;
	  }
	| { readonly kind: 'mouse'; readonly mouse: MouseEvent }
	| { readonly kind: 'focus'; readonly focused: boolean }
	| { readonly kind: 'reply'; readonly reply: TerminalReply };

/** Runs `run` after so many milliseconds; returns the way to cancel it. */
export type After = (milliseconds: number, run: () => void) => () => void;

/**
 * How long an ESC waits for what makes it more than the key Escape: a network may part the bytes of
 * one key.
 */
export function escapeTime(chosen: 'auto' | number, env: Environment): number {
	if (chosen !== 'auto') return chosen;
	return isOverSsh(env) ? 100 : 25;
}

/** A sequence of which the rest does not come; slow lines need this long at most. */
const restTimeMs = 1000;
/** A paste whose end does not come. */
const pasteTimeMs = 10_000;

/**
 * What takes the tokens while it is current. `take` returns what it left of the token, which then
 * goes to the mode that is current by then: a key may change the mode in the middle of a read.
 */
export interface InputMode {
	take(token: InputToken): InputToken | undefined;
}

export interface InputOptions {
	/** Asked whenever one waits. */
	readonly escapeTimeMs: () => number;
	readonly after?: After;
	/** The mode that is current; asked before each token. */
	readonly mode: () => InputMode;
}

/** The terminal's input stream. What stays incomplete for too long is delivered as it is. */
export class Input implements Disposable {
	readonly #tokens = new InputTokens();
	readonly #options: InputOptions;
	#cancel: (() => void) | undefined;

	constructor(options: InputOptions) {
		this.#options = options;
	}

	feed(bytes: Uint8Array): void {
		this.#cancel?.();
		this.#cancel = undefined;
		this.#deliver(this.#tokens.feed(bytes));
	}

	[Symbol.dispose](): void {
		this.#cancel?.();
	}

	#deliver(tokens: readonly InputToken[]): void {
		for (const token of tokens)
			for (let rest: InputToken | undefined = token; rest; )
				rest = this.#options.mode().take(rest);
		const { waiting } = this.#tokens;
		if (waiting === 'nothing') return;
		const { escapeTimeMs, after = afterInput } = this.#options;
		const times = { key: escapeTimeMs(), rest: restTimeMs, paste: pasteTimeMs };
		this.#cancel = after(times[waiting], () => {
			this.#cancel = undefined;
			this.#deliver(this.#tokens.flush());
		});
	}
}

/** The mode in which keys are commands: each token becomes events. */
export class KeyMode implements InputMode {
	readonly #onEvent: (event: InputEvent) => void;

	constructor(onEvent: (event: InputEvent) => void) {
		this.#onEvent = onEvent;
	}

	take(token: InputToken): InputToken | undefined {
		const [first, rest] = splitText(token);
		const event = eventOf(first);
		if (event) this.#onEvent(event);
		return rest;
	}
}

/** The first character of a run of text and what follows it. */
export function splitText(token: InputToken): readonly [InputToken, InputToken?] {
	if (token.kind !== 'text') return [token];
	const lead = token.bytes[0] ?? 0;
	const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
	if (token.bytes.length <= size) return [token];
	return [
		{ kind: 'text', bytes: token.bytes.subarray(0, size) },
		{ kind: 'text', bytes: token.bytes.subarray(size) },
	];
}

/** What a token means; undefined where it means nothing. */
function eventOf(token: InputToken): InputEvent | undefined {
	if (token.kind === 'paste') return token;
	const mouse = mouseOf(token);
	if (mouse) return { kind: 'mouse', mouse };
	const focused = focusOf(token);
	if (focused !== undefined) return { kind: 'focus', focused };
	const reply = replyOf(token);
	if (reply) return { kind: 'reply', reply };
	const key = keyOf(token);
	return key && { kind: 'key', ...key };
}

/** Whether a focus report (mode 1004) says in or out; undefined for other tokens. */
export function focusOf(token: InputToken): boolean | undefined {
	if (token.kind !== 'sequence' || token.introducer !== '[') return undefined;
	if (token.parameters !== '') return undefined;
	if (token.final === 'I') return true;
	return token.final === 'O' ? false : undefined;
}

/** Whether this is nothing but the report that somebody left: nobody is here by that. */
export function isFarewell(bytes: Uint8Array): boolean {
	return bytes.length === 3 && Buffer.from(bytes).toString('latin1') === '\x1b[O';
}
