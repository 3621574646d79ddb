// Mouse reports: read in the encoding that we ask the terminal for (SGR, mode 1006) and in the old
// one, written in the encoding that a pane's program asked for.
import { PaneMode } from '../../protocol/rows.ts';
import type { InputToken } from './input-tokens.ts';

export interface MouseEvent {
	readonly action: 'press' | 'release' | 'drag' | 'move' | 'wheel';
	/** `none` for movement without a button. The wheel's buttons are its directions. */
	readonly button:
		| 'left'
		| 'middle'
		| 'right'
		| 'none'
		| 'up'
		| 'down'
		| 'back'
		| 'forward'
		| 'eighth'
		| 'ninth'
		| 'tenth'
		| 'eleventh';
	/** Cell, counted from 0. */
	readonly x: number;
	readonly y: number;
	readonly shift: boolean;
	readonly alt: boolean;
	readonly ctrl: boolean;
}

const motionBit = 32;
const wheelBit = 64;
const extraBit = 128;
const buttons = ['left', 'middle', 'right', 'none'] as const;
const wheels = ['up', 'down', 'back', 'forward'] as const;
const extras = ['eighth', 'ninth', 'tenth', 'eleventh'] as const;
/** The old encoding has one byte for a coordinate. */
const oldLimit = 223;
/** The same in UTF-8 has two bytes at most. */
const utf8Limit = 2015;

/** The event of a mouse report, undefined for other tokens. */
export function mouseOf(token: InputToken): MouseEvent | undefined {
	if (token.kind !== 'sequence' || token.introducer !== '[') return undefined;
	const { parameters, final, bytes } = token;
	if (final !== 'M' && final !== 'm') return undefined;
	const sgr = /^<(\d+);(\d+);(\d+)$/.exec(parameters);
	if (sgr) return event(Number(sgr[1]), Number(sgr[2]), Number(sgr[3]), final === 'm');
	if (parameters !== '' || bytes.length !== 6) return undefined;
	const [, , , code = 0, x = 0, y = 0] = bytes;
	const button = code - 32;
	return event(button, x - 32, y - 32, (button & 3) === 3 && button < motionBit);
}

/**
 * The report that a program gets for an event at `x`, `y` of its own screen, by its modes
 * (`RowsPush.modes`). Undefined where it did not ask for such events or cannot be told.
 */
export function mouseReport(event: MouseEvent, modes: number): Uint8Array | undefined {
	if (!wants(event, modes)) return undefined;
	const onlyPress = (modes & tracking) === PaneMode.mouseX10;
	const code = codeOf(event, onlyPress);
	const [x, y] = [event.x + 1, event.y + 1];
	const isRelease = event.action === 'release';
	// A program that asked for pixels without asking whether there are any (our emulator answers that
	// mode 1016 is unknown) gets cells in the same form: a coarse place, but every press and wheel.
	if (modes & (PaneMode.mouseSgr | PaneMode.mouseSgrPixels))
		return Buffer.from(`\x1b[<${code};${x};${y}${isRelease ? 'm' : 'M'}`);
	const old = isRelease ? (code & ~3) | 3 : code;
	if (modes & PaneMode.mouseUrxvt) return Buffer.from(`\x1b[${old + 32};${x};${y}M`);
	const limit = modes & PaneMode.mouseUtf8 ? utf8Limit : oldLimit;
	if (x > limit || y > limit) return undefined;
	if (modes & PaneMode.mouseUtf8)
		return Buffer.from(`\x1b[M${String.fromCodePoint(old + 32, x + 32, y + 32)}`);
	return Uint8Array.of(0x1b, 0x5b, 0x4d, old + 32, x + 32, y + 32);
}

/** Whether a program asked for mouse reports of any kind. */
export function tracksMouse(modes: number): boolean {
	return (modes & tracking) !== 0;
}

const tracking =
	PaneMode.mouseX10 | PaneMode.mouseButtons | PaneMode.mouseDrag | PaneMode.mouseAny;

function wants({ action }: MouseEvent, modes: number): boolean {
	if (modes & PaneMode.mouseAny) return true;
	if (modes & PaneMode.mouseDrag) return action !== 'move';
	if (modes & PaneMode.mouseButtons) return action !== 'move' && action !== 'drag';
	return (modes & PaneMode.mouseX10) !== 0 && action === 'press';
}

function event(
	code: number,
	x: number,
	y: number,
	release: boolean,
): MouseEvent | undefined {
	if (x < 1 || y < 1) return undefined;
	const isWheel = (code & (wheelBit | extraBit)) === wheelBit;
	const row = code & extraBit ? extras : isWheel ? wheels : buttons;
	const button = row[code & 3] ?? 'none';
	const moves = (code & motionBit) !== 0;
	const moved = button === 'none' ? 'move' : 'drag';
	const pressed = release ? 'release' : 'press';
	return {
		action: isWheel ? 'wheel' : moves ? moved : pressed,
		button,
		x: x - 1,
		y: y - 1,
		shift: (code & 4) !== 0,
		alt: (code & 8) !== 0,
		ctrl: (code & 16) !== 0,
	};
}

function codeOf(event: MouseEvent, onlyPress: boolean): number {
	const base = baseOf(event);
	if (onlyPress) return base;
	const moves = event.action === 'drag' || event.action === 'move' ? motionBit : 0;
	const { shift, alt, ctrl } = event;
	return base + moves + (shift ? 4 : 0) + (alt ? 8 : 0) + (ctrl ? 16 : 0);
}

function baseOf({ button }: MouseEvent): number {
	for (const [names, bit] of [
		[buttons, 0],
		[wheels, wheelBit],
		[extras, extraBit],
	] as const) {
		const at = names.findIndex((name) => name === button);
		if (at >= 0) return bit + at;
	}
	return 0;
}
