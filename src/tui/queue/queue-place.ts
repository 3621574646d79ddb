// Where the list of the queue stands and the entry beside or below it.
import type { Area } from '../../domain/area.ts';
import { type ListPlace, listPlace } from '../../domain/list-place.ts';
import type { State } from '../../domain/state.ts';
import type { View } from '../view.ts';
import { headRows, wantedWidth } from './queue-lines.ts';
import { listedQueue } from './queue-list.ts';

const frame = 2;
/** What stands before and behind an entry says more than its last files. */
const leastDetail = 6;

/** Null where nothing is listed. */
export function queuePlace(state: State, view: View, body: Area): ListPlace | null {
	const { entries } = listedQueue(view);
	if (entries.length === 0) return null;
	const least = Math.floor(body.width * 0.5);
	const most = Math.floor(body.width * 0.62);
	const wanted = wantedWidth(entries, Object.keys(state.settings.gates).length) + frame;
	return listPlace(body, {
		rows: entries.length + headRows,
		leaves: leastDetail,
		width: Math.min(Math.max(wanted, least), most),
	});
}
