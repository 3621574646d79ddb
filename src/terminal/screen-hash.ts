// What a screen shows in short, by which an answer is held to the prompt that it was meant for.
import { hash } from 'node:crypto';
import type { ScreenRow } from '../protocol/rows.ts';
import { rowMarks } from './screen-text.ts';

export interface HashedScreen {
	readonly alternate: boolean;
	readonly columns: number;
	/** Null where it is hidden. */
	readonly cursor: { readonly x: number; readonly y: number } | null;
	readonly rows: readonly ScreenRow[];
}

/**
 * Changes when the visible prompt does: over the text, over what inverse video or a background
 * marks, over the size, over which of the two screens is shown, and over the cursor where it is
 * visible. Foreground colours, titles and modes do not count, so a shimmering word is stable.
 */
export function hashOfScreen({ alternate, columns, cursor, rows }: HashedScreen): string {
	const place = cursor ? `${cursor.x};${cursor.y}` : 'hidden';
	const head = `${alternate ? 'alternate' : 'normal'} ${columns};${rows.length} ${place}`;
	return hash('sha256', [head, ...rows.map(rowMarks)].join('\n'), 'hex').slice(0, 32);
}
