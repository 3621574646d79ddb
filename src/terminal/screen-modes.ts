// Modes of a program's terminal, as the bits that travel with its rows. Most are the library's own;
// those it does not show in public are read from the sequences that set them.
import { PaneMode } from '../protocol/rows.ts';
import type { Terminal } from './xterm/library.ts';

interface Extra {
	readonly cursorHidden: boolean;
	/** DECSCUSR shape: 0 default, 1 block, 2 underline, 3 bar. */
	readonly cursorShape: number;
	readonly cursorBlink: boolean;
	readonly reverseScreen: boolean;
	readonly mouseEncoding: 'plain' | 'utf8' | 'sgr' | 'pixels' | 'urxvt';
	/** modifyOtherKeys: 0, 1 or 2. */
	readonly otherKeys: number;
	/** Mode 40: a program may set the width (DECCOLM). */
	readonly widthsAllowed: boolean;
	/** Mode 2031: it wants to hear when its colours turn dark or light. */
	readonly hearsScheme: boolean;
}

const initial: Extra = {
	cursorHidden: false,
	cursorShape: 0,
	cursorBlink: false,
	reverseScreen: false,
	mouseEncoding: 'plain',
	otherKeys: 0,
	widthsAllowed: false,
	hearsScheme: false,
};

/** Private mode -> what it sets, by whether it is set or reset. */
const privateModes: Readonly<Record<number, (on: boolean) => Partial<Extra>>> = {
	5: (on) => ({ reverseScreen: on }),
	12: (on) => ({ cursorBlink: on }),
	40: (on) => ({ widthsAllowed: on }),
	25: (on) => ({ cursorHidden: !on }),
	1005: (on) => ({ mouseEncoding: on ? 'utf8' : 'plain' }),
	1006: (on) => ({ mouseEncoding: on ? 'sgr' : 'plain' }),
	1015: (on) => ({ mouseEncoding: on ? 'urxvt' : 'plain' }),
	1016: (on) => ({ mouseEncoding: on ? 'pixels' : 'plain' }),
	2031: (on) => ({ hearsScheme: on }),
};

const encodingBits: Readonly<Record<Extra['mouseEncoding'], number>> = {
	plain: 0,
	utf8: PaneMode.mouseUtf8,
	sgr: PaneMode.mouseSgr,
	pixels: PaneMode.mouseSgrPixels,
	urxvt: PaneMode.mouseUrxvt,
};

const trackingBits: Readonly<Record<string, number>> = {
	x10: PaneMode.mouseX10,
	vt200: PaneMode.mouseButtons,
	drag: PaneMode.mouseDrag,
	any: PaneMode.mouseAny,
};

/** The number of modifyOtherKeys among xterm's key modifier options. */
export const otherKeysResource = 4;

export class ScreenModes {
	#extra: Extra = initial;
	readonly #terminal: Terminal;

	/** `clear` makes the screen as it is after its width was set: a pane keeps its own. */
	constructor(terminal: Terminal, clear: () => void) {
		this.#terminal = terminal;
		const { parser } = terminal;
		for (const final of ['h', 'l'])
			parser.registerCsiHandler({ prefix: '?', final }, (modes) => {
				if (modes.includes(3) && this.#extra.widthsAllowed) clear();
				return this.#set(modes, final === 'h');
			});
		parser.registerCsiHandler({ intermediates: ' ', final: 'q' }, ([shape]) =>
			this.#shape(typeof shape === 'number' ? shape : 0),
		);
		parser.registerCsiHandler({ prefix: '>', final: 'm' }, (resource) =>
			this.#keys(resource),
		);
		parser.registerCsiHandler({ prefix: '>', final: 'n' }, ([resource]) => {
			if (resource === otherKeysResource) this.#extra = { ...this.#extra, otherKeys: 0 };
			return true;
		});
		parser.registerCsiHandler({ intermediates: '!', final: 'p' }, () => {
			this.#extra = { ...this.#extra, cursorHidden: false, otherKeys: 0 };
			return false;
		});
		parser.registerEscHandler({ final: 'c' }, () => {
			this.#extra = initial;
			return false;
		});
	}

	/** modifyOtherKeys: 0, 1 or 2. */
	get otherKeys(): number {
		return this.#extra.otherKeys;
	}

	get hearsScheme(): boolean {
		return this.#extra.hearsScheme;
	}

	get cursorShape(): number {
		return this.#extra.cursorShape;
	}

	/** The parameter of DECSCUSR; a default is told as the block that it mostly is. */
	get cursorStyle(): number {
		const { cursorShape, cursorBlink } = this.#extra;
		return Math.max(1, cursorShape) * 2 - (cursorBlink ? 1 : 0);
	}

	/** Whether a private mode is set; undefined for those that the library knows. */
	privateMode(mode: number): boolean | undefined {
		const { reverseScreen, cursorBlink, mouseEncoding, hearsScheme } = this.#extra;
		switch (mode) {
			case 5:
				return reverseScreen;
			case 12:
				return cursorBlink;
			case 1005:
				return mouseEncoding === 'utf8';
			case 1015:
				return mouseEncoding === 'urxvt';
			case 2031:
				return hearsScheme;
			default:
				return undefined;
		}
	}

	/** Bits of `PaneMode`. */
	bits(): number {
		const { modes, buffer } = this.#terminal;
		const extra = this.#extra;
		return (
			bit(extra.cursorHidden, PaneMode.cursorHidden) |
			bit(buffer.active.type === 'alternate', PaneMode.alternateScreen) |
			bit(modes.applicationCursorKeysMode, PaneMode.applicationCursor) |
			bit(modes.applicationKeypadMode, PaneMode.applicationKeypad) |
			bit(modes.bracketedPasteMode, PaneMode.bracketedPaste) |
			bit(modes.sendFocusMode, PaneMode.focusEvents) |
			(trackingBits[modes.mouseTrackingMode] ?? 0) |
			encodingBits[extra.mouseEncoding] |
			bit(extra.cursorBlink, PaneMode.cursorBlink) |
			bit(modes.synchronizedOutputMode, PaneMode.synchronized) |
			bit(extra.reverseScreen, PaneMode.reverseScreen) |
			bit(extra.otherKeys === 1, PaneMode.someOtherKeys) |
			bit(extra.otherKeys === 2, PaneMode.allOtherKeys)
		);
	}

	save(): unknown {
		return this.#extra;
	}

	/** Takes what `save` gave; a field that is missing keeps its initial value. */
	restore(saved: unknown): void {
		if (typeof saved === 'object') this.#extra = { ...initial, ...saved };
	}

	#set(modes: readonly (number | readonly number[])[], on: boolean): boolean {
		for (const mode of modes) {
			const change = typeof mode === 'number' ? privateModes[mode] : undefined;
			if (change) this.#extra = { ...this.#extra, ...change(on) };
		}
		return false;
	}

	/** Key modifier options (XTMODKEYS); without a value they are as at the start. */
	#keys([resource, value]: readonly (number | readonly number[])[]): boolean {
		const level = typeof value === 'number' ? Math.max(0, Math.min(2, value)) : 0;
		if (resource === otherKeysResource || !resource)
			this.#extra = { ...this.#extra, otherKeys: resource ? level : 0 };
		return true;
	}

	#shape(shape: number): boolean {
		this.#extra = {
			...this.#extra,
			cursorShape: Math.min(3, Math.ceil(shape / 2)),
			cursorBlink: shape % 2 === 1,
		};
		return false;
	}
}

function bit(on: boolean, value: number): number {
	return on ? value : 0;
}
