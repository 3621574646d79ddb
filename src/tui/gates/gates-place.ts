// Where the table of gates stands and the report beside or below it.
import type { Area } from '../../domain/area.ts';
import { type ListPlace, listPlace } from '../../domain/list-place.ts';
import type { State } from '../../domain/state.ts';
import type { View } from '../view.ts';
import { tableOf } from './gate-table.ts';
import { wantedOf } from './table-lines.ts';

const frame = 2;

/** Null where there is no table. */
export function gatesPlace(state: State, view: View, body: Area): ListPlace | null {
	const table = tableOf(state, view);
	if (table.gates.length === 0 || table.agents.length === 0) return null;
	const { width, rows } = wantedOf(table);
	const least = Math.floor(body.width * 0.35);
	const most = Math.floor(body.width * 0.6);
	return listPlace(body, {
		rows,
		width: Math.min(Math.max(width + frame, least), most),
	});
}
