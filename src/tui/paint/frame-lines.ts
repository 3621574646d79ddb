// Frames as lines that join: where frames share a line their corners become one glyph.
import type { Area } from '../../domain/area.ts';

export type Weight = 'light' | 'heavy';

export interface Frame<Role extends string> {
	readonly area: Area;
	readonly weight: Weight;
	readonly role: Role;
}

/** The lines of a screen, cell by cell and row by row. */
export interface FrameLines<Role extends string> {
	readonly columns: number;
	/** Two bits for each arm of a cell: up, right, down, left; 0 none, 1 light, 2 heavy. */
	readonly arms: Uint8Array;
	/** Which of `names` a cell with arms has. */
	readonly roles: Uint8Array;
	readonly names: readonly Role[];
}

const [up, right, down, left] = [6, 4, 2, 0] as const;

/** Later frames lie above; what lies beyond the screen is left out. */
export function joinFrames<Role extends string>(
	frames: readonly Frame<Role>[],
	{ columns, rows }: { readonly columns: number; readonly rows: number },
): FrameLines<Role> {
	const arms = new Uint8Array(columns * rows);
	const roles = new Uint8Array(columns * rows);
	const names = [...new Set(frames.map(({ role }) => role))];
	for (const { area, weight, role } of frames) {
		const thick = weight === 'heavy' ? 2 : 1;
		const name = names.indexOf(role);
		const arm = (x: number, y: number, one: number, other: number) => {
			if (x < 0 || y < 0 || x >= columns || y >= rows) return;
			const at = y * columns + x;
			const rest = (arms[at] ?? 0) & ~((3 << one) | (3 << other));
			arms[at] = rest | (thick << one) | (thick << other);
			roles[at] = name;
		};
		const { x, y } = area;
		const [end, bottom] = [x + area.width - 1, y + area.height - 1];
		for (let at = x + 1; at < end; at += 1) {
			arm(at, y, left, right);
			arm(at, bottom, left, right);
		}
		for (let row = y + 1; row < bottom; row += 1) {
			arm(x, row, up, down);
			arm(end, row, up, down);
		}
		arm(x, y, right, down);
		arm(end, y, left, down);
		arm(x, bottom, up, right);
		arm(end, bottom, up, left);
	}
	return { columns, arms, roles, names };
}

/** The code point of a cell with these arms. */
export function lineGlyph(arms: number, ascii: boolean): number {
	return (ascii ? asciiGlyphs : boxGlyphs)[arms] ?? 0;
}

// Arms up, right, down, left: 0 none, 1 light, 2 heavy. Unicode block "Box Drawing".
const boxes =
	'0101─ 0202━ 1010│ 2020┃ 0110┌ 0210┍ 0120┎ 0220┏ 0011┐ 0012┑ 0021┒ 0022┓ ' +
	'1100└ 1200┕ 2100┖ 2200┗ 1001┘ 1002┙ 2001┚ 2002┛ ' +
	'1110├ 1210┝ 2110┞ 1120┟ 2120┠ 2210┡ 1220┢ 2220┣ ' +
	'1011┤ 1012┥ 2011┦ 1021┧ 2021┨ 2012┩ 1022┪ 2022┫ ' +
	'0111┬ 0112┭ 0211┮ 0212┯ 0121┰ 0122┱ 0221┲ 0222┳ ' +
	'1101┴ 1102┵ 1201┶ 1202┷ 2101┸ 2102┹ 2201┺ 2202┻ ' +
	'1111┼ 1112┽ 1211┾ 1212┿ 2111╀ 1121╁ 2121╂ 2112╃ 2211╄ 1122╅ 1221╆ 2212╇ 1222╈ ' +
	'2122╉ 2221╊ 2222╋ 0102╸ 0201╺';
const boxGlyphs = new Uint16Array(256).fill(0x253c);
for (const entry of boxes.split(' '))
	boxGlyphs[Number.parseInt(entry.slice(0, 4), 4)] = entry.charCodeAt(4);

const asciiGlyphs = Uint16Array.from({ length: 256 }, (_, arms) => {
	const upright = (arms & ((3 << up) | (3 << down))) !== 0;
	const level = (arms & ((3 << left) | (3 << right))) !== 0;
	return (upright ? (level ? '+' : '|') : '-').charCodeAt(0);
});
