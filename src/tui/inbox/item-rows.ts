// The list of the inbox: a row an item, and what stands over it.
import { alike } from '../../domain/flood.ts';
import { type InboxItem, nameOfItem } from '../../domain/inbox.ts';
import type { State } from '../../domain/state.ts';
import { ageOf } from '../chrome/age.ts';
import type { Glyphs } from '../look/glyphs.ts';
import {
	bold,
	fitLine,
	type Line,
	lineWidth,
	markSpan,
	padText,
	span,
} from '../paint/spans.ts';
import type { Listed } from './inbox-list.ts';
import { firstLineOf, signOfItem, wordOfItem } from './item-signs.ts';

const wordCells = 9;
const leastName = 6;
const mostName = 16;
/** Fewer cells of a question say nothing. */
const leastText = 12;

export interface RowFacts {
	readonly state: State;
	readonly width: number;
	readonly height: number;
	readonly now: number;
	readonly glyphs: Glyphs;
}

/** Those that fit, around the one under the cursor. */
export function itemRows(listed: Listed, facts: RowFacts): readonly Line[] {
	const { items, at } = listed;
	const { height } = facts;
	const noted = listed.flood ? notesOf(listed) : new Map<string, string>();
	const top = firstRow({ items, at }, height);
	const name = nameCells(items, facts);
	return items.slice(top, top + height).map((item, row) =>
		rowOf(item, top + row, top + row === at, name, {
			...facts,
			note: noted.get(item.id) ?? '',
		}),
	);
}

/** What is said of the first of those that are alike, by its id. */
function notesOf({ items, behind }: Listed): ReadonlyMap<string, string> {
	const groups = alike(items).map(({ items: some, kind, shape }) => {
		const of = kind === 'approve' ? shape : wordsOfKind(kind);
		return [
			some[0]?.id ?? '',
			some.length > 1 ? `${some.length} alike, ${of}: ` : '',
		] as const;
	});
	const wait = items.find(({ tier }) => tier === 3);
	const notes = new Map<string, string>(groups);
	if (wait && behind > 0) notes.set(wait.id, `and ${behind} more that can wait: `);
	return notes;
}

function wordsOfKind(kind: InboxItem['kind']): string {
	return kind === 'ask' ? 'the same question' : kind;
}

/** The first item that is shown. */
export function firstRow(
	{ items, at }: Pick<Listed, 'items' | 'at'>,
	height: number,
): number {
	const last = Math.max(0, items.length - height);
	return Math.max(0, Math.min(at - Math.floor(height / 2), last));
}

/** `inbox  4 open, 2 new above, 1 put off` */
export function listTitle({ items, at, above, below, snoozed, flood }: Listed): Line {
	const counts = [
		flood && 'too many at once, alike ones together',
		items.length > 1 && `${at + 1} of ${items.length}`,
		above > 0 && `${above} new above`,
		below > 0 && `${below} new below`,
		snoozed > 0 && `${snoozed} put off`,
	].filter((text) => text !== false);
	const rest = counts.length === 0 ? [] : [span(` ${counts.join(', ')} `, 'dim')];
	return [bold(' inbox '), ...rest];
}

function rowOf(
	item: InboxItem,
	rank: number,
	chosen: boolean,
	name: number,
	facts: RowFacts & { readonly note: string },
): Line {
	const { state, width, now, glyphs, note } = facts;
	const { glyph, role } = signOfItem(item);
	const agent = padText(nameOfItem(state, item), name);
	const left: Line = [
		markSpan(glyphs.focusBar, chosen),
		span(`${String(rank + 1).padStart(2)} `, 'dim'),
		span(glyphs[glyph], role),
		chosen ? bold(` ${agent} `) : span(` ${agent} `),
		span(wordOfItem(item, glyphs).padEnd(wordCells), role),
		span(ageOf(item.since, now).padStart(4), 'dim'),
	];
	const room = width - lineWidth(left) - 2;
	if (room < leastText) return fitLine(left, width, glyphs.ellipsis);
	const text = padText(`${note}${firstLineOf(item)}`, room, glyphs.ellipsis);
	return [...left, span('  '), span(text, chosen ? undefined : 'dim')];
}

/** As wide as the longest name, as long as the age still fits. */
function nameCells(items: readonly InboxItem[], { state, width }: RowFacts): number {
	const names = items.map((item) => nameOfItem(state, item).length);
	const room = width - (1 + 3 + 1 + 2) - wordCells - 4;
	return Math.max(leastName, Math.min(mostName, room, ...[Math.max(0, ...names)]));
}
