// Rectangles of cells.

/** In cells; `x` and `y` count from 0. */
export interface Area {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

export function holds(area: Area, x: number, y: number): boolean {
	return (
		x >= area.x && y >= area.y && x < area.x + area.width && y < area.y + area.height
	);
}

/** What a frame of one cell leaves. */
export function insideOf({ x, y, width, height }: Area): Area {
	return {
		x: x + 1,
		y: y + 1,
		width: Math.max(0, width - 2),
		height: Math.max(0, height - 2),
	};
}

/** How many cells two stretches have in common; negative where they lie apart. */
export function overlap(
	one: number,
	oneLength: number,
	other: number,
	otherLength: number,
): number {
	return Math.min(one + oneLength, other + otherLength) - Math.max(one, other);
}
