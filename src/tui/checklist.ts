// What the demo asks to try: each stays in its place until it was tried, whatever else is said.
import type { WeirEvent } from '../domain/event.ts';
import type { Glyphs } from './glyphs.ts';
import { bold, fitLine, type Line, lineWidth, span, spread } from './spans.ts';

export interface Trial {
	/** Begins with its key. */
	readonly text: string;
	readonly done: boolean;
}

/** A row of the key table. */
interface Row {
	readonly action: string;
	readonly keys: readonly string[];
	readonly contexts: readonly string[];
}

/** Keys that only open a card: tried is what was done by it. */
const proofs: Readonly<Record<string, WeirEvent['kind']>> = {
	'agent.merge': 'merge.landed',
	undo: 'merge.undone',
};

export function checklistOf(texts: readonly string[]): readonly Trial[] {
	return texts.map((text) => ({ text, done: false }));
}

/** After a key that acts at once; the same list where none of it was tried. */
export function afterKey(list: readonly Trial[], row: Row): readonly Trial[] {
	// In a dialog the same keys mean other things.
	const counts = row.contexts.includes('nav') && proofs[row.action] === undefined;
	return counts ? tried(list, row.keys) : list;
}

/** After something happened; `rows` are those that the list's keys stand for. */
export function afterEvent(
	list: readonly Trial[],
	kind: WeirEvent['kind'],
	rows: readonly Row[],
): readonly Trial[] {
	const proven = rows.filter(({ action }) => proofs[action] === kind);
	return proven.reduce((now, row) => tried(now, row.keys), list);
}

function tried(list: readonly Trial[], keys: readonly string[]): readonly Trial[] {
	const at = list.findIndex(({ text, done }) => !done && keys.includes(keyOf(text)));
	return at < 0
		? list
		: list.map((trial, index) => (index === at ? { ...trial, done: true } : trial));
}

function keyOf(text: string): string {
	return text.split(/[\s,]/)[0] ?? '';
}

/** All keys in their places, those tried ticked off, and what the first of the others does. */
export function checklistLine(
	list: readonly Trial[],
	width: number,
	glyphs: Glyphs,
): Line {
	const label = bold(' try ', 'accent');
	const next = list.find(({ done }) => !done);
	if (!next) {
		const all = span(
			`${glyphs.done} all ${list.length} tried: Q leaves the demo`,
			'good',
		);
		return fitLine([span(' '), all], width, glyphs.ellipsis);
	}
	const count = list.filter(({ done }) => done).length;
	const marks = list.map((trial): Line => {
		const key = keyOf(trial.text);
		if (trial.done) return [span(`${glyphs.done}${key} `, 'dim')];
		return [trial === next ? bold(`${key} `, 'accent') : span(`${key} `)];
	});
	const said = [span(' '), span(next.text)];
	const right = span(` ${count} of ${list.length} tried `, 'dim');
	const full = [label, ...marks.flat(), ...said];
	if (lineWidth(full) + lineWidth([right]) <= width) return spread(full, [right], width);
	const short = [label, ...said.slice(1), span(`  ${count}/${list.length}`, 'dim')];
	return fitLine(lineWidth(full) <= width ? full : short, width, glyphs.ellipsis);
}
