// The TYPE mode: what is typed goes to one pane. Bytes pass unchanged but for the leader, a few
// chords with Alt, and what the pane's program did not ask for: reports of mouse and focus, the marks
// around a paste, and the terminal's answers to our own questions.
import { PaneMode } from '../../protocol/rows.ts';
import { type KeyForms, PaneKeys } from '../keys/pane-keys.ts';
import { replyOf, type TerminalReply } from '../terminal/terminal-replies.ts';
import { focusOf, type InputMode, splitText } from './input.ts';
import { type Key, keyOf } from './input-keys.ts';
import type { InputToken } from './input-tokens.ts';
import { type MouseEvent, mouseOf, mouseReport, tracksMouse } from './mouse.ts';
import { pasteBytes, pastedLines } from './paste.ts';

/** The pane that is typed into. */
export interface TypeTarget extends KeyForms {
	/** Its own cell at a cell of the screen, clamped to it; null for a cell of the chrome or another. */
	cellAt(
		x: number,
		y: number,
		clamp: boolean,
	): { readonly x: number; readonly y: number } | null;
	send(bytes: Uint8Array): void;
}

export interface TypingKeys {
	/** A key by name, such as `ctrl+space`; every encoding of it is recognised. */
	readonly leader: string;
	/** Keys that are weir's without the leader, such as `alt+j`. */
	readonly chords: ReadonlySet<string>;
	/** Whether a key means something after the leader. */
	readonly isCommand: (key: string) => boolean;
}

export interface TypeModeOptions {
	/** Asked before each key that may be weir's. */
	readonly keys: () => TypingKeys;
	/** Asked before each token. */
	readonly target: () => TypeTarget;
	/** The leader was pressed (true) or what follows it was (false). */
	readonly onLeader: (pending: boolean) => void;
	/** A key after the leader; true where the next key belongs to it as well. */
	readonly onCommand: (key: Key) => boolean;
	readonly onChord: (key: Key) => void;
	/** Leader, then Escape. */
	readonly onLeave: () => void;
	/** A mouse event that is not the pane's. */
	readonly onMouse: (event: MouseEvent) => void;
	readonly onFocus: (focused: boolean) => void;
	readonly onReply: (reply: TerminalReply) => void;
	/**
	 * Several lines pasted into a program that did not ask for marked pastes: each line end would act
	 * as Enter. The caller asks, and sends the bytes or not. `cut`: it was longer than is kept.
	 */
	readonly onRiskyPaste: (paste: RiskyPaste) => void;
}

export interface RiskyPaste {
	readonly bytes: Uint8Array;
	readonly lines: number;
	readonly cut: boolean;
}

const pasteLimit = 1 << 20;
const pasteStart = Buffer.from('\x1b[200~');
const pasteEnd = Buffer.from('\x1b[201~');

export class TypeMode implements InputMode {
	readonly #options: TypeModeOptions;
	#pending = false;
	#paste: { marked: boolean; kept: Uint8Array[]; size: number; cut: boolean } | undefined;
	readonly #keys = new PaneKeys();
	/** A button went down in the pane: it gets the movement and the release wherever they are. */
	#grabbed = false;

	constructor(options: TypeModeOptions) {
		this.#options = options;
	}

	/** Forgets a leader, a paste and a mouse button half way: the mode or the target changed. */
	reset(): void {
		if (this.#pending) this.#options.onLeader(false);
		this.#pending = false;
		this.#paste = undefined;
		this.#grabbed = false;
		this.#keys.reset();
	}

	take(token: InputToken): InputToken | undefined {
		if (token.kind === 'paste') {
			this.#pasted(token);
			return undefined;
		}
		if (this.#aside(token)) return undefined;
		if (this.#pending) {
			const [first, rest] = splitText(token);
			return this.#command(first) ?? rest;
		}
		this.#typed(token);
		return undefined;
	}

	#typed(token: InputToken): void {
		const { keys, onLeader, onChord } = this.#options;
		if (token.kind === 'text') return this.#send(token);
		// Half a sequence is no key; its bytes would be typed as text.
		if (token.kind === 'broken') return;
		const key = keyOf(token);
		const { leader, chords } = keys();
		if (key?.name === leader) {
			this.#pending = true;
			return onLeader(true);
		}
		if (key && chords.has(key.name)) return onChord(key);
		this.#send(token);
	}

	#send(token: InputToken): void {
		const target = this.#options.target();
		const bytes = this.#keys.bytes(token, target);
		if (bytes.length > 0) target.send(bytes);
	}

	// What it leaves is for the mode that is current by then.
	#command(token: InputToken): InputToken | undefined {
		const { keys, onLeader, onCommand, onLeave } = this.#options;
		const key = keyOf(token);
		if (!key) return undefined;
		this.#pending = false;
		onLeader(false);
		// Lines that gather what is typed make one of Escape and the key pressed after it; taken for a
		// key with Alt that nobody bound, all that follows would be typed into the pane.
		if (token.kind === 'alt' && !keys().isCommand(key.name)) {
			onLeave();
			return token.inner;
		}
		if (key.name === keys().leader) this.#send(token);
		else if (key.name === 'escape') onLeave();
		else if (onCommand(key)) {
			this.#pending = true;
			onLeader(true);
		}
		return undefined;
	}

	/** What is neither key nor text. */
	#aside(token: InputToken): boolean {
		if (token.kind === 'text') return false;
		const { onFocus, onReply } = this.#options;
		const mouse = mouseOf(token);
		if (mouse) {
			this.#mouse(mouse);
			return true;
		}
		const focused = focusOf(token);
		if (focused !== undefined) {
			onFocus(focused);
			return true;
		}
		const reply = replyOf(token);
		if (reply) onReply(reply);
		return reply !== undefined;
	}

	#mouse(event: MouseEvent): void {
		const target = this.#options.target();
		const cell = target.cellAt(event.x, event.y, this.#grabbed);
		if (!cell || !tracksMouse(target.modes)) return this.#options.onMouse(event);
		if (event.action === 'press') this.#grabbed = true;
		if (event.action === 'release') this.#grabbed = false;
		const report = mouseReport({ ...event, ...cell }, target.modes);
		if (report) target.send(report);
	}

	#pasted({ bytes, first, last }: Extract<InputToken, { kind: 'paste' }>): void {
		const { target } = this.#options;
		if (first || !this.#paste) {
			const marked = (target().modes & PaneMode.bracketedPaste) !== 0;
			this.#paste = { marked, kept: [], size: 0, cut: false };
			if (marked) target().send(pasteStart);
		}
		const paste = this.#paste;
		if (paste.marked) {
			if (bytes.length > 0) target().send(bytes);
			if (last) target().send(pasteEnd);
		} else {
			const room = bytes.subarray(0, Math.max(0, pasteLimit - paste.size));
			paste.kept.push(room);
			paste.size += room.length;
			paste.cut ||= room.length < bytes.length;
			if (last) this.#unmarked(Buffer.concat(paste.kept), paste.cut);
		}
		if (last) this.#paste = undefined;
	}

	#unmarked(pasted: Buffer, cut: boolean): void {
		const lines = pastedLines(pasted);
		const bytes = pasteBytes(pasted.toString(), false);
		const endsLine = /[\r\n]$/.test(pasted.toString('latin1'));
		if (lines > 1 || endsLine || cut) this.#options.onRiskyPaste({ bytes, lines, cut });
		else this.#options.target().send(bytes);
	}
}
