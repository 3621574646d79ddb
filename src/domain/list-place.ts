// Where a list stands and what is looked at of it: beside each other where there is room for both, else
// the list above.
import { type Area, insideOf } from './area.ts';

export interface ListPlace {
	readonly list: Framed;
	readonly detail: Framed;
	readonly framed: boolean;
}

interface Framed {
	/** With its frame, or its heading where there are no frames. */
	readonly outer: Area;
	readonly inner: Area;
}

/** What the list would like to have. */
export interface ListWish {
	/** Rows that would show all of it. */
	readonly rows: number;
	/** Cells beside what is looked at, its frame included. */
	readonly width: number;
	/** Rows that a long list leaves for what is looked at; those that are usual where nothing is said. */
	readonly leaves?: number;
}

const besideFrom = 100;
/** Rows for what is looked at, its heading included, that a long list leaves. */
const leastDetail = 9;
const leastListed = 2;

export function listPlace(body: Area, wish: ListWish): ListPlace {
	return body.width >= besideFrom ? beside(body, wish.width) : above(body, wish);
}

/** The place of the inbox; `listed` rows would show all items. */
export function inboxPlace(body: Area, listed: number): ListPlace {
	const width = Math.min(widestInbox, Math.floor(body.width * 0.4));
	return listPlace(body, { rows: listed, width });
}

const widestInbox = 96;

function beside(body: Area, width: number): ListPlace {
	const list = { ...body, width };
	// They share a line.
	const detail = { ...body, x: body.x + width - 1, width: body.width - width + 1 };
	return {
		list: { outer: list, inner: insideOf(list) },
		detail: { outer: detail, inner: indented(insideOf(detail)) },
		framed: true,
	};
}

function above(body: Area, { rows: listed, leaves = leastDetail }: ListWish): ListPlace {
	const most = Math.max(leastListed, body.height - 1 - leaves);
	const rows = Math.min(Math.max(1, listed), most);
	const list = { ...body, height: rows + 1 };
	const detail = { ...body, y: body.y + rows + 1, height: body.height - rows - 1 };
	return {
		list: { outer: list, inner: below(list) },
		detail: { outer: detail, inner: indented(below(detail)) },
		framed: false,
	};
}

/** What a heading leaves. */
function below(outer: Area): Area {
	return { ...outer, y: outer.y + 1, height: Math.max(0, outer.height - 1) };
}

function indented({ x, width, ...rest }: Area): Area {
	return { ...rest, x: x + 1, width: Math.max(0, width - 2) };
}
