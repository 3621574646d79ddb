// Where the parts of a review stand: a line about all of it, the files, and the file under the cursor
// beside or below them.
import type { Area } from '../../domain/area.ts';
import { type ListPlace, listPlace } from '../../domain/list-place.ts';

export interface ReviewPlace extends ListPlace {
	readonly summary: Area;
}

const widest = 60;
const narrowest = 34;
/** Of a small screen the files get no more: what differs is what is read. */
const mostRows = 6;

export function reviewPlace(body: Area, files: number): ReviewPlace {
	const summary = { ...body, height: 1 };
	const rest = { ...body, y: body.y + 1, height: Math.max(0, body.height - 1) };
	const width = Math.min(widest, Math.max(narrowest, Math.floor(body.width * 0.3)));
	const most = Math.min(mostRows, Math.floor(rest.height / 3));
	const rows = Math.max(1, Math.min(files, most));
	return { summary, ...listPlace(rest, { rows, width }) };
}
