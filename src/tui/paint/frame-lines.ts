// Frames as lines that join: where frames share a line their corners become one glyph.
import type { Area } from '../../domain/area.ts';

export type Weight = 'light' | 'heavy';

export interface Frame<Role extends string> {
	readonly area: Area;
	readonly weight: Weight;
	readonly role: Role;
}

/** A piece of one row of the screen in one role; blanks have none. */
export interface LineRun<Role extends string> {
	readonly x: number;
	readonly text: string;
	readonly role: Role | null;
}

interface Joint<Role> {
	up: number;
	right: number;
	down: number;
	left: number;
	role: Role;
}

/** The rows that hold lines, each with its runs from left to right. Later frames lie above. */
export function frameRows<Role extends string>(
	frames: readonly Frame<Role>[],
	ascii: boolean,
): { readonly y: number; readonly runs: readonly LineRun<Role>[] }[] {
	const rows = new Map<number, Map<number, Joint<Role>>>();
	for (const frame of frames) {
		const { x, y, width, height } = frame.area;
		const [right, bottom] = [x + width - 1, y + height - 1];
		const arm = (at: number, row: number, arms: Partial<Record<keyof Arms, true>>) =>
			join(rows, at, row, arms, frame);
		for (let at = x; at <= right; at += 1) {
			const arms: Partial<Record<keyof Arms, true>> = {};
			if (at > x) arms.left = true;
			if (at < right) arms.right = true;
			arm(at, y, at === x || at === right ? { ...arms, down: true } : arms);
			arm(at, bottom, at === x || at === right ? { ...arms, up: true } : arms);
		}
		for (let row = y + 1; row < bottom; row += 1) {
			arm(x, row, { up: true, down: true });
			arm(right, row, { up: true, down: true });
		}
	}
	return [...rows].map(([y, joints]) => ({ y, runs: runsOf(joints, ascii) }));
}

type Arms = Omit<Joint<string>, 'role'>;

function join<Role extends string>(
	rows: Map<number, Map<number, Joint<Role>>>,
	x: number,
	y: number,
	arms: Partial<Record<keyof Arms, true>>,
	{ weight, role }: Frame<Role>,
): void {
	const row = rows.get(y) ?? new Map<number, Joint<Role>>();
	rows.set(y, row);
	const joint = row.get(x) ?? { up: 0, right: 0, down: 0, left: 0, role };
	const thick = weight === 'heavy' ? 2 : 1;
	for (const side of ['up', 'right', 'down', 'left'] as const)
		if (arms[side]) joint[side] = thick;
	joint.role = role;
	row.set(x, joint);
}

function runsOf<Role extends string>(
	joints: ReadonlyMap<number, Joint<Role>>,
	ascii: boolean,
): LineRun<Role>[] {
	const runs: { x: number; text: string; role: Role | null }[] = [];
	for (const [x, joint] of [...joints].toSorted(([one], [other]) => one - other)) {
		const glyph = glyphOf(joint, ascii);
		const last = runs.at(-1);
		const end = last ? last.x + last.text.length : 0;
		if (last && end === x && last.role === joint.role) last.text += glyph;
		else {
			if (end < x) runs.push({ x: end, text: ' '.repeat(x - end), role: null });
			runs.push({ x, text: glyph, role: joint.role });
		}
	}
	return runs;
}

function glyphOf({ up, right, down, left }: Arms, ascii: boolean): string {
	if (ascii) {
		if (up + down === 0) return '-';
		return left + right === 0 ? '|' : '+';
	}
	return glyphs.get(`${up}${right}${down}${left}`) ?? '┼';
}

// Arms up, right, down, left: 0 none, 1 light, 2 heavy. Unicode block "Box Drawing".
const glyphs = new Map(
	(
		'0101─ 0202━ 1010│ 2020┃ 0110┌ 0210┍ 0120┎ 0220┏ 0011┐ 0012┑ 0021┒ 0022┓ ' +
		'1100└ 1200┕ 2100┖ 2200┗ 1001┘ 1002┙ 2001┚ 2002┛ ' +
		'1110├ 1210┝ 2110┞ 1120┟ 2120┠ 2210┡ 1220┢ 2220┣ ' +
		'1011┤ 1012┥ 2011┦ 1021┧ 2021┨ 2012┩ 1022┪ 2022┫ ' +
		'0111┬ 0112┭ 0211┮ 0212┯ 0121┰ 0122┱ 0221┲ 0222┳ ' +
		'1101┴ 1102┵ 1201┶ 1202┷ 2101┸ 2102┹ 2201┺ 2202┻ ' +
		'1111┼ 1112┽ 1211┾ 1212┿ 2111╀ 1121╁ 2121╂ 2112╃ 2211╄ 1122╅ 1221╆ 2212╇ 1222╈ ' +
		'2122╉ 2221╊ 2222╋ 0102╸ 0201╺'
	)
		.split(' ')
		.map((entry) => [entry.slice(0, 4), entry.slice(4)] as const),
);
