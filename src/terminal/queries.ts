// Answers to what programs ask of a terminal beyond what the library answers itself (device
// attributes, cursor position, mode reports, status strings). An answer goes into the program's own
// input, so it never carries text that the program chose: only numbers within bounds and our colours.
import type { KittyKeyboard } from './kitty-keyboard.ts';
import { type Pen, penParameters } from './pen.ts';
import { otherKeysResource, type ScreenModes } from './screen-modes.ts';
import { isDark, paletteColour, type ThemeColours, x11Colour } from './theme-colours.ts';
import { mayTellMode } from './told-modes.ts';
import type { Terminal } from './xterm/library.ts';

export interface QuerySettings {
	readonly theme: () => ThemeColours;
	/** Name and version for XTVERSION. */
	readonly identity: string;
	readonly keyboard: KittyKeyboard;
	readonly modes: ScreenModes;
	/** The style that is written in; null where it cannot be had. */
	readonly pen: () => Pen | null;
	readonly answer: (text: string) => void;
}

const esc = '\x1b';
const st = `${esc}\\`;
/** Colours told for one request; the palette of sixteen is what programs ask for. */
const colourLimit = 32;
/** Grapheme clustering, mode 2027: always on, by the emulator's width table. */
const graphemeMode = 2027;
/**
 * The mouse in pixels: a pane's cells have no size in pixels, so it is told as unknown, and programs
 * that ask first stay with cells.
 */
const pixelMouseMode = 1016;

type Parameters = readonly (number | readonly number[])[];

/** Makes a terminal answer. Handlers that answer nothing leave the sequence to the library. */
export function answerQueries(terminal: Terminal, settings: QuerySettings): void {
	const { parser } = terminal;
	const { answer, keyboard } = settings;
	const alternate = () => terminal.buffer.active.type === 'alternate';
	const colour = (code: string, value: string) =>
		answer(`${esc}]${code};${x11Colour(value)}${st}`);

	parser.registerCsiHandler({ prefix: '>', final: 'q' }, (parameters) => {
		if (number(parameters, 0) === 0) answer(`${esc}P>|${settings.identity}${st}`);
		return true;
	});
	// The unit's number (DA3): all zeros, as xterm says it.
	parser.registerCsiHandler({ prefix: '=', final: 'c' }, (parameters) => {
		if (number(parameters, 0) === 0) answer(`${esc}P!|00000000${st}`);
		return true;
	});
	parser.registerCsiHandler({ prefix: '?', final: 'm' }, (parameters) => {
		if (number(parameters, 0) !== otherKeysResource) return false;
		answer(`${esc}[>${otherKeysResource};${settings.modes.otherKeys}m`);
		return true;
	});
	parser.registerCsiHandler({ prefix: '?', final: 'u' }, () => {
		answer(`${esc}[?${keyboard.flags(alternate())}u`);
		return true;
	});
	parser.registerCsiHandler({ prefix: '>', final: 'u' }, (parameters) => {
		keyboard.push(alternate(), number(parameters, 0));
		return true;
	});
	parser.registerCsiHandler({ prefix: '<', final: 'u' }, (parameters) => {
		keyboard.pop(alternate(), number(parameters, 0));
		return true;
	});
	parser.registerCsiHandler({ prefix: '=', final: 'u' }, (parameters) => {
		keyboard.set(alternate(), number(parameters, 0), number(parameters, 1));
		return true;
	});
	parser.registerEscHandler({ final: 'c' }, () => {
		keyboard.reset();
		return false;
	});
	parser.registerCsiHandler(
		{ prefix: '?', intermediates: '$', final: 'p' },
		(parameters) => {
			const mode = number(parameters, 0);
			if (mode === graphemeMode) answer(`${esc}[?${graphemeMode};3$y`);
			if (mode === pixelMouseMode) answer(`${esc}[?${pixelMouseMode};0$y`);
			const own = settings.modes.privateMode(mode);
			if (own !== undefined) answer(`${esc}[?${mode};${own ? 1 : 2}$y`);
			const known = own !== undefined || mode === graphemeMode;
			return known || mode === pixelMouseMode || !mayTellMode(mode);
		},
	);
	parser.registerCsiHandler(
		{ intermediates: '$', final: 'p' },
		(parameters) => !mayTellMode(number(parameters, 0)),
	);
	// Dark or light (CSI ? 996 n), as contour and kitty answer it.
	parser.registerCsiHandler({ prefix: '?', final: 'n' }, (parameters) => {
		if (number(parameters, 0) !== 996) return false;
		answer(schemeAnswer(settings.theme()));
		return true;
	});
	// Settings (DECRQSS) of which the library answers what they are at the start.
	parser.registerDcsHandler({ intermediates: '$', final: 'q' }, (what) => {
		const pen = what === 'm' ? settings.pen() : null;
		if (pen) answer(`${esc}P1$r${penParameters(pen)}m${st}`);
		else if (what === ' q') answer(`${esc}P1$r${settings.modes.cursorStyle} q${st}`);
		else return false;
		return true;
	});
	// XTGETTCAP: no capability is told, whatever was asked.
	parser.registerDcsHandler({ intermediates: '+', final: 'q' }, () => {
		answer(`${esc}P0+r${st}`);
		return true;
	});
	parser.registerOscHandler(4, (data) => {
		for (const index of paletteQuestions(data)) {
			const value = paletteColour(settings.theme(), index);
			if (value) colour(`4;${index}`, value);
		}
		return true;
	});
	const special = [10, 11, 12] as const;
	for (const [offset, code] of special.entries()) {
		parser.registerOscHandler(code, (data) => {
			const asked = data.split(';', special.length - offset);
			for (const [index, what] of asked.entries()) {
				const which = special[offset + index];
				if (what === '?' && which) colour(String(which), specialColour(settings, which));
			}
			return true;
		});
	}
}

/** That it is dark or light: asked for, or told unasked under mode 2031. */
export function schemeAnswer({ background }: ThemeColours): string {
	return `${esc}[?997;${isDark(background) ? 1 : 2}n`;
}

function specialColour(settings: QuerySettings, code: 10 | 11 | 12): string {
	const theme = settings.theme();
	if (code === 10) return theme.foreground;
	return code === 11 ? theme.background : theme.cursor;
}

/** The indices asked for in `index ; ? ; index ; ?`; setting a colour is not supported. */
function paletteQuestions(data: string): number[] {
	const words = data.split(';', colourLimit * 2);
	const indices: number[] = [];
	for (let at = 0; at + 1 < words.length; at += 2)
		if (words[at + 1] === '?' && /^\d{1,3}$/.test(words[at] ?? ''))
			indices.push(Number(words[at]));
	return indices;
}

function number(parameters: Parameters, index: number): number {
	const value = parameters[index];
	return typeof value === 'number' && value > 0 ? value : 0;
}
