// The text of a pane as its holder gives it: what it shows now with all above it, and what it showed at
// another moment of its recording.
import type { HolderLink } from '../../client/holder-link.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import type { RowsPush, ScreenRow } from '../../protocol/rows.ts';
import { StillText } from '../copying/still-text.ts';

export interface PastText {
	/** Wall clock in milliseconds. */
	readonly time: number;
	readonly text: StillText;
}

/** What a pane shows, and all above it. Without a link nothing above can be read. */
export function textNow(
	link: HolderLink | null,
	pane: string,
	{ columns, rows, scrollback }: Omit<RowsPush, 'changed'>,
	screen: readonly (ScreenRow | undefined)[],
): StillText {
	const asked = { pane, reflow: true };
	return new StillText({
		columns,
		rows,
		scrollback,
		screen: [...screen],
		search: async (query) =>
			link?.request('search', { ...asked, ...query }) ?? unreachable(),
		prompt: async (query) =>
			link?.request('prompt', { ...asked, ...query }) ?? unreachable(),
		read: async (from, count) =>
			link?.history({ ...asked, from, count }) ?? unreachable(),
	});
}

/**
 * What a pane showed at the nearest other moment, in at least `rows` rows; null where nothing is
 * recorded there.
 */
export async function textThen(
	link: HolderLink | null,
	pane: string,
	moment: { readonly direction: 'earlier' | 'later'; readonly time: number },
	rows: number,
): Promise<Outcome<PastText | null>> {
	const answer = await link?.screen({ pane, ...moment });
	if (!answer?.ok) return answer ?? unreachable();
	const { time, rows: shown } = answer.value;
	if (time === null) return ok(null);
	const screen: ScreenRow[] = [];
	for (const row of shown?.changed ?? []) screen[row.row] = row;
	const text = new StillText({
		columns: shown?.columns ?? 0,
		rows: Math.max(shown?.rows ?? 0, rows),
		scrollback: 0,
		screen,
		search: async () => unreachable(),
		prompt: async () => unreachable(),
		read: async () => unreachable(),
	});
	return ok({ time, text });
}

/** Why nothing can be asked of a pane without a holder. */
export function unreachable(): Outcome<never> {
	return refuse('pane.gone', 'its pane cannot be reached');
}
