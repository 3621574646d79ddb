// The addresses that a pane shows: links that its program made (OSC 8), and what reads like one. Only of
// the web, since they are opened for whoever presses a key.
import type { ScreenRow } from '../../protocol/rows.ts';
import { cellTexts } from '../../terminal/screen-text.ts';

export interface PaneLink {
	/** As the URL standard writes it: no name in another script passes for one in this. */
	readonly address: string;
	/** Whom it leads to, whatever stands before it in the address. */
	readonly host: string;
	/** What the program shows in its place; empty where it shows the address. */
	readonly label: string;
}

const linksLimit = 100;
const longestAddress = 2048;
const written = /https?:\/\/[!#-;=?-[\]_a-z~]+/gi;
/** What ends a sentence or closes a bracket around an address, and seldom belongs to it. */
const trailing = /[.,;:!?'"*_~>)\]}]+$/;

/** The last one shown first, each once. */
export function linksIn(rows: readonly ScreenRow[]): readonly PaneLink[] {
	const found = new Map<string, PaneLink>();
	for (const line of joined(rows).toReversed()) {
		for (const link of line.toReversed()) {
			if (found.size < linksLimit && !found.has(link.address))
				found.set(link.address, link);
		}
	}
	return [...found.values()];
}

/** The links of each line, from left to right; a line that the screen wrapped is one. */
function joined(rows: readonly ScreenRow[]): PaneLink[][] {
	const lines: ScreenRow[][] = [];
	for (const row of rows) {
		if (row.wrapped && lines.length > 0) lines.at(-1)?.push(row);
		else lines.push([row]);
	}
	return lines.map((line) => [...plainLinks(line), ...line.flatMap(madeLinks)]);
}

function plainLinks(line: readonly ScreenRow[]): PaneLink[] {
	const text = line.flatMap(cellTexts).join('');
	return [...text.matchAll(written)].flatMap(([found]) => linksTo(balanced(found), ''));
}

function madeLinks(row: ScreenRow): PaneLink[] {
	const cells = cellTexts(row);
	const labels = new Map<string, string>();
	for (const [column, uri] of row.links)
		labels.set(uri, (labels.get(uri) ?? '') + (cells[column] ?? ''));
	return [...labels].flatMap(([uri, label]) => linksTo(uri, label.trim()));
}

/** Without what closes the sentence; a bracket stays where its partner is in the address. */
function balanced(text: string): string {
	const end = trailing.exec(text)?.[0] ?? '';
	const kept = text.slice(0, text.length - end.length);
	return end.startsWith(')') && kept.includes('(') ? `${kept})` : kept;
}

function linksTo(text: string, label: string): PaneLink[] {
	const link = linkTo(text);
	return link ? [{ ...link, label: label === text ? '' : label }] : [];
}

/** Null where it does not lead to the web. */
export function linkTo(text: string): PaneLink | null {
	if (text.length > longestAddress || !URL.canParse(text)) return null;
	const { protocol, host, href } = new URL(text);
	if ((protocol !== 'https:' && protocol !== 'http:') || host === '') return null;
	return { address: href, host, label: '' };
}
