// Arrangements of made-up panes.
import { array, constantFrom, dictionary, double } from 'fast-check';
import { type Arrangement, arrange, type LayoutInput } from '../../src/domain/layout.ts';

export function panesOf(count: number): string[] {
	return Array.from({ length: count }, (_, at) => `a${at}`);
}

/** With the focus on the first of `count` panes unless `more` says otherwise. */
export function screen(
	columns: number,
	rows: number,
	count: number,
	more: Partial<LayoutInput> = {},
): Arrangement {
	return arrange({
		columns,
		rows,
		panes: panesOf(count),
		listed: count,
		focus: panesOf(count)[0] ?? null,
		zoom: false,
		kind: 'auto',
		shares: {},
		checklist: false,
		...more,
	});
}

/** Shares as they may come from a file: of any cut, for more or fewer panes than there are. */
export function sharesOf() {
	const names = ['rows', 'row-1', 'row-2', 'columns', 'main', 'stack'];
	const lists = ['list-left', 'list-right', 'list-above'];
	const share = double({ min: 0.01, max: 100, noNaN: true });
	const cut = constantFrom(...names, ...lists);
	return dictionary(cut, array(share, { minLength: 1, maxLength: 8 }));
}
