// Where the parts of a review stand: a line about all of it, the files, and the file under the cursor
// beside or below them.
import type { Area } from '../../domain/area.ts';
import { type ListPlace, listPlace } from '../../domain/list-place.ts';

export interface ReviewPlace extends Omit<ListPlace, 'list'> {
	readonly summary: Area;
	/** Null where the file under the cursor has the screen for itself. */
	readonly list: ListPlace['list'] | null;
}

const widest = 60;
const narrowest = 34;
/** Of a small screen the files get no more: what differs is what is read. */
const mostRows = 6;

export function reviewPlace(body: Area, files: number, alone: boolean): ReviewPlace {
	const summary = { ...body, height: 1 };
	const rest = { ...body, y: body.y + 1, height: Math.max(0, body.height - 1) };
	if (alone) return { summary, list: null, ...alonePlace(rest) };
	const width = Math.min(widest, Math.max(narrowest, Math.floor(body.width * 0.3)));
	const most = Math.min(mostRows, Math.floor(rest.height / 3));
	const rows = Math.max(1, Math.min(files, most));
	return { summary, ...listPlace(rest, { rows, width }) };
}

/** Its name is a heading: what a frame takes is for lines. */
function alonePlace(outer: Area): Omit<ReviewPlace, 'summary' | 'list'> {
	const { x, y, width, height } = outer;
	const inner = {
		...{ x: x + 1, y: y + 1 },
		...{ width: Math.max(0, width - 2), height: Math.max(0, height - 1) },
	};
	return { detail: { outer, inner }, framed: false };
}
