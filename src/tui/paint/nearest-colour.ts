// The nearest colour when the outer terminal has fewer than a cell asks for. Colours are in the
// packing of a foreground word.
import type { ColourDepth } from '../../lib/colour-depth.ts';
import { ColourMode, colourMask, colourModeMask, colourValueMask } from './cell.ts';

/** The colour as a terminal of that depth can show it; 0 is the terminal's own colour. */
export function atDepth(colour: number, depth: ColourDepth): number {
	const mode = colour & colourModeMask;
	if (mode === 0 || depth === 'mono') return 0;
	if (depth === 'truecolour' || mode === ColourMode.ansi16) return colour & colourMask;
	const value = colour & colourValueMask;
	if (depth === '256')
		return mode === ColourMode.rgb
			? ColourMode.ansi256 | nearest256(value)
			: colour & colourMask;
	if (mode === ColourMode.ansi256 && value < 16) return ColourMode.ansi16 | value;
	const rgb = mode === ColourMode.rgb ? value : rgbOf256(value & 0xff);
	return ColourMode.ansi16 | nearest16(rgb);
}

/** The usual value of a colour of the 256-colour palette, 0xrrggbb. */
export function rgbOf256(index: number): number {
	if (index < 16) return palette16[index] ?? 0;
	if (index >= 232) return (8 + (index - 232) * 10) * 0x010101;
	const cube = index - 16;
	const level = (step: number) => cubeLevels[step] ?? 0;
	return (
		(level(Math.floor(cube / 36)) << 16) |
		(level(Math.floor(cube / 6) % 6) << 8) |
		level(cube % 6)
	);
}

const cubeLevels = [0, 95, 135, 175, 215, 255];
// The defaults of xterm.
const palette16 = [
	0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
	0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
];

function nearest256(rgb: number): number {
	const steps = [rgb >> 16, (rgb >> 8) & 0xff, rgb & 0xff].map(nearestStep);
	const cube = 16 + (steps[0] ?? 0) * 36 + (steps[1] ?? 0) * 6 + (steps[2] ?? 0);
	const brightness = ((rgb >> 16) + ((rgb >> 8) & 0xff) + (rgb & 0xff)) / 3;
	const grey = 232 + Math.max(0, Math.min(23, Math.round((brightness - 8) / 10)));
	return distance(rgb, rgbOf256(grey)) < distance(rgb, rgbOf256(cube)) ? grey : cube;
}

function nearestStep(value: number): number {
	let best = 0;
	for (let step = 1; step < cubeLevels.length; step += 1)
		if (
			Math.abs((cubeLevels[step] ?? 0) - value) <
			Math.abs((cubeLevels[best] ?? 0) - value)
		)
			best = step;
	return best;
}

function nearest16(rgb: number): number {
	let best = 0;
	for (let index = 1; index < palette16.length; index += 1)
		if (distance(rgb, palette16[index] ?? 0) < distance(rgb, palette16[best] ?? 0))
			best = index;
	return best;
}

// Weighted by how much the eye sees of red, green and blue.
function distance(a: number, b: number): number {
	const red = (a >> 16) - (b >> 16);
	const green = ((a >> 8) & 0xff) - ((b >> 8) & 0xff);
	const blue = (a & 0xff) - (b & 0xff);
	return 3 * red * red + 4 * green * green + 2 * blue * blue;
}
